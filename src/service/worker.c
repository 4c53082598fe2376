/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/worker.h"

/* More than any number of connections that a proxy should keep to the service. */
#define BATCH_MAX 256

/* How long nothing must have happened before the log is moved into the database. */
#define IDLE_MICROSECONDS (2 * G_USEC_PER_SEC)

/* Answers are kept for 30 days, and a day more for clocks that differ. */
#define KEEP_ANSWERS (31 * G_GINT64_CONSTANT (86400))
#define FORGET_EVERY (3600 * (gint64)G_USEC_PER_SEC)

typedef struct
{
  const ProlongWork *work; /* NULL tells the thread to end */
  gpointer data;
  GError *error;
} Job;

struct _ProlongWorker
{
  ProlongStore *store;
  ProlongStoreMode mode;
  GAsyncQueue *queue;
  GThread *thread;
  gboolean ends; /* of the thread */
  gint64 forgot;
  guint jobs;    /* atomic */
  guint commits; /* atomic */
};

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_error (&job->error);
  g_free (job);
}

static void
fail (Job *job, GError *error)
{
  g_clear_error (&job->error);
  job->error = error;
}

/* Returns: whether every job ran and is durable; else none is. */
static gboolean
run_together (ProlongWorker *worker, Job **jobs, guint n, GError **error)
{
  gboolean good = TRUE;

  if (!prolong_store_begin (worker->store, error))
    return FALSE;
  for (guint i = 0; good && i < n; i++)
    good = jobs[i]->work->run (worker->store, jobs[i]->data, error);
  if (good)
    return prolong_store_commit (worker->store, error);
  prolong_store_rollback (worker->store);
  return FALSE;
}

/*
 * All share one commit. Where one of them fails, each gets a transaction of its own, so that it fails alone;
 * that is rare and spares the others a savepoint each.
 */
static void
run_batch (ProlongWorker *worker, GPtrArray *batch)
{
  Job **jobs = (Job **)batch->pdata;
  GError *error = NULL;

  if (run_together (worker, jobs, batch->len, &error))
    return;
  if (batch->len == 1)
    {
      fail (jobs[0], error);
      return;
    }
  g_clear_error (&error);
  for (guint i = 0; i < batch->len; i++)
    if (!run_together (worker, &jobs[i], 1, &error))
      fail (jobs[i], g_steal_pointer (&error));
}

static gboolean
deliver (gpointer user_data)
{
  GPtrArray *batch = user_data;

  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_ptr_array_index (batch, i);

      job->work->done (job->data, job->error);
    }
  return G_SOURCE_REMOVE;
}

static void
take (ProlongWorker *worker, GPtrArray *batch, Job *job)
{
  if (!job)
    return;
  if (job->work)
    {
      g_ptr_array_add (batch, job);
      return;
    }
  worker->ends = TRUE;
  job_free (job);
}

/* Waits for a job and takes all that came with it. */
static GPtrArray *
take_batch (ProlongWorker *worker)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (job_free);
  Job *job = g_async_queue_timeout_pop (worker->queue, IDLE_MICROSECONDS);

  if (!job && worker->mode == PROLONG_STORE_WRITE)
    prolong_store_tidy (worker->store, TRUE);
  take (worker, batch, job ? job : g_async_queue_pop (worker->queue));
  while (batch->len < BATCH_MAX && !worker->ends && (job = g_async_queue_try_pop (worker->queue)))
    take (worker, batch, job);
  return batch;
}

static void
forget_old_answers (ProlongWorker *worker)
{
  gint64 now = g_get_monotonic_time ();
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - KEEP_ANSWERS;

  if (worker->forgot && now - worker->forgot < FORGET_EVERY)
    return;
  if (!prolong_store_begin (worker->store, NULL))
    return;
  if (!prolong_store_forget_answers (worker->store, before))
    worker->forgot = now;
  if (!prolong_store_commit (worker->store, NULL))
    worker->forgot = now;
}

static gpointer
work (gpointer user_data)
{
  ProlongWorker *worker = user_data;

  while (!worker->ends)
    {
      GPtrArray *batch = take_batch (worker);

      if (batch->len == 0)
        {
          g_ptr_array_unref (batch);
          continue;
        }
      run_batch (worker, batch);
      g_atomic_int_add (&worker->jobs, batch->len);
      g_atomic_int_inc (&worker->commits);
      g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, deliver, batch,
                                  (GDestroyNotify)g_ptr_array_unref);
      if (worker->mode == PROLONG_STORE_WRITE)
        {
          forget_old_answers (worker);
          prolong_store_tidy (worker->store, FALSE);
        }
    }
  return NULL;
}

ProlongWorker *
prolong_worker_new (const char *name, ProlongStore *store, ProlongStoreMode mode)
{
  ProlongWorker *worker = g_new0 (ProlongWorker, 1);

  worker->store = store;
  worker->mode = mode;
  worker->queue = g_async_queue_new_full (job_free);
  worker->thread = g_thread_new (name, work, worker);
  return worker;
}

void
prolong_worker_push (ProlongWorker *worker, const ProlongWork *work, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  g_async_queue_push (worker->queue, job);
}

void
prolong_worker_count (ProlongWorker *worker, guint *jobs, guint *commits)
{
  *jobs = (guint)g_atomic_int_get (&worker->jobs);
  *commits = (guint)g_atomic_int_get (&worker->commits);
}

void
prolong_worker_stop (ProlongWorker *worker)
{
  g_async_queue_push (worker->queue, g_new0 (Job, 1));
  g_thread_join (worker->thread);
  g_async_queue_unref (worker->queue);
  prolong_store_close (worker->store);
  g_free (worker);
}
