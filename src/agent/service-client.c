/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/service-client.h"

#include <libsoup/soup.h>

#include "license/json.h"
#include "license/problem.h"
#include "license/profile.h"
#include "renewal/messages.h"

/* An activation may take a vendor's service minutes, but it sends something within the first of them. */
#define SILENCE_LIMIT_SECONDS 60
#define CALL_LIMIT_SECONDS 300

/* The longest pause that a service can ask for; a longer one is more likely a mistake. */
#define RETRY_AFTER_MAX (7 * 86400)

typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GCancellable *inner; /* ends with the caller's cancellable or the time limit */
  guint limit;
  GString *body;
  guint8 chunk[4096];
  gboolean sent;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_handle_id (&call->limit, g_source_remove);
  soup_session_abort (call->session);
  g_object_unref (call->session);
  g_object_unref (call->message);
  g_object_unref (call->inner);
  g_string_free (call->body, TRUE);
  g_free (call);
}

void
prolong_answer_free (ProlongAnswer *answer)
{
  if (answer->body != NULL)
    prolong_wipe (answer->body, answer->length);
  g_free (answer->body);
  g_clear_error (&answer->problem);
  g_free (answer);
}

static void
return_problem (GTask *task, GError *problem, guint status, gint64 retry_after)
{
  Call *call = g_task_get_task_data (task);
  ProlongAnswer *answer = g_new0 (ProlongAnswer, 1);

  answer->problem = problem;
  answer->decision = prolong_answer_is_decision (status, problem->code);
  answer->retry_after = retry_after;
  answer->sent = call == NULL || call->sent;
  g_task_return_pointer (task, answer, (GDestroyNotify)prolong_answer_free);
}

/* Errors that arise before a byte of the request has left this machine. */
static gboolean
is_before_sending (const GError *error)
{
  static const int codes[] = {
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_HOST_UNREACHABLE, G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_HOST_NOT_FOUND,     G_IO_ERROR_PROXY_FAILED,
  };

  if (error->domain == G_RESOLVER_ERROR || error->domain == G_TLS_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static void
return_failure (GTask *task, const GError *error)
{
  Call *call = g_task_get_task_data (task);
  ProlongProblem problem = PROLONG_PROBLEM_SERVICE_UNAVAILABLE;

  if (is_before_sending (error))
    call->sent = FALSE;
  if (error->domain == G_TLS_ERROR)
    problem = PROLONG_PROBLEM_SERVICE_UNTRUSTED;
  else if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    problem = PROLONG_PROBLEM_CANCELLED;
  return_problem (task, prolong_problem_error_new (problem, NULL, "%s", error->message), 0, 0);
}

static gint64
read_retry_after (SoupMessage *message)
{
  const char *value
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, RETRY_AFTER_MAX, &seconds, NULL))
    return seconds;
  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;
  return CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0, RETRY_AFTER_MAX);
}

static gboolean
is_success (SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  const char *type
      = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return status == SOUP_STATUS_NO_CONTENT
         || ((status == SOUP_STATUS_OK || status == SOUP_STATUS_CREATED || status == SOUP_STATUS_ACCEPTED)
             && g_strcmp0 (type, "application/json") == 0);
}

static void
finish (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  guint status = soup_message_get_status (call->message);
  ProlongAnswer *answer;

  if (!is_success (call->message))
    {
      gint64 retry_after = read_retry_after (call->message);

      return_problem (task, prolong_problem_document_decode (status, call->body->str, call->body->len),
                      status, retry_after);
      return;
    }
  answer = g_new0 (ProlongAnswer, 1);
  answer->sent = TRUE;
  answer->length = call->body->len;
  answer->body = g_string_free (call->body, FALSE);
  call->body = g_string_new (NULL);
  g_task_return_pointer (task, answer, (GDestroyNotify)prolong_answer_free);
}

