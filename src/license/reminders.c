/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/reminders.h"

#include "license/term.h"

#define MORNING 8
#define EVENING 22

static GDateTime *
local_time (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

/* The calendar goes by days, not by 86,400 seconds: the clocks may change in the night. */
static gint64
hour_of_day (GDateTime *local, GTimeZone *zone, int days_later, int hour)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (local, days_later);
  g_autoptr (GDateTime) found = NULL;

  if (day != NULL)
    found = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                             g_date_time_get_day_of_month (day), hour, 0, 0);
  return g_date_time_to_unix (found != NULL ? found : local);
}

gint64
prolong_reminder_by_day (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = local_time (instant, zone);

  /* An instant beyond the calendar has no morning. */
  if (local == NULL)
    return instant;
  if (g_date_time_get_hour (local) < MORNING)
    return hour_of_day (local, zone, 0, MORNING);
  if (g_date_time_get_hour (local) >= EVENING)
    return hour_of_day (local, zone, 1, MORNING);
  return instant;
}

gint64
prolong_reminder_evening (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = local_time (instant, zone);

  return local != NULL ? MAX (instant, hour_of_day (local, zone, 0, EVENING)) : instant;
}

gint64
prolong_reminder_next_morning (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = local_time (instant, zone);

  return local != NULL ? hour_of_day (local, zone, 1, MORNING) : instant;
}

gboolean
prolong_reminder_is_same_day (gint64 first, gint64 second, GTimeZone *zone)
{
  g_autoptr (GDateTime) one = local_time (first, zone);
  g_autoptr (GDateTime) other = local_time (second, zone);

  return one != NULL && other != NULL && g_date_time_get_year (one) == g_date_time_get_year (other)
         && g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

/* Something that is true from @instant on: what is said now, or what is said next. */
static void
consider (ProlongReminder *reminder,
          gint64 now,
          gint64 instant,
          ProlongReminderKind kind,
          gint64 end,
          guint mark)
{
  if (instant > now)
    reminder->next = MIN (reminder->next, instant);
  else if (kind > reminder->kind || (kind == reminder->kind && mark < reminder->mark))
    {
      reminder->kind = kind;
      reminder->end = end;
      reminder->mark = mark;
      reminder->since = instant;
    }
}

static void
consider_marks (const ProlongTicket *ticket,
                const guint *days,
                gsize n_days,
                gint64 now,
                ProlongReminder *reminder)
{
  gint64 known = MAX (ticket->starts, ticket->activated);

  for (gsize i = 0; i < n_days; i++)
    {
      gint64 instant = ticket->expires - days[i] * PROLONG_SECONDS_PER_DAY;

      if (instant > known)
        consider (reminder, now, instant, PROLONG_REMINDER_ENDS, ticket->expires, days[i]);
    }
}

static gboolean
renews_itself (const ProlongTicket *ticket)
{
  return ticket->has_subscription && ticket->auto_renewal;
}

/* The service may say that a license is over before the clock does. */
static gint64
since_said (const ProlongTicket *ticket, ProlongLicenseStatus status, gint64 end)
{
  return ticket->status == status ? MIN (end, ticket->iat) : end;
}

void
prolong_reminder_find (const ProlongTicket *ticket,
                       gint64 covered_until,
                       const guint *days,
                       gsize n_days,
                       gint64 now,
                       GTimeZone *zone,
                       ProlongReminder *reminder)
{
  gint64 end = MAX (ticket->expires, ticket->grace_until);

  *reminder = (ProlongReminder){ .kind = PROLONG_REMINDER_NONE, .next = G_MAXINT64 };
  if (ticket->status == PROLONG_LICENSE_BLOCKED)
    consider (reminder, G_MAXINT64, ticket->iat, PROLONG_REMINDER_BLOCKED, 0, 0);
  else
    consider (reminder, now, since_said (ticket, PROLONG_LICENSE_EXPIRED, end), PROLONG_REMINDER_ENDED, end,
              0);

  if (reminder->kind == PROLONG_REMINDER_NONE && !renews_itself (ticket))
    {
      if (end > ticket->expires && covered_until <= end)
        consider (reminder, now, since_said (ticket, PROLONG_LICENSE_GRACE, ticket->expires),
                  PROLONG_REMINDER_GRACE, ticket->expires, 0);
      if (covered_until <= ticket->expires && now < ticket->expires
          && ticket->status == PROLONG_LICENSE_ACTIVE)
        consider_marks (ticket, days, n_days, now, reminder);
    }
  if (reminder->kind != PROLONG_REMINDER_NONE)
    reminder->since = prolong_reminder_by_day (reminder->since, zone);
  if (reminder->since > now)
    reminder->next = MIN (reminder->next, reminder->since);
}
