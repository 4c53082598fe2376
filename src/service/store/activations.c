/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"

void
prolong_store_activation_free (ProlongStoreActivation *activation)
{
  g_free (activation->id);
  g_free (activation->device);
  g_free (activation->device_name);
  g_free (activation->product_version);
  g_free (activation);
}

gboolean
prolong_store_add_activation (ProlongStore *store, ProlongStoreActivation *activation, GError **error)
{
  activation->row = prolong_store_insert (
      store,
      prolong_store_bind (store, PROLONG_SQL_ADD_ACTIVATION, "tittthiiii", activation->id, activation->code,
                          activation->device, activation->device_name, activation->product_version,
                          activation->token, activation->serial, activation->activated, activation->last_seen,
                          (gint64)activation->released),
      error);
  return activation->row != 0;
}

gboolean
prolong_store_update_activation (ProlongStore *store,
                                 const ProlongStoreActivation *activation,
                                 GError **error)
{
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_UPDATE_ACTIVATION, "tthiiii",
                                                activation->device_name, activation->product_version,
                                                activation->token, activation->serial, activation->last_seen,
                                                (gint64)activation->released, activation->row),
                            error);
}

static ProlongStoreActivation *
read_activation (sqlite3_stmt *row)
{
  ProlongStoreActivation *activation = g_new0 (ProlongStoreActivation, 1);

  activation->row = sqlite3_column_int64 (row, 0);
  activation->id = prolong_store_text (row, 1);
  activation->code = sqlite3_column_int64 (row, 2);
  activation->device = prolong_store_text (row, 3);
  activation->device_name = prolong_store_text (row, 4);
  activation->product_version = prolong_store_text (row, 5);
  prolong_store_hash (row, 6, activation->token);
  activation->serial = sqlite3_column_int64 (row, 7);
  activation->activated = sqlite3_column_int64 (row, 8);
  activation->last_seen = sqlite3_column_int64 (row, 9);
  activation->released = sqlite3_column_int (row, 10) != 0;
  return activation;
}

ProlongStoreActivation *
prolong_store_fetch_activation (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  ProlongStoreActivation *activation
      = prolong_store_step (store, statement, error) ? read_activation (statement) : NULL;

  if (statement)
    sqlite3_reset (statement);
  return activation;
}

ProlongStoreActivation *
prolong_store_find_device (ProlongStore *store, gint64 code, const char *device, GError **error)
{
  return prolong_store_fetch_activation (
      store, prolong_store_bind (store, PROLONG_SQL_FIND_DEVICE, "it", code, device), error);
}

gboolean
prolong_store_count_seats (ProlongStore *store, gint64 code, guint *used, GError **error)
{
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_COUNT_SEATS, "i", code);
  gboolean found = prolong_store_step (store, statement, error);

  *used = found ? (guint)sqlite3_column_int64 (statement, 0) : 0;
  if (statement)
    sqlite3_reset (statement);
  return found;
}

GPtrArray *
prolong_store_list_seats (ProlongStore *store, gint64 code, guint limit, GError **error)
{
  g_autoptr (GPtrArray) seats
      = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_store_activation_free);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_LIST_SEATS, "ii", code, (gint64)limit);

  while (prolong_store_step (store, statement, &failure))
    {
      ProlongStoreActivation *seat = g_new0 (ProlongStoreActivation, 1);

      seat->id = prolong_store_text (statement, 0);
      seat->device_name = prolong_store_text (statement, 1);
      seat->last_seen = sqlite3_column_int64 (statement, 2);
      seat->device = prolong_store_text (statement, 3);
      g_ptr_array_add (seats, seat);
    }
  return prolong_store_end_list (statement, &failure, error) ? g_steal_pointer (&seats) : NULL;
}

gboolean
prolong_store_has_earlier (ProlongStore *store,
                           const char *device,
                           const char *product,
                           gint64 code,
                           gboolean *earlier,
                           GError **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_HAS_EARLIER, "tti", device, product, code);

  *earlier = prolong_store_step (store, statement, &failure);
  return prolong_store_end_list (statement, &failure, error);
}
