/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/exchange.h"

#include "license/code.h"
#include "license/json.h"

#include <string.h>

G_DEFINE_QUARK (prolong_http_error, prolong_http_error)

/* What a client should wait after a failure that it cannot judge. */
#define RETRY_SECONDS "30"

/* Of a body that is too large so much is read, for most clients look for the answer only after their last
 * byte. */
#define DRAIN_MAX (1024 * 1024)

#define TOKEN_MAX 128
#define PROBLEM_TYPE "application/problem+json"

ProlongExchange *
prolong_exchange_new (SoupServerMessage *message)
{
  ProlongExchange *exchange = g_new0 (ProlongExchange, 1);

  exchange->message = g_object_ref (message);
  return exchange;
}

static void
free_secret (char *text, gsize length)
{
  if (text)
    prolong_wipe (text, length);
  g_free (text);
}

void
prolong_exchange_free (ProlongExchange *exchange)
{
  prolong_application_clear (&exchange->application);
  prolong_ticket_request_clear (&exchange->ticket);
  prolong_seats_request_clear (&exchange->seats);
  prolong_number_request_clear (&exchange->number);
  prolong_checkout_clear (&exchange->checkout);
  prolong_license_mail_request_clear (&exchange->license_mail);
  prolong_payment_request_clear (&exchange->payment);
  prolong_auto_renewal_request_clear (&exchange->auto_renewal);
  prolong_support_case_clear (&exchange->support);
  prolong_catalog_query_clear (&exchange->catalog);
  free_secret (exchange->token, exchange->token ? strlen (exchange->token) : 0);
  free_secret (exchange->answer, exchange->answer_length);
  g_free (exchange->id);
  g_clear_pointer (&exchange->setup, prolong_setup_unref);
  g_object_unref (exchange->message);
  g_free (exchange);
}

static const char *
get_header (ProlongExchange *exchange, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (exchange->message), name);
}

gboolean
prolong_exchange_read_token (ProlongExchange *exchange, GError **error)
{
  const char *value = get_header (exchange, "Authorization");

  if (value && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 && strlen (value + 7) <= TOKEN_MAX)
    {
      exchange->token = g_strstrip (g_strdup (value + 7));
      return TRUE;
    }
  g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_UNAUTHORIZED, "The token is missing");
  return FALSE;
}

/* The draft of the field has a quoted string, many clients send the bare UUID. */
static char *
dup_key (const char *value)
{
  gsize length = strlen (value);
  char *key;

  if (length >= 2 && value[0] == '"' && value[length - 1] == '"')
    key = g_strndup (value + 1, length - 2);
  else
    key = g_strdup (value);
  if (g_uuid_string_is_valid (key))
    return key;
  g_free (key);
  return NULL;
}

static void
hash_request (ProlongExchange *exchange, ProlongKeys *keys, const char *key)
{
  const char *method = soup_server_message_get_method (exchange->message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (exchange->message));
  SoupMessageBody *body = soup_server_message_get_request_body (exchange->message);
  g_autofree char *what = g_strdup_printf ("%s %s %s", method, path, key);
  g_autofree char *purpose = g_strconcat ("request ", exchange->token, NULL);

  prolong_keys_hash (keys, "key", what, strlen (what), exchange->key);
  prolong_keys_hash (keys, purpose, body->data, (gsize)body->length, exchange->request);
  prolong_wipe (purpose, strlen (purpose));
  exchange->has_key = TRUE;
}

gboolean
prolong_exchange_read_key (ProlongExchange *exchange, ProlongKeys *keys, gboolean required, GError **error)
{
  const char *value = get_header (exchange, "Idempotency-Key");
  g_autofree char *key = value ? dup_key (value) : NULL;

  if (key)
    hash_request (exchange, keys, key);
  if (key || (!value && !required))
    return TRUE;
  g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_BAD_REQUEST,
                       value ? "Idempotency-Key is not a UUID" : "Idempotency-Key is missing");
  return FALSE;
}

gboolean
prolong_exchange_check_json (ProlongExchange *exchange, GError **error)
{
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (exchange->message), NULL);

  if (type && g_ascii_strcasecmp (type, "application/json") == 0)
    return TRUE;
  g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE,
                       "The body must be application/json");
  return FALSE;
}

void
prolong_exchange_set_answer (ProlongExchange *exchange, guint status, char *text)
{
  free_secret (exchange->answer, exchange->answer_length);
  exchange->status = status;
  exchange->answer = text;
  exchange->answer_length = text ? strlen (text) : 0;
}

