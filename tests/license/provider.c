/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/provider.h"

#include <string.h>

#include "license/order-pattern.h"
#include "license/profile.h"

/* With the rules of the profile that ships. */
static const struct
{
  const char *number;
  const char *provider; /* NULL: not recognised */
  const char *why;
} rows[] = {
  { "ALLSOFT-22123406", "allsoft", "the prefix ALLSOFT, as the vendor's help has it" },
  { "A221234065", "allsoft", "the prefix A, as the vendor's help has it" },
  { "2A123BEC45D", "nexway", "begins with 2 and mixes letters and digits, as the vendor's help has it" },
  { "3B123FAC76F", "nexway", "begins with 3, as the vendor's help has it" },

  { "allsoft-22123406", "allsoft", "lower case" },
  { "a221234065", "allsoft", "lower case of one letter" },
  { "2a123bec45d", "nexway", "lower case between digits" },
  { "AllSoft-22123406", "allsoft", "mixed case" },
  { " A221234065 ", "allsoft", "spaces around, as when it is pasted" },
  { "A 221 234 065", "allsoft", "in groups, as it is read aloud" },
  { "2A123 BEC45D\n", "nexway", "a space inside and a line break at the end" },
  { "ALLSOFT - 22123406", "allsoft", "spaces around the dash" },
  { "A\u00a0221234065", "allsoft", "a no-break space, as in web pages" },
  { "A221\u00ad234065", "allsoft", "a soft hyphen, which nobody sees" },
  { "ALLSOFT\u201322123406", "allsoft", "a long dash, as mail programs make it" },
  { "ALLSOFT\u221222123406", "allsoft", "a minus sign" },
  { "\u0410221234065", "allsoft", "a Cyrillic А" },
  { "\u0430221234065", "allsoft", "a Cyrillic а in lower case" },
  { "\u0410LLS\u041eF\u0422-22123406", "allsoft", "Cyrillic А, О and Т in the prefix" },
  { "2\u0410123\u0412\u0415\u042145D", "nexway", "Cyrillic А, В, Е and С between Latin letters" },
  { "\uff21221234065", "allsoft", "a full-width A" },

  { "", NULL, "nothing" },
  { "   ", NULL, "only spaces" },
  { "ALLSOFT", NULL, "the prefix without a number" },
  { "ALLSOFT-", NULL, "the prefix and its dash without a number" },
  { "A", NULL, "the short prefix without a number" },
  { "ALLSOFT-221", NULL, "too short" },
  { "A2212340", NULL, "too short after A" },
  { "2A123BEC", NULL, "too short to be of Nexway" },
  { "ALLSOFT-22123406551", NULL, "too long" },
  { "A22123406512", NULL, "too long after A" },
  { "2A123BEC45D2A123", NULL, "too long to be of Nexway" },
  { "22123406", NULL, "digits only: the prefix is missing" },
  { "221234065", NULL, "digits only, as behind A" },
  { "21234567890", NULL, "begins with 2 and is long enough, but has no letter" },
  { "1A123BEC45D", NULL, "begins with 1" },
  { "4B123FAC76F", NULL, "begins with 4" },
  { "ABCDEFGHIJK", NULL, "letters only" },
  { "B221234065", NULL, "another letter before digits" },
  { "\u0414221234065", NULL, "a Cyrillic Д, which looks like no Latin letter" },
  { "A22123406S", NULL, "a letter among the digits" },
  { "A22123406O", NULL, "the letter O for a zero, which could as well be another number" },
  { "ALLSOFT22123406", NULL, "the dash is missing, and with it the rule's prefix" },
  { "ALLSOFT_22123406", NULL, "another sign for the dash" },
  { "ALSOFT-22123406", NULL, "a letter of the prefix is missing" },
  { "ALLSOFT-2212340A", NULL, "a letter behind the prefix" },
  { "ALLSOFT-ALLSOFT-22123406", NULL, "the prefix twice" },
  { "2A123-BEC45D", NULL, "a dash where none is" },
  { "\u2116 A221234065", NULL, "a sign before it is no part of it" },
  { "Order A221234065", NULL, "a word before it" },
  { "A221234065;", NULL, "a semicolon behind it" },
  { "4821-003918-55120734", NULL, "a license number" },
  { "5AFMS-Y38DJ-QW16B-GNTZF", NULL, "an activation code" },
  { "A22123406\u0665", NULL, "an Arabic digit" },
  { "2A123BEC45D2A123BEC45D2A123BEC45D2A123BEC45D2A123BEC45D2A123BEC45D", NULL, "more than any number has" },
  { "A22123406\xff", NULL, "no UTF-8" },
};

static ProlongProfile *
read_demo (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("PROLONG_SOURCE"), "data", "vendors", "demo.conf", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  ProlongProfile *profile;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  profile = prolong_profile_parse (data, length, &error);
  g_assert_no_error (error);
  return profile;
}

static void
test_numbers (void)
{
  g_autoptr (ProlongProfile) profile = read_demo ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const ProlongProvider *found = prolong_provider_find (profile->providers, rows[i].number);
      g_autofree char *shown = g_strescape (rows[i].number, NULL);

      g_test_message ("%s: %s", shown, rows[i].why);
      g_assert_cmpstr (found != NULL ? found->id : NULL, ==, rows[i].provider);
    }
}

