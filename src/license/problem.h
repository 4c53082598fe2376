/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ProlongProblem:
 *
 * Every named reason for which a request of a person is not done. One list serves the renewal protocol
 * (`urn:prolong:problem:NAME`), the D-Bus interface (`io.github.prolong.Error.*`) and the `reason` of
 * the command line. It is also the code of a #GError in the domain #PROLONG_PROBLEM.
 */
typedef enum
{
  PROLONG_PROBLEM_REQUEST_IN_FLIGHT,
  PROLONG_PROBLEM_CODE_MALFORMED,
  PROLONG_PROBLEM_CODE_UNKNOWN,
  PROLONG_PROBLEM_CODE_EXHAUSTED,
  PROLONG_PROBLEM_CODE_EXPIRED,
  PROLONG_PROBLEM_CODE_BLOCKED,
  PROLONG_PROBLEM_CODE_WRONG_PRODUCT,
  PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED,
  PROLONG_PROBLEM_VERSION_INCOMPATIBLE,
  PROLONG_PROBLEM_SUBSCRIPTION_RUNNING,
  PROLONG_PROBLEM_TRIAL_RUNNING,
  PROLONG_PROBLEM_LICENSE_RUNNING,
  PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
  PROLONG_PROBLEM_ALREADY_ADDED,
  PROLONG_PROBLEM_NO_LICENSE,
  PROLONG_PROBLEM_NO_SUBSCRIPTION,
  PROLONG_PROBLEM_PROVIDER_MANAGED,
  PROLONG_PROBLEM_SUBSCRIPTION_ENDED,
  PROLONG_PROBLEM_ACCOUNT_REQUIRED,
  PROLONG_PROBLEM_NUMBER_MALFORMED,
  PROLONG_PROBLEM_NUMBER_UNKNOWN,
  PROLONG_PROBLEM_ORDER_UNKNOWN,
  PROLONG_PROBLEM_ORDER_CLOSED,
  PROLONG_PROBLEM_PRICE_CHANGED,
  PROLONG_PROBLEM_EMAIL_MALFORMED,
  PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE,
  PROLONG_PROBLEM_RATE_LIMITED,
  PROLONG_PROBLEM_SERVICE_UNAVAILABLE,
  PROLONG_PROBLEM_SERVICE_UNTRUSTED,
  PROLONG_PROBLEM_KEYRING_LOCKED,
  PROLONG_PROBLEM_KEYRING_UNAVAILABLE,
  PROLONG_PROBLEM_STORAGE_FULL,
  PROLONG_PROBLEM_CLOCK_BEHIND,
  PROLONG_PROBLEM_PROFILE_INVALID,
  PROLONG_PROBLEM_VENDOR_INSTALLED,
  PROLONG_PROBLEM_VENDOR_OTHER_KEYS,
  PROLONG_PROBLEM_VENDOR_IN_USE,
  PROLONG_PROBLEM_CANCELLED,
  PROLONG_N_PROBLEMS
} ProlongProblem;

#define PROLONG_PROBLEM (prolong_problem_quark ())
GQuark prolong_problem_quark (void);

/**
 * prolong_problem_get_name:
 *
 * Returns: the name as on the wire, for example `code-unknown`.
 */
const char *prolong_problem_get_name (ProlongProblem problem);

/**
 * prolong_problem_from_name:
 * @name: (nullable): a name as on the wire
 * @problem: (out): the problem, when %TRUE is returned
 *
 * Returns: whether @name is one of the known names.
 */
gboolean prolong_problem_from_name (const char *name, ProlongProblem *problem) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_problem_error_new:
 * @details: (nullable): an `a{sv}` of facts that the words for the problem need (for example `expires` of
 *   both codes); a floating reference is taken
 *
 * Returns: (transfer full): an error of the domain #PROLONG_PROBLEM that carries @details.
 */
GError *prolong_problem_error_new (ProlongProblem problem, GVariant *details, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/**
 * prolong_problem_error_get_details:
 *
 * Returns: (transfer none) (nullable): the `a{sv}` given to prolong_problem_error_new(); %NULL for any other
 * error.
 */
GVariant *prolong_problem_error_get_details (const GError *error);

G_END_DECLS
