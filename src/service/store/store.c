/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

G_DEFINE_QUARK (prolong_store_error, prolong_store_error)

/*
 * Moving the log into the database stops all writing for some milliseconds. At this size (64 MiB of pages of
 * 4 KiB) that happens to well under one request in a hundred; when the service is idle it happens at once.
 */
#define LOG_PAGES_MAX 16384

/* Pages that the writer keeps in memory, in KiB, so that the indexes of a million licenses are at hand. */
#define WRITER_CACHE_KIB 131072

/* A foreign program, such as a backup, can hold the database for a while, and so does whoever opens it first
 * after a crash, or closes it last. Readers take no turns and have to wait too. */
#define BUSY_MILLISECONDS 3000

void
prolong_store_set_error (ProlongStore *store, GError **error)
{
  g_set_error (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_FAILED, "Database: %s",
               store->db ? sqlite3_errmsg (store->db) : "out of memory");
}

static void
bind_hash (sqlite3_stmt *statement, int i, const guint8 *hash)
{
  sqlite3_bind_blob (statement, i, hash, PROLONG_STORE_HASH_BYTES, SQLITE_STATIC);
}

static void
bind_bytes (sqlite3_stmt *statement, int i, GBytes *bytes)
{
  gsize length = 0;
  const void *data = bytes ? g_bytes_get_data (bytes, &length) : NULL;

  sqlite3_bind_blob (statement, i, data ? data : "", (int)length, SQLITE_STATIC);
}

sqlite3_stmt *
prolong_store_bind (ProlongStore *store, ProlongSql sql, const char *types, ...)
{
  sqlite3_stmt **statement = &store->statements[sql];
  va_list values;

  if (!*statement
      && sqlite3_prepare_v3 (store->db, prolong_store_sql[sql], -1, SQLITE_PREPARE_PERSISTENT, statement,
                             NULL)
             != SQLITE_OK)
    return NULL;
  va_start (values, types);
  for (int i = 1; types[i - 1]; i++)
    {
      if (types[i - 1] == 'i')
        sqlite3_bind_int64 (*statement, i, va_arg (values, gint64));
      else if (types[i - 1] == 't')
        sqlite3_bind_text (*statement, i, va_arg (values, const char *), -1, SQLITE_STATIC);
      else if (types[i - 1] == 'h')
        bind_hash (*statement, i, va_arg (values, const guint8 *));
      else
        bind_bytes (*statement, i, va_arg (values, GBytes *));
    }
  va_end (values);
  return *statement;
}

gboolean
prolong_store_step (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  int result = statement ? sqlite3_step (statement) : SQLITE_ERROR;

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    prolong_store_set_error (store, error);
  return result == SQLITE_ROW;
}

