/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"

#include <string.h>

void
prolong_store_answer_free (ProlongStoreAnswer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_free (answer);
}

gboolean
prolong_store_add_answer (ProlongStore *store, const ProlongStoreAnswer *answer, GError **error)
{
  return prolong_store_run (store,
                            prolong_store_bind (store, PROLONG_SQL_ADD_ANSWER, "hhiib", answer->key,
                                                answer->request, (gint64)answer->status, answer->created,
                                                answer->body),
                            error);
}

ProlongStoreAnswer *
prolong_store_find_answer (ProlongStore *store, const guint8 *key, GError **error)
{
  sqlite3_stmt *statement = prolong_store_bind (store, PROLONG_SQL_FIND_ANSWER, "h", key);
  ProlongStoreAnswer *answer = NULL;

  if (prolong_store_step (store, statement, error))
    {
      answer = g_new0 (ProlongStoreAnswer, 1);
      memcpy (answer->key, key, sizeof answer->key);
      prolong_store_hash (statement, 0, answer->request);
      answer->status = (guint)sqlite3_column_int (statement, 1);
      answer->created = sqlite3_column_int64 (statement, 2);
      answer->body
          = g_bytes_new (sqlite3_column_blob (statement, 3), (gsize)sqlite3_column_bytes (statement, 3));
    }
  if (statement)
    sqlite3_reset (statement);
  return answer;
}

gboolean
prolong_store_forget_answers (ProlongStore *store, gint64 before)
{
  return prolong_store_run (store, prolong_store_bind (store, PROLONG_SQL_FORGET_ANSWERS, "i", before), NULL)
         && sqlite3_changes (store->db) > 0;
}