static const struct
{
  const char *pattern;
  const char *number;
  gboolean sound;
  gboolean fits;
  const char *why;
} pattern_rows[] = {
  { "ALLSOFT-#{6,12}", "ALLSOFT-123456", TRUE, TRUE, "a prefix and digits" },
  { "ALLSOFT-#{6,12}", "ALLSOFT-12345", TRUE, FALSE, "one digit too few" },
  { "ALLSOFT-#{6,12}", "ALLSOFT-1234567890123", TRUE, FALSE, "one digit too many" },
  { "@{2}#", "AB1", TRUE, TRUE, "letters and a digit" },
  { "@{2}#", "A11", TRUE, FALSE, "a digit for a letter" },
  { "#{1,3}-@", "12-A", TRUE, TRUE, "the range at the beginning" },
  { "#{1,3}-@", "-A", TRUE, FALSE, "less than the range" },
  { "[23]*{3}", "2ABC", TRUE, TRUE, "both in the number as a whole" },
  { "[23]*{3}", "2123", TRUE, FALSE, "digits only" },
  { "*{4}", "ABCD", TRUE, FALSE, "letters only" },
  { "[A-]#", "-1", TRUE, TRUE, "a dash among the choices" },
  { "#", "1", TRUE, TRUE, "the shortest pattern" },
  { "#", "", TRUE, FALSE, "nothing" },
  { "#{64}", "1", TRUE, FALSE, "the longest pattern" },
  { "", NULL, FALSE, FALSE, "an empty pattern" },
  { "#{65}", NULL, FALSE, FALSE, "longer than any number" },
  { "#{40}@{40}", NULL, FALSE, FALSE, "longer than any number, in two steps" },
  { "#{1,2}@{1,2}", NULL, FALSE, FALSE, "two ranges, which could be told apart in several ways" },
  { "#{0}", NULL, FALSE, FALSE, "none" },
  { "#{3,2}", NULL, FALSE, FALSE, "the other way round" },
  { "#{2", NULL, FALSE, FALSE, "a range that does not end" },
  { "#{,2}", NULL, FALSE, FALSE, "a range that does not begin" },
  { "#{99999999999999999999}", NULL, FALSE, FALSE, "more than a number holds" },
  { "{2}", NULL, FALSE, FALSE, "a range of nothing" },
  { "[]", NULL, FALSE, FALSE, "no choice" },
  { "[23", NULL, FALSE, FALSE, "choices that do not end" },
  { "[#]", NULL, FALSE, FALSE, "a class among the choices" },
  { "a#", NULL, FALSE, FALSE, "lower case, which no folded number has" },
  { "A #", NULL, FALSE, FALSE, "a space" },
  { "\xd0\x90#", NULL, FALSE, FALSE, "a Cyrillic letter" },
  { "A+", NULL, FALSE, FALSE, "a regular expression" },
};

static void
test_patterns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pattern_rows); i++)
    {
      g_test_message ("%s", pattern_rows[i].why);
      g_assert_true (prolong_order_pattern_is_sound (pattern_rows[i].pattern) == pattern_rows[i].sound);
      if (pattern_rows[i].sound)
        g_assert_true (prolong_order_pattern_fits (pattern_rows[i].pattern, pattern_rows[i].number)
                       == pattern_rows[i].fits);
    }
}

static const struct
{
  const char *provider;
  const char *product;
  const char *version;
  gboolean applies;
  const char *why;
} scope_rows[] = {
  { "allsoft", "internet-security", "21.3", TRUE, "neither products nor versions are stated" },
  { "nexway", "internet-security", "21.3", TRUE, "newer than the oldest" },
  { "nexway", "internet-security", "19.0", TRUE, "the oldest itself" },
  { "nexway", "internet-security", "18.9", FALSE, "older than the oldest" },
  { "nexway", "internet-security", "", TRUE, "the version is not known" },
  { "mobilna", "internet-security", "21.3", TRUE, "the product that is stated" },
  { "mobilna", "password-safe", "4.0", FALSE, "another product" },
};

static void
test_scope (void)
{
  g_autoptr (ProlongProfile) profile = read_demo ();

  for (gsize i = 0; i < G_N_ELEMENTS (scope_rows); i++)
    for (guint j = 0; j < profile->providers->len; j++)
      {
        const ProlongProvider *provider = g_ptr_array_index (profile->providers, j);

        if (!g_str_equal (provider->id, scope_rows[i].provider))
          continue;
        g_test_message ("%s", scope_rows[i].why);
        g_assert_true (prolong_provider_applies (provider, scope_rows[i].product, scope_rows[i].version)
                       == scope_rows[i].applies);
      }
}

/* Where two rules fit, the first one counts. */
static void
test_order (void)
{
  char *wide[] = { (char *)"#{4,8}", NULL };
  char *narrow[] = { (char *)"#{6}", NULL };
  ProlongProvider first = { .id = (char *)"first", .orders = narrow };
  ProlongProvider second = { .id = (char *)"second", .orders = wide };
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();

  g_ptr_array_add (providers, &first);
  g_ptr_array_add (providers, &second);
  g_assert_true (prolong_provider_find (providers, "123456") == &first);
  g_assert_true (prolong_provider_find (providers, "12345") == &second);
}

/* Everywhere that the vendor's help names, in the order in which a person is asked. */
static void
test_demo (void)
{
  static const char *const ids[] = { "own", "allsoft", "nexway", "portal", "netline", "mobilna", "phone" };
  g_autoptr (ProlongProfile) profile = read_demo ();

  g_assert_cmpuint (profile->providers->len, ==, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const ProlongProvider *provider = g_ptr_array_index (profile->providers, i);

      g_assert_cmpstr (provider->id, ==, ids[i]);
    }
  g_assert_cmpuint (profile->topics->len, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/provider/numbers", test_numbers);
  g_test_add_func ("/provider/patterns", test_patterns);
  g_test_add_func ("/provider/scope", test_scope);
  g_test_add_func ("/provider/order", test_order);
  g_test_add_func ("/provider/demo", test_demo);
  return g_test_run ();
}
