/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages.h"

#include <string.h>

#include "renewal/messages-private.h"

#define URN_PREFIX "urn:prolong:problem:"
#define MAX_DETAIL 1024

/* The status with which the service tells a problem. Those of the machine of the person have one as well, so
 * that there is an answer for every name; a service never tells them. */
static const guint16 statuses[] = {
  [PROLONG_PROBLEM_REQUEST_IN_FLIGHT] = 409,
  [PROLONG_PROBLEM_CODE_MALFORMED] = 422,
  [PROLONG_PROBLEM_CODE_UNKNOWN] = 404,
  [PROLONG_PROBLEM_CODE_EXHAUSTED] = 409,
  [PROLONG_PROBLEM_CODE_EXPIRED] = 410,
  [PROLONG_PROBLEM_CODE_BLOCKED] = 403,
  [PROLONG_PROBLEM_CODE_WRONG_PRODUCT] = 422,
  [PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED] = 409,
  [PROLONG_PROBLEM_VERSION_INCOMPATIBLE] = 422,
  [PROLONG_PROBLEM_SUBSCRIPTION_RUNNING] = 409,
  [PROLONG_PROBLEM_TRIAL_RUNNING] = 409,
  [PROLONG_PROBLEM_LICENSE_RUNNING] = 409,
  [PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY] = 409,
  [PROLONG_PROBLEM_ALREADY_ADDED] = 409,
  [PROLONG_PROBLEM_NO_LICENSE] = 404,
  [PROLONG_PROBLEM_NO_SUBSCRIPTION] = 409,
  [PROLONG_PROBLEM_PROVIDER_MANAGED] = 409,
  [PROLONG_PROBLEM_SUBSCRIPTION_ENDED] = 409,
  [PROLONG_PROBLEM_ACCOUNT_REQUIRED] = 403,
  [PROLONG_PROBLEM_NUMBER_MALFORMED] = 422,
  [PROLONG_PROBLEM_NUMBER_UNKNOWN] = 404,
  [PROLONG_PROBLEM_ORDER_UNKNOWN] = 404,
  [PROLONG_PROBLEM_ORDER_CLOSED] = 409,
  [PROLONG_PROBLEM_PRICE_CHANGED] = 409,
  [PROLONG_PROBLEM_EMAIL_MALFORMED] = 422,
  [PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE] = 422,
  [PROLONG_PROBLEM_RATE_LIMITED] = 429,
  [PROLONG_PROBLEM_SERVICE_UNAVAILABLE] = 503,
  [PROLONG_PROBLEM_SERVICE_UNTRUSTED] = 502,
  [PROLONG_PROBLEM_KEYRING_LOCKED] = 500,
  [PROLONG_PROBLEM_KEYRING_UNAVAILABLE] = 500,
  [PROLONG_PROBLEM_STORAGE_FULL] = 507,
  [PROLONG_PROBLEM_CLOCK_BEHIND] = 500,
  [PROLONG_PROBLEM_PROFILE_INVALID] = 500,
  [PROLONG_PROBLEM_VENDOR_INSTALLED] = 500,
  [PROLONG_PROBLEM_VENDOR_OTHER_KEYS] = 500,
  [PROLONG_PROBLEM_VENDOR_IN_USE] = 500,
  [PROLONG_PROBLEM_CANCELLED] = 500,
};
G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == PROLONG_N_PROBLEMS);

guint
prolong_problem_get_http_status (ProlongProblem problem)
{
  g_return_val_if_fail ((guint)problem < PROLONG_N_PROBLEMS, 500);

  return statuses[problem];
}

gboolean
prolong_answer_is_decision (guint status, ProlongProblem problem)
{
  if ((guint)problem >= PROLONG_N_PROBLEMS || statuses[problem] >= 500)
    return FALSE;
  if (problem == PROLONG_PROBLEM_REQUEST_IN_FLIGHT || problem == PROLONG_PROBLEM_RATE_LIMITED)
    return FALSE;
  return status >= 400 && status < 500 && status != 408 && status != 429;
}

GError *
prolong_problem_document_decode (guint status, const char *text, gsize length)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, NULL);
  const ProlongField detail_field[] = { { "detail", PROLONG_FIELD_TEXT, .max = MAX_DETAIL }, { NULL } };
  g_autofree char *words = NULL;
  const char *type = object != NULL ? prolong_json_get_string (object, "type", 128, NULL) : NULL;
  ProlongProblem problem;

  if (type == NULL || !g_str_has_prefix (type, URN_PREFIX)
      || !prolong_problem_from_name (type + strlen (URN_PREFIX), &problem))
    return prolong_problem_error_new (PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL,
                                      "The service answered %u without a known problem", status);
  if (!prolong_fields_decode (detail_field, object, &words, NULL))
    words = g_strdup (prolong_problem_get_name (problem));
  return prolong_problem_error_new (problem, prolong_problem_details_decode (object), "%s", words);
}

char *
prolong_problem_document_encode (const GError *error, guint status)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *type = NULL;
  const char *name = prolong_problem_get_name ((ProlongProblem)error->code);

  type = g_strconcat (URN_PREFIX, name, NULL);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", name);
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "detail", error->message);
  prolong_problem_details_encode (prolong_problem_error_get_details (error), object);
  return prolong_json_to_string (object);
}
