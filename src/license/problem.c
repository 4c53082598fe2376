/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/problem.h"

typedef struct
{
  GVariant *details;
} ProlongProblemPrivate;

static void
prolong_problem_private_init (ProlongProblemPrivate *priv)
{
}

static void
prolong_problem_private_copy (const ProlongProblemPrivate *source, ProlongProblemPrivate *target)
{
  target->details = source->details != NULL ? g_variant_ref (source->details) : NULL;
}

static void
prolong_problem_private_clear (ProlongProblemPrivate *priv)
{
  g_clear_pointer (&priv->details, g_variant_unref);
}

G_DEFINE_EXTENDED_ERROR (ProlongProblem, prolong_problem)

static const char *const problem_names[] = {
  [PROLONG_PROBLEM_REQUEST_IN_FLIGHT] = "request-in-flight",
  [PROLONG_PROBLEM_CODE_MALFORMED] = "code-malformed",
  [PROLONG_PROBLEM_CODE_UNKNOWN] = "code-unknown",
  [PROLONG_PROBLEM_CODE_EXHAUSTED] = "code-exhausted",
  [PROLONG_PROBLEM_CODE_EXPIRED] = "code-expired",
  [PROLONG_PROBLEM_CODE_BLOCKED] = "code-blocked",
  [PROLONG_PROBLEM_CODE_WRONG_PRODUCT] = "code-wrong-product",
  [PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED] = "previous-license-required",
  [PROLONG_PROBLEM_VERSION_INCOMPATIBLE] = "version-incompatible",
  [PROLONG_PROBLEM_SUBSCRIPTION_RUNNING] = "subscription-running",
  [PROLONG_PROBLEM_TRIAL_RUNNING] = "trial-running",
  [PROLONG_PROBLEM_LICENSE_RUNNING] = "license-running",
  [PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY] = "reserve-ends-too-early",
  [PROLONG_PROBLEM_ALREADY_ADDED] = "already-added",
  [PROLONG_PROBLEM_NO_LICENSE] = "no-license",
  [PROLONG_PROBLEM_NO_SUBSCRIPTION] = "no-subscription",
  [PROLONG_PROBLEM_PROVIDER_MANAGED] = "provider-managed",
  [PROLONG_PROBLEM_SUBSCRIPTION_ENDED] = "subscription-ended",
  [PROLONG_PROBLEM_ACCOUNT_REQUIRED] = "account-required",
  [PROLONG_PROBLEM_NUMBER_MALFORMED] = "number-malformed",
  [PROLONG_PROBLEM_NUMBER_UNKNOWN] = "number-unknown",
  [PROLONG_PROBLEM_ORDER_UNKNOWN] = "order-unknown",
  [PROLONG_PROBLEM_ORDER_CLOSED] = "order-closed",
  [PROLONG_PROBLEM_PRICE_CHANGED] = "price-changed",
  [PROLONG_PROBLEM_EMAIL_MALFORMED] = "email-malformed",
  [PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE] = "payment-method-unavailable",
  [PROLONG_PROBLEM_RATE_LIMITED] = "rate-limited",
  [PROLONG_PROBLEM_SERVICE_UNAVAILABLE] = "service-unavailable",
  [PROLONG_PROBLEM_SERVICE_UNTRUSTED] = "service-untrusted",
  [PROLONG_PROBLEM_KEYRING_LOCKED] = "keyring-locked",
  [PROLONG_PROBLEM_KEYRING_UNAVAILABLE] = "keyring-unavailable",
  [PROLONG_PROBLEM_STORAGE_FULL] = "storage-full",
  [PROLONG_PROBLEM_CLOCK_BEHIND] = "clock-behind",
  [PROLONG_PROBLEM_PROFILE_INVALID] = "profile-invalid",
  [PROLONG_PROBLEM_VENDOR_INSTALLED] = "vendor-installed",
  [PROLONG_PROBLEM_VENDOR_OTHER_KEYS] = "vendor-other-keys",
  [PROLONG_PROBLEM_VENDOR_IN_USE] = "vendor-in-use",
  [PROLONG_PROBLEM_CANCELLED] = "cancelled",
};
G_STATIC_ASSERT (G_N_ELEMENTS (problem_names) == PROLONG_N_PROBLEMS);

const char *
prolong_problem_get_name (ProlongProblem problem)
{
  g_return_val_if_fail ((guint)problem < PROLONG_N_PROBLEMS, NULL);

  return problem_names[problem];
}

gboolean
prolong_problem_from_name (const char *name, ProlongProblem *problem)
{
  for (guint i = 0; name != NULL && i < PROLONG_N_PROBLEMS; i++)
    if (g_str_equal (name, problem_names[i]))
      {
        *problem = i;
        return TRUE;
      }
  return FALSE;
}

GError *
prolong_problem_error_new (ProlongProblem problem, GVariant *details, const char *format, ...)
{
  GError *error;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (PROLONG_PROBLEM, (int)problem, format, args);
  va_end (args);
  if (details != NULL)
    prolong_problem_get_private (error)->details = g_variant_ref_sink (details);
  return error;
}

GVariant *
prolong_problem_error_get_details (const GError *error)
{
  if (error == NULL || error->domain != PROLONG_PROBLEM)
    return NULL;
  return prolong_problem_get_private (error)->details;
}
