/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/rules.h"

/* The cases are in rules-cases.ini, so that they can be run over HTTP and through the window as well. */

#define CURRENT_EXPIRES G_GINT64_CONSTANT (1795262400)

static GKeyFile *cases;

static const char *const actions[] = {
  [PROLONG_ACTION_ACTIVATE] = "activate",
  [PROLONG_ACTION_RESERVE] = "reserve",
  [PROLONG_ACTION_REFUSE] = "refuse",
};

static char *
get (const char *name, const char *key)
{
  g_autofree char *text = g_key_file_get_string (cases, name, key, NULL);

  return text != NULL ? g_steal_pointer (&text) : g_strdup ("");
}

static gboolean
is (const char *name, const char *key, const char *value)
{
  g_autofree char *text = get (name, key);

  return g_str_equal (text, value);
}

/* Told in a case as the distance to the end of the license. */
static gint64
get_time (const char *name, const char *key)
{
  g_autoptr (GError) error = NULL;
  gint64 distance;

  if (!g_key_file_has_key (cases, name, key, NULL))
    return 0;
  distance = g_key_file_get_int64 (cases, name, key, &error);
  g_assert_no_error (error);
  return CURRENT_EXPIRES + distance;
}

static ProlongRuleFacts
read_facts (const char *name)
{
  g_autofree char *license = get (name, "license");
  g_autofree char *kind = get (name, "kind");
  g_autofree char *add_code = get (name, "add_code");
  ProlongRuleFacts facts = { 0 };

  g_assert_true (prolong_state_from_name (license, &facts.state));
  facts.has_license = facts.state != PROLONG_STATE_NONE && facts.state != PROLONG_STATE_PENDING;
  g_assert_true (!facts.has_license || prolong_license_kind_from_name (kind, &facts.kind));
  g_assert_true (facts.has_license == (*add_code != '\0'));
  facts.add_code = facts.has_license ? g_intern_string (add_code) : NULL;
  facts.current_expires = facts.has_license ? CURRENT_EXPIRES : 0;
  facts.is_current_code = is (name, "code", "current");
  facts.is_reserve_code = is (name, "code", "saved");
  g_assert_true (facts.is_current_code || facts.is_reserve_code || is (name, "code", "new"));
  facts.only_reserve = is (name, "only_reserve", "yes");
  facts.expires = get_time (name, "ends");
  facts.first_activated = get_time (name, "first_used");
  return facts;
}

static void
test_case (gconstpointer data)
{
  const char *name = data;
  ProlongRuleFacts facts = read_facts (name);
  ProlongRuling ruling = prolong_rules_decide (&facts);
  g_autofree char *why = get (name, "why");
  g_autofree char *action = get (name, "action");
  g_autofree char *problem = get (name, "problem");
  g_autofree char *source = get (name, "source");

  g_test_message ("%s", why);
  g_assert_cmpstr (why, !=, "");
  g_assert_cmpstr (actions[ruling.action], ==, action);
  g_assert_cmpstr (ruling.source, ==, source);
  g_assert_nonnull (ruling.explanation);
  if (ruling.action == PROLONG_ACTION_REFUSE)
    g_assert_cmpstr (prolong_problem_get_name (ruling.problem), ==, problem);
  else
    g_assert_cmpstr (problem, ==, "");
}

/* Every problem that the rules can give is in the cases, and there are enough of them. */
static void
test_complete (void)
{
  static const char *const problems[]
      = { "already-added", "no-license", "subscription-running", "trial-running", "reserve-ends-too-early" };
  g_auto (GStrv) names = g_key_file_get_groups (cases, NULL);

  g_assert_cmpuint (g_strv_length (names), >=, 40);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    {
      guint found = 0;

      for (char **name = names; *name != NULL; name++)
        found += is (*name, "problem", problems[i]);
      g_assert_cmpuint (found, >=, 2);
    }
}

static const struct
{
  const char *name;
  const char *details;
  const char *why;
} detail_rows[] = {
  { "used-and-ends-earlier",
    "{'current_expires': <int64 1795262400>, 'expires': <int64 1795262399>, 'first_activated': <int64 "
    "1763726399>}",
    "both dates, and the one from which the term counts" },
  { "subscription", "{'current_expires': <int64 1795262400>}", "until when the subscription runs" },
  { "subscription-grace", "@a{sv} {}", "a date that is over is not told" },
  { "current-code", "{'current_expires': <int64 1795262400>}", "until when that license runs" },
  { "nothing-yet-reserve", "@a{sv} {}", "there is no date" },
  { "blocked-reserve", "@a{sv} {}", "the date of a blocked license means nothing" },
};

static void
test_details (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (detail_rows); i++)
    {
      ProlongRuleFacts facts = read_facts (detail_rows[i].name);
      ProlongRuling ruling = prolong_rules_decide (&facts);
      g_autoptr (GError) error = prolong_ruling_error_new (&ruling, &facts);
      g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed (detail_rows[i].details));
      GVariantDict expected_dict;
      GVariant *details = prolong_problem_error_get_details (error);

      g_test_message ("%s: %s", detail_rows[i].name, detail_rows[i].why);
      g_assert_error (error, PROLONG_PROBLEM, (int)ruling.problem);
      g_assert_cmpstr (error->message, ==, ruling.explanation);
      g_assert_cmpuint (g_variant_n_children (details), ==, g_variant_n_children (expected));
      g_variant_dict_init (&expected_dict, expected);
      for (gsize j = 0; j < g_variant_n_children (details); j++)
        {
          const char *key;
          gint64 value, other = 0;
          g_autoptr (GVariant) entry = g_variant_get_child_value (details, j);
          g_autoptr (GVariant) boxed = NULL;

          g_variant_get (entry, "{&sv}", &key, &boxed);
          value = g_variant_get_int64 (boxed);
          g_assert_true (g_variant_dict_lookup (&expected_dict, key, "x", &other));
          g_assert_cmpint (value, ==, other);
        }
      g_variant_dict_clear (&expected_dict);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;

  g_test_init (&argc, &argv, NULL);
  cases = g_key_file_new ();
  g_key_file_load_from_file (cases, PROLONG_RULES_CASES, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  names = g_key_file_get_groups (cases, NULL);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("/rules/cases/", *name, NULL);

      g_test_add_data_func (path, *name, test_case);
    }
  g_test_add_func ("/rules/complete", test_complete);
  g_test_add_func ("/rules/details", test_details);
  return g_test_run ();
}
