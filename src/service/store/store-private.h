/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/store.h"

#include <sqlite3.h>

/* Every statement of the service. The SQL is what SQLite and PostgreSQL both know; `$1` is a parameter to
 * both. */
typedef enum
{
  PROLONG_SQL_BEGIN,
  PROLONG_SQL_COMMIT,
  PROLONG_SQL_ROLLBACK,
  PROLONG_SQL_ADD_CODE,
  PROLONG_SQL_ADD_SUBSCRIPTION,
  PROLONG_SQL_FIND_CODE,
  PROLONG_SQL_FIND_NUMBER,
  PROLONG_SQL_GET_CODE,
  PROLONG_SQL_SET_FIRST_ACTIVATED,
  PROLONG_SQL_SET_BLOCKED,
  PROLONG_SQL_SET_SHORTENED,
  PROLONG_SQL_UPDATE_SUBSCRIPTION,
  PROLONG_SQL_ADD_REPORT,
  PROLONG_SQL_FIND_REPORT,
  PROLONG_SQL_ADD_ACTIVATION,
  PROLONG_SQL_UPDATE_ACTIVATION,
  PROLONG_SQL_FIND_ACTIVATION,
  PROLONG_SQL_FIND_DEVICE,
  PROLONG_SQL_COUNT_SEATS,
  PROLONG_SQL_LIST_SEATS,
  PROLONG_SQL_HAS_EARLIER,
  PROLONG_SQL_FIND_RUNNING,
  PROLONG_SQL_ADD_ANSWER,
  PROLONG_SQL_FIND_ANSWER,
  PROLONG_SQL_FORGET_ANSWERS,
  PROLONG_SQL_ADD_AUDIT,
  PROLONG_SQL_LIST_AUDIT,
  PROLONG_SQL_LIST_CODE_AUDIT,
  PROLONG_SQL_ADD_SUPPORT,
  PROLONG_SQL_FIND_SUPPORT,
  PROLONG_SQL_GET_SUPPORT,
  PROLONG_SQL_LIST_SUPPORT,
  PROLONG_SQL_CLOSE_SUPPORT,
  PROLONG_SQL_ADD_ORDER,
  PROLONG_SQL_FIND_ORDER,
  PROLONG_SQL_GET_ORDER,
  PROLONG_SQL_LIST_ORDERS,
  PROLONG_SQL_LIST_ORDERS_OF,
  PROLONG_SQL_FIND_ORDER_OF_CODE,
  PROLONG_SQL_LIST_DUE,
  PROLONG_SQL_NEXT_DUE,
  PROLONG_SQL_IS_RENEWED,
  PROLONG_SQL_SET_ORDER_STATE,
  PROLONG_SQL_ADD_ORDER_ITEM,
  PROLONG_SQL_LIST_ORDER_ITEMS,
  PROLONG_SQL_ADD_ORDER_CODE,
  PROLONG_SQL_LIST_ORDER_CODES,
  PROLONG_SQL_ADD_MAIL,
  PROLONG_SQL_FIND_MAIL,
  PROLONG_SQL_UPDATE_MAIL,
  PROLONG_SQL_REMOVE_MAIL,
  PROLONG_SQL_LIST_MAILS,
  PROLONG_SQL_LIST_DUE_MAILS,
  PROLONG_SQL_GET_MAIL_DUE,
  PROLONG_SQL_GET_MAIL_CREATED,
  PROLONG_N_SQL
} ProlongSql;

extern const char *const prolong_store_sql[PROLONG_N_SQL];

struct _ProlongStore
{
  sqlite3 *db;
  ProlongStoreMode mode;
  int lock; /* file whose lock a writer holds during a transaction, -1 for a reader */
  int log_pages;
  sqlite3_stmt *statements[PROLONG_N_SQL];
};

/* A failed statement as a GError; never NULL, so that a caller can return it as it is. */
void prolong_store_set_error (ProlongStore *store, GError **error);

/*
 * Prepares (once) and binds: 'i' gint64, 't' const char * (nullable), 'h' hash, 'b' GBytes * (nullable). The
 * values must live until the statement is reset.
 */
sqlite3_stmt *prolong_store_bind (ProlongStore *store, ProlongSql sql, const char *types, ...);

/* Steps once: whether there is a row; 0 with an error set when it failed. Reset the statement afterwards. */
gboolean prolong_store_step (ProlongStore *store, sqlite3_stmt *statement, GError **error);

/* Binds nothing, runs a bound statement that gives no rows, and resets it. */
gboolean prolong_store_run (ProlongStore *store, sqlite3_stmt *statement, GError **error);

/* Runs a bound `INSERT … RETURNING id`. */
gint64 prolong_store_insert (ProlongStore *store, sqlite3_stmt *statement, GError **error);

/* Ends the reading of rows: resets, and hands on what failed. Returns: whether nothing did. */
gboolean prolong_store_end_list (sqlite3_stmt *statement, GError **failure, GError **error);

char *prolong_store_text (sqlite3_stmt *statement, int column);
void prolong_store_hash (sqlite3_stmt *statement, int column, guint8 *hash);

/* Runs a bound query for activations and reads its first row. */
ProlongStoreActivation *
prolong_store_fetch_activation (ProlongStore *store, sqlite3_stmt *statement, GError **error);

gboolean prolong_store_upgrade (ProlongStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
