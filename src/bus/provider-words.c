/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/provider-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

const char *
prolong_words_provider_kind (ProlongProviderKind kind)
{
  static const char *const names[] = {
    [PROLONG_PROVIDER_SHOP] = N_ ("Web shop"),
    [PROLONG_PROVIDER_PORTAL] = N_ ("Account page of the vendor"),
    [PROLONG_PROVIDER_VENDOR] = N_ ("The vendor itself"),
    [PROLONG_PROVIDER_INTERNET_PROVIDER] = N_ ("Internet provider"),
    [PROLONG_PROVIDER_PARTNER] = N_ ("Partner company"),
    [PROLONG_PROVIDER_PHONE] = N_ ("App store of a phone"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == PROLONG_N_PROVIDER_KINDS);
  g_return_val_if_fail (kind < PROLONG_N_PROVIDER_KINDS, "");
  return _ (names[kind]);
}

static void
tell_service (const ProlongProviderInfo *provider, const char *vendor, ProlongWords *words)
{
  words->what = g_strdup (_ ("Turn auto-renewal off here"));
  words->way_out = g_strdup (_ ("You can turn it on again until the period ends."));
}

static void
tell_contact (const ProlongProviderInfo *provider, const char *vendor, ProlongWords *words)
{
  /* Translators: %s is the name of a company. */
  words->what = g_strdup_printf (_ ("Ask %s"), provider->name);
  /* Translators: %s is the name of a company. */
  words->way_out = g_strdup_printf (
      _ ("%s takes the payments, so only there auto-renewal can be turned off. Say that you "
         "want no further renewal, and give your order number."),
      provider->name);
}

static void
tell_instruction (const ProlongProviderInfo *provider, const char *vendor, ProlongWords *words)
{
  if (provider->kind == PROLONG_PROVIDER_PHONE)
    words->what = g_strdup (_ ("Turn it off on the phone"));
  else
    /* Translators: %s is the name of a shop. */
    words->what = g_strdup_printf (_ ("Follow the instruction of %s"), provider->name);
  if (*provider->instruction != '\0')
    words->way_out = g_strdup (provider->instruction);
  else
    /* Translators: %s is the name of a shop. */
    words->way_out = g_strdup_printf (
        _ ("%s takes the payments, and has a page on which you turn auto-renewal off."), provider->name);
}

static void
tell_support (const ProlongProviderInfo *provider, const char *vendor, ProlongWords *words)
{
  words->what = g_strdup (_ ("Write to support"));
  /* Translators: the first %s is the name of a shop, the second that of a vendor. */
  words->way_out = g_strdup_printf (
      _ ("What was bought at %s, the support of %s turns off. The request is filled in as far "
         "as Prolong knows."),
      provider->name, vendor);
}

void
prolong_words_for_provider (const ProlongProviderInfo *provider, const char *vendor, ProlongWords *words)
{
  static void (*const tell[]) (const ProlongProviderInfo *, const char *, ProlongWords *) = {
    [PROLONG_PROVIDER_ACTION_SUPPORT] = tell_support,
    [PROLONG_PROVIDER_ACTION_SERVICE] = tell_service,
    [PROLONG_PROVIDER_ACTION_CONTACT] = tell_contact,
    [PROLONG_PROVIDER_ACTION_INSTRUCTION] = tell_instruction,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (tell) == PROLONG_N_PROVIDER_ACTIONS);
  g_return_if_fail (provider->action < PROLONG_N_PROVIDER_ACTIONS);
  tell[provider->action](provider, vendor, words);
}

char *
prolong_words_provider_scope (const ProlongProviderInfo *provider)
{
  g_autofree char *names = g_strjoinv (", ", provider->products);

  if (*names == '\0')
    return g_strdup ("");
  if (*provider->min_version != '\0' && *provider->max_version != '\0')
    /* Translators: names of products, and the first and the last version. */
    return g_strdup_printf (_ ("This holds for %s, versions %s to %s."), names, provider->min_version,
                            provider->max_version);
  if (*provider->min_version != '\0')
    /* Translators: names of products, and a version. */
    return g_strdup_printf (_ ("This holds for %s from version %s on."), names, provider->min_version);
  if (*provider->max_version != '\0')
    /* Translators: names of products, and a version. */
    return g_strdup_printf (_ ("This holds for %s up to version %s."), names, provider->max_version);
  /* Translators: %s is names of products. */
  return g_strdup_printf (_ ("This holds for %s."), names);
}

void
prolong_words_for_unknown_order (ProlongWords *words)
{
  words->what = g_strdup (_ ("This order number is not recognised."));
  words->way_out = g_strdup (_ ("Choose where you bought it."));
}

void
prolong_words_for_double_payment (ProlongWords *words)
{
  words->what = g_strdup (_ ("You may pay twice"));
  words->way_out = g_strdup (_ (
      "This license renews by itself, and you pay for that. Turn auto‑renewal off before you buy a code."));
}
