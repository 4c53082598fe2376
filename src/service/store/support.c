/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/support.h"

#include "service/store/store-private.h"

void
prolong_store_support_free (ProlongStoreSupport *support)
{
  g_free (support->reference);
  g_clear_pointer (&support->sealed, g_bytes_unref);
  g_free (support);
}

gboolean
prolong_store_add_support (ProlongStore *store, ProlongStoreSupport *support, GError **error)
{
  support->id
      = prolong_store_insert (store,
                              prolong_store_bind (store, PROLONG_SQL_ADD_SUPPORT, "tbi", support->reference,
                                                  support->sealed, support->created),
                              error);
  return support->id != 0;
}

static ProlongStoreSupport *
read_support (sqlite3_stmt *row)
{
  ProlongStoreSupport *support = g_new0 (ProlongStoreSupport, 1);

  support->id = sqlite3_column_int64 (row, 0);
  support->reference = prolong_store_text (row, 1);
  support->sealed = g_bytes_new (sqlite3_column_blob (row, 2), (gsize)sqlite3_column_bytes (row, 2));
  support->created = sqlite3_column_int64 (row, 3);
  support->closed = sqlite3_column_int64 (row, 4);
  return support;
}

static ProlongStoreSupport *
fetch_support (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  ProlongStoreSupport *support
      = prolong_store_step (store, statement, error) ? read_support (statement) : NULL;

  if (statement)
    sqlite3_reset (statement);
  return support;
}

ProlongStoreSupport *
prolong_store_find_support (ProlongStore *store, const char *reference, GError **error)
{
  return fetch_support (store, prolong_store_bind (store, PROLONG_SQL_FIND_SUPPORT, "t", reference), error);
}

ProlongStoreSupport *
prolong_store_get_support (ProlongStore *store, gint64 id, GError **error)
{
  return fetch_support (store, prolong_store_bind (store, PROLONG_SQL_GET_SUPPORT, "i", id), error);
}

GPtrArray *
prolong_store_list_support (ProlongStore *store, gboolean all, gint64 after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_store_support_free);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement
      = prolong_store_bind (store, PROLONG_SQL_LIST_SUPPORT, "iii", after, (gint64)all, (gint64)limit);

  while (prolong_store_step (store, statement, &failure))
    g_ptr_array_add (list, read_support (statement));
  return prolong_store_end_list (statement, &failure, error) ? g_steal_pointer (&list) : NULL;
}

gboolean
prolong_store_close_support (ProlongStore *store, gint64 id, gint64 at, GError **error)
{
  return prolong_store_run (store, prolong_store_bind (store, PROLONG_SQL_CLOSE_SUPPORT, "ii", at, id),
                            error);
}
