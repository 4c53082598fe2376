/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/license.h"

G_BEGIN_DECLS

/**
 * ProlongAsks:
 *
 * What the service was asked before a person is warned (A5). A license that it confirms is warned of in its
 * time, so that a clock that was set forward warns of nothing. One that cannot be asked about is warned of
 * from the ticket held, after an hour: three attempts fall into it, and a visit to a computer seldom lasts
 * longer.
 */
typedef struct _ProlongAsks ProlongAsks;

ProlongAsks *prolong_asks_new (ProlongClock *clock);
void prolong_asks_free (ProlongAsks *asks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongAsks, prolong_asks_free)

typedef enum
{
  PROLONG_ASK_WAITING, /* until the service answers, or the hour is over */
  PROLONG_ASK_CONFIRMED,
  PROLONG_ASK_IN_VAIN, /* the hour is over */
} ProlongAskState;

/**
 * prolong_asks_look:
 * @until: (out): while it is waiting: the system time at which the hour is over
 *
 * Begins to ask about @license, unless that was done.
 */
ProlongAskState prolong_asks_look (ProlongAsks *asks, ProlongLicense *license, gint64 *until);

/** prolong_asks_is_in_vain: whether @license was asked about, and the hour is over. */
gboolean prolong_asks_is_in_vain (ProlongAsks *asks, ProlongLicense *license);

/** prolong_asks_forget: there is nothing to be warned of, or the person was. */
void prolong_asks_forget (ProlongAsks *asks, ProlongLicense *license);

/** prolong_asks_get_now: the instant that counts for @license: after it was confirmed, that of the service.
 */
gint64 prolong_asks_get_now (ProlongAsks *asks, ProlongLicense *license);

/** prolong_asks_has_waited: whether a hand-over that waits has done so for an hour, else @until when. */
gboolean prolong_asks_has_waited (ProlongAsks *asks, const char *operation, gint64 *until);

G_END_DECLS
