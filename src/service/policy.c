/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/policy.h"

#include "license/problem.h"
#include "service/subscription-states.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (prolong_policy_error, prolong_policy_error)

#define GROUP "AddCode"
#define ALLOWED "allowed"

/* A subscription is renewed by its provider within a day of its end (S2). */
#define SUBSCRIPTION_GRACE PROLONG_STORE_GRACE_MAX

/* S4 lets a code follow a subscription only after its end, also when its auto-renewal is off. */
static const struct
{
  const char *key;
  const char *add_code;
} defaults[PROLONG_N_POLICIES] = {
  [PROLONG_POLICY_TRIAL] = { "Trial", "trial-running" },
  [PROLONG_POLICY_COMMERCIAL] = { "Commercial", ALLOWED },
  [PROLONG_POLICY_SUBSCRIPTION] = { "Subscription", "subscription-running" },
  [PROLONG_POLICY_SUBSCRIPTION_ENDING] = { "SubscriptionEnding", "subscription-running" },
};

/* The words of a ticket's add_code. */
static const char *const words[] = { ALLOWED, "trial-running", "subscription-running" };

static const char *
find_word (const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (value, words[i]))
      return words[i];
  return NULL;
}

gboolean
prolong_policy_read (ProlongPolicy *policy, GKeyFile *file, GError **error)
{
  for (guint i = 0; i < PROLONG_N_POLICIES; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, GROUP, defaults[i].key, NULL);

      policy->add_code[i] = value ? find_word (value) : defaults[i].add_code;
      if (policy->add_code[i])
        continue;
      g_set_error (
          error, PROLONG_POLICY_ERROR, PROLONG_POLICY_ERROR_VALUE,
          /* Translators: the first %s is the name of a group of settings, the second that of one in it */
          _ ("%s/%s must be allowed, trial-running or subscription-running"), GROUP, defaults[i].key);
      return FALSE;
    }
  return TRUE;
}

char *
prolong_policy_describe (void)
{
  GString *text = g_string_new ("[" GROUP "]\n");

  for (guint i = 0; i < PROLONG_N_POLICIES; i++)
    g_string_append_printf (text, "%s=%s\n", defaults[i].key, defaults[i].add_code);
  return g_string_free (text, FALSE);
}

/* The grace is for a renewal that may still be reported; one that was turned off before has nothing to wait
 * for. */
gint64
prolong_license_get_grace_end (const ProlongStoreCode *code)
{
  gint64 end = code->first_activated + code->term;
  gboolean awaited = code->has_subscription && (code->off_since == 0 || code->off_since >= end);

  return end + (awaited ? SUBSCRIPTION_GRACE : 0);
}

ProlongLicenseStatus
prolong_license_get_status (const ProlongStoreCode *code, gint64 now)
{
  if (code->blocked)
    return PROLONG_LICENSE_BLOCKED;
  if (now < code->first_activated + code->term)
    return PROLONG_LICENSE_ACTIVE;
  return now < prolong_license_get_grace_end (code) ? PROLONG_LICENSE_GRACE : PROLONG_LICENSE_EXPIRED;
}

static ProlongPolicyKind
get_kind (const ProlongStoreCode *code)
{
  if (code->kind == PROLONG_LICENSE_TRIAL)
    return PROLONG_POLICY_TRIAL;
  if (code->kind == PROLONG_LICENSE_COMMERCIAL)
    return PROLONG_POLICY_COMMERCIAL;
  return prolong_subscription_goes_on (code) ? PROLONG_POLICY_SUBSCRIPTION
                                             : PROLONG_POLICY_SUBSCRIPTION_ENDING;
}

const char *
prolong_policy_get_add_code (const ProlongPolicy *policy, const ProlongStoreCode *code, gint64 now)
{
  ProlongLicenseStatus status = prolong_license_get_status (code, now);

  if (status == PROLONG_LICENSE_BLOCKED || status == PROLONG_LICENSE_EXPIRED)
    return ALLOWED;
  if (status == PROLONG_LICENSE_GRACE && !prolong_subscription_goes_on (code))
    return ALLOWED;
  return policy->add_code[get_kind (code)];
}
