/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/reminders.h"

#include "license/term.h"

#define DAY PROLONG_SECONDS_PER_DAY
#define HOUR G_GINT64_CONSTANT (3600)
#define MINUTE G_GINT64_CONSTANT (60)

/* Noon of 1 March 2027, UTC. */
#define END G_GINT64_CONSTANT (1803902400)
#define NEVER G_MAXINT64

static const guint usual_days[] = { 30, 14, 7, 1 };
static const guint other_days[] = { 3, 45 };
static const guint no_days[] = { 0 };

typedef struct
{
  ProlongLicenseStatus status;
  gboolean auto_renewal;
  gint64 grace;   /* seconds after the end */
  gint64 covered; /* likewise */
  gint64 now;     /* likewise */
  ProlongReminderKind kind;
  guint mark;
  gint64 next; /* likewise */
  const char *why;
} Case;

#define ACTIVE PROLONG_LICENSE_ACTIVE
#define NOTHING PROLONG_REMINDER_NONE
#define ENDS PROLONG_REMINDER_ENDS
#define GRACE PROLONG_REMINDER_GRACE
#define ENDED PROLONG_REMINDER_ENDED

static const Case cases[] = {
  { ACTIVE, 0, 0, 0, -100 * DAY, NOTHING, 0, -30 * DAY, "long before the end" },
  { ACTIVE, 0, 0, 0, -30 * DAY - 1, NOTHING, 0, -30 * DAY, "a second before the first mark" },
  { ACTIVE, 0, 0, 0, -30 * DAY, ENDS, 30, -14 * DAY, "the first mark" },
  { ACTIVE, 0, 0, 0, -14 * DAY - 1, ENDS, 30, -14 * DAY, "still the first mark" },
  { ACTIVE, 0, 0, 0, -14 * DAY, ENDS, 14, -7 * DAY, "the second mark" },
  { ACTIVE, 0, 0, 0, -5 * DAY, ENDS, 7, -1 * DAY, "asleep over several marks: the newest" },
  { ACTIVE, 0, 0, 0, -1, ENDS, 1, 0, "the last second" },
  { ACTIVE, 0, 0, 0, 0, ENDED, 0, NEVER, "the end" },
  { ACTIVE, 0, 0, 0, 400 * DAY, ENDED, 0, NEVER, "long after the end" },
  { ACTIVE, 0, 3 * DAY, 0, -1, ENDS, 1, 0, "before a grace period, the end of the term counts" },
  { ACTIVE, 0, 3 * DAY, 0, 0, GRACE, 0, 3 * DAY, "the grace period begins" },
  { ACTIVE, 0, 3 * DAY, 0, 3 * DAY, ENDED, 0, NEVER, "the grace period ends" },
  { PROLONG_LICENSE_GRACE, 0, 3 * DAY, 0, -DAY, GRACE, 0, 3 * DAY,
    "the service says grace before the clock does" },
  { PROLONG_LICENSE_EXPIRED, 0, 0, 0, -DAY, ENDED, 0, NEVER,
    "the service says that it ended before the clock does" },
  { PROLONG_LICENSE_BLOCKED, 0, 0, 0, -DAY, PROLONG_REMINDER_BLOCKED, 0, NEVER,
    "blocked while it would run" },
  { PROLONG_LICENSE_BLOCKED, 0, 0, 0, DAY, PROLONG_REMINDER_BLOCKED, 0, NEVER,
    "blocked stays blocked after the end" },
  { ACTIVE, 0, 0, 365 * DAY, -DAY, NOTHING, 0, 0, "a reserve code follows without a gap" },
  { ACTIVE, 0, 0, -1, -DAY, ENDS, 1, 0, "covered less far than the license itself: not covered" },
  { ACTIVE, 0, 3 * DAY, 365 * DAY, DAY, NOTHING, 0, 3 * DAY, "a reserve code follows the grace period" },
  { ACTIVE, 0, 0, 365 * DAY, 0, ENDED, 0, NEVER, "what was to follow did not come" },
  { ACTIVE, 1, 3 * DAY, 0, -DAY, NOTHING, 0, 3 * DAY, "a subscription that renews itself" },
  { ACTIVE, 1, 3 * DAY, 0, DAY, NOTHING, 0, 3 * DAY, "its grace period is no alarm" },
  { PROLONG_LICENSE_GRACE, 1, 3 * DAY, 0, DAY, NOTHING, 0, 3 * DAY, "neither when the service says so" },
  { ACTIVE, 1, 3 * DAY, 0, 3 * DAY, ENDED, 0, NEVER, "it did not renew itself after all" },
};