gboolean
prolong_store_run (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  int result = statement ? sqlite3_step (statement) : SQLITE_ERROR;

  if (result != SQLITE_DONE)
    prolong_store_set_error (store, error);
  if (statement)
    sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

gint64
prolong_store_insert (ProlongStore *store, sqlite3_stmt *statement, GError **error)
{
  gint64 id = prolong_store_step (store, statement, error) ? sqlite3_column_int64 (statement, 0) : 0;

  /* The row is written when RETURNING gives it, but a failure of the statement may still come with its end.
   */
  if (id && sqlite3_step (statement) != SQLITE_DONE)
    {
      prolong_store_set_error (store, error);
      id = 0;
    }
  if (statement)
    sqlite3_reset (statement);
  return id;
}

gboolean
prolong_store_end_list (sqlite3_stmt *statement, GError **failure, GError **error)
{
  if (statement)
    sqlite3_reset (statement);
  if (!*failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (failure));
  return FALSE;
}

char *
prolong_store_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

void
prolong_store_hash (sqlite3_stmt *statement, int column, guint8 *hash)
{
  const void *data = sqlite3_column_blob (statement, column);

  memset (hash, 0, PROLONG_STORE_HASH_BYTES);
  if (data && sqlite3_column_bytes (statement, column) == PROLONG_STORE_HASH_BYTES)
    memcpy (hash, data, PROLONG_STORE_HASH_BYTES);
}

static gboolean
run_simple (ProlongStore *store, ProlongSql sql, GError **error)
{
  return prolong_store_run (store, prolong_store_bind (store, sql, ""), error);
}

/*
 * SQLite up to 3.51.2 can lose pages when two connections write or checkpoint at the same instant (the
 * "WAL-reset bug"). Its own locks do not keep them apart, so this one does.
 */
static void
take_turn (ProlongStore *store)
{
  while (store->lock >= 0 && flock (store->lock, LOCK_EX) != 0 && errno == EINTR)
    continue;
}

static void
end_turn (ProlongStore *store)
{
  if (store->lock >= 0)
    flock (store->lock, LOCK_UN);
}

gboolean
prolong_store_begin (ProlongStore *store, GError **error)
{
  take_turn (store);
  if (run_simple (store, PROLONG_SQL_BEGIN, error))
    return TRUE;
  end_turn (store);
  return FALSE;
}

gboolean
prolong_store_commit (ProlongStore *store, GError **error)
{
  gboolean done = run_simple (store, PROLONG_SQL_COMMIT, error);

  if (!done)
    prolong_store_rollback (store);
  end_turn (store);
  return done;
}

void
prolong_store_rollback (ProlongStore *store)
{
  if (!sqlite3_get_autocommit (store->db))
    (void)run_simple (store, PROLONG_SQL_ROLLBACK, NULL);
  end_turn (store);
}

void
prolong_store_tidy (ProlongStore *store, gboolean idle)
{
  if (store->log_pages == 0 || (!idle && store->log_pages < LOG_PAGES_MAX))
    return;
  take_turn (store);
  sqlite3_wal_checkpoint_v2 (store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  store->log_pages = 0;
  end_turn (store);
}

static int
on_commit (gpointer user_data, sqlite3 *db, const char *name, int pages)
{
  ProlongStore *store = user_data;

  store->log_pages = pages;
  return SQLITE_OK;
}

/* The file is made here because SQLite would let the group and others read it. */
static gboolean
make_files (ProlongStore *store, const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  store->lock = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && store->lock >= 0)
    return g_close (fd, error);
  g_set_error (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_OPEN, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return FALSE;
}

static gboolean
set_up (ProlongStore *store, GError **error)
{
  g_autofree char *cache = g_strdup_printf ("PRAGMA cache_size = -%d", WRITER_CACHE_KIB);
  const char *const pragmas[] = { "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
                                  "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF", cache };

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    if (sqlite3_exec (store->db, pragmas[i], NULL, NULL, NULL) != SQLITE_OK)
      {
        prolong_store_set_error (store, error);
        return FALSE;
      }
  sqlite3_wal_hook (store->db, on_commit, store);
  return prolong_store_upgrade (store, error);
}

/* Statistics of SQLite's memory cost a lock in each allocation, and nobody reads them. */
static void
configure_once (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

ProlongStore *
prolong_store_open (const char *path, ProlongStoreMode mode, GError **error)
{
  g_autoptr (ProlongStore) store = g_new0 (ProlongStore, 1);
  int flags
      = SQLITE_OPEN_NOMUTEX | (mode == PROLONG_STORE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  gboolean ready;

  configure_once ();
  store->mode = mode;
  store->lock = -1;
  if (mode == PROLONG_STORE_WRITE && !make_files (store, path, error))
    return NULL;
  if (sqlite3_open_v2 (path, &store->db, flags, NULL) != SQLITE_OK)
    {
      prolong_store_set_error (store, error);
      return NULL;
    }
  sqlite3_busy_timeout (store->db, BUSY_MILLISECONDS);
  if (mode == PROLONG_STORE_READ)
    return g_steal_pointer (&store);
  take_turn (store);
  ready = set_up (store, error);
  end_turn (store);
  return ready ? g_steal_pointer (&store) : NULL;
}

void
prolong_store_close (ProlongStore *store)
{
  /* The last connection to close moves the log into the database. */
  take_turn (store);
  for (guint i = 0; i < PROLONG_N_SQL; i++)
    sqlite3_finalize (store->statements[i]);
  sqlite3_close (store->db);
  if (store->lock >= 0)
    g_close (store->lock, NULL);
  g_free (store);
}
