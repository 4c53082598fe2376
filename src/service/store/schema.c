/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"

/*
 * The schema as numbered steps: a step that was ever released is never changed, a new one is added. A file
 * keeps the number of its last step.
 */
static const char *const steps[] = {
  "CREATE TABLE codes ("
  " id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL, number TEXT NOT NULL UNIQUE,"
  " product TEXT NOT NULL, kind INTEGER NOT NULL, term BIGINT NOT NULL, devices INTEGER NOT NULL,"
  " renewal INTEGER NOT NULL, blocked INTEGER NOT NULL, min_version TEXT, max_version TEXT,"
  " sell_by BIGINT NOT NULL, issued BIGINT NOT NULL, first_activated BIGINT NOT NULL);"
  "CREATE TABLE activations ("
  " id INTEGER PRIMARY KEY, activation TEXT NOT NULL UNIQUE, code_id BIGINT NOT NULL REFERENCES codes (id),"
  " device TEXT NOT NULL, device_name TEXT NOT NULL, product_version TEXT, token BLOB NOT NULL,"
  " serial BIGINT NOT NULL, activated BIGINT NOT NULL, last_seen BIGINT NOT NULL, released INTEGER NOT NULL,"
  " UNIQUE (code_id, device));"
  "CREATE INDEX activations_device ON activations (device);"
  "CREATE TABLE answers ("
  " id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, request BLOB NOT NULL, status INTEGER NOT NULL,"
  " created BIGINT NOT NULL, body BLOB NOT NULL);"
  "CREATE TABLE audit ("
  " id INTEGER PRIMARY KEY, at BIGINT NOT NULL, event INTEGER NOT NULL, code_id BIGINT NOT NULL,"
  " activation_id BIGINT NOT NULL, detail TEXT);",

  "CREATE TABLE subscriptions ("
  " code_id BIGINT PRIMARY KEY REFERENCES codes (id), provider TEXT NOT NULL, auto_renewal INTEGER NOT NULL,"
  " manage_url TEXT, status_url TEXT);",

  ("ALTER TABLE codes ADD COLUMN shorter_term BIGINT NOT NULL DEFAULT 0;"
   "ALTER TABLE codes ADD COLUMN shortened INTEGER NOT NULL DEFAULT 0;"),
};

static gboolean
run_script (ProlongStore *store, const char *script, GError **error)
{
  if (sqlite3_exec (store->db, script, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  prolong_store_set_error (store, error);
  return FALSE;
}

static gboolean
get_version (ProlongStore *store, guint *version, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean found;

  if (sqlite3_prepare_v2 (store->db, "SELECT value FROM meta WHERE name = 'schema'", -1, &statement, NULL)
      != SQLITE_OK)
    {
      prolong_store_set_error (store, error);
      return FALSE;
    }
  found = sqlite3_step (statement) == SQLITE_ROW;
  *version = found ? (guint)sqlite3_column_int (statement, 0) : 0;
  sqlite3_finalize (statement);
  return found || run_script (store, "INSERT INTO meta (name, value) VALUES ('schema', 0)", error);
}

static gboolean
run_steps (ProlongStore *store, GError **error)
{
  guint version = 0;

  if (!run_script (store, "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
                   error)
      || !get_version (store, &version, error))
    return FALSE;
  if (version > G_N_ELEMENTS (steps))
    {
      g_set_error (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_OPEN,
                   "The database has schema %u; this version of the service knows %u", version,
                   (guint)G_N_ELEMENTS (steps));
      return FALSE;
    }
  for (; version < G_N_ELEMENTS (steps); version++)
    {
      g_autofree char *mark
          = g_strdup_printf ("UPDATE meta SET value = %u WHERE name = 'schema'", version + 1);

      if (!run_script (store, steps[version], error) || !run_script (store, mark, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
prolong_store_upgrade (ProlongStore *store, GError **error)
{
  if (!prolong_store_begin (store, error))
    return FALSE;
  if (!run_steps (store, error))
    {
      prolong_store_rollback (store);
      return FALSE;
    }
  return prolong_store_commit (store, error);
}