static char *
encode_plain_problem (guint status, const char *detail)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "type", "about:blank");
  json_object_set_string_member (object, "title", soup_status_get_phrase (status));
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "detail", detail);
  return prolong_json_to_string (object);
}

static char *
encode_failure (guint *status)
{
  g_autoptr (GError) error = prolong_problem_error_new (PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL,
                                                        "The service cannot do this now");

  *status = prolong_problem_get_http_status (PROLONG_PROBLEM_SERVICE_UNAVAILABLE);
  return prolong_problem_document_encode (error, *status);
}

static char *
encode_error (const GError *error, guint *status)
{
  if (error->domain == PROLONG_PROBLEM)
    {
      *status = prolong_problem_get_http_status ((ProlongProblem)error->code);
      return prolong_problem_document_encode (error, *status);
    }
  if (error->domain == PROLONG_JSON_ERROR)
    {
      *status = SOUP_STATUS_BAD_REQUEST;
      return encode_plain_problem (*status, error->message);
    }
  if (error->domain == PROLONG_HTTP_ERROR)
    {
      *status = (guint)error->code;
      return encode_plain_problem (*status, error->message);
    }
  /* The cause is for the person who runs the service; it names no code and no client. */
  g_printerr ("prolong-service: %s\n", error->message);
  return encode_failure (status);
}

void
prolong_exchange_set_error (ProlongExchange *exchange, const GError *error)
{
  guint status = 0;
  char *text = encode_error (error, &status);

  prolong_exchange_set_answer (exchange, status, text);
}

static void
set_response (SoupServerMessage *message, guint status, const char *text, gsize length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    soup_message_headers_replace (headers, "Retry-After", RETRY_SECONDS);
  if (status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  if (text)
    soup_server_message_set_response (message, status < 400 ? "application/json" : PROBLEM_TYPE,
                                      SOUP_MEMORY_COPY, text, length);
}

void
prolong_exchange_send (ProlongExchange *exchange)
{
  set_response (exchange->message, exchange->status, exchange->answer, exchange->answer_length);
}

void
prolong_message_set_error (SoupServerMessage *message, const GError *error)
{
  guint status = 0;
  g_autofree char *text = encode_error (error, &status);

  set_response (message, status, text, strlen (text));
}

void
prolong_message_set_limit (SoupServerMessage *message, const char *name, const ProlongLimiterState *state)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *policy = g_strdup_printf ("\"%s\";q=%u;w=%u", name, state->limit, PROLONG_LIMITER_WINDOW);
  g_autofree char *limit = g_strdup_printf ("\"%s\";r=%u;t=%u", name, state->remaining, state->reset);

  soup_message_headers_replace (headers, "RateLimit-Policy", policy);
  soup_message_headers_replace (headers, "RateLimit", limit);
}

char *
prolong_message_dup_address (SoupServerMessage *message, gboolean forwarded)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *list = forwarded ? soup_message_headers_get_list (headers, "X-Forwarded-For") : NULL;
  const char *last = list ? strrchr (list, ',') : NULL;
  const char *host;

  if (list)
    return g_strstrip (g_strndup (last ? last + 1 : list, 64));
  host = soup_server_message_get_remote_host (message);
  return g_strdup (host ? host : "");
}

static void
refuse_body (SoupServerMessage *message)
{
  g_autoptr (GError) error = g_error_new_literal (PROLONG_HTTP_ERROR, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                                  "The body is larger than 64 KiB");

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_body_truncate (soup_server_message_get_request_body (message));
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  prolong_message_set_error (message, error);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  gsize *received = user_data;
  gboolean was_small = *received <= PROLONG_BODY_MAX;

  *received += g_bytes_get_size (chunk);
  if (was_small && *received > PROLONG_BODY_MAX)
    refuse_body (message);
  if (*received > DRAIN_MAX)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, FALSE, NULL);
}

void
prolong_message_cap_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean announced = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH;
  gboolean large = announced && soup_message_headers_get_content_length (headers) > PROLONG_BODY_MAX;
  gsize *received;

  if (announced && !large)
    return;
  received = g_new0 (gsize, 1);
  if (large)
    {
      *received = PROLONG_BODY_MAX + 1;
      refuse_body (message);
    }
  g_signal_connect_data (message, "got-chunk", G_CALLBACK (on_got_chunk), received,
                         (GClosureNotify)(GCallback)g_free, 0);
}
