/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words-tests.h"

#include <string.h>

#include "bus/provider-words.h"
#include "bus/subscription-words.h"
#include "bus/support-words.h"

/* Noon of 14 December 2026. */
#define NOW G_GINT64_CONSTANT (1797249600)
#define DAY PROLONG_SECONDS_PER_DAY
#define HOUR (DAY / 24)

static void
test_what_comes_next (void)
{
  static const struct
  {
    ProlongState state;
    gboolean renews;
    const char *provider;
    const char *add_code;
    gint64 expires; /* seconds from now */
    const char *words[N_LANGUAGES];
    const char *why;
  } table[] = {
    { PROLONG_STATE_ACTIVE,
      TRUE,
      "",
      "subscription-running",
      200 * DAY,
      { "It renews by itself; there is nothing to do.", "Het wordt vanzelf verlengd; u hoeft niets te doen.",
        "Она продлевается сама; ничего делать не нужно." },
      "long before the end" },
    { PROLONG_STATE_EXPIRING,
      TRUE,
      "NetLine",
      "subscription-running",
      5 * DAY,
      { "NetLine renews it by itself; there is nothing to do.",
        "NetLine verlengt het vanzelf; u hoeft niets te doen.",
        "NetLine продлевает её автоматически; ничего делать не нужно." },
      "a provider renews it" },
    { PROLONG_STATE_EXPIRING,
      TRUE,
      "",
      "subscription-running",
      5 * DAY,
      { "An activation code can be entered once auto-renewal is off",
        "Een activatiecode kan worden ingevoerd als de",
        "Код активации можно ввести, когда автопродление отключено" },
      "why no code can be entered" },
    { PROLONG_STATE_GRACE,
      TRUE,
      "",
      "subscription-running",
      -20 * HOUR,
      { "renews by itself within 24 hours; there is nothing to do.",
        "binnen 24 uur vanzelf verlengd; u hoeft niets te doen.",
        "продлится автоматически в течение 24 часов; ничего делать не нужно." },
      "reported late, and no alarm" },
    { PROLONG_STATE_GRACE,
      TRUE,
      "",
      "subscription-running",
      -25 * HOUR,
      { "The subscription has not renewed yet.", "Het abonnement is nog niet verlengd.",
        "Подписка ещё не продлена." },
      "later than it may be" },
    { PROLONG_STATE_GRACE,
      TRUE,
      "NetLine",
      "subscription-running",
      -25 * HOUR,
      { "NetLine has not reported the renewal yet.", "NetLine heeft de verlenging nog niet gemeld.",
        "NetLine ещё не сообщает о продлении." },
      "later than it may be, of a provider" },
    { PROLONG_STATE_ACTIVE,
      FALSE,
      "",
      "subscription-running",
      200 * DAY,
      { "From then on an activation code can be entered, not before",
        "Vanaf dan kan een activatiecode worden ingevoerd",
        "С этого дня можно ввести код активации, но не раньше" },
      "turned off: what holds then" },
    { PROLONG_STATE_ACTIVE,
      FALSE,
      "",
      "allowed",
      200 * DAY,
      { "An activation code can be entered already", "Een activatiecode kan nu al worden ingevoerd",
        "Код активации можно ввести уже сейчас" },
      "turned off, and the vendor takes a code before the end" },
    { PROLONG_STATE_EXPIRED,
      FALSE,
      "",
      "allowed",
      -30 * DAY,
      { "The subscription has ended.", "Het abonnement is afgelopen.", "Подписка закончилась." },
      "over" },
    { PROLONG_STATE_EXPIRED,
      TRUE,
      "",
      "allowed",
      -30 * DAY,
      { "has ended without being renewed. If you paid", "is afgelopen zonder te zijn verlengd. Hebt u",
        "закончилась и не продлена. Если" },
      "over, though it was to renew by itself" },
    { PROLONG_STATE_EXPIRED,
      TRUE,
      "NetLine",
      "allowed",
      -30 * DAY,
      { "The subscription from NetLine has ended.", "Het abonnement van NetLine is afgelopen.",
        "Подписка от «NetLine» закончилась." },
      "over, of a provider" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ProlongLicenseInfo license = {
        .name = (char *)"Internet Security",
        .kind = PROLONG_LICENSE_SUBSCRIPTION,
        .state = table[i].state,
        .auto_renewal = table[i].renews,
        .provider = (char *)table[i].provider,
        .add_code = (char *)table[i].add_code,
        .expires_at = NOW + table[i].expires,
        .grace_until = NOW + table[i].expires + 7 * DAY,
      };
      g_autofree char *words = prolong_words_subscription (&license, NOW);

      g_test_message ("%s: %s", table[i].why, words);
      g_assert_nonnull (strstr (words, table[i].words[language]));
    }
}

static void
test_places (void)
{
  char *products[] = { (char *)"Internet Security", (char *)"Password Safe", NULL };
  static const struct
  {
    ProlongProviderKind kind;
    ProlongProviderAction action;
    const char *instruction;
    const char *min;
    const char *max;
    const char *words[N_LANGUAGES];
    const char *why;
  } table[] = {
    { PROLONG_PROVIDER_VENDOR,
      PROLONG_PROVIDER_ACTION_SERVICE,
      "",
      "",
      "",
      { "Turn auto-renewal off here", "Zet de automatische verlenging hier uit",
        "Отключите автопродление здесь" },
      "from here" },
    { PROLONG_PROVIDER_SHOP,
      PROLONG_PROVIDER_ACTION_CONTACT,
      "",
      "",
      "",
      { "Ask Allsoft", "Neem contact op met Allsoft", "Обратитесь в Allsoft" },
      "by asking" },
    { PROLONG_PROVIDER_SHOP,
      PROLONG_PROVIDER_ACTION_INSTRUCTION,
      "",
      "19.0",
      "",
      { "from version 19.0 on", "vanaf versie 19.0", "начиная с версии 19.0" },
      "from a version on" },
    { PROLONG_PROVIDER_PHONE,
      PROLONG_PROVIDER_ACTION_INSTRUCTION,
      "Do this.",
      "",
      "",
      { "Do this.", "Do this.", "Do this." },
      "the vendor's own words" },
    { PROLONG_PROVIDER_PORTAL,
      PROLONG_PROVIDER_ACTION_SUPPORT,
      "",
      "19.0",
      "21.9",
      { "versions 19.0 to 21.9", "versie 19.0 tot en met 21.9", "версии с 19.0 по 21.9" },
      "between versions" },
    { PROLONG_PROVIDER_PARTNER,
      PROLONG_PROVIDER_ACTION_SUPPORT,
      "",
      "",
      "21.9",
      { "up to version 21.9", "tot en met versie 21.9", "до версии 21.9 включительно" },
      "up to a version" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ProlongProviderInfo place = {
        .name = (char *)"Allsoft",
        .kind = table[i].kind,
        .action = table[i].action,
        .instruction = (char *)table[i].instruction,
        .products = products,
        .min_version = (char *)table[i].min,
        .max_version = (char *)table[i].max,
      };
      g_autofree char *scope = prolong_words_provider_scope (&place);
      g_auto (ProlongWords) words = { 0 };
      g_autofree char *all = NULL;

      prolong_words_for_provider (&place, "Acme", &words);
      all = g_strjoin (" ", prolong_words_provider_kind (place.kind), words.what, words.way_out, scope, NULL);
      g_test_message ("%s: %s", table[i].why, all);
      g_assert_nonnull (strstr (all, table[i].words[language]));
      g_assert_nonnull (strstr (all, "Internet Security, Password Safe"));
    }
}

/* A call that fails brings no details; what is known of the license makes up for them. */
static void
test_refusals (void)
{
  static const struct
  {
    ProlongProblem problem;
    const char *provider;
    const char *manage_url;
    const char *contains;
    const char *why;
  } table[] = {
    { PROLONG_PROBLEM_PROVIDER_MANAGED, "NetLine", "https://netline.example/me", "NetLine", "whose it is" },
    { PROLONG_PROBLEM_PROVIDER_MANAGED, "NetLine", "https://netline.example/me", "https://netline.example/me",
      "where it is managed" },
    { PROLONG_PROBLEM_PROVIDER_MANAGED, "NetLine", "", "NetLine", "no address" },
    { PROLONG_PROBLEM_SUBSCRIPTION_ENDED, "", "", "2026", "until when it works" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ProlongLicenseInfo license = { .provider = (char *)table[i].provider,
                                     .manage_url = (char *)table[i].manage_url,
                                     .expires_at = NOW };
      g_auto (ProlongWords) words = { 0 };
      g_autofree char *all = NULL;

      prolong_words_for_refusal (table[i].problem, NULL, &license, &words);
      all = g_strjoin (" ", words.what, words.way_out, NULL);
      g_test_message ("%s: %s", table[i].why, all);
      g_assert_nonnull (strstr (all, table[i].contains));
      assert_language (all);
    }
}

/* An address that is none of the web is shown to nobody. */
static void
test_no_strange_address (void)
{
  g_autoptr (GVariant) details = g_variant_ref_sink (
      g_variant_new_parsed ("{'provider': <'X'>, 'manage_url': <'javascript:alert(1)'>}"));
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_problem (PROLONG_PROBLEM_PROVIDER_MANAGED, details, &words);
  g_assert_null (strstr (words.way_out, "javascript"));
  g_assert_nonnull (strstr (words.way_out, "X"));
}

static void
test_support_states (void)
{
  static const struct
  {
    const char *state;
    const char *problem;
    gint64 retry_at;
    const char *words[N_LANGUAGES];
  } table[] = {
    { "sending", "", 0, { "It is being sent.", "Het wordt verstuurd.", "Отправляется." } },
    { "waiting",
      "service-unavailable",
      0,
      { "as soon as the vendor can be reached", "zodra de leverancier bereikbaar is",
        "как только продавец станет доступен" } },
    { "waiting",
      "service-unavailable",
      NOW + HOUR,
      { "Next attempt: today, 13:00", "Volgende poging: vandaag, 13:00",
        "Следующая попытка: сегодня, 13:00" } },
    { "sent", "", 0, { "Reference: SR-1", "Kenmerk: SR-1", "Номер обращения: SR-1" } },
    { "refused",
      "email-malformed",
      0,
      { "The vendor did not take it. This is not", "De leverancier heeft het niet aangenomen. Dit is geen",
        "Продавец не принял обращение. Это не" } },
    { "refused",
      "",
      0,
      { "The vendor did not take it.", "De leverancier heeft het niet aangenomen.",
        "Продавец не принял обращение." } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ProlongSupportInfo request = { .state = (char *)table[i].state,
                                     .problem = (char *)table[i].problem,
                                     .reference = (char *)"SR-1",
                                     .retry_at = table[i].retry_at };
      g_autofree char *words = prolong_words_support_state (&request, NOW);

      g_test_message ("%s", words);
      g_assert_nonnull (strstr (words, table[i].words[language]));
    }
}

void
add_subscription_tests (void)
{
  g_test_add_func ("/words/subscription/what-comes-next", test_what_comes_next);
  g_test_add_func ("/words/subscription/places", test_places);
  g_test_add_func ("/words/subscription/refusals", test_refusals);
  g_test_add_func ("/words/subscription/no-strange-address", test_no_strange_address);
  g_test_add_func ("/words/subscription/support", test_support_states);
}
