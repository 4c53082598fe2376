/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/term.h"

#include <time.h>

#include "samples.h"

#define DAY PROLONG_SECONDS_PER_DAY

/* Counts by hand what the code divides. */
static guint
count_days (gint64 end, gint64 now)
{
  guint days = 0;

  for (; now < end; now += DAY)
    days++;
  return days;
}

static gint64
instant (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (date);
  return g_date_time_to_unix (date);
}

static void
test_around_both_ends (void)
{
  for (gint64 now = SAMPLE_START - 2 * DAY; now <= SAMPLE_START + 2 * DAY; now++)
    g_assert_cmpuint (prolong_days_left (SAMPLE_END, now), ==, count_days (SAMPLE_END, now));
  for (gint64 now = SAMPLE_END - 2 * DAY; now <= SAMPLE_END + 2 * DAY; now++)
    g_assert_cmpuint (prolong_days_left (SAMPLE_END, now), ==, count_days (SAMPLE_END, now));

  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_START), ==, 365);
  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_START + 1), ==, 365);
  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_START + DAY), ==, 364);
  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_END - DAY - 1), ==, 2);
  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_END - DAY), ==, 1);
  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_END - 1), ==, 1);
  g_assert_cmpuint (prolong_days_left (SAMPLE_END, SAMPLE_END), ==, 0);
}

static const struct
{
  const char *end;
  const char *now;
  guint days;
  const char *why;
} day_rows[] = {
  { "2028-03-01T00:00:00Z", "2028-02-28T00:00:00Z", 2, "over 29 February" },
  { "2027-03-01T00:00:00Z", "2027-02-28T00:00:00Z", 1, "over the end of a February without it" },
  { "2029-01-01T00:00:00Z", "2028-01-01T00:00:00Z", 366, "a leap year" },
  { "2101-01-01T00:00:00Z", "2100-01-01T00:00:00Z", 365, "2100 is none" },
  { "2038-01-20T00:00:00Z", "2038-01-19T00:00:00Z", 1, "over the last second of 32 bits" },
  { "2038-01-19T03:14:08Z", "2038-01-19T03:14:07Z", 1, "from it to the next one" },
  { "2107-01-01T00:00:00Z", "2106-01-01T00:00:00Z", 365, "beyond unsigned 32 bits" },
  { "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", 2932897, "the longest of all" },
};

static void
test_calendar (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (day_rows); i++)
    {
      g_test_message ("%s", day_rows[i].why);
      g_assert_cmpuint (prolong_days_left (instant (day_rows[i].end), instant (day_rows[i].now)), ==,
                        day_rows[i].days);
    }
  g_assert_cmpuint (prolong_days_left (G_MAXINT64, G_MININT64), ==, G_MAXUINT);
  g_assert_cmpuint (prolong_days_left (G_MININT64, G_MAXINT64), ==, 0);
}

static const char *const zones[] = {
  "Europe/Amsterdam",    "Europe/Moscow",       "Europe/London",    "Europe/Lisbon",   "Europe/Dublin",
  "Europe/Athens",       "Europe/Kyiv",         "Europe/Chisinau",  "Atlantic/Azores", "Atlantic/Reykjavik",
  "America/New_York",    "America/Chicago",     "America/Denver",   "America/Phoenix", "America/Los_Angeles",
  "America/Anchorage",   "America/Adak",        "America/St_Johns", "America/Havana",  "America/Santiago",
  "America/Asuncion",    "America/Sao_Paulo",   "America/Nuuk",     "Africa/Cairo",    "Africa/Casablanca",
  "Africa/Johannesburg", "Asia/Jerusalem",      "Asia/Beirut",      "Asia/Tehran",     "Asia/Kolkata",
  "Asia/Kathmandu",      "Asia/Yekaterinburg",  "Asia/Vladivostok", "Asia/Tokyo",      "Australia/Sydney",
  "Australia/Adelaide",  "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati",
};
G_STATIC_ASSERT (G_N_ELEMENTS (zones) == 40);

/* The change to summer time after SAMPLE_START or, where a zone has none, the one in Amsterdam. */
static gint64
find_change (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  gint64 start = SAMPLE_START;
  int interval;

  g_assert_nonnull (zone);
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, start);
  for (gint64 at = start; at < SAMPLE_END; at += 3600)
    {
      int next = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, at);

      if (next != interval && g_time_zone_is_dst (zone, next))
        return at;
      interval = next;
    }
  return instant ("2027-03-28T01:00:00Z");
}

