/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/limiter.h"

#define LIMIT 3

static gboolean
allows (ProlongLimiter *limiter, const char *address, gint64 now)
{
  ProlongLimiterState state = { 0 };

  return prolong_limiter_allows (limiter, address, now, &state);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gint64 now;
    gboolean allowed;
    const char *why;
  } cases[] = {
    { "192.0.2.1", 100, FALSE, "it tried three unknown codes" },
    { "192.0.2.1", 159, FALSE, "the window is a minute from the first one" },
    { "192.0.2.1", 160, TRUE, "the minute is over" },
    { "192.0.2.2", 100, TRUE, "a neighbour did nothing" },
    { "2001:db8:1:2::1", 100, FALSE, "it tried three" },
    { "2001:db8:1:2:ffff::9", 100, FALSE, "one household has the whole /64" },
    { "2001:db8:1:3::1", 100, TRUE, "another household" },
    { "", 100, TRUE, "an address that is not known" },
  };
  g_autoptr (ProlongLimiter) limiter = prolong_limiter_new (LIMIT);

  for (guint i = 0; i < LIMIT; i++)
    {
      g_assert_true (allows (limiter, "192.0.2.1", 100));
      g_assert_true (allows (limiter, "2001:db8:1:2::1", 100));
      prolong_limiter_count (limiter, "192.0.2.1", 100);
      prolong_limiter_count (limiter, "2001:db8:1:2::1", 100);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].why);
      g_assert_cmpint (allows (limiter, cases[i].address, cases[i].now), ==, cases[i].allowed);
    }
}

static void
test_fields (void)
{
  g_autoptr (ProlongLimiter) limiter = prolong_limiter_new (LIMIT);
  ProlongLimiterState state = { 0 };

  prolong_limiter_count (limiter, "192.0.2.1", 100);
  g_assert_true (prolong_limiter_allows (limiter, "192.0.2.1", 110, &state));
  g_assert_cmpuint (state.limit, ==, LIMIT);
  g_assert_cmpuint (state.remaining, ==, LIMIT - 1);
  g_assert_cmpuint (state.reset, ==, PROLONG_LIMITER_WINDOW - 10);
}

static void
test_off (void)
{
  g_autoptr (ProlongLimiter) limiter = prolong_limiter_new (0);

  for (guint i = 0; i < 1000; i++)
    prolong_limiter_count (limiter, "192.0.2.1", 100);
  g_assert_true (allows (limiter, "192.0.2.1", 100));
}

static void
test_many_addresses (void)
{
  g_autoptr (ProlongLimiter) limiter = prolong_limiter_new (1);

  for (guint i = 0; i < 250000; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.%u.%u.%u", i >> 16, (i >> 8) & 255, i & 255);

      prolong_limiter_count (limiter, address, 100 + i / 1000);
    }
  g_assert_false (allows (limiter, "10.3.208.143", 350));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/limiter/addresses", test_addresses);
  g_test_add_func ("/service/limiter/fields", test_fields);
  g_test_add_func ("/service/limiter/off", test_off);
  g_test_add_func ("/service/limiter/many-addresses", test_many_addresses);
  return g_test_run ();
}
