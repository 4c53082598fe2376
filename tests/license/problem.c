/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/problem.h"

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  ProlongProblem problem;

  for (guint i = 0; i < PROLONG_N_PROBLEMS; i++)
    {
      const char *name = prolong_problem_get_name (i);

      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (seen, (char *)name));
      g_assert_true (prolong_problem_from_name (name, &problem));
      g_assert_cmpuint (problem, ==, i);
    }
  g_assert_false (prolong_problem_from_name ("code-unknow", &problem));
  g_assert_false (prolong_problem_from_name ("", &problem));
  g_assert_false (prolong_problem_from_name (NULL, &problem));
}

static void
test_details (void)
{
  g_autoptr (GError) error
      = prolong_problem_error_new (PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
                                   g_variant_new_parsed ("{'expires': <int64 5>}"), "ends %d too early", 3);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) plain = g_error_new_literal (PROLONG_PROBLEM, PROLONG_PROBLEM_CANCELLED, "cancelled");
  g_autoptr (GError) other = g_error_new_literal (g_quark_from_static_string ("other"), 1, "other");
  gint64 expires = 0;

  g_assert_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY);
  g_assert_cmpstr (error->message, ==, "ends 3 too early");
  g_clear_error (&error);
  g_assert_true (g_variant_lookup (prolong_problem_error_get_details (copy), "expires", "x", &expires));
  g_assert_cmpint (expires, ==, 5);
  g_assert_null (prolong_problem_error_get_details (plain));
  g_assert_null (prolong_problem_error_get_details (other));
  g_assert_null (prolong_problem_error_get_details (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/names", test_names);
  g_test_add_func ("/problem/details", test_details);
  return g_test_run ();
}
