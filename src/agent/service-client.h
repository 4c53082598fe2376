/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProlongRequest:
 *
 * One call of the renewal protocol. Strings are copied by prolong_service_call_async().
 */
typedef struct
{
  const char *method;
  const char *service_url; /* of the profile */
  const char *path;        /* below it, with the leading slash */
  const char *body;        /* (nullable) JSON */
  const char *key;         /* (nullable) idempotency key */
  const char *token;       /* (nullable) Bearer: of a seat or an order */
} ProlongRequest;

/**
 * ProlongAnswer:
 *
 * What came of a call. When @problem is %NULL the call was done, and @body is the answer; otherwise @problem
 * is of the domain #PROLONG_PROBLEM and @decision says whether it settles the request. @sent is whether the
 * service may have seen the request at all.
 */
typedef struct
{
  char *body; /* terminated */
  gsize length;
  GError *problem;
  gboolean decision;
  gboolean sent;
  gint64 retry_after; /* seconds, 0 for unstated */
} ProlongAnswer;

void prolong_answer_free (ProlongAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongAnswer, prolong_answer_free)

/**
 * prolong_service_call_async:
 *
 * HTTPS with verified certificates, or HTTP to this machine; no redirects; the system's proxy; at most 64 KiB
 * of answer; limits on the time without a byte and on the whole call. Nothing of a request or answer is
 * logged. The connection is closed afterwards, so that an idle agent has none.
 */
void prolong_service_call_async (const ProlongRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** prolong_service_call_finish: (transfer full): never %NULL. */
ProlongAnswer *prolong_service_call_finish (GAsyncResult *result);

/**
 * prolong_service_answer_problem:
 * @error: (transfer full): why an answer was not what it should be
 *
 * Returns: (transfer full): the problem it means: an answer that is not signed as it must be is not to be
 * trusted, one that is not in the form of the protocol did not come from the service at all.
 */
GError *prolong_service_answer_problem (GError *error);

G_END_DECLS
