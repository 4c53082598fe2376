/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/ticket.h"

G_BEGIN_DECLS

/*
 * What there is to be said of a license as time passes, and when (G3). A reminder is told by day: one whose
 * instant falls between ten in the evening and eight in the morning waits for the morning.
 */

typedef enum
{
  PROLONG_REMINDER_NONE,
  PROLONG_REMINDER_ENDS,  /* so many days before the end */
  PROLONG_REMINDER_GRACE, /* it has ended, its grace period runs */
  PROLONG_REMINDER_ENDED, /* it has ended for good */
  PROLONG_REMINDER_BLOCKED,
} ProlongReminderKind;

/**
 * ProlongReminder:
 * @kind: what there is to be said
 * @end: the end that it is about; 0 for %PROLONG_REMINDER_BLOCKED
 * @mark: of %PROLONG_REMINDER_ENDS: the days before @end at which it is said, else 0
 * @since: from when on a person is told: the instant at which it became true or, where that is in the night,
 * the morning
 * @next: when there is something else to be said, by the passing of time; %G_MAXINT64 for never
 *
 * Activation id, kind, @end and @mark are one fact, which a person is told once.
 */
typedef struct
{
  ProlongReminderKind kind;
  gint64 end;
  guint mark;
  gint64 since;
  gint64 next;
} ProlongReminder;

/**
 * prolong_reminder_find:
 * @covered_until: until when the license and what follows it last without a gap
 * @days: (array length=n_days): days before the end at which a person is reminded, in any order
 * @zone: where the person lives
 * @reminder: (out): what is true at @now
 *
 * Only the newest is said: of the marks that a device slept over, that is the last one. Nothing is said
 * before the end of a license that a reserve code follows without a gap, or that renews itself; nor in the
 * grace period of such a one. A mark that lies before the activation is not said either, for then the person
 * knew.
 */
void prolong_reminder_find (const ProlongTicket *ticket,
                            gint64 covered_until,
                            const guint *days,
                            gsize n_days,
                            gint64 now,
                            GTimeZone *zone,
                            ProlongReminder *reminder);

/** prolong_reminder_by_day: @instant or, where that is in the night, the next morning at eight. */
gint64 prolong_reminder_by_day (gint64 instant, GTimeZone *zone);

/** prolong_reminder_evening: when the night begins on the day of @instant; @instant itself when that is
 * later. */
gint64 prolong_reminder_evening (gint64 instant, GTimeZone *zone);

/** prolong_reminder_next_morning: eight o'clock of the day after that of @instant. */
gint64 prolong_reminder_next_morning (gint64 instant, GTimeZone *zone);

/** prolong_reminder_is_same_day: whether two instants are on one day of the calendar. */
gboolean prolong_reminder_is_same_day (gint64 first, gint64 second, GTimeZone *zone);

G_END_DECLS
