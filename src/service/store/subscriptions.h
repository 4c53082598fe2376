/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/orders.h"

G_BEGIN_DECLS

/* Subscriptions, beside the codes that they are of; as in store.h. */

/** prolong_store_update_subscription: keeps state, off_since and, by the term, what renewals added. */
gboolean prolong_store_update_subscription (ProlongStore *store,
                                            const ProlongStoreCode *code,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_add_report: @report: by what the provider knows again what it reported of @code. */
gboolean prolong_store_add_report (ProlongStore *store,
                                   gint64 code,
                                   const char *report,
                                   ProlongStoreEvent event,
                                   gint64 at,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_find_report: @event: (out): what @report was of; 0 when it has not come yet. */
gboolean prolong_store_find_report (ProlongStore *store,
                                    gint64 code,
                                    const char *report,
                                    guint *event,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_list_code_audit: (element-type ProlongStoreAuditRow): what happened to a subscription, the
 * oldest first. */
GPtrArray *prolong_store_list_code_audit (ProlongStore *store, gint64 code, GError **error);

G_END_DECLS
