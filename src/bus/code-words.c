/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

void
prolong_words_for_refusal (ProlongProblem problem,
                           GVariant *details,
                           const ProlongLicenseInfo *license,
                           ProlongWords *words)
{
  gboolean has_details = details != NULL && g_variant_is_of_type (details, G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) known = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, has_details ? details : NULL);
  if (license != NULL && license->state != PROLONG_STATE_GRACE && license->expires_at > 0
      && !g_variant_dict_contains (&dict, "current_expires"))
    g_variant_dict_insert (&dict, "current_expires", "x", license->expires_at);
  if (license != NULL && problem == PROLONG_PROBLEM_PROVIDER_MANAGED
      && !g_variant_dict_contains (&dict, "provider"))
    {
      g_variant_dict_insert (&dict, "provider", "s", license->provider);
      g_variant_dict_insert (&dict, "manage_url", "s", license->manage_url);
    }
  if (license != NULL && problem == PROLONG_PROBLEM_SUBSCRIPTION_ENDED
      && !g_variant_dict_contains (&dict, "expires"))
    g_variant_dict_insert (&dict, "expires", "x", prolong_license_info_get_end (license));
  known = g_variant_ref_sink (g_variant_dict_end (&dict));
  prolong_words_for_problem (problem, known, words);
}

void
prolong_words_for_code_error (ProlongCodeError error, const ProlongCodeFormat *format, ProlongWords *words)
{
  static const char *const whats[] = {
    [PROLONG_CODE_ERROR_EMPTY] = N_ ("No activation code was entered."),
    [PROLONG_CODE_ERROR_TOO_SHORT] = N_ ("The activation code is not complete."),
    [PROLONG_CODE_ERROR_TOO_LONG] = N_ ("This is longer than an activation code."),
    [PROLONG_CODE_ERROR_SYMBOL] = N_ ("There is a character in it that no activation code contains."),
    [PROLONG_CODE_ERROR_CHECK] = N_ ("There is a typing error in the activation code."),
    [PROLONG_CODE_ERROR_IS_NUMBER] = N_ ("This is the license number, not the activation code."),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (whats) == PROLONG_CODE_N_ERRORS);
  g_return_if_fail (error < PROLONG_CODE_N_ERRORS);

  words->what = g_strdup (_ (whats[error]));
  if (error == PROLONG_CODE_ERROR_CHECK)
    words->way_out = g_strdup (
        _ ("Compare it with the license e‑mail: a symbol is wrong, or two neighbours are swapped."));
  else
    /* Translators: %s is a pattern such as XXXXX-XXXXX-XXXXX-XXXXX. */
    words->way_out = g_strdup_printf (_ ("Enter the code from the license e‑mail. It has the form %s."),
                                      format->pattern);
}
