/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words-tests.h"

#include <string.h>

/* Noon of 14 December 2026. */
#define NOW G_GINT64_CONSTANT (1797249600)
#define DAY PROLONG_SECONDS_PER_DAY
#define YEAR (365 * DAY)

static ProlongReserveInfo
reserve_new (ProlongReserveState state, const char *problem, gint64 starts_at, gint64 expires_at)
{
  ProlongReserveInfo reserve = { 0 };

  reserve.state = state;
  reserve.problem = (char *)problem;
  reserve.starts_at = starts_at;
  reserve.expires_at = expires_at;
  return reserve;
}

static void
test_states (void)
{
  static const struct
  {
    ProlongReserveState state;
    const char *problem;
    gint64 starts_at;
    const char *words[N_LANGUAGES];
    const char *why;
  } table[] = {
    { PROLONG_RESERVE_READY,
      "",
      NOW + DAY,
      { "Takes over on 15 December 2026", "Neemt het over op 15 december 2026",
        "Начнёт действовать 15 декабря 2026 года" },
      "a day or more before: the date" },
    { PROLONG_RESERVE_READY,
      "",
      NOW + DAY - 60,
      { "Takes over tomorrow, 11:59", "Neemt het over: morgen, 11:59", "Начнёт действовать: завтра, 11:59" },
      "within a day: the time of day" },
    { PROLONG_RESERVE_READY,
      "",
      NOW,
      { "Takes over as soon as it can be activated", "Neemt het over zodra activeren lukt",
        "Начнёт действовать, как только его удастся активировать" },
      "its time has come" },
    { PROLONG_RESERVE_READY,
      "",
      0,
      { "Takes over when the current license ends", "Neemt het over als de huidige licentie afloopt",
        "Начнёт действовать по окончании текущей лицензии" },
      "the time is not known" },
    { PROLONG_RESERVE_UNCHECKED,
      "",
      0,
      { "Not checked yet", "Nog niet gecontroleerd", "Ещё не проверен" },
      "at first" },
    { PROLONG_RESERVE_UNCHECKED,
      "service-unavailable",
      0,
      { "Not checked yet: the service could not be reached",
        "Nog niet gecontroleerd: de dienst was niet bereikbaar", "Ещё не проверен: сервис был недоступен" },
      "without a network" },
    { PROLONG_RESERVE_UNCHECKED,
      "keyring-locked",
      0,
      { "Not checked yet. The keyring", "Nog niet gecontroleerd. De sleutelbos", "Ещё не проверен. Связка" },
      "for another reason" },
    { PROLONG_RESERVE_PROBLEM,
      "code-blocked",
      0,
      { "Would not be activated. The vendor has blocked", "Zou niet worden geactiveerd. De leverancier",
        "Не будет активирован. Продавец" },
      "with its reason" },
    { PROLONG_RESERVE_PROBLEM,
      "of-a-later-version",
      NOW + DAY,
      { "Would not be activated", "Zou niet worden geactiveerd", "Не будет активирован" },
      "a reason without words here" },
    { PROLONG_RESERVE_ACTIVATING,
      "",
      NOW,
      { "Is being activated", "Wordt geactiveerd", "Активируется" },
      "under way" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ProlongReserveInfo reserve = reserve_new (table[i].state, table[i].problem, table[i].starts_at, 0);
      g_autofree char *words = prolong_words_reserve_state (&reserve, NOW);

      g_test_message ("%s: %s", table[i].why, words);
      assert_language (words);
      if (has_locale || table[i].starts_at != NOW + DAY)
        g_assert_true (g_str_has_prefix (words, table[i].words[language]));
    }
}

static void
test_terms (void)
{
  static const struct
  {
    gint64 seconds;
    const char *words[N_LANGUAGES];
  } table[] = {
    { 0, { "", "", "" } },
    { -5, { "", "", "" } },
    { 1, { "1 minute", "1 minuut", "1 минута" } },
    { 120, { "2 minutes", "2 minuten", "2 минуты" } },
    { 3600, { "1 hour", "1 uur", "1 час" } },
    { 5 * 3600, { "5 hours", "5 uur", "5 часов" } },
    { DAY, { "1 day", "1 dag", "1 день" } },
    { DAY + 1, { "2 days", "2 dagen", "2 дня" } },
    { YEAR, { "365 days", "365 dagen", "365 дней" } },
    { G_MAXINT64, { "2147483647 days", "2147483647 dagen", "2147483647 дней" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = prolong_words_term (table[i].seconds);

      g_assert_cmpstr (words, ==, table[i].words[language]);
    }
}

static void
test_devices (void)
{
  static const struct
  {
    guint used, limit;
    const char *words[N_LANGUAGES];
  } table[] = {
    { 0, 0, { "", "", "" } },
    { 0, 1, { "", "", "" } },
    { 2,
      3,
      { "1 of 3 seats is free. Add", "1 van de 3 plaatsen is vrij. Voeg",
        "Свободно 1 место из 3. Добавьте" } },
    { 0, 2, { "2 of 2 seats are free.", "2 van de 2 plaatsen zijn vrij.", "Свободно 2 места из 2." } },
    { 5, 5, { "0 of 5 seats are free.", "0 van de 5 plaatsen zijn vrij.", "Свободно 0 мест из 5." } },
    { 9, 5, { "0 of 5 seats are free.", "0 van de 5 plaatsen zijn vrij.", "Свободно 0 мест из 5." } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ProlongReserveInfo reserve = reserve_new (PROLONG_RESERVE_READY, "", 0, 0);
      g_autofree char *words = NULL;

      reserve.devices_used = table[i].used;
      reserve.devices_limit = table[i].limit;
      words = prolong_words_reserve_devices (&reserve);
      g_assert_true (g_str_has_prefix (words, table[i].words[language]));
      g_assert_true ((*words == '\0') == (table[i].limit < 2));
    }
}

static void
test_facts (void)
{
  static const char *const gives[] = { "365 days, until 14 December 2027", "365 dagen, tot 14 december 2027",
                                       "365 дней, до 14 декабря 2027 года" };
  static const char *const checked[]
      = { "Checked: today, 11:00", "Gecontroleerd: vandaag, 11:00", "Проверено: сегодня, 11:00" };
  static const char *const seen[] = { "Last seen: today, 11:00", "Laatst gezien: vandaag, 11:00",
                                      "Последняя активность: сегодня, 11:00" };
  ProlongReserveInfo reserve = reserve_new (PROLONG_RESERVE_READY, "", NOW, NOW + YEAR);
  g_autofree char *unknown = prolong_words_reserve_gives (&reserve);
  g_autofree char *unchecked = prolong_words_reserve_checked (&reserve, NOW);
  g_autofree char *unseen = prolong_words_last_seen (0, NOW);
  g_autofree char *last_seen = prolong_words_last_seen (NOW - 3600, NOW);
  g_autofree char *given = NULL;
  g_autofree char *known = NULL;

  reserve.term = YEAR;
  reserve.checked_at = NOW - 3600;
  given = prolong_words_reserve_gives (&reserve);
  known = prolong_words_reserve_checked (&reserve, NOW);
  g_assert_cmpstr (unknown, ==, "");
  if (has_locale)
    g_assert_cmpstr (given, ==, gives[language]);
  assert_language (unchecked);
  assert_language (unseen);
  g_assert_cmpstr (known, ==, checked[language]);
  g_assert_cmpstr (last_seen, ==, seen[language]);
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int kind = 0; kind < PROLONG_N_OPERATION_KINDS; kind++)
    {
      for (int step = 0; step < PROLONG_N_STEPS; step++)
        assert_language (prolong_words_operation_step (kind, step));
      g_assert_true (g_hash_table_add (seen, (char *)prolong_words_operation_step (kind, PROLONG_STEP_DONE)));
    }
  for (const char *const *value = (const char *const[]){ "on", "off", "refused", NULL }; *value != NULL;
       value++)
    {
      assert_language (prolong_words_start_at_login (*value));
      g_assert_true (g_hash_table_add (seen, (char *)prolong_words_start_at_login (*value)));
    }
  g_assert_cmpstr (prolong_words_start_at_login ("later"), ==, "");
  assert_language (prolong_words_seat_hint ("this"));
  assert_language (prolong_words_seat_hint ("old"));
  g_assert_cmpstr (prolong_words_seat_hint (""), ==, "");
}

#define D(years, days) (NOW + (years)*YEAR + (days)*DAY)

static const struct
{
  ProlongState state; /* of the license, which ends at D (0, 0); NONE: there is none */
  struct
  {
    ProlongReserveState state;
    gint64 starts_at, expires_at;
  } reserves[3];
  guint n_reserves;
  const char *words[N_LANGUAGES];
  const char *why;
} coverage_rows[] = {
  { PROLONG_STATE_NONE, {}, 0, { "Not covered.", "Niet gedekt.", "Без лицензии." }, "nothing at all" },
  { PROLONG_STATE_EXPIRED,
    {},
    0,
    { "Not covered.", "Niet gedekt.", "Без лицензии." },
    "a license that ended" },
  { PROLONG_STATE_BLOCKED, {}, 0, { "Not covered.", "Niet gedekt.", "Без лицензии." }, "a blocked one" },
  { PROLONG_STATE_ACTIVE,
    {},
    0,
    { "Current license until 14 December 2026. Covered until 14 December 2026.",
      "Huidige licentie tot 14 december 2026. Gedekt tot 14 december 2026.",
      "Текущая лицензия до 14 декабря 2026 года. Лицензий хватит до 14 декабря 2026 года." },
    "a license alone" },
  { PROLONG_STATE_EXPIRING,
    { { PROLONG_RESERVE_READY, D (0, 0), D (1, 0) }, { PROLONG_RESERVE_READY, D (1, 0), D (2, 0) } },
    2,
    { "Current license until 14 December 2026. Reserve code 1 from 14 December 2026 to 14 December 2027. "
      "Reserve code 2 "
      "from 14 December 2027 to 13 December 2028. Covered until 13 December 2028.",
      "Huidige licentie tot 14 december 2026. Reservecode 1 van 14 december 2026 tot 14 december 2027. "
      "Reservecode 2 van "
      "14 december 2027 tot 13 december 2028. Gedekt tot 13 december 2028.",
      "Текущая лицензия до 14 декабря 2026 года. Резервный код 1 с 14 декабря 2026 года до 14 декабря 2027 "
      "года. Резервный "
      "код 2 с 14 декабря 2027 года до 13 декабря 2028 года. Лицензий хватит до 13 декабря 2028 года." },
    "one after the other" },
  { PROLONG_STATE_ACTIVE,
    { { PROLONG_RESERVE_READY, D (0, 90), D (1, 0) } },
    1,
    { "Current license until 14 December 2026. Not covered from 14 December 2026 to 14 March 2027. Reserve "
      "code 1 from 14 "
      "March 2027 to 14 December 2027. Covered until 14 December 2026.",
      "Huidige licentie tot 14 december 2026. Niet gedekt van 14 december 2026 tot 14 maart 2027. "
      "Reservecode 1 van 14 maart "
      "2027 tot 14 december 2027. Gedekt tot 14 december 2026.",
      "Текущая лицензия до 14 декабря 2026 года. Без лицензии с 14 декабря 2026 года до 14 марта 2027 года. "
      "Резервный код 1 "
      "с 14 марта 2027 года до 14 декабря 2027 года. Лицензий хватит до 14 декабря 2026 года." },
    "a gap: covered until it begins" },
  { PROLONG_STATE_ACTIVE,
    { { PROLONG_RESERVE_PROBLEM, D (0, 0), D (1, 0) },
      { PROLONG_RESERVE_UNCHECKED, 0, 0 },
      { PROLONG_RESERVE_READY, D (0, 0), D (1, 0) } },
    3,
    { "Current license until 14 December 2026. Reserve code 1 would not be activated. It is not known yet "
      "when reserve code "
      "2 takes over. Reserve code 3 from 14 December 2026 to 14 December 2027. Covered until 14 December "
      "2027.",
      "Huidige licentie tot 14 december 2026. Reservecode 1 zou niet worden geactiveerd. Nog niet bekend is "
      "wanneer "
      "reservecode 2 het overneemt. Reservecode 3 van 14 december 2026 tot 14 december 2027. Gedekt tot 14 "
      "december 2027.",
      "Текущая лицензия до 14 декабря 2026 года. Резервный код 1 не будет активирован. Пока неизвестно, "
      "когда начнёт "
      "действовать резервный код 2. Резервный код 3 с 14 декабря 2026 года до 14 декабря 2027 года. Лицензий "
      "хватит "
      "до 14 декабря 2027 года." },
    "codes that add nothing, or nothing known" },
  { PROLONG_STATE_NONE,
    { { PROLONG_RESERVE_READY, D (0, 0), D (1, 0) } },
    1,
    { "Reserve code 1 from 14 December 2026 to 14 December 2027. Covered until 14 December 2027.",
      "Reservecode 1 van 14 december 2026 tot 14 december 2027. Gedekt tot 14 december 2027.",
      "Резервный код 1 с 14 декабря 2026 года до 14 декабря 2027 года. Лицензий хватит до 14 декабря 2027 "
      "года." },
    "the license was removed, its reserve code takes over" },
  { PROLONG_STATE_GRACE,
    { { PROLONG_RESERVE_READY, D (0, 14), D (1, 14) } },
    1,
    { "Grace period until 28 December 2026. Reserve code 1 from 28 December 2026 to 28 December 2027. "
      "Covered until 28 "
      "December 2027.",
      "Uitstel tot 28 december 2026. Reservecode 1 van 28 december 2026 tot 28 december 2027. Gedekt tot 28 "
      "december 2027.",
      "Льготный период до 28 декабря 2026 года. Резервный код 1 с 28 декабря 2026 года до 28 декабря 2027 "
      "года. Лицензий хватит "
      "до 28 декабря 2027 года." },
    "in grace the next one waits for the end of that" },
};

static void
test_coverage (void)
{
  if (!has_locale)
    {
      g_test_skip ("localedef could not make the locale");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (coverage_rows); i++)
    {
      ProlongLicenseInfo license = { 0 };
      ProlongReserveInfo infos[3];
      g_autoptr (GPtrArray) reserves = g_ptr_array_new ();
      g_autofree char *words = NULL;

      license.state = coverage_rows[i].state;
      license.expires_at = D (0, 0);
      license.grace_until = D (0, 14);
      for (guint j = 0; j < coverage_rows[i].n_reserves; j++)
        {
          infos[j]
              = reserve_new (coverage_rows[i].reserves[j].state, "", coverage_rows[i].reserves[j].starts_at,
                             coverage_rows[i].reserves[j].expires_at);
          g_ptr_array_add (reserves, &infos[j]);
        }
      words = prolong_words_coverage (license.state != PROLONG_STATE_NONE ? &license : NULL, reserves);
      g_test_message ("%s", coverage_rows[i].why);
      g_assert_cmpstr (words, ==, coverage_rows[i].words[language]);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    ProlongProblem problem;
    ProlongState state;
    const char *details;
    const char *contains;
    const char *lacks;
    const char *why;
  } table[] = {
    { PROLONG_PROBLEM_SUBSCRIPTION_RUNNING, PROLONG_STATE_ACTIVE, "@a{sv} {}", "2026", "2027",
      "until when it runs" },
    { PROLONG_PROBLEM_SUBSCRIPTION_RUNNING, PROLONG_STATE_GRACE, "@a{sv} {}", "", "2026",
      "a day that is over" },
    { PROLONG_PROBLEM_TRIAL_RUNNING, PROLONG_STATE_EXPIRING, "@a{sv} {}", "2026", "2027",
      "until when it runs" },
    { PROLONG_PROBLEM_TRIAL_RUNNING, PROLONG_STATE_ACTIVE, "{'current_expires': <int64 1828742400>}", "2027",
      "2026", "what came with the problem counts" },
    { PROLONG_PROBLEM_TRIAL_RUNNING, PROLONG_STATE_NONE, "@a{sv} {}", "", "20", "no license is known" },
    { PROLONG_PROBLEM_CODE_UNKNOWN, PROLONG_STATE_ACTIVE, "@a{sv} {}", "", "20",
      "no date has to do with it" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GVariant) details = g_variant_ref_sink (g_variant_new_parsed (table[i].details));
      ProlongLicenseInfo license = { 0 };
      g_auto (ProlongWords) words = { 0 };

      license.state = table[i].state;
      license.expires_at = NOW;
      prolong_words_for_refusal (table[i].problem, g_variant_n_children (details) > 0 ? details : NULL,
                                 table[i].state != PROLONG_STATE_NONE ? &license : NULL, &words);
      g_test_message ("%s: %s", table[i].why, words.what);
      g_assert_nonnull (strstr (words.what, table[i].contains));
      g_assert_null (strstr (words.what, table[i].lacks));
    }
}

void
add_reserve_tests (void)
{
  g_test_add_func ("/words/reserve/states", test_states);
  g_test_add_func ("/words/reserve/terms", test_terms);
  g_test_add_func ("/words/reserve/devices", test_devices);
  g_test_add_func ("/words/reserve/facts", test_facts);
  g_test_add_func ("/words/reserve/names", test_names);
  g_test_add_func ("/words/reserve/coverage", test_coverage);
  g_test_add_func ("/words/reserve/refusals", test_refusals);
}