static void read_chunk (GInputStream *stream, GTask *task);

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n < 0)
    return_failure (task, error);
  else if (n == 0)
    finish (task);
  else if (call->body->len + n > PROLONG_JSON_MAX_BYTES)
    return_problem (
        task,
        g_error_new_literal (PROLONG_PROBLEM, PROLONG_PROBLEM_SERVICE_UNAVAILABLE, "The answer is too large"),
        0, 0);
  else
    {
      g_string_append_len (call->body, (const char *)call->chunk, n);
      read_chunk (G_INPUT_STREAM (source), g_steal_pointer (&task));
    }
}

static void
read_chunk (GInputStream *stream, GTask *task)
{
  Call *call = g_task_get_task_data (task);

  g_input_stream_read_async (stream, call->chunk, sizeof call->chunk, G_PRIORITY_DEFAULT, call->inner,
                             on_chunk, task);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    return_failure (task, error);
  else
    read_chunk (stream, g_steal_pointer (&task));
}

static gboolean
on_time_limit (gpointer user_data)
{
  Call *call = user_data;

  call->limit = 0;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
is_loopback (const char *url)
{
  return g_str_has_prefix (url, "http:");
}

static Call *
call_new (const ProlongRequest *request, SoupMessage *message)
{
  Call *call = g_new0 (Call, 1);

  call->session = soup_session_new_with_options ("timeout", SILENCE_LIMIT_SECONDS, "user-agent",
                                                 "Prolong/" PROLONG_VERSION, NULL);
  /* Plain HTTP is only ever to this machine, where a proxy has no place. */
  if (is_loopback (request->service_url))
    soup_session_set_proxy_resolver (call->session, NULL);
  call->message = message;
  call->inner = g_cancellable_new ();
  call->body = g_string_new (NULL);
  call->sent = TRUE;
  return call;
}

static void
fill_message (SoupMessage *message, const ProlongRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_headers_append (headers, "Accept", "application/json, application/problem+json");
  /* The service ends the connection then, rather than finding out that it was left. */
  soup_message_headers_append (headers, "Connection", "close");
  if (request->key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", request->key);
  if (request->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", request->token, NULL);

      soup_message_headers_append (headers, "Authorization", bearer);
    }
  if (request->body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (request->body, strlen (request->body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
}

void
prolong_service_call_async (const ProlongRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *url = g_strconcat (request->service_url, request->path, NULL);
  SoupMessage *message = prolong_url_is_safe (url) ? soup_message_new (request->method, url) : NULL;
  Call *call;

  g_task_set_source_tag (task, prolong_service_call_async);
  /* The answer says by itself that the call was cancelled, so that every caller reads one form of outcome. */
  g_task_set_check_cancellable (task, FALSE);
  if (message == NULL)
    {
      return_problem (task,
                      g_error_new_literal (PROLONG_PROBLEM, PROLONG_PROBLEM_SERVICE_UNTRUSTED,
                                           "The address of the service is neither HTTPS nor on this machine"),
                      0, 0);
      g_object_unref (task);
      return;
    }

  call = call_new (request, message);
  g_task_set_task_data (task, call, call_free);
  fill_message (message, request);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), call->inner, 0);
  call->limit = g_timeout_add_seconds (CALL_LIMIT_SECONDS, on_time_limit, call);
  soup_session_send_async (call->session, message, G_PRIORITY_DEFAULT, call->inner, on_answer, task);
}

ProlongAnswer *
prolong_service_call_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

GError *
prolong_service_answer_problem (GError *error)
{
  g_autoptr (GError) owned = error;
  gboolean form = owned->domain == PROLONG_JSON_ERROR;

  if (owned->domain == PROLONG_PROBLEM)
    return g_steal_pointer (&owned);
  return prolong_problem_error_new (form ? PROLONG_PROBLEM_SERVICE_UNAVAILABLE
                                         : PROLONG_PROBLEM_SERVICE_UNTRUSTED,
                                    NULL, "%s", owned->message);
}