static ProlongTicket *
ticket_new (const Case *row)
{
  ProlongTicket *ticket = prolong_ticket_new ();

  ticket->status = row->status;
  ticket->has_subscription = ticket->auto_renewal = row->auto_renewal;
  ticket->starts = ticket->activated = END - 365 * DAY;
  ticket->expires = END;
  ticket->grace_until = END + row->grace;
  ticket->iat = END + row->now;
  return ticket;
}

static gint64
after_end (gint64 seconds)
{
  return seconds == NEVER ? NEVER : END + seconds;
}

static void
test_cases (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ProlongTicket) ticket = ticket_new (&cases[i]);
      ProlongReminder found;

      g_test_message ("%s", cases[i].why);
      prolong_reminder_find (ticket, END + cases[i].covered, usual_days, G_N_ELEMENTS (usual_days),
                             END + cases[i].now, utc, &found);
      g_assert_cmpint (found.kind, ==, cases[i].kind);
      g_assert_cmpuint (found.mark, ==, cases[i].mark);
      g_assert_cmpint (found.next, ==, after_end (cases[i].next));
      g_assert_cmpint (found.since, <=, END + cases[i].now);
    }
}

/* The end that a fact names, so that a renewal is another fact. */
static void
test_end (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const Case row = { ACTIVE, 0, 3 * DAY, 0, 0, NOTHING, 0, 0, NULL };
  g_autoptr (ProlongTicket) ticket = ticket_new (&row);
  ProlongReminder found;

  prolong_reminder_find (ticket, END, usual_days, 4, END - DAY, utc, &found);
  g_assert_cmpint (found.end, ==, END);
  prolong_reminder_find (ticket, END, usual_days, 4, END + DAY, utc, &found);
  g_assert_cmpint (found.end, ==, END);
  prolong_reminder_find (ticket, END, usual_days, 4, END + 9 * DAY, utc, &found);
  g_assert_cmpint (found.end, ==, END + 3 * DAY);
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const Case row = { ACTIVE, 0, 0, 0, 0, NOTHING, 0, 0, NULL };
  g_autoptr (ProlongTicket) ticket = ticket_new (&row);
  ProlongReminder found;

  prolong_reminder_find (ticket, END, other_days, 2, END - 40 * DAY, utc, &found);
  g_assert_cmpuint (found.mark, ==, 45);
  g_assert_cmpint (found.next, ==, END - 3 * DAY);
  prolong_reminder_find (ticket, END, no_days, 0, END - DAY, utc, &found);
  g_assert_cmpint (found.kind, ==, NOTHING);
  g_assert_cmpint (found.next, ==, END);
}

/* Who activates a license for ten days, or takes a seat ten days before the end, knows when it ends. */
static void
test_marks_before_the_activation (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const Case row = { ACTIVE, 0, 0, 0, 0, NOTHING, 0, 0, NULL };
  g_autoptr (ProlongTicket) ticket = ticket_new (&row);
  ProlongReminder found;

  ticket->activated = END - 10 * DAY;
  prolong_reminder_find (ticket, END, usual_days, 4, END - 9 * DAY, utc, &found);
  g_assert_cmpint (found.kind, ==, NOTHING);
  prolong_reminder_find (ticket, END, usual_days, 4, END - 7 * DAY, utc, &found);
  g_assert_cmpuint (found.mark, ==, 7);

  ticket->starts = ticket->activated = END - 30 * DAY;
  prolong_reminder_find (ticket, END, usual_days, 4, END - 20 * DAY, utc, &found);
  g_assert_cmpint (found.kind, ==, NOTHING);
}

