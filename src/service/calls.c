/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/calls.h"

#include <string.h>

#define BASE PROLONG_CALL_BASE
#define ID_SEGMENT PROLONG_CALL_ID

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
decode_activation (const ProlongOffice *office,
                   ProlongExchange *exchange,
                   const char *text,
                   gsize length,
                   GError **error)
{
  return prolong_application_decode (office, text, length, &exchange->application, error);
}

static gboolean
decode_ticket (const ProlongOffice *office,
               ProlongExchange *exchange,
               const char *text,
               gsize length,
               GError **error)
{
  return prolong_ticket_request_decode (text, length, &exchange->ticket, error);
}

static gboolean
decode_auto_renewal (const ProlongOffice *office,
                     ProlongExchange *exchange,
                     const char *text,
                     gsize length,
                     GError **error)
{
  return prolong_auto_renewal_request_decode (text, length, &exchange->auto_renewal, error);
}

static gboolean
decode_support (const ProlongOffice *office,
                ProlongExchange *exchange,
                const char *text,
                gsize length,
                GError **error)
{
  return prolong_support_case_decode (text, length, &exchange->support, error);
}

static gboolean
decode_seats (const ProlongOffice *office,
              ProlongExchange *exchange,
              const char *text,
              gsize length,
              GError **error)
{
  return prolong_seats_request_decode (text, length, &exchange->seats, error);
}

/* To release a seat, it must be named too. */
static gboolean
decode_seat (const ProlongOffice *office,
             ProlongExchange *exchange,
             const char *text,
             gsize length,
             GError **error)
{
  if (!prolong_seats_request_decode (text, length, &exchange->seats, error))
    return FALSE;
  if (exchange->seats.seat)
    return TRUE;
  g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_BAD_REQUEST, "The member seat is missing");
  return FALSE;
}

static gboolean
answer (ProlongExchange *exchange, char *text)
{
  if (text)
    prolong_exchange_set_answer (exchange, SOUP_STATUS_OK, text);
  return text != NULL;
}

static gboolean
run_preflight (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange,
                 prolong_office_preflight (office, store, &exchange->application, get_now (), error));
}

static gboolean
run_activation (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange,
                 prolong_office_activate (office, store, &exchange->application, get_now (), error));
}

static gboolean
run_ticket (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, prolong_office_refresh (office, store, exchange->id, exchange->token,
                                                   &exchange->ticket, get_now (), error));
}

static gboolean
run_auto_renewal (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, prolong_office_set_auto_renewal (office, store, exchange->id, exchange->token,
                                                            &exchange->auto_renewal, get_now (), error));
}

static gboolean
run_support (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  char *text = prolong_support_take (office, store, &exchange->support, get_now (), error);

  if (text)
    prolong_exchange_set_answer (exchange, SOUP_STATUS_CREATED, text);
  exchange->created = text != NULL;
  return exchange->created;
}

static gboolean
run_release (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  if (!prolong_office_release (office, store, exchange->id, exchange->token, get_now (), error))
    return FALSE;
  prolong_exchange_set_answer (exchange, SOUP_STATUS_NO_CONTENT, NULL);
  return TRUE;
}

static gboolean
run_seats_query (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, prolong_office_query_seats (office, store, &exchange->seats, error));
}

static gboolean
run_seats_release (const ProlongOffice *office,
                   ProlongStore *store,
                   ProlongExchange *exchange,
                   GError **error)
{
  if (!prolong_office_release_seat (office, store, &exchange->seats, get_now (), error))
    return FALSE;
  prolong_exchange_set_answer (exchange, SOUP_STATUS_NO_CONTENT, NULL);
  return TRUE;
}

/* Asks the database too: a service that cannot read it is not healthy. */
static gboolean
run_health (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  guint used = 0;

  return prolong_store_count_seats (store, 0, &used, error)
         && answer (exchange, g_strdup ("{\"status\":\"ok\"}"));
}

static const ProlongCall calls[] = {
  { "POST", BASE PROLONG_RENEWAL_PREFLIGHTS, PROLONG_CALL_TAKES_CODE | PROLONG_CALL_HAS_BODY,
    decode_activation, run_preflight },
  { "POST", BASE PROLONG_RENEWAL_ACTIVATIONS,
    PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_CODE | PROLONG_CALL_TAKES_KEY | PROLONG_CALL_NEEDS_KEY
        | PROLONG_CALL_HAS_BODY,
    decode_activation, run_activation },
  { "POST", BASE PROLONG_RENEWAL_ACTIVATIONS "/" ID_SEGMENT PROLONG_RENEWAL_TICKETS,
    PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_TOKEN | PROLONG_CALL_TAKES_KEY | PROLONG_CALL_HAS_BODY,
    decode_ticket, run_ticket },
  { "PUT", BASE PROLONG_RENEWAL_ACTIVATIONS "/" ID_SEGMENT PROLONG_RENEWAL_AUTO_RENEWAL,
    PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_TOKEN | PROLONG_CALL_TAKES_KEY | PROLONG_CALL_HAS_BODY,
    decode_auto_renewal, run_auto_renewal },
  { "POST", BASE PROLONG_RENEWAL_SUPPORT_REQUESTS,
    PROLONG_CALL_WRITES | PROLONG_CALL_ASKS | PROLONG_CALL_TAKES_KEY | PROLONG_CALL_NEEDS_KEY
        | PROLONG_CALL_HAS_BODY,
    decode_support, run_support },
  { "DELETE", BASE PROLONG_RENEWAL_ACTIVATIONS "/" ID_SEGMENT, PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_TOKEN,
    NULL, run_release },
  { "POST", BASE PROLONG_RENEWAL_SEATS_QUERY, PROLONG_CALL_TAKES_CODE | PROLONG_CALL_HAS_BODY, decode_seats,
    run_seats_query },
  { "POST", BASE PROLONG_RENEWAL_SEATS_RELEASE,
    PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_CODE | PROLONG_CALL_TAKES_KEY | PROLONG_CALL_HAS_BODY,
    decode_seat, run_seats_release },
  { "GET", BASE PROLONG_RENEWAL_HEALTH, 0, NULL, run_health },
};

