/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/store.h"

G_BEGIN_DECLS

/**
 * ProlongWorker:
 *
 * A thread with a connection to the store. A writer takes all jobs that wait into one transaction with one
 * commit; a job that fails does so alone. The answers come to the main context only after the commit.
 */
typedef struct _ProlongWorker ProlongWorker;

/**
 * ProlongWork:
 * @run: in the worker's thread, within the transaction; again when that failed. Returns whether what it wrote
 * shall stay
 * @done: in the main context; @error: (nullable): why the job was not done
 *
 * What is done with a job.
 */
typedef struct
{
  gboolean (*run) (ProlongStore *store, gpointer job, GError **error);
  void (*done) (gpointer job, const GError *error);
} ProlongWork;

/** prolong_worker_new: starts the thread; it owns @store from now on. */
ProlongWorker *prolong_worker_new (const char *name, ProlongStore *store, ProlongStoreMode mode);

/** prolong_worker_push: @job must live until @done of @work was called, @work as long as the worker. */
void prolong_worker_push (ProlongWorker *worker, const ProlongWork *work, gpointer job);

/** prolong_worker_count: @jobs and @commits so far; jobs that share a transaction share its commit. */
void prolong_worker_count (ProlongWorker *worker, guint *jobs, guint *commits);

/** prolong_worker_stop: does what is queued, closes the store and frees the worker; nothing is told to be
 * done any more.
 */
void prolong_worker_stop (ProlongWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongWorker, prolong_worker_stop)

G_END_DECLS