static void
test_time_zones (void)
{
  g_autoptr (ProlongTicket) ticket = sample_ticket ();

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      gint64 change = find_change (zones[i]);

      g_test_message ("%s", zones[i]);
      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      for (gint64 now = change - 2 * 3600; now <= change + 2 * 3600; now++)
        {
          g_assert_cmpuint (prolong_days_left (SAMPLE_END, now), ==, count_days (SAMPLE_END, now));
          g_assert_cmpuint (prolong_days_left (change, now), ==, now < change ? 1 : 0);
        }
      ticket->expires = ticket->grace_until = change + DAY;
      g_assert_cmpint (prolong_ticket_next_change (ticket, change - 1), ==, change);
      g_assert_cmpint (prolong_ticket_next_change (ticket, change), ==, change + DAY);
    }
  g_setenv ("TZ", "UTC", TRUE);
  tzset ();
}

static const struct
{
  ProlongLicenseStatus status;
  gint64 before_end; /* seconds from now to the end of the license */
  gint64 grace;      /* seconds of grace after it */
  ProlongState state;
  guint days;
  gint64 change_in; /* seconds to the next change; -1: none */
  const char *why;
} state_rows[] = {
  { PROLONG_LICENSE_ACTIVE, 365 * DAY, 0, PROLONG_STATE_ACTIVE, 365, DAY, "the first second" },
  { PROLONG_LICENSE_ACTIVE, 364 * DAY + 1, 0, PROLONG_STATE_ACTIVE, 365, 1,
    "the last second of the first day" },
  { PROLONG_LICENSE_ACTIVE, 30 * DAY + 1, 0, PROLONG_STATE_ACTIVE, 31, 1, "just before the first reminder" },
  { PROLONG_LICENSE_ACTIVE, 30 * DAY, 0, PROLONG_STATE_EXPIRING, 30, DAY, "the first reminder day" },
  { PROLONG_LICENSE_ACTIVE, 1, 0, PROLONG_STATE_EXPIRING, 1, 1, "the last second" },
  { PROLONG_LICENSE_ACTIVE, 0, 0, PROLONG_STATE_EXPIRED, 0, -1, "the end" },
  { PROLONG_LICENSE_ACTIVE, -1, 0, PROLONG_STATE_EXPIRED, 0, -1, "after the end" },
  { PROLONG_LICENSE_ACTIVE, 0, 14 * DAY, PROLONG_STATE_GRACE, 14, DAY, "the end, with grace" },
  { PROLONG_LICENSE_ACTIVE, 1, 14 * DAY, PROLONG_STATE_EXPIRING, 1, 1, "the last second before grace" },
  { PROLONG_LICENSE_ACTIVE, -14 * DAY + 1, 14 * DAY, PROLONG_STATE_GRACE, 1, 1, "the last second of grace" },
  { PROLONG_LICENSE_ACTIVE, -14 * DAY, 14 * DAY, PROLONG_STATE_EXPIRED, 0, -1, "the end of grace" },
  { PROLONG_LICENSE_GRACE, -DAY, 14 * DAY, PROLONG_STATE_GRACE, 13, DAY, "grace by the service's word" },
  { PROLONG_LICENSE_GRACE, 10, 14 * DAY, PROLONG_STATE_GRACE, 15, 10, "the same, before the end" },
  { PROLONG_LICENSE_GRACE, -14 * DAY, 14 * DAY, PROLONG_STATE_EXPIRED, 0, -1, "that grace is over" },
  { PROLONG_LICENSE_EXPIRED, 10 * DAY, 0, PROLONG_STATE_EXPIRED, 0, -1, "expired by the service's word" },
  { PROLONG_LICENSE_EXPIRED, -10 * DAY, 14 * DAY, PROLONG_STATE_EXPIRED, 0, -1,
    "the same in what were grace" },
  { PROLONG_LICENSE_BLOCKED, 100 * DAY, 0, PROLONG_STATE_BLOCKED, 0, -1, "blocked" },
  { PROLONG_LICENSE_BLOCKED, -100 * DAY, 0, PROLONG_STATE_BLOCKED, 0, -1, "blocked stays blocked" },
};

