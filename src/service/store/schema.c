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

  ("ALTER TABLE codes ADD COLUMN renews BIGINT NOT NULL DEFAULT 0;"
   "ALTER TABLE audit ADD COLUMN order_id BIGINT NOT NULL DEFAULT 0;"
   "CREATE INDEX audit_order ON audit (order_id) WHERE order_id <> 0;"
   "CREATE TABLE orders ("
   " id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, token BLOB NOT NULL, sealed BLOB NOT NULL,"
   " email TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL, payment_method TEXT NOT NULL,"
   " currency TEXT NOT NULL,"
   " total BIGINT NOT NULL, renews BIGINT NOT NULL, state INTEGER NOT NULL, created BIGINT NOT NULL,"
   " due BIGINT NOT NULL);"
   "CREATE INDEX orders_email ON orders (lower (email));"
   "CREATE INDEX orders_due ON orders (due) WHERE due > 0;"
   "CREATE TABLE order_items ("
   " id INTEGER PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES orders (id), offer TEXT NOT NULL,"
   " product TEXT NOT NULL, name TEXT NOT NULL, devices INTEGER NOT NULL, years INTEGER NOT NULL,"
   " price BIGINT NOT NULL, quantity INTEGER NOT NULL);"
   "CREATE INDEX order_items_order ON order_items (order_id);"
   "CREATE TABLE order_codes ("
   " id INTEGER PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES orders (id),"
   " item_id BIGINT NOT NULL REFERENCES order_items (id), code_id BIGINT NOT NULL UNIQUE REFERENCES codes "
   "(id));"
   "CREATE INDEX order_codes_order ON order_codes (order_id);"
   "CREATE TABLE mails ("
   " id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, order_id BIGINT NOT NULL REFERENCES orders (id),"
   " state INTEGER NOT NULL, due BIGINT NOT NULL);"
   "CREATE INDEX mails_due ON mails (state, due);"),

  ("ALTER TABLE mails RENAME TO mails_before;"
   "DROP INDEX mails_due;"
   "CREATE TABLE mails ("
   " id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, order_id BIGINT REFERENCES orders (id), language TEXT,"
   " sealed BLOB NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, doubts INTEGER NOT NULL,"
   " created BIGINT NOT NULL, due BIGINT NOT NULL, dated BIGINT NOT NULL, reason TEXT);"
   "INSERT INTO mails (id, kind, order_id, sealed, state, attempts, doubts, created, due, dated)"
   " SELECT id, kind, order_id, '', state, 0, 0, due, due, 0 FROM mails_before;"
   "DROP TABLE mails_before;"
   "CREATE INDEX mails_due ON mails (state, due);"
   "CREATE INDEX mails_order ON mails (order_id);"),

  ("ALTER TABLE subscriptions ADD COLUMN state INTEGER NOT NULL DEFAULT 0;"
   "ALTER TABLE subscriptions ADD COLUMN off_since BIGINT NOT NULL DEFAULT 0;"
   "ALTER TABLE subscriptions ADD COLUMN extension BIGINT NOT NULL DEFAULT 0;"
   "ALTER TABLE subscriptions ADD COLUMN email TEXT;"
   "ALTER TABLE subscriptions ADD COLUMN language TEXT;"
   "UPDATE subscriptions SET off_since = 1 WHERE auto_renewal = 0;"
   "ALTER TABLE subscriptions DROP COLUMN auto_renewal;"
   "CREATE TABLE subscription_reports ("
   " id INTEGER PRIMARY KEY, code_id BIGINT NOT NULL REFERENCES codes (id), report TEXT NOT NULL,"
   " event INTEGER NOT NULL, at BIGINT NOT NULL, UNIQUE (code_id, report));"
   "CREATE INDEX audit_code ON audit (code_id) WHERE event BETWEEN 40 AND 44;"
   "CREATE TABLE support_requests ("
   " id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL, created BIGINT NOT NULL,"
   " closed BIGINT NOT NULL);"
   "ALTER TABLE mails ADD COLUMN code_id BIGINT REFERENCES codes (id);"
   "ALTER TABLE mails ADD COLUMN support_id BIGINT REFERENCES support_requests (id);"),

  "CREATE INDEX orders_renews ON orders (renews) WHERE renews <> 0;",
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
