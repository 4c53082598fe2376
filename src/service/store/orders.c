/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/orders.h"

#include "service/store/store-private.h"

void
prolong_store_order_free (ProlongStoreOrder *order)
{
  g_free (order->number);
  g_clear_pointer (&order->sealed, g_bytes_unref);
  g_free (order->email);
  g_free (order->country);
  g_free (order->language);
  g_free (order->payment_method);
  g_free (order->currency);
  g_free (order);
}

gboolean
prolong_store_add_order (ProlongStore *store, ProlongStoreOrder *order, GError **error)
{
  order->id = prolong_store_insert (
      store,
      prolong_store_bind (store, PROLONG_SQL_ADD_ORDER, "thbtttttiiiii", order->number, order->token,
                          order->sealed, order->email, order->country, order->language, order->payment_method,
                          order->currency, order->total, order->renews, (gint64)order->state, order->created,
                          order->due),
      error);
  return order->id != 0;
}

static ProlongStoreOrder *
read_order (sqlite3_stmt *row)
{
  ProlongStoreOrder *order = g_new0 (ProlongStoreOrder, 1);

  order->id = sqlite3_column_int64 (row, 0);
  order->number = prolong_store_text (row, 1);
  prolong_store_hash (row, 2, order->token);
  order->sealed = g_bytes_new (sqlite3_column_blob (row, 3), (gsize)sqlite3_column_bytes (row, 3));
  order->email = prolong_store_text (row, 4);
  order->country = prolong_store_text (row, 5);
  order->language = prolong_store_text (row, 6);
  order->payment_method = prolong_store_text (row, 7);
  order->currency = prolong_store_text (row, 8);
  order->total = sqlite3_column_int64 (row, 9);
  order->renews = sqlite3_column_int64 (row, 10);
  order->state = (ProlongOrderState)sqlite3_column_int (row, 11);
  order->created = sqlite3_column_int64 (row, 12);
  order->due = sqlite3_column_int64 (row, 13);
  return order;
}

static ProlongStoreOrder *
fetch_order (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  ProlongStoreOrder *order = prolong_store_step (store, statement, error) ? read_order (statement) : NULL;

  if (statement)
    sqlite3_reset (statement);
  return order;
}

static GPtrArray *
fetch_orders (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_store_order_free);
  g_autoptr (GError) failure = NULL;

  while (prolong_store_step (store, statement, &failure))
    g_ptr_array_add (orders, read_order (statement));
  return prolong_store_end_list (statement, &failure, error) ? g_steal_pointer (&orders) : NULL;
}

ProlongStoreOrder *
prolong_store_find_order (ProlongStore *store, const char *number, GError **error)
{
  return fetch_order (store, prolong_store_bind (store, PROLONG_SQL_FIND_ORDER, "t", number), error);
}

ProlongStoreOrder *
prolong_store_get_order (ProlongStore *store, gint64 id, GError **error)
{
  return fetch_order (store, prolong_store_bind (store, PROLONG_SQL_GET_ORDER, "i", id), error);
}

ProlongStoreOrder *
prolong_store_find_order_of_code (ProlongStore *store, gint64 code, GError **error)
{
  return fetch_order (store, prolong_store_bind (store, PROLONG_SQL_FIND_ORDER_OF_CODE, "i", code), error);
}

GPtrArray *
prolong_store_list_orders (ProlongStore *store, gint64 after, guint limit, GError **error)
{
  return fetch_orders (store, prolong_store_bind (store, PROLONG_SQL_LIST_ORDERS, "ii", after, (gint64)limit),
                       error);
}

GPtrArray *
prolong_store_list_orders_of (ProlongStore *store, const char *email, guint limit, GError **error)
{
  return fetch_orders (
      store, prolong_store_bind (store, PROLONG_SQL_LIST_ORDERS_OF, "ti", email, (gint64)limit), error);
}

GPtrArray *
prolong_store_list_due (ProlongStore *store, gint64 now, guint limit, GError **error)
{
  return fetch_orders (store, prolong_store_bind (store, PROLONG_SQL_LIST_DUE, "ii", now, (gint64)limit),
                       error);
}

gboolean
prolong_store_get_next_due (ProlongStore *store, gint64 *due, GError **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_NEXT_DUE, "");

  *due = prolong_store_step (store, statement, &failure) ? sqlite3_column_int64 (statement, 0) : 0;
  return prolong_store_end_list (statement, &failure, error);
}

gboolean
prolong_store_is_renewed (ProlongStore *store,
                          gint64 license,
                          gint64 order,
                          gboolean *renewed,
                          GError **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_IS_RENEWED, "iiii", license, order,
                                                (gint64)PROLONG_ORDER_PAID, (gint64)PROLONG_ORDER_DELIVERED);

  *renewed = prolong_store_step (store, statement, &failure);
  return prolong_store_end_list (statement, &failure, error);
}

gboolean
prolong_store_set_order_state (ProlongStore *store, const ProlongStoreOrder *order, GError **error)
{
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_SET_ORDER_STATE, "iii",
                                                (gint64)order->state, order->due, order->id),
                            error);
}
