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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/retry", test_retry);
  g_test_add_func ("/schedule/check", test_check);
  g_test_add_func ("/schedule/soon", test_soon);
  return g_test_run ();
}
