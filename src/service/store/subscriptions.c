/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/subscriptions.h"

#include "service/store/store-private.h"

gboolean
prolong_store_update_subscription (ProlongStore *store, const ProlongStoreCode *code, GError **error)
{
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_UPDATE_SUBSCRIPTION, "iiii",
                                                (gint64)code->state, code->off_since,
                                                code->term - code->period, code->id),
                            error);
}

gboolean
prolong_store_add_report (ProlongStore *store,
                          gint64 code,
                          const char *report,
                          ProlongStoreEvent event,
                          gint64 at,
                          GError **error)
{
  return prolong_store_run (
      store, prolong_store_bind (store, PROLONG_SQL_ADD_REPORT, "itii", code, report, (gint64)event, at),
      error);
}

gboolean
prolong_store_find_report (ProlongStore *store, gint64 code, const char *report, guint *event, GError **error)
{
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_FIND_REPORT, "it", code, report);
  g_autoptr (GError) failure = NULL;

  *event = prolong_store_step (store, statement, &failure) ? (guint)sqlite3_column_int (statement, 0) : 0;
  return prolong_store_end_list (statement, &failure, error);
}
