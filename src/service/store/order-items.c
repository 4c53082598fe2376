/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/orders.h"
#include "service/store/store-private.h"

static void
item_free (gpointer data)
{
  ProlongStoreOrderItem *line = data;

  prolong_order_item_clear (&line->item);
  g_free (line);
}

gboolean
prolong_store_add_order_item (ProlongStore *store, gint64 order, const ProlongOrderItem *item, GError **error)
{
  return prolong_store_insert (store,
                               prolong_store_bind (store, PROLONG_SQL_ADD_ORDER_ITEM, "itttiiii", order,
                                                   item->offer, item->product, item->name,
                                                   (gint64)item->devices, (gint64)item->years, item->price,
                                                   (gint64)item->quantity),
                               error)
         != 0;
}

GPtrArray *
prolong_store_list_order_items (ProlongStore *store, gint64 order, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_LIST_ORDER_ITEMS, "i", order);

  while (prolong_store_step (store, statement, &failure))
    {
      ProlongStoreOrderItem *line = g_new0 (ProlongStoreOrderItem, 1);

      line->id = sqlite3_column_int64 (statement, 0);
      line->item.offer = prolong_store_text (statement, 1);
      line->item.product = prolong_store_text (statement, 2);
      line->item.name = prolong_store_text (statement, 3);
      line->item.devices = (guint)sqlite3_column_int (statement, 4);
      line->item.years = (guint)sqlite3_column_int (statement, 5);
      line->item.price = sqlite3_column_int64 (statement, 6);
      line->item.quantity = (guint)sqlite3_column_int (statement, 7);
      g_ptr_array_add (items, line);
    }
  return prolong_store_end_list (statement, &failure, error) ? g_steal_pointer (&items) : NULL;
}

static void
code_free (gpointer data)
{
  ProlongStoreOrderCode *code = data;

  g_free (code->product);
  g_clear_pointer (&code->sealed, g_bytes_unref);
  g_free (code->number);
  g_free (code);
}

gboolean
prolong_store_add_order_code (ProlongStore *store, gint64 order, gint64 item, gint64 code, GError **error)
{
  return prolong_store_insert (
             store, prolong_store_bind (store, PROLONG_SQL_ADD_ORDER_CODE, "iii", order, item, code), error)
         != 0;
}

GPtrArray *
prolong_store_list_order_codes (ProlongStore *store, gint64 order, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (code_free);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_LIST_ORDER_CODES, "i", order);

  while (prolong_store_step (store, statement, &failure))
    {
      ProlongStoreOrderCode *code = g_new0 (ProlongStoreOrderCode, 1);

      code->product = prolong_store_text (statement, 0);
      code->sealed
          = g_bytes_new (sqlite3_column_blob (statement, 1), (gsize)sqlite3_column_bytes (statement, 1));
      code->number = prolong_store_text (statement, 2);
      g_ptr_array_add (codes, code);
    }
  return prolong_store_end_list (statement, &failure, error) ? g_steal_pointer (&codes) : NULL;
}