/* Returns: whether @path is of the form @pattern; the segment of {id} is then in @id. */
static gboolean
match (const char *pattern, const char *path, char **id)
{
  const char *hole = strstr (pattern, ID_SEGMENT);
  const char *rest;
  gsize before;

  if (!hole)
    return g_str_equal (pattern, path);
  before = (gsize)(hole - pattern);
  if (strncmp (pattern, path, before) != 0)
    return FALSE;
  rest = path + before + strcspn (path + before, "/");
  if (rest == path + before || rest - path - (gssize)before > PROLONG_RENEWAL_MAX_ID
      || !g_str_equal (rest, hole + strlen (ID_SEGMENT)))
    return FALSE;
  *id = g_strndup (path + before, (gsize)(rest - path) - before);
  return TRUE;
}

/* Looks in one part of the table; adds the methods of the path to @methods. */
static const ProlongCall *
find_in (const ProlongCall *table, guint n, const char *method, const char *path, char **id, GString *methods)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *segment = NULL;

      if (!match (table[i].path, path, &segment))
        continue;
      if (g_str_equal (table[i].method, method))
        {
          *id = g_steal_pointer (&segment);
          return &table[i];
        }
      g_string_append_printf (methods, "%s%s", methods->len ? ", " : "", table[i].method);
    }
  return NULL;
}

const ProlongCall *
prolong_call_find (const char *method, const char *path, char **id, char **allow, GError **error)
{
  g_autoptr (GString) methods = g_string_new (NULL);
  guint n_shop = 0;
  const ProlongCall *shop = prolong_calls_get_shop (&n_shop);
  const ProlongCall *call = find_in (calls, G_N_ELEMENTS (calls), method, path, id, methods);

  if (!call)
    call = find_in (shop, n_shop, method, path, id, methods);
  if (call)
    return call;
  if (methods->len == 0)
    {
      g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_NOT_FOUND, "There is nothing at this path");
      return NULL;
    }
  *allow = g_string_free (g_steal_pointer (&methods), FALSE);
  g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_METHOD_NOT_ALLOWED,
                       "This path has another method");
  return NULL;
}

static gboolean
repeat_answer (const ProlongOffice *office,
               const ProlongStoreAnswer *held,
               ProlongExchange *exchange,
               GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) refusal = NULL;
  char *text = NULL;

  if (!prolong_equal (held->request, exchange->request))
    {
      refusal = g_error_new_literal (PROLONG_HTTP_ERROR, SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                     "This Idempotency-Key was used for another request");
      prolong_exchange_set_error (exchange, refusal);
      return TRUE;
    }
  body = prolong_keys_unseal (office->keys, "answer", held->body, error);
  if (!body)
    return FALSE;
  if (g_bytes_get_size (body) > 0)
    text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  prolong_exchange_set_answer (exchange, held->status, text);
  return TRUE;
}

/* A renewal code in one hand is no way to try out others as previous codes. */
static gboolean
is_guess (const ProlongExchange *exchange, const GError *refusal)
{
  return refusal->code == PROLONG_PROBLEM_CODE_UNKNOWN || refusal->code == PROLONG_PROBLEM_NUMBER_UNKNOWN
         || (refusal->code == PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED
             && exchange->application.request.previous_code);
}

/* A refusal is an answer too. It has changed nothing, and so can be kept as it is. */
static gboolean
run_call (const ProlongCall *call,
          const ProlongOffice *office,
          ProlongStore *store,
          ProlongExchange *exchange,
          GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (call->run (office, store, exchange, &failure))
    return TRUE;
  if (failure->domain == PROLONG_PROBLEM)
    {
      exchange->unknown_code = is_guess (exchange, failure);
      prolong_exchange_set_error (exchange, failure);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
keep_answer (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  g_autoptr (GBytes) body
      = prolong_keys_seal (office->keys, "answer", exchange->answer, exchange->answer_length);
  ProlongStoreAnswer held = { .status = exchange->status, .body = body, .created = get_now () };

  memcpy (held.key, exchange->key, sizeof held.key);
  memcpy (held.request, exchange->request, sizeof held.request);
  return prolong_store_add_answer (store, &held, error);
}

gboolean
prolong_call_run (const ProlongCall *call,
                  const ProlongOffice *office,
                  ProlongStore *store,
                  ProlongExchange *exchange,
                  GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreAnswer) held = NULL;

  if (!exchange->has_key)
    return run_call (call, office, store, exchange, error);
  held = prolong_store_find_answer (store, exchange->key, &failure);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (held)
    return repeat_answer (office, held, exchange, error);
  return run_call (call, office, store, exchange, error) && keep_answer (office, store, exchange, error);
}
