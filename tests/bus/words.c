/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words-tests.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* gettext and GLib decide once in a process: each language is tested in a run of its own. */
static const struct
{
  const char *name;
  const char *locale;
  const char *definition;
} languages[] = {
  { "en", "en_GB.UTF-8", "en_GB" },
  { "nl", "nl_NL.UTF-8", "nl_NL" },
  { "ru", "ru_RU.UTF-8", "ru_RU" },
};

int language;
gboolean has_locale;
static char *locale_dir; /* NULL where locales cannot be made */

static void
test_fixed_labels (void)
{
  static const struct
  {
    ProlongState state;
    guint days;
    const char *label[N_LANGUAGES];
  } table[] = {
    { PROLONG_STATE_ACTIVE, 1, { "License: last day", "Licentie: laatste dag", "Лицензия: последний день" } },
    { PROLONG_STATE_EXPIRING,
      1,
      { "License: last day", "Licentie: laatste dag", "Лицензия: последний день" } },
    { PROLONG_STATE_PENDING,
      0,
      { "License: activation is under way", "Licentie: activering loopt",
        "Лицензия: выполняется активация" } },
    { PROLONG_STATE_EXPIRED, 0, { "License expired", "Licentie verlopen", "Срок действия лицензии истёк" } },
    { PROLONG_STATE_BLOCKED, 0, { "License blocked", "Licentie geblokkeerd", "Лицензия заблокирована" } },
    { PROLONG_STATE_NONE, 0, { "No license", "Geen licentie", "Лицензия отсутствует" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *label = prolong_words_label (table[i].state, table[i].days);

      g_assert_cmpstr (label, ==, table[i].label[language]);
    }
}

/* The rules of the three languages, written down independently of the catalogues. */
static char *
expect_days (guint n)
{
  gboolean teen = n % 100 >= 11 && n % 100 <= 14;

  if (language == EN)
    return g_strdup_printf (n == 1 ? "%u day left" : "%u days left", n);
  if (language == NL)
    return g_strdup_printf (n == 1 ? "nog %u dag" : "nog %u dagen", n);
  if (!teen && n % 10 == 1)
    return g_strdup_printf ("остался %u день", n);
  return g_strdup_printf (!teen && n % 10 >= 2 && n % 10 <= 4 ? "осталось %u дня" : "осталось %u дней", n);
}

static void
test_plurals (void)
{
  static const char *const active[] = { "License: ", "Licentie: ", "Лицензия: " };
  static const char *const grace[] = { "License ended, grace period: ", "Licentie verlopen, uitstel: ",
                                       "Срок лицензии истёк, льготный период: " };

  for (guint n = 0; n <= 130; n++)
    {
      g_autofree char *days = expect_days (n);
      g_autofree char *active_label = prolong_words_label (PROLONG_STATE_ACTIVE, n);
      g_autofree char *grace_label = prolong_words_label (PROLONG_STATE_GRACE, n);
      g_autofree char *active_expected = g_strconcat (active[language], days, NULL);
      g_autofree char *grace_expected = g_strconcat (grace[language], days, NULL);

      if (n != 1)
        g_assert_cmpstr (active_label, ==, active_expected);
      g_assert_cmpstr (grace_label, ==, grace_expected);
    }
}

/* Whether @text is of the language of this run: Russian words are written in Cyrillic, the others are not. */
void
assert_language (const char *text)
{
  guint n_cyrillic = 0, n_latin = 0;

  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 4);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_CYRILLIC)
        n_cyrillic++;
      if (g_ascii_isalpha (*p))
        n_latin++;
    }
  if (language == RU)
    g_assert_cmpuint (n_cyrillic, >, n_latin);
  else
    g_assert_cmpuint (n_cyrillic, ==, 0);
}

static const char *const all_details
    = "{'limit': <uint32 3>, 'used': <uint32 3>, 'expires': <int64 1797206400>, 'current_expires': <int64 "
      "1828742400>,"
      " 'product': <'password-safe'>, 'product_name': <'Ω'>, 'min_version': <'99.0'>, 'max_version': "
      "<'20.9'>,"
      " 'retry_after': <int64 90>, 'seats': <[{'id': <'1'>, 'device_name': <'Ψ'>}]>}";

static void
test_every_problem (void)
{
  g_autoptr (GVariant) details = g_variant_parse (G_VARIANT_TYPE_VARDICT, all_details, NULL, NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int problem = 0; problem < PROLONG_N_PROBLEMS; problem++)
    {
      g_auto (ProlongWords) plain = { 0 };
      g_auto (ProlongWords) rich = { 0 };

      g_test_message ("%s", prolong_problem_get_name (problem));
      prolong_words_for_problem (problem, NULL, &plain);
      prolong_words_for_problem (problem, details, &rich);
      assert_language (plain.what);
      assert_language (plain.way_out);
      g_assert_cmpstr (plain.what, !=, plain.way_out);
      g_assert_true (g_utf8_validate (rich.what, -1, NULL));
      g_assert_true (g_utf8_validate (rich.way_out, -1, NULL));
      g_assert_true (g_hash_table_add (seen, g_strdup (plain.what)));
    }
}

