/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/mails.h"
#include "service/store/store-private.h"

void
prolong_store_mail_free (ProlongStoreMail *mail)
{
  g_free (mail->number);
  g_free (mail->language);
  g_clear_pointer (&mail->sealed, g_bytes_unref);
  g_free (mail->reason);
  g_free (mail);
}

gboolean
prolong_store_add_mail (ProlongStore *store, ProlongStoreMail *mail, GError **error)
{
  mail->id = prolong_store_insert (store,
                                   prolong_store_bind (store, PROLONG_SQL_ADD_MAIL, "iitbiiiii",
                                                       (gint64)mail->kind, mail->order, mail->language,
                                                       mail->sealed, (gint64)mail->state, mail->created,
                                                       mail->due, mail->code, mail->support),
                                   error);
  return mail->id != 0;
}

gboolean
prolong_store_queue_mail (ProlongStore *store, ProlongMailKind kind, gint64 order, gint64 due, GError **error)
{
  ProlongStoreMail mail
      = { .kind = kind, .order = order, .state = PROLONG_MAIL_WAITING, .created = due, .due = due };

  return prolong_store_add_mail (store, &mail, error);
}

static ProlongStoreMail *
read_mail (sqlite3_stmt *row)
{
  ProlongStoreMail *mail = g_new0 (ProlongStoreMail, 1);

  mail->id = sqlite3_column_int64 (row, 0);
  mail->kind = (ProlongMailKind)sqlite3_column_int (row, 1);
  mail->order = sqlite3_column_int64 (row, 2);
  mail->number = prolong_store_text (row, 3);
  mail->language = prolong_store_text (row, 4);
  mail->sealed = g_bytes_new (sqlite3_column_blob (row, 5), (gsize)sqlite3_column_bytes (row, 5));
  mail->state = (ProlongMailState)sqlite3_column_int (row, 6);
  mail->attempts = (guint)sqlite3_column_int (row, 7);
  mail->doubts = (guint)sqlite3_column_int (row, 8);
  mail->created = sqlite3_column_int64 (row, 9);
  mail->due = sqlite3_column_int64 (row, 10);
  mail->dated = sqlite3_column_int64 (row, 11);
  mail->reason = prolong_store_text (row, 12);
  mail->code = sqlite3_column_int64 (row, 13);
  mail->support = sqlite3_column_int64 (row, 14);
  return mail;
}

ProlongStoreMail *
prolong_store_find_mail (ProlongStore *store, gint64 id, GError **error)
{
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_FIND_MAIL, "i", id);
  ProlongStoreMail *mail = prolong_store_step (store, statement, error) ? read_mail (statement) : NULL;

  if (statement)
    sqlite3_reset (statement);
  return mail;
}

gboolean
prolong_store_update_mail (ProlongStore *store, const ProlongStoreMail *mail, GError **error)
{
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_UPDATE_MAIL, "iiiiiti",
                                                (gint64)mail->state, (gint64)mail->attempts,
                                                (gint64)mail->doubts, mail->due, mail->dated, mail->reason,
                                                mail->id),
                            error);
}

gboolean
prolong_store_remove_mail (ProlongStore *store, gint64 id, GError **error)
{
  return prolong_store_run (store, prolong_store_bind (store, PROLONG_SQL_REMOVE_MAIL, "i", id), error);
}

GPtrArray *
prolong_store_list_mails (ProlongStore *store, gboolean all, gint64 after, guint limit, GError **error)
{
  sqlite3_stmt *statement
      = prolong_store_bind (store, PROLONG_SQL_LIST_MAILS, "iiiii", after, (gint64)all,
                            (gint64)PROLONG_MAIL_SENT, (gint64)PROLONG_MAIL_DROPPED, (gint64)limit);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_store_mail_free);
  GError *failure = NULL;

  while (prolong_store_step (store, statement, &failure))
    g_ptr_array_add (mails, read_mail (statement));
  if (statement)
    sqlite3_reset (statement);
  if (!failure)
    return g_steal_pointer (&mails);
  g_propagate_error (error, failure);
  return NULL;
}

GArray *
prolong_store_list_due_mails (ProlongStore *store, gint64 now, guint limit, GError **error)
{
  sqlite3_stmt *statement
      = prolong_store_bind (store, PROLONG_SQL_LIST_DUE_MAILS, "iiii", (gint64)PROLONG_MAIL_HANDING,
                            (gint64)PROLONG_MAIL_WAITING, now, (gint64)limit);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *failure = NULL;

  while (prolong_store_step (store, statement, &failure))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  if (statement)
    sqlite3_reset (statement);
  if (!failure)
    return g_steal_pointer (&ids);
  g_propagate_error (error, failure);
  return NULL;
}

/* A query for one number, which is 0 where there is no row. */
static gboolean
fetch_number (ProlongStore *store, sqlite3_stmt *statement, gint64 *number, GError **error)
{
  GError *failure = NULL;

  *number = prolong_store_step (store, statement, &failure) ? sqlite3_column_int64 (statement, 0) : 0;
  if (statement)
    sqlite3_reset (statement);
  if (!failure)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
prolong_store_get_mail_due (ProlongStore *store, gint64 now, gint64 *due, GError **error)
{
  return fetch_number (
      store, prolong_store_bind (store, PROLONG_SQL_GET_MAIL_DUE, "ii", (gint64)PROLONG_MAIL_WAITING, now),
      due, error);
}

gboolean
prolong_store_get_mail_created (ProlongStore *store,
                                gint64 order,
                                ProlongMailKind kind,
                                gint64 *created,
                                GError **error)
{
  return fetch_number (store,
                       prolong_store_bind (store, PROLONG_SQL_GET_MAIL_CREATED, "ii", order, (gint64)kind),
                       created, error);
}
