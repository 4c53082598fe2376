/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"
#include "service/subscription-states.h"

G_BEGIN_DECLS

/* The life of a subscription; as in office.h. */

#define PROLONG_SUBSCRIPTION_MAX_REPORT 128

/**
 * prolong_subscriptions_report:
 * @report: (nullable): by what the provider knows this report, visible ASCII; the same again is known, and
 *   changes nothing
 * @known: (out): whether it was
 *
 * What a provider reports of @code, which was read in this transaction: changes it, with its row in the audit
 * and its e-mail. A renewal adds a period to the end that was, however late it is reported.
 */
gboolean prolong_subscriptions_report (ProlongStore *store,
                                       ProlongStoreCode *code,
                                       ProlongSubscriptionEvent event,
                                       const char *report,
                                       gint64 now,
                                       gboolean *known,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_subscriptions_switch:
 * @seat: row of the activation that asks
 *
 * Turns the auto-renewal of @code on or off, which is no news where it is so already.
 */
gboolean prolong_subscriptions_switch (ProlongStore *store,
                                       ProlongStoreCode *code,
                                       gboolean on,
                                       gint64 seat,
                                       gint64 now,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