/* The refusals that a person must be able to tell apart, and a word of the way out of each. */
static void
test_refusals (void)
{
  static const struct
  {
    ProlongProblem problem;
    const char *way_out[N_LANGUAGES];
  } table[] = {
    { PROLONG_PROBLEM_CODE_EXHAUSTED, { "Release", "Geef de plaats vrij", "Освободите" } },
    { PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED, { "Enter the code", "Voer ook", "Введите также" } },
    { PROLONG_PROBLEM_SUBSCRIPTION_RUNNING,
      { "auto-renewal off", "automatische verlenging", "автопродление" } },
    { PROLONG_PROBLEM_TRIAL_RUNNING,
      { "when the trial has ended", "proefperiode", "пробный период закончится" } },
    { PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY, { "another device", "ander apparaat", "другом устройстве" } },
    { PROLONG_PROBLEM_ALREADY_ADDED, { "another code", "andere code", "другой код" } },
    { PROLONG_PROBLEM_NO_LICENSE, { "Activate a code now", "Activeer nu", "Активируйте код" } },
    { PROLONG_PROBLEM_CODE_UNKNOWN, { "Compare", "Vergelijk", "Сверьте" } },
    { PROLONG_PROBLEM_CODE_BLOCKED, { "support", "klantenservice", "поддержке" } },
    { PROLONG_PROBLEM_CODE_WRONG_PRODUCT, { "Choose", "Kies", "Выберите" } },
    { PROLONG_PROBLEM_VERSION_INCOMPATIBLE, { "Update", "Werk", "Обновите" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ProlongWords) words = { 0 };

      prolong_words_for_problem (table[i].problem, NULL, &words);
      g_assert_nonnull (strstr (words.way_out, table[i].way_out[language]));
    }
}

static void
test_details (void)
{
  static const struct
  {
    ProlongProblem problem;
    const char *details;
    const char *contains;
  } table[] = {
    { PROLONG_PROBLEM_CODE_EXHAUSTED, "{'limit': <uint32 3>}", "3" },
    { PROLONG_PROBLEM_CODE_EXHAUSTED,
      "{'limit': <uint32 1>, 'seats': <[{'device_name': <'desk'>}, {'device_name': <'lap'>}]>}",
      "desk, lap" },
    { PROLONG_PROBLEM_CODE_WRONG_PRODUCT, "{'product_name': <'Password Safe'>}", "Password Safe" },
    { PROLONG_PROBLEM_VERSION_INCOMPATIBLE, "{'min_version': <'99.0'>}", "99.0" },
    { PROLONG_PROBLEM_VERSION_INCOMPATIBLE, "{'max_version': <'20.9'>}", "20.9" },
    { PROLONG_PROBLEM_CODE_EXPIRED, "{'expires': <int64 1797206400>}", "2026" },
    { PROLONG_PROBLEM_LICENSE_RUNNING, "{'current_expires': <int64 1797206400>}", "2026" },
    { PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
      "{'expires': <int64 1797206400>, 'current_expires': <int64 1828742400>}", "2027" },
    { PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
      "{'expires': <int64 1797206400>, 'current_expires': <int64 1797206401>}", "2026" },
    { PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
      "{'expires': <int64 1797206400>, 'current_expires': <int64 1828742400>,"
      " 'first_activated': <int64 1704103200>}",
      "2024" },
    { PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
      "{'expires': <int64 1797206400>, 'turn': <int64 1828742400>, 'first_activated': <int64 1704103200>}",
      "2027" },
    { PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED, "{'shorter_term': <int64 25920000>}", "300" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GVariant) details
          = g_variant_parse (G_VARIANT_TYPE_VARDICT, table[i].details, NULL, NULL, NULL);
      g_auto (ProlongWords) words = { 0 };

      prolong_words_for_problem (table[i].problem, details, &words);
      g_assert_true (strstr (words.what, table[i].contains) != NULL
                     || strstr (words.way_out, table[i].contains) != NULL);
    }
}

/* A code that ends at the same second is told with one date, not as ending before itself. */
static void
test_same_date (void)
{
  static const char *const expected[] = { "no later than", "niet later dan", "не позже" };
  g_autoptr (GVariant) details = g_variant_ref_sink (
      g_variant_new_parsed ("{'expires': <int64 1797206400>, 'current_expires': <int64 1797206400>}"));
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_problem (PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY, details, &words);
  g_assert_nonnull (strstr (words.what, expected[language]));
}

/* Words from outside stay short and on one line, and wrong ones are as if they were not there. */
static void
test_hostile_details (void)
{
  static const char *const table[] = {
    "{'product_name': <'a\\nb\\u001b[31m\\u202ec'>}",
    "{'product_name': <uint32 5>, 'limit': <'three'>, 'expires': <'soon'>}",
    "{'expires': <int64 9223372036854775807>, 'current_expires': <int64 9223372036854775807>}",
    "{'retry_after': <int64 9223372036854775807>}",
    "{'seats': <[{'device_name': <uint32 5>}, {'device_name': <'\\n'>}]>, 'limit': <uint32 4294967295>}",
  };
  g_autofree char *endless = g_strnfill (100000, 'x');

  for (int problem = 0; problem < PROLONG_N_PROBLEMS; problem++)
    for (gsize i = 0; i <= G_N_ELEMENTS (table); i++)
      {
        g_autoptr (GVariant) details
            = i < G_N_ELEMENTS (table) ? g_variant_parse (G_VARIANT_TYPE_VARDICT, table[i], NULL, NULL, NULL)
                                       : g_variant_ref_sink (g_variant_new_parsed (
                                           "{'product_name': <%s>, 'min_version': <%s>}", endless, endless));
        g_auto (ProlongWords) words = { 0 };

        g_assert_nonnull (details);
        prolong_words_for_problem (problem, details, &words);
        g_assert_cmpuint (g_utf8_strlen (words.what, -1), <, 400);
        g_assert_null (strchr (words.what, '\n'));
        g_assert_null (strchr (words.what, '\033'));
        g_assert_null (strstr (words.what, "\u202e"));
      }
}

static void
test_code_errors (void)
{
  for (int error = 0; error < PROLONG_CODE_N_ERRORS; error++)
    {
      g_auto (ProlongWords) words = { 0 };

      prolong_words_for_code_error (error, &prolong_code_format_default, &words);
      assert_language (words.what);
      g_assert_nonnull (words.way_out);
      if (error != PROLONG_CODE_ERROR_CHECK)
        g_assert_nonnull (strstr (words.way_out, "XXXXX-XXXXX-XXXXX-XXXXX"));
    }
}

static void
test_names (void)
{
  for (int step = 0; step < PROLONG_N_STEPS; step++)
    assert_language (prolong_words_step (step));
  for (int kind = PROLONG_LICENSE_TRIAL; kind <= PROLONG_LICENSE_SUBSCRIPTION; kind++)
    assert_language (prolong_words_kind (kind));
}

static void
test_dates (void)
{
  static const char *const months[][N_LANGUAGES] = {
    { "14 January 2026", "14 januari 2026", "14 января 2026 года" },
    { "14 February 2026", "14 februari 2026", "14 февраля 2026 года" },
    { "14 March 2026", "14 maart 2026", "14 марта 2026 года" },
    { "14 April 2026", "14 april 2026", "14 апреля 2026 года" },
    { "14 May 2026", "14 mei 2026", "14 мая 2026 года" },
    { "14 June 2026", "14 juni 2026", "14 июня 2026 года" },
    { "14 July 2026", "14 juli 2026", "14 июля 2026 года" },
    { "14 August 2026", "14 augustus 2026", "14 августа 2026 года" },
    { "14 September 2026", "14 september 2026", "14 сентября 2026 года" },
    { "14 October 2026", "14 oktober 2026", "14 октября 2026 года" },
    { "14 November 2026", "14 november 2026", "14 ноября 2026 года" },
    { "14 December 2026", "14 december 2026", "14 декабря 2026 года" },
  };

  if (!has_locale)
    {
      g_test_skip ("localedef could not make the locale");
      return;
    }
  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) noon = g_date_time_new_utc (2026, month, 14, 12, 0, 0);
      g_autofree char *date = prolong_words_date (g_date_time_to_unix (noon));

      g_assert_cmpstr (date, ==, months[month - 1][language]);
    }
}

