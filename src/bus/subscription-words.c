/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/subscription-words.h"

#include "bus/words.h"
#include "config.h"

#include <glib/gi18n-lib.h>

/* A provider may report a renewal so much later (A5). */
#define LATE PROLONG_SECONDS_PER_DAY

gboolean
prolong_license_info_is_calm (const ProlongLicenseInfo *license)
{
  return license->auto_renewal && prolong_state_is_running (license->state);
}

gboolean
prolong_license_info_forbids_code (const ProlongLicenseInfo *license)
{
  ProlongProblem problem;

  return prolong_state_is_running (license->state) && prolong_problem_from_name (license->add_code, &problem);
}

static const char *
tell_code (const ProlongLicenseInfo *license)
{
  return prolong_license_info_forbids_code (license)
             ? _ ("From then on an activation code can be entered, not before: the vendor takes none while a "
                  "subscription "
                  "runs.")
             : _ ("An activation code can be entered already, and takes over then.");
}

char *
prolong_words_auto_renewal_off (const ProlongLicenseInfo *license)
{
  g_autofree char *date = prolong_words_date (prolong_license_info_get_end (license));
  /* Translators: the first %s is the name of a product, the second a date. */
  g_autofree char *works = g_strdup_printf (_ ("%s works until %s."), license->name, date);

  return g_strdup_printf ("%s %s", works, tell_code (license));
}

static char *
tell_renewal (const ProlongLicenseInfo *license)
{
  const char *code = prolong_license_info_forbids_code (license)
                         ? _ ("An activation code can be entered once auto-renewal is off and the period is "
                              "over: the vendor takes none "
                              "while a subscription runs.")
                         : "";
  g_autofree char *by = NULL;

  if (*license->provider != '\0')
    /* Translators: %s is the name of a company. */
    by = g_strdup_printf (_ ("%s renews it by itself; there is nothing to do."), license->provider);
  else
    by = g_strdup (_ ("It renews by itself; there is nothing to do."));
  return *code != '\0' ? g_strdup_printf ("%s %s", by, code) : g_steal_pointer (&by);
}

static char *
tell_late (const ProlongLicenseInfo *license)
{
  g_autofree char *date = prolong_words_date (license->grace_until);

  if (*license->provider != '\0')
    /* Translators: the first %s is the name of a company, the second a date. */
    return g_strdup_printf (
        _ ("%s has not reported the renewal yet. Until %s it works all the same. Check the status, or "
           "ask there whether the payment succeeded."),
        license->provider, date);
  /* Translators: %s is a date. */
  return g_strdup_printf (
      _ ("The subscription has not renewed yet. Until %s it works all the same. Check the status, and "
         "look whether the payment succeeded."),
      date);
}

static char *
tell_over (const ProlongLicenseInfo *license)
{
  if (*license->provider != '\0')
    /* Translators: %s is the name of a company. */
    return g_strdup_printf (
        _ ("The subscription from %s has ended. If it was renewed there, check the status; else an "
           "activation code can be entered."),
        license->provider);
  if (license->auto_renewal)
    return g_strdup (_ ("The subscription has ended without being renewed. If you paid for the next period, "
                        "check the status; "
                        "else an activation code can be entered."));
  return g_strdup (_ ("The subscription has ended. An activation code can be entered now."));
}

char *
prolong_words_subscription (const ProlongLicenseInfo *license, gint64 now)
{
  if (!license->auto_renewal && license->kind != PROLONG_LICENSE_SUBSCRIPTION)
    return g_strdup ("");
  if (license->state == PROLONG_STATE_EXPIRED)
    return tell_over (license);
  if (!prolong_state_is_running (license->state))
    return g_strdup ("");
  if (!license->auto_renewal)
    {
      g_autofree char *off = prolong_words_auto_renewal_off (license);

      return g_strdup_printf ("%s %s", _ ("It does not renew by itself."), off);
    }
  if (license->state != PROLONG_STATE_GRACE)
    return tell_renewal (license);
  return now < license->expires_at + LATE
             ? g_strdup (_ ("Your subscription renews by itself within 24 hours; there is nothing to do."))
             : tell_late (license);
}
