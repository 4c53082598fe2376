/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/ticket.h"

G_BEGIN_DECLS

#define PROLONG_SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

/* How far a system clock may stay behind the service's before a person is told: two machines never agree to
 * the second, and a message that comes and goes helps nobody. */
#define PROLONG_CLOCK_TOLERANCE G_GINT64_CONSTANT (300)

/** What a person is told about a product; the `state` of D-Bus and of `prolongctl status --json`. */
typedef enum
{
  PROLONG_STATE_NONE,
  PROLONG_STATE_ACTIVE,
  PROLONG_STATE_EXPIRING, /* active, from the first reminder day on */
  PROLONG_STATE_GRACE,
  PROLONG_STATE_EXPIRED,
  PROLONG_STATE_BLOCKED,
  PROLONG_STATE_PENDING, /* no license yet, an activation is under way or waits */
  PROLONG_N_STATES
} ProlongState;

const char *prolong_state_get_name (ProlongState state);
gboolean prolong_state_from_name (const char *name, ProlongState *state) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_state_is_running: whether the person is licensed: active, expiring or in grace. */
gboolean prolong_state_is_running (ProlongState state);

/**
 * prolong_days_left:
 * @end: seconds UTC
 * @now: seconds UTC
 *
 * Returns: the seconds to @end divided by 86,400, rounded up; 0 from @end on. The local time zone plays no
 * part.
 */
guint prolong_days_left (gint64 end, gint64 now);

/**
 * prolong_ticket_get_state:
 * @first_reminder: days before the end from which the license counts as expiring
 *
 * A license that is blocked stays blocked; the service's word that it expired counts also before @expires.
 */
ProlongState prolong_ticket_get_state (const ProlongTicket *ticket, gint64 now, guint first_reminder);

/**
 * prolong_ticket_get_days_left:
 *
 * Returns: days to the end of the license, in grace days to the end of the grace period, else 0.
 */
guint prolong_ticket_get_days_left (const ProlongTicket *ticket, gint64 now);

/**
 * prolong_ticket_next_change:
 *
 * Returns: the next instant after @now at which days left or state become others by the passing of time,
 *   %G_MAXINT64 when they never do.
 */
gint64 prolong_ticket_next_change (const ProlongTicket *ticket, gint64 now);

/**
 * prolong_now:
 * @system: the system clock, seconds UTC
 * @service: the vendor's newest signed time (`iat`), 0 for none
 * @elapsed: seconds of boot time since @service was received (0 when the machine was restarted since)
 * @behind: (out) (optional): whether the system clock is more than %PROLONG_CLOCK_TOLERANCE behind what is
 * known
 *
 * Returns: the larger of the two; a clock set back never lengthens a license.
 */
gint64 prolong_now (gint64 system, gint64 service, gint64 elapsed, gboolean *behind);

G_END_DECLS
