/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/service-client.h"

G_BEGIN_DECLS

/*
 * A request that must reach a service once, whatever happens: it is durable, with its idempotency key, before
 * it is sent, and durable with its answer afterwards. What is lost in between is sent again, byte for byte,
 * under the same key.
 */

/**
 * ProlongPostingKind:
 * @path: below the address of the service
 * @points: names for prolong_operation_reach(): before the wish is written, before it is sent, after the
 * answer, after that is written
 * @write: writes the record as it is; ends as prolong_store_write_async() does
 * @remove: removes the record; ends likewise
 * @is_over: whether an answer without success is the last word: nothing of the request is kept then
 * @take: puts the answer into the record
 * @wait: puts into the record that it is to be tried again; @retry_after in seconds, 0 for unstated
 * @settle: the attempt is over
 *
 * What one kind of request adds. @owner is the object that is sent.
 */
typedef struct
{
  const char *path;
  struct
  {
    const char *wished;
    const char *sending;
    const char *answered;
    const char *placed;
  } points;
  void (*write) (gpointer owner, GAsyncReadyCallback callback, gpointer user_data);
  void (*remove) (gpointer owner, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*is_over) (gpointer owner, const ProlongAnswer *answer);
  gboolean (*take) (gpointer owner, const ProlongAnswer *answer, GError **error);
  void (*wait) (gpointer owner, int problem, gint64 retry_after);
  void (*settle) (gpointer owner, const GError *error);
} ProlongPostingKind;

/**
 * prolong_posting_send_async:
 * @owner: a #GObject
 * @service_url: of the vendor
 * @body: stays the owner's, as @key does, until the attempt is over
 * @kept: whether an earlier attempt made it durable: it is sent then even where nothing more can be written
 */
void prolong_posting_send_async (gpointer owner,
                                 const ProlongPostingKind *kind,
                                 const char *service_url,
                                 const char *body,
                                 const char *key,
                                 gboolean kept,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** prolong_posting_refuse: ends like the above, since @owner is being sent already. */
void prolong_posting_refuse (gpointer owner, GAsyncReadyCallback callback, gpointer user_data);

/**
 * prolong_posting_send_finish:
 * @gone: (out): whether the service did not take it, and nothing of it is kept
 *
 * Returns: whether the service has it. Without @gone, after a failure, it is to be tried again.
 */
gboolean prolong_posting_send_finish (gpointer owner, GAsyncResult *result, gboolean *gone, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
