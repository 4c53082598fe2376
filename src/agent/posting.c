/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/posting.h"

#include "agent/operation.h"
#include "agent/store.h"
#include "license/problem.h"

typedef struct
{
  const ProlongPostingKind *kind;
  char *service_url; /* a copy, for the profile may be another when it is sent */
  const char *body;
  const char *key;
  gboolean gone;
  GError *reason; /* of what is gone */
} Posting;

static void
posting_free (gpointer data)
{
  Posting *posting = data;

  g_clear_error (&posting->reason);
  g_free (posting->service_url);
  g_free (posting);
}

static void
return_sent (GTask *task, gboolean gone, GError *error)
{
  Posting *posting = g_task_get_task_data (task);

  posting->gone = gone;
  posting->kind->settle (g_task_get_source_object (task), error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_answer_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Posting *posting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* What is on the disk then is the wish with its key, and the same answer comes to it after a restart. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
  prolong_operation_reach (posting->kind->points.placed);
  return_sent (task, FALSE, NULL);
}

static void
on_wait_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

/* The service may have it: it is asked again under the same key. */
static void
wait_for_answer (GTask *task, GError *error, gint64 retry_after)
{
  const Posting *posting = g_task_get_task_data (task);
  gpointer owner = g_task_get_source_object (task);

  posting->kind->wait (owner, error->code, retry_after);
  posting->kind->write (owner, on_wait_written, NULL);
  return_sent (task, FALSE, error);
}

static void
on_wish_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Posting *posting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
  return_sent (task, TRUE, g_error_copy (posting->reason));
}

static void
give_up (GTask *task, GError *error)
{
  Posting *posting = g_task_get_task_data (task);

  posting->reason = error;
  posting->kind->remove (g_task_get_source_object (task), on_wish_removed, g_object_ref (task));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Posting *posting = g_task_get_task_data (task);
  gpointer owner = g_task_get_source_object (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  GError *error = NULL;

  prolong_operation_reach (posting->kind->points.answered);
  if (answer->problem != NULL && posting->kind->is_over (owner, answer))
    give_up (task, g_steal_pointer (&answer->problem));
  else if (answer->problem != NULL)
    wait_for_answer (task, g_steal_pointer (&answer->problem), answer->retry_after);
  else if (!posting->kind->take (owner, answer, &error))
    wait_for_answer (task, prolong_service_answer_problem (error), 0);
  else
    posting->kind->write (owner, on_answer_written, g_object_ref (task));
}

static void
send (GTask *task)
{
  const Posting *posting = g_task_get_task_data (task);
  ProlongRequest request = {
    .method = "POST",
    .service_url = posting->service_url,
    .path = posting->kind->path,
    .body = posting->body,
    .key = posting->key,
  };

  prolong_operation_reach (posting->kind->points.sending);
  prolong_service_call_async (&request, NULL, on_answer, g_object_ref (task));
}

static void
on_wish_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    return_sent (task, TRUE, error);
  else
    send (task);
}

static GTask *
task_new (gpointer owner, const ProlongPostingKind *kind, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (owner, NULL, callback, user_data);
  Posting *posting = g_new0 (Posting, 1);

  posting->kind = kind;
  g_task_set_source_tag (task, prolong_posting_send_async);
  g_task_set_task_data (task, posting, posting_free);
  return task;
}

void
prolong_posting_send_async (gpointer owner,
                            const ProlongPostingKind *kind,
                            const char *service_url,
                            const char *body,
                            const char *key,
                            gboolean kept,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = task_new (owner, kind, callback, user_data);
  Posting *posting = g_task_get_task_data (task);

  posting->service_url = g_strdup (service_url);
  posting->body = body;
  posting->key = key;
  if (kept)
    {
      send (task);
      return;
    }
  prolong_operation_reach (kind->points.wished);
  kind->write (owner, on_wish_written, g_steal_pointer (&task));
}

void
prolong_posting_refuse (gpointer owner, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = task_new (owner, NULL, callback, user_data);

  g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT, "It is being sent");
}

gboolean
prolong_posting_send_finish (gpointer owner, GAsyncResult *result, gboolean *gone, GError **error)
{
  const Posting *posting;

  g_return_val_if_fail (g_task_is_valid (result, owner), FALSE);
  posting = g_task_get_task_data (G_TASK (result));
  *gone = posting->gone;
  return g_task_propagate_boolean (G_TASK (result), error);
}
