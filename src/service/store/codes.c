/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"

#include <string.h>

void
prolong_store_code_free (ProlongStoreCode *code)
{
  g_clear_pointer (&code->sealed, g_bytes_unref);
  g_free (code->number);
  g_free (code->product);
  g_free (code->min_version);
  g_free (code->max_version);
  g_free (code->provider);
  g_free (code->manage_url);
  g_free (code->status_url);
  g_free (code->email);
  g_free (code->language);
  g_free (code);
}

gboolean
prolong_store_add_code (ProlongStore *store, ProlongStoreCode *code, GError **error)
{
  code->id = prolong_store_insert (
      store,
      prolong_store_bind (store, PROLONG_SQL_ADD_CODE, "hbttiiiiittiiiii", code->lookup, code->sealed,
                          code->number, code->product, (gint64)code->kind, code->term, (gint64)code->devices,
                          (gint64)code->renewal, (gint64)code->blocked, code->min_version, code->max_version,
                          code->sell_by, code->issued, code->first_activated, code->shorter_term,
                          code->renews),
      error);
  if (!code->id || !code->has_subscription)
    return code->id != 0;
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_ADD_SUBSCRIPTION, "ititttt", code->id,
                                                code->provider, code->off_since, code->manage_url,
                                                code->status_url, code->email, code->language),
                            error);
}

static ProlongStoreCode *
read_code (sqlite3_stmt *row)
{
  ProlongStoreCode *code = g_new0 (ProlongStoreCode, 1);

  code->id = sqlite3_column_int64 (row, 0);
  prolong_store_hash (row, 1, code->lookup);
  code->number = prolong_store_text (row, 2);
  code->product = prolong_store_text (row, 3);
  code->kind = (ProlongLicenseKind)sqlite3_column_int (row, 4);
  code->term = sqlite3_column_int64 (row, 5);
  code->devices = (guint)sqlite3_column_int (row, 6);
  code->renewal = sqlite3_column_int (row, 7) != 0;
  code->blocked = sqlite3_column_int (row, 8) != 0;
  code->min_version = prolong_store_text (row, 9);
  code->max_version = prolong_store_text (row, 10);
  code->sell_by = sqlite3_column_int64 (row, 11);
  code->issued = sqlite3_column_int64 (row, 12);
  code->first_activated = sqlite3_column_int64 (row, 13);
  code->provider = prolong_store_text (row, 14);
  code->has_subscription = code->provider != NULL;
  code->off_since = sqlite3_column_int64 (row, 15);
  code->manage_url = prolong_store_text (row, 16);
  code->status_url = prolong_store_text (row, 17);
  code->shorter_term = sqlite3_column_int64 (row, 18);
  code->shortened = sqlite3_column_int (row, 19) != 0;
  code->renews = sqlite3_column_int64 (row, 20);
  code->state = (ProlongSubscriptionState)sqlite3_column_int (row, 21);
  code->email = prolong_store_text (row, 23);
  code->language = prolong_store_text (row, 24);
  if (code->shortened)
    code->term = code->shorter_term;
  code->period = code->term;
  code->term += sqlite3_column_int64 (row, 22);
  return code;
}

static ProlongStoreCode *
fetch_code (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  ProlongStoreCode *code = prolong_store_step (store, statement, error) ? read_code (statement) : NULL;

  if (statement)
    sqlite3_reset (statement);
  return code;
}

ProlongStoreCode *
prolong_store_find_code (ProlongStore *store, const guint8 *lookup, GError **error)
{
  return fetch_code (store, prolong_store_bind (store, PROLONG_SQL_FIND_CODE, "h", lookup), error);
}

ProlongStoreCode *
prolong_store_find_number (ProlongStore *store, const char *number, GError **error)
{
  return fetch_code (store, prolong_store_bind (store, PROLONG_SQL_FIND_NUMBER, "t", number), error);
}

ProlongStoreCode *
prolong_store_get_code (ProlongStore *store, gint64 code, GError **error)
{
  return fetch_code (store, prolong_store_bind (store, PROLONG_SQL_GET_CODE, "i", code), error);
}

gboolean
prolong_store_set_first_activated (ProlongStore *store, gint64 code, gint64 at, GError **error)
{
  return prolong_store_run (
      store, prolong_store_bind (store, PROLONG_SQL_SET_FIRST_ACTIVATED, "ii", at, code), error);
}

gboolean
prolong_store_set_blocked (ProlongStore *store, gint64 code, gboolean blocked, GError **error)
{
  return prolong_store_run (
      store, prolong_store_bind (store, PROLONG_SQL_SET_BLOCKED, "ii", (gint64)blocked, code), error);
}

gboolean
prolong_store_set_shortened (ProlongStore *store, gint64 code, GError **error)
{
  return prolong_store_run (store, prolong_store_bind (store, PROLONG_SQL_SET_SHORTENED, "i", code), error);
}

ProlongStoreCode *
prolong_store_find_running (ProlongStore *store,
                            const char *device,
                            const char *product,
                            gint64 code,
                            gint64 now,
                            GError **error)
{
  return fetch_code (store,
                     prolong_store_bind (store, PROLONG_SQL_FIND_RUNNING, "ttii", device, product, code,
                                         now - PROLONG_STORE_GRACE_MAX),
                     error);
}

ProlongStoreActivation *
prolong_store_find_activation (ProlongStore *store, const char *id, ProlongStoreCode **code, GError **error)
{
  g_autoptr (ProlongStoreActivation) activation = NULL;

  *code = NULL;
  activation = prolong_store_fetch_activation (
      store, prolong_store_bind (store, PROLONG_SQL_FIND_ACTIVATION, "t", id), error);
  if (!activation)
    return NULL;
  *code = prolong_store_get_code (store, activation->code, error);
  return *code ? g_steal_pointer (&activation) : NULL;
}