static void
test_states (void)
{
  g_autoptr (ProlongTicket) ticket = sample_ticket ();
  gint64 now = SAMPLE_START;

  for (gsize i = 0; i < G_N_ELEMENTS (state_rows); i++)
    {
      gint64 change = state_rows[i].change_in < 0 ? G_MAXINT64 : now + state_rows[i].change_in;

      ticket->status = state_rows[i].status;
      ticket->expires = now + state_rows[i].before_end;
      ticket->grace_until = ticket->expires + state_rows[i].grace;
      g_test_message ("%s", state_rows[i].why);
      g_assert_cmpint (prolong_ticket_get_state (ticket, now, 30), ==, state_rows[i].state);
      g_assert_cmpuint (prolong_ticket_get_days_left (ticket, now), ==, state_rows[i].days);
      g_assert_cmpint (prolong_ticket_next_change (ticket, now), ==, change);
    }
}

/* Between two changes nothing changes, and at each one something does. */
static void
test_changes (void)
{
  g_autoptr (ProlongTicket) ticket = sample_ticket ();
  gint64 now = SAMPLE_START + 12345;
  guint n = 0;

  for (gint64 next = now; next != G_MAXINT64; n++)
    {
      guint days = prolong_ticket_get_days_left (ticket, now);
      ProlongState state = prolong_ticket_get_state (ticket, now, 30);

      next = prolong_ticket_next_change (ticket, now);
      if (next == G_MAXINT64)
        break;
      g_assert_cmpint (next, >, now);
      g_assert_cmpuint (prolong_ticket_get_days_left (ticket, next - 1), ==, days);
      g_assert_cmpint (prolong_ticket_get_state (ticket, next - 1, 30), ==, state);
      g_assert_true (prolong_ticket_get_days_left (ticket, next) != days
                     || prolong_ticket_get_state (ticket, next, 30) != state);
      now = next;
    }
  g_assert_cmpuint (n, ==, 365 + 14);
  g_assert_cmpint (now, ==, ticket->grace_until);
}

static const struct
{
  gint64 system;
  gint64 service;
  gint64 elapsed;
  gint64 now;
  gboolean behind;
  const char *why;
} now_rows[] = {
  { SAMPLE_START, 0, 0, SAMPLE_START, FALSE, "no service time known" },
  { SAMPLE_START, SAMPLE_START - 60, 60, SAMPLE_START, FALSE, "both agree" },
  { SAMPLE_START + 500, SAMPLE_START, 60, SAMPLE_START + 500, FALSE, "the system is ahead" },
  { SAMPLE_START - 3600, SAMPLE_START, 0, SAMPLE_START, TRUE, "set back an hour" },
  { SAMPLE_START - 3600, SAMPLE_START, 59, SAMPLE_START + 59, TRUE, "and time goes on" },
  { SAMPLE_START - 300, SAMPLE_START, 0, SAMPLE_START, FALSE, "as far behind as two machines may be" },
  { SAMPLE_START - 301, SAMPLE_START, 0, SAMPLE_START, TRUE, "a second more" },
  { 0, SAMPLE_START, 0, SAMPLE_START, TRUE, "a machine without a battery for its clock" },
  { SAMPLE_START, SAMPLE_START, -5, SAMPLE_START, FALSE, "no time passes backwards" },
};

static void
test_now (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (now_rows); i++)
    {
      gboolean behind;

      g_test_message ("%s", now_rows[i].why);
      g_assert_cmpint (prolong_now (now_rows[i].system, now_rows[i].service, now_rows[i].elapsed, &behind),
                       ==, now_rows[i].now);
      g_assert_true (behind == now_rows[i].behind);
    }
}

/* Whatever the system clock says after the service spoke, the license does not get longer. */
static void
test_clock_set_back (void)
{
  gint64 end = SAMPLE_START + 10 * DAY;

  for (gint64 back = 0; back <= 2 * DAY; back += 60)
    {
      gint64 now = prolong_now (SAMPLE_START - back, SAMPLE_START, 0, NULL);

      g_assert_cmpuint (prolong_days_left (end, now), ==, 10);
    }
}

static void
test_names (void)
{
  ProlongState state;

  for (guint i = 0; i < PROLONG_N_STATES; i++)
    g_assert_true (prolong_state_from_name (prolong_state_get_name (i), &state) && state == i);
  g_assert_false (prolong_state_from_name ("ended", &state));
  g_assert_false (prolong_state_from_name (NULL, &state));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/term/around-both-ends", test_around_both_ends);
  g_test_add_func ("/term/calendar", test_calendar);
  g_test_add_func ("/term/time-zones", test_time_zones);
  g_test_add_func ("/term/states", test_states);
  g_test_add_func ("/term/changes", test_changes);
  g_test_add_func ("/term/now", test_now);
  g_test_add_func ("/term/clock-set-back", test_clock_set_back);
  g_test_add_func ("/term/names", test_names);
  return g_test_run ();
}