static void
test_moments (void)
{
  static const struct
  {
    const char *instant;
    const char *expected[N_LANGUAGES];
  } table[] = {
    { "2026-12-14T09:12:00Z", { "today, 09:12", "vandaag, 09:12", "сегодня, 09:12" } },
    { "2026-12-13T23:55:00Z", { "yesterday, 23:55", "gisteren, 23:55", "вчера, 23:55" } },
    { "2026-12-15T00:05:00Z", { "tomorrow, 00:05", "morgen, 00:05", "завтра, 00:05" } },
  };
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-12-14T00:05:00Z", NULL);
  g_autofree char *far = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (table[i].instant, NULL);
      g_autofree char *moment
          = prolong_words_moment (g_date_time_to_unix (instant), g_date_time_to_unix (now));

      g_assert_cmpstr (moment, ==, table[i].expected[language]);
    }
  far = prolong_words_moment (G_MAXINT64, g_date_time_to_unix (now));
  g_assert_cmpstr (far, ==, "—");
}

static void
test_instants (void)
{
  g_autofree char *epoch = prolong_words_instant (0);
  g_autofree char *after_2038 = prolong_words_instant (G_GINT64_CONSTANT (4102444800));
  g_autofree char *never = prolong_words_instant (G_MAXINT64);

  g_assert_cmpstr (epoch, ==, "1970-01-01T00:00:00Z");
  g_assert_cmpstr (after_2038, ==, "2100-01-01T00:00:00Z");
  g_assert_cmpstr (never, ==, "—");
}

