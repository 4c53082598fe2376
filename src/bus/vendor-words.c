/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "license/profile.h"

void
prolong_words_for_profile_error (const GError *error, ProlongWords *words)
{
  static const struct
  {
    const char *what;
    const char *way_out;
  } table[] = {
    [PROLONG_PROFILE_ERROR_TOO_LARGE] = { N_ ("This file is too large for a vendor profile."),
                                          N_ ("Choose the profile file that the vendor sent.") },
    [PROLONG_PROFILE_ERROR_SYNTAX] = { N_ ("This file is no vendor profile, or it is damaged."),
                                       N_ ("Ask the vendor for the file once more.") },
    [PROLONG_PROFILE_ERROR_MISSING]
    = { N_ ("Something is missing in this vendor profile."), N_ ("Ask the vendor for the file once more.") },
    [PROLONG_PROFILE_ERROR_VALUE]
    = { N_ ("Something is wrong in this vendor profile."), N_ ("Ask the vendor for a sound file.") },
    [PROLONG_PROFILE_ERROR_ADDRESS]
    = { N_ ("Codes cannot be sent safely to the service of this vendor profile."),
        N_ ("Its address must begin with “https://”. Ask the vendor for a sound file.") },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (table) == PROLONG_PROFILE_N_ERRORS);

  if (error->domain != PROLONG_PROFILE_ERROR)
    {
      words->what = g_strdup (_ ("The file could not be read."));
      words->way_out = g_strdup (error->message);
      return;
    }
  words->what = g_strdup (_ (table[error->code].what));
  words->way_out = g_strdup (_ (table[error->code].way_out));
}

void
prolong_words_for_vendor_check (const char *verdict,
                                const char *vendor,
                                const char *previous_service,
                                const char *service,
                                ProlongWords *words)
{
  words->way_out = NULL;
  if (g_str_equal (verdict, "update"))
    {
      /* Translators: %s is the name of a vendor. */
      words->what = g_strdup_printf (_ ("Update the profile of %s?"), vendor);
      words->way_out = g_str_equal (previous_service, service)
                           ? g_strdup (_ ("Your licenses stay as they are."))
                           /* Translators: both %s are addresses of the web. */
                           : g_strdup_printf (
                               _ ("The service moves from %s to %s: from now on your codes go there. Go on "
                                  "only if the vendor told you so."),
                               previous_service, service);
    }
  else if (g_str_equal (verdict, "replacement"))
    {
      /* Translators: %s is the name of a vendor. */
      words->what = g_strdup_printf (_ ("Replace the profile of %s?"), vendor);
      words->way_out = g_strdup (
          _ ("The file has other keys than the profile that is here, and may be of another vendor. "
             "Go on only if you trust where you got it."));
    }
  else
    {
      /* Translators: %s is the name of a vendor. */
      words->what = g_strdup_printf (_ ("Add the vendor %s?"), vendor);
      words->way_out
          = g_strdup (_ ("Prolong then sends the codes that you enter for its products to this service, and "
                         "believes the licenses that it signs. Go on only if you trust where you got the "
                         "file."));
    }
}
