/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"
#include "service/store/subscriptions.h"

static gboolean
add (ProlongStore *store,
     gint64 at,
     ProlongStoreEvent event,
     gint64 code,
     gint64 activation,
     const char *detail,
     gint64 order,
     GError **error)
{
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_ADD_AUDIT, "iiiiti", at, (gint64)event,
                                                code, activation, detail, order),
                            error);
}

gboolean
prolong_store_add_audit (ProlongStore *store,
                         gint64 at,
                         ProlongStoreEvent event,
                         gint64 code,
                         gint64 activation,
                         const char *detail,
                         GError **error)
{
  return add (store, at, event, code, activation, detail, 0, error);
}

gboolean
prolong_store_audit_order (ProlongStore *store,
                           gint64 at,
                           ProlongStoreEvent event,
                           gint64 order,
                           const char *detail,
                           GError **error)
{
  return add (store, at, event, 0, 0, detail, order, error);
}

static void
audit_row_free (gpointer data)
{
  ProlongStoreAuditRow *row = data;

  g_free (row->detail);
  g_free (row);
}

static GPtrArray *
list (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (audit_row_free);
  g_autoptr (GError) failure = NULL;

  while (prolong_store_step (store, statement, &failure))
    {
      ProlongStoreAuditRow *row = g_new0 (ProlongStoreAuditRow, 1);

      row->at = sqlite3_column_int64 (statement, 0);
      row->event = (ProlongStoreEvent)sqlite3_column_int (statement, 1);
      row->detail = prolong_store_text (statement, 2);
      g_ptr_array_add (rows, row);
    }
  return prolong_store_end_list (statement, &failure, error) ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
prolong_store_list_audit (ProlongStore *store, gint64 order, GError **error)
{
  return list (store, prolong_store_bind (store, PROLONG_SQL_LIST_AUDIT, "i", order), error);
}

GPtrArray *
prolong_store_list_code_audit (ProlongStore *store, gint64 code, GError **error)
{
  return list (store,
               prolong_store_bind (store, PROLONG_SQL_LIST_CODE_AUDIT, "iii", code,
                                   (gint64)PROLONG_STORE_EVENT_RENEWED,
                                   (gint64)PROLONG_STORE_EVENT_AUTO_RENEWAL_OFF),
               error);
}