static int
find_language (void)
{
  for (int i = 0; i < N_LANGUAGES; i++)
    if (g_strcmp0 (g_getenv ("PROLONG_TEST_LANGUAGE"), languages[i].name) == 0)
      return i;
  return EN;
}

/* Month names come from the C library's locales, of which a machine may have none. */
static char *
make_locale (void)
{
  g_autofree char *dir = g_dir_make_tmp ("prolong-locale-XXXXXX", NULL);
  g_autofree char *output = g_build_filename (dir, languages[language].locale, NULL);
  const char *argv[] = { "localedef", "-i", languages[language].definition, "-f", "UTF-8", output, NULL };

  /* localedef warns, and then exits with 1, about what nobody here relies on. */
  g_spawn_sync (NULL, (char **)argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                NULL, NULL, NULL, NULL);
  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&dir);
  g_rmdir (dir);
  return NULL;
}

static void
remove_locale (void)
{
  const char *argv[] = { "rm", "-rf", locale_dir, NULL };

  if (locale_dir != NULL)
    g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (locale_dir);
}

static void
test_days_before_end (void)
{
  static const struct
  {
    guint days[4];
    gsize n;
    const char *words[N_LANGUAGES];
    const char *why;
  } table[] = {
    { { 0 }, 0, { "", "", "" }, "a vendor without reminders" },
    { { 1 }, 1, { "1 day before the end", "1 dag voor het einde", "За 1 день до окончания" }, "one day" },
    { { 2 },
      1,
      { "2 days before the end", "2 dagen voor het einde", "За 2 дня до окончания" },
      "the second form" },
    { { 30, 7 },
      2,
      { "30 and 7 days before the end", "30 en 7 dagen voor het einde", "За 30 и 7 дней до окончания" },
      "no comma" },
    { { 30, 14, 7, 1 },
      4,
      { "30, 14, 7 and 1 days before the end", "30, 14, 7 en 1 dag voor het einde",
        "За 30, 14, 7 и 1 день до окончания" },
      "the last number decides where the language lets it" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = prolong_words_days_before_end (table[i].days, table[i].n);

      g_test_message ("%s", table[i].why);
      g_assert_cmpstr (words, ==, table[i].words[language]);
    }
}

static void
test_tray (void)
{
  static const char *const values[] = { "shown", "unavailable", "off" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpstr (prolong_words_tray (values[i]), !=, "");
  g_assert_cmpstr (prolong_words_tray ("later"), ==, "");
}

int
main (int argc, char **argv)
{
  int status;

  language = find_language ();
  locale_dir = make_locale ();
  has_locale = locale_dir != NULL;
  if (locale_dir != NULL)
    g_setenv ("LOCPATH", locale_dir, TRUE);
  g_setenv ("LC_ALL", locale_dir != NULL ? languages[language].locale : "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", languages[language].name, TRUE);
  prolong_words_init ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/fixed-labels", test_fixed_labels);
  g_test_add_func ("/words/plurals", test_plurals);
  g_test_add_func ("/words/every-problem", test_every_problem);
  g_test_add_func ("/words/refusals", test_refusals);
  g_test_add_func ("/words/details", test_details);
  g_test_add_func ("/words/same-date", test_same_date);
  g_test_add_func ("/words/hostile-details", test_hostile_details);
  g_test_add_func ("/words/code-errors", test_code_errors);
  g_test_add_func ("/words/names", test_names);
  g_test_add_func ("/words/dates", test_dates);
  g_test_add_func ("/words/moments", test_moments);
  g_test_add_func ("/words/instants", test_instants);
  g_test_add_func ("/words/days-before-end", test_days_before_end);
  g_test_add_func ("/words/tray", test_tray);
  add_reserve_tests ();
  add_subscription_tests ();
  status = g_test_run ();
  remove_locale ();
  return status;
}
