/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/schedule.h"

static const struct
{
  guint failures;
  gint64 least;
  gint64 most;
  const char *why;
} waits[] = {
  { 0, 450, 1800, "no failure counts as the first" },
  { 1, 450, 1800, "15 minutes, halved to doubled" },
  { 2, 450, 1800, "15 minutes once more" },
  { 3, 900, 3600, "30 minutes" },
  { 4, 1800, 7200, "an hour" },
  { 5, 3600, 14400, "two hours" },
  { 6, 7200, 28800, "four hours" },
  { 7, 14400, 57600, "eight hours" },
  { 8, 43200, 172800, "daily" },
  { 9, 43200, 172800, "daily from then on" },
  { G_MAXUINT, 43200, 172800, "for ever" },
};

static void
test_retry (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_test_message ("%s", waits[i].why);
      g_assert_cmpint (prolong_schedule_retry (waits[i].failures, 0.0), ==, waits[i].least);
      g_assert_cmpint (prolong_schedule_retry (waits[i].failures, 1.0), ==, waits[i].most);
      g_assert_cmpint (prolong_schedule_retry (waits[i].failures, 0.5), ==, waits[i].least * 2);
    }
}

/* How often the service is asked about an order that nobody pays. */
static void
test_order (void)
{
  gint64 at = 0;
  guint asks = 0;

  g_assert_cmpint (prolong_schedule_order (0, 0.5), ==, 10);
  g_assert_cmpint (prolong_schedule_order (0, 0.0), ==, 5);
  while (at < 10 * 60)
    at += prolong_schedule_order (asks++, 0.5);
  g_assert_cmpuint (asks, <=, 11);
  while (at < 24 * 3600)
    at += prolong_schedule_order (asks++, 0.5);
  g_assert_cmpuint (asks, <=, 18);
  g_assert_cmpint (prolong_schedule_order (1000, 0.5), ==, 6 * 3600);
  for (guint i = 1; i < 30; i++)
    g_assert_cmpint (prolong_schedule_order (i, 0.5), >=, prolong_schedule_order (i - 1, 0.5));
}

static void
test_check (void)
{
  g_assert_cmpint (prolong_schedule_check (0.0), ==, 18 * 3600);
  g_assert_cmpint (prolong_schedule_check (0.5), ==, 24 * 3600);
  g_assert_cmpint (prolong_schedule_check (1.0), ==, 30 * 3600);
}

static void
test_soon (void)
{
  g_assert_cmpint (prolong_schedule_soon (0.0), ==, 0);
  g_assert_cmpint (prolong_schedule_soon (0.999), <, 60);
  g_assert_cmpint (prolong_schedule_return (0.0), ==, 3);
  g_assert_cmpint (prolong_schedule_return (1.0), ==, 60);
}

/* When a subscription is asked about: its period ends at 1,000,000, its grace a day later. */
#define END G_GINT64_CONSTANT (1000000)
#define GRACE (END + 86400)
#define HOUR 3600

static const struct
{
  gint64 asked;
  gint64 least; /* after @asked, with the least and the most that chance can bring */
  gint64 most;
  const char *why;
} renewal_rows[] = {
  { END - 30 * 86400, 30 * 86400 - 600, 30 * 86400 - 60, "just before its end" },
  { END - 600, 601, 660, "within a minute after it" },
  { END - 1, 2, 61, "the same, though it was asked a moment before" },
  { END, 7, 15, "it has just ended: in seconds" },
  { END + 600, 300, 600, "the longer ago, the later" },
  { END + 5 * HOUR, HOUR / 2, HOUR, "at least every hour" },
  { GRACE - HOUR, HOUR / 2, HOUR - 60, "just before the end of the grace" },
  { GRACE - 300, 301, 360, "within a minute after it" },
  { GRACE + 60, HOUR / 2, HOUR, "for a day afterwards, for renewals are reported late" },
  { GRACE + 23 * HOUR, HOUR / 2, HOUR, "the same" },
};

static void
test_renewal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (renewal_rows); i++)
    {
      gint64 asked = renewal_rows[i].asked;

      g_test_message ("%s", renewal_rows[i].why);
      g_assert_cmpint (prolong_schedule_renewal (END, GRACE, asked, 0.0) - asked, ==, renewal_rows[i].least);
      g_assert_cmpint (prolong_schedule_renewal (END, GRACE, asked, 1.0) - asked, ==, renewal_rows[i].most);
    }
  g_assert_cmpint (prolong_schedule_renewal (END, GRACE, GRACE + 24 * HOUR, 0.5), ==, G_MAXINT64);
  g_assert_cmpint (prolong_schedule_after (1, 60, 0.5), ==, 60 + 30);
  g_assert_cmpint (prolong_schedule_after (1, 0, 0.5), ==, 15 * 60);
}

/* Ten thousand devices whose licenses end at one instant, on simulated time. */

#define DEVICES 10000
#define MINUTES_WATCHED 60

static void
test_many_devices (void)
{
  guint first[60] = { 0 };
  guint minutes[MINUTES_WATCHED] = { 0 };
  guint later = 0;

  for (guint i = 0; i < DEVICES; i++)
    {
      gint64 at = prolong_schedule_soon (g_test_rand_double ());

      first[at]++;
      for (guint failures = 1; at < MINUTES_WATCHED * 60; failures++)
        {
          minutes[at / 60]++;
          at += prolong_schedule_retry (failures, g_test_rand_double ());
        }
    }

  /* Even: each second of the first minute has its sixtieth, give or take five standard deviations. */
  for (guint second = 0; second < G_N_ELEMENTS (first); second++)
    {
      g_assert_cmpuint (first[second], >, DEVICES / 60 - 65);
      g_assert_cmpuint (first[second], <, DEVICES / 60 + 65);
    }
  for (guint minute = 1; minute < MINUTES_WATCHED; minute++)
    later += minutes[minute];
  for (guint minute = 1; minute < MINUTES_WATCHED; minute++)
    g_assert_cmpuint (minutes[minute] * (MINUTES_WATCHED - 1), <=, 3 * later);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/retry", test_retry);
  g_test_add_func ("/schedule/order", test_order);
  g_test_add_func ("/schedule/check", test_check);
  g_test_add_func ("/schedule/soon", test_soon);
  g_test_add_func ("/schedule/renewal", test_renewal);
  g_test_add_func ("/schedule/many-devices", test_many_devices);
  return g_test_run ();
}