static const struct
{
  const char *zone;
  const char *instant;
  const char *by_day;
  const char *why;
} nights[] = {
  { "UTC", "2027-03-01T12:00:00Z", "2027-03-01T12:00:00Z", "at noon: at once" },
  { "UTC", "2027-03-01T21:59:59Z", "2027-03-01T21:59:59Z", "the last second of the evening" },
  { "UTC", "2027-03-01T22:00:00Z", "2027-03-02T08:00:00Z", "the night begins" },
  { "UTC", "2027-02-28T23:30:00Z", "2027-03-01T08:00:00Z", "over the end of a month" },
  { "UTC", "2027-03-01T00:00:00Z", "2027-03-01T08:00:00Z", "midnight" },
  { "UTC", "2027-03-01T07:59:59Z", "2027-03-01T08:00:00Z", "the last second of the night" },
  { "UTC", "2027-03-01T08:00:00Z", "2027-03-01T08:00:00Z", "the morning" },
  { "CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-01T21:30:00Z", "2027-03-02T07:00:00Z",
    "the night of where the person lives" },
  { "CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-27T22:00:00Z", "2027-03-28T06:00:00Z",
    "the clocks go forward that night" },
  { "CET-1CEST,M3.5.0,M10.5.0/3", "2027-10-30T21:00:00Z", "2027-10-31T07:00:00Z", "and back" },
};

static gint64
parse (const char *text)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (instant);
}

static void
test_nights (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (nights[i].zone);

      g_test_message ("%s", nights[i].why);
      g_assert_nonnull (zone);
      g_assert_cmpint (prolong_reminder_by_day (parse (nights[i].instant), zone), ==,
                       parse (nights[i].by_day));
    }
  g_assert_cmpint (prolong_reminder_by_day (G_MAXINT64, NULL), ==, G_MAXINT64);
}

/* A mark in the night is true from then on, and told in the morning. */
static void
test_told_by_day (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const Case row = { ACTIVE, 0, 0, 0, 0, NOTHING, 0, 0, NULL };
  g_autoptr (ProlongTicket) ticket = ticket_new (&row);
  ProlongReminder found;

  ticket->expires = ticket->grace_until = END + 13 * HOUR;
  prolong_reminder_find (ticket, ticket->expires, usual_days, 4, END - 7 * DAY + 13 * HOUR, utc, &found);
  g_assert_cmpuint (found.mark, ==, 7);
  g_assert_cmpint (found.since, ==, END - 7 * DAY + 20 * HOUR);
  g_assert_cmpint (found.next, ==, found.since);
}

static void
test_calendar (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_true (prolong_reminder_is_same_day (END - 12 * HOUR, END + 12 * HOUR - 1, utc));
  g_assert_false (prolong_reminder_is_same_day (END, END + 12 * HOUR, utc));
  g_assert_false (prolong_reminder_is_same_day (END, END + 365 * DAY, utc));
  g_assert_cmpint (prolong_reminder_next_morning (END, utc), ==, END + 20 * HOUR);
  g_assert_cmpint (prolong_reminder_evening (END, utc), ==, END + 10 * HOUR);
  g_assert_cmpint (prolong_reminder_evening (END + 11 * HOUR + 5 * MINUTE, utc), ==,
                   END + 11 * HOUR + 5 * MINUTE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reminders/cases", test_cases);
  g_test_add_func ("/reminders/end", test_end);
  g_test_add_func ("/reminders/days", test_days);
  g_test_add_func ("/reminders/marks-before-the-activation", test_marks_before_the_activation);
  g_test_add_func ("/reminders/nights", test_nights);
  g_test_add_func ("/reminders/told-by-day", test_told_by_day);
  g_test_add_func ("/reminders/calendar", test_calendar);
  return g_test_run ();
}
