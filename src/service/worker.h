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

/** Runs in the worker's thread, and again when the transaction failed. Returns: whether what it wrote shall
 * stay. */
typedef gboolean (*ProlongWorkerRun) (ProlongStore *store, gpointer job, GError **error);

/** Runs in the main context. @error: (nullable): why the job was not done. */
typedef void (*ProlongWorkerDone) (gpointer job, const GError *error);

/** prolong_worker_new: starts the thread; it owns @store from now on. */
ProlongWorker *prolong_worker_new (const char *name, ProlongStore *store, ProlongStoreMode mode);

/** prolong_worker_push: @job must live until @done was called. */
void prolong_worker_push (ProlongWorker *worker, ProlongWorkerRun run, ProlongWorkerDone done, gpointer job);

/** prolong_worker_count: @jobs and @commits so far; jobs that share a transaction share its commit. */
void prolong_worker_count (ProlongWorker *worker, guint *jobs, guint *commits);

/** prolong_worker_stop: does what is queued, closes the store and frees the worker; @done is called no more.
 */
void prolong_worker_stop (ProlongWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongWorker, prolong_worker_stop)

G_END_DECLS
