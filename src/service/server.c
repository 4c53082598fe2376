/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/server.h"

#include "service/calls.h"
#include "service/clerk.h"
#include "service/connections.h"
#include "service/listening.h"
#include "service/mail/post.h"
#include "service/pages.h"
#include "service/profile-file.h"
#include "service/setup.h"
#include "service/worker.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* A peer that does not read its answer cannot hold up the stop for longer. */
#define STOP_SECONDS 10

typedef enum
{
  LIMIT_GUESSES,
  LIMIT_ORDERS,
  LIMIT_SUPPORT,
  N_LIMITS
} Limit;

static const struct
{
  const char *name; /* in the RateLimit fields */
  const char *words;
  ProlongCallFlags calls;
} limits[N_LIMITS] = {
  [LIMIT_GUESSES]
  = { "wrong-codes", "Too many unknown codes came from this address", PROLONG_CALL_TAKES_CODE },
  [LIMIT_ORDERS] = { "orders", "Too many orders came from this address", PROLONG_CALL_ORDERS },
  [LIMIT_SUPPORT]
  = { "support-requests", "Too many requests for support came from this address", PROLONG_CALL_ASKS },
};

struct _ProlongServer
{
  ProlongSetup *setup;
  char *url;
  ProlongLimiter *limiters[N_LIMITS];
  ProlongWorker *writer;
  ProlongWorker *reader;
  ProlongClerk *clerk; /* (nullable) */
  ProlongPost *post;
  SoupServer *soup;
  GMainLoop *loop;
  GHashTable *keys_in_flight; /* hashes of keys, for the exchanges that the writer has */
  guint in_flight;            /* requests whose headers came and whose answer is not sent */
  gboolean stopping;
  guint signals[3]; /* sources */
  guint reload;     /* likewise */
  guint late;       /* source that ends a stop which takes too long */
};

static guint
hash_key (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, PROLONG_KEYS_BYTES) == 0;
}

static gint64
get_seconds (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void
end_if_done (ProlongServer *server)
{
  if (server->stopping && server->in_flight == 0)
    g_main_loop_quit (server->loop);
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  ProlongServer *server = user_data;

  server->in_flight--;
  end_if_done (server);
}

/* Whether something may have come of it that the clerk or the post is to see to. */
static gboolean
makes_work (const ProlongServer *server, const ProlongCall *call)
{
  return (call->flags & PROLONG_CALL_WRITES)
         && ((call->flags & (PROLONG_CALL_SHOP | PROLONG_CALL_ASKS)) || server->setup->office.demo);
}

static void
count (ProlongServer *server, Limit limit, SoupServerMessage *message)
{
  g_autofree char *address = prolong_message_dup_address (message, server->setup->directory->forwarded_for);

  prolong_limiter_count (server->limiters[limit], address, get_seconds ());
}

static void
count_exchange (ProlongServer *server, ProlongExchange *exchange)
{
  const ProlongCall *call = exchange->call;

  if (exchange->unknown_code)
    count (server, LIMIT_GUESSES, exchange->message);
  for (Limit limit = LIMIT_ORDERS; limit < N_LIMITS; limit++)
    if (exchange->created && exchange->status == SOUP_STATUS_CREATED && (call->flags & limits[limit].calls))
      count (server, limit, exchange->message);
}

/* Counts the guess, the order or the request for support, if it was one, and sends. */
static void
on_done (gpointer job, const GError *error)
{
  g_autoptr (ProlongExchange) exchange = job;
  ProlongServer *server = exchange->owner;

  if (exchange->has_key)
    g_hash_table_remove (server->keys_in_flight, exchange->key);
  if (error)
    prolong_exchange_set_error (exchange, error);
  if (makes_work (server, exchange->call))
    {
      prolong_clerk_wake (server->clerk);
      prolong_post_check (server->post);
    }
  count_exchange (server, exchange);
  prolong_exchange_send (exchange);
  soup_server_message_unpause (exchange->message);
}

static gboolean
on_run (ProlongStore *store, gpointer job, GError **error)
{
  ProlongExchange *exchange = job;

  return prolong_call_run (exchange->call, &exchange->setup->office, store, exchange, error);
}

static const ProlongWork answering = { on_run, on_done };

static gboolean
check_limit (ProlongServer *server, Limit limit, SoupServerMessage *message, GError **error)
{
  g_autofree char *address = prolong_message_dup_address (message, server->setup->directory->forwarded_for);
  ProlongLimiterState state = { 0 };
  gboolean allowed = prolong_limiter_allows (server->limiters[limit], address, get_seconds (), &state);
  g_autofree char *wait = NULL;

  if (state.limit)
    prolong_message_set_limit (message, limits[limit].name, &state);
  if (allowed)
    return TRUE;
  wait = g_strdup_printf ("%u", state.reset);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", wait);
  g_propagate_error (
      error, prolong_problem_error_new (PROLONG_PROBLEM_RATE_LIMITED, NULL, "%s", limits[limit].words));
  return FALSE;
}

static gboolean
claim_key (ProlongServer *server, ProlongExchange *exchange, GError **error)
{
  if (!exchange->has_key)
    return TRUE;
  if (!g_hash_table_contains (server->keys_in_flight, exchange->key))
    return g_hash_table_add (server->keys_in_flight, exchange->key);
  g_propagate_error (error, prolong_problem_error_new (PROLONG_PROBLEM_REQUEST_IN_FLIGHT, NULL,
                                                       "The same request is being answered"));
  return FALSE;
}

/* Everything that can be said without the database. */
static gboolean
prepare (ProlongServer *server, ProlongExchange *exchange, const ProlongCall *call, GError **error)
{
  SoupMessageBody *body = soup_server_message_get_request_body (exchange->message);
  const ProlongOffice *office = &exchange->setup->office;

  if ((call->flags & PROLONG_CALL_SHOP) && !office->catalog)
    {
      g_set_error_literal (error, PROLONG_HTTP_ERROR, SOUP_STATUS_NOT_FOUND, "This service sells nothing");
      return FALSE;
    }
  if ((call->flags & PROLONG_CALL_HAS_BODY) && !prolong_exchange_check_json (exchange, error))
    return FALSE;
  if ((call->flags & PROLONG_CALL_TAKES_TOKEN) && !prolong_exchange_read_token (exchange, error))
    return FALSE;
  if ((call->flags & PROLONG_CALL_TAKES_KEY)
      && !prolong_exchange_read_key (exchange, office->keys, (call->flags & PROLONG_CALL_NEEDS_KEY) != 0,
                                     error))
    return FALSE;
  if (call->decode && !call->decode (office, exchange, body->data, (gsize)body->length, error))
    return FALSE;
  for (Limit limit = 0; limit < N_LIMITS; limit++)
    if ((call->flags & limits[limit].calls) && !check_limit (server, limit, exchange->message, error))
      return FALSE;
  return claim_key (server, exchange, error);
}

static const ProlongCall *
find_call (SoupServerMessage *message, const char *path, char **id, GError **error)
{
  g_autofree char *allow = NULL;
  const ProlongCall *call
      = prolong_call_find (soup_server_message_get_method (message), path, id, &allow, error);

  if (allow)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", allow);
  return call;
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ProlongServer *server = user_data;
  g_autoptr (ProlongExchange) exchange = prolong_exchange_new (message);
  g_autoptr (GError) error = NULL;
  const ProlongCall *call = find_call (message, path, &exchange->id, &error);

  exchange->owner = server;
  exchange->setup = prolong_setup_ref (server->setup);
  exchange->call = call;
  exchange->query = query;
  if (!call || !prepare (server, exchange, call, &error))
    {
      prolong_message_set_error (message, error);
      return;
    }
  exchange->query = NULL;
  soup_server_message_pause (message);
  prolong_worker_push ((call->flags & PROLONG_CALL_WRITES) ? server->writer : server->reader, &answering,
                       g_steal_pointer (&exchange));
}

static void
on_started (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  prolong_connection_busy (message);
  g_signal_connect (message, "finished", G_CALLBACK (prolong_connection_idle), NULL);
}

static void
on_aborted (SoupServer *soup, SoupServerMessage *message)
{
  prolong_connection_lost (message);
}

static void
on_headers (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  ProlongServer *server = user_data;

  server->in_flight++;
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), server);
  if (server->stopping)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  prolong_message_cap_body (message);
}

static gboolean
on_stop_late (gpointer user_data)
{
  ProlongServer *server = user_data;

  g_main_loop_quit (server->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer user_data)
{
  ProlongServer *server = user_data;

  if (server->stopping)
    return G_SOURCE_CONTINUE;
  server->stopping = TRUE;
  prolong_listening_stop (server->soup);
  server->late = g_timeout_add_seconds (STOP_SECONDS, on_stop_late, server);
  end_if_done (server);
  return G_SOURCE_CONTINUE;
}

static ProlongWorker *
start_worker (const ProlongDirectory *directory, const char *name, ProlongStoreMode mode, GError **error)
{
  ProlongStore *store = prolong_store_open (directory->store, mode, error);

  return store ? prolong_worker_new (name, store, mode) : NULL;
}

static void
set_limits (ProlongServer *server, const ProlongDirectory *directory)
{
  const guint numbers[N_LIMITS] = {
    [LIMIT_GUESSES] = directory->wrong_codes_per_minute,
    [LIMIT_ORDERS] = directory->orders_per_minute,
    [LIMIT_SUPPORT] = directory->support_per_minute,
  };

  for (Limit limit = 0; limit < N_LIMITS; limit++)
    {
      g_clear_pointer (&server->limiters[limit], prolong_limiter_free);
      server->limiters[limit] = prolong_limiter_new (numbers[limit]);
    }
}

/* From now on this holds; what is under way ends as it began. */
static void
take_setup (ProlongServer *server, ProlongSetup *setup)
{
  g_clear_pointer (&server->setup, prolong_setup_unref);
  server->setup = setup;
  set_limits (server, setup->directory);
  prolong_profile_file_add (server->soup, setup->directory->profile->id, setup->profile);
}

/* Programs wait for such a line, so it is the same in every language. */
static void
tell (const char *line)
{
  g_print ("%s\n", line);
  fflush (stdout);
}

static gboolean
on_reload (gpointer user_data)
{
  ProlongServer *server = user_data;
  g_autoptr (GError) error = NULL;
  ProlongSetup *setup = prolong_setup_reload (server->setup, server->url, &error);

  server->reload = 0;
  if (!setup)
    {
      /* Translators: %s is what is wrong with a file */
      g_printerr (_ ("prolong-service: the settings before stay: %s\n"), error->message);
      tell ("Settings kept");
      return G_SOURCE_REMOVE;
    }
  take_setup (server, setup);
  prolong_clerk_set_setup (server->clerk, setup);
  prolong_post_set_setup (server->post, setup);
  tell ("Settings read again");
  return G_SOURCE_REMOVE;
}

/* GLib loses a signal that comes while the one before is dealt with; so nothing is read in here. */
static gboolean
on_hang_up (gpointer user_data)
{
  ProlongServer *server = user_data;

  if (!server->reload)
    server->reload = g_idle_add (on_reload, server);
  return G_SOURCE_CONTINUE;
}

ProlongServer *
prolong_server_new (const ProlongDirectory *directory, GError **error)
{
  g_autoptr (ProlongServer) server = g_new0 (ProlongServer, 1);

  server->loop = g_main_loop_new (NULL, FALSE);
  server->keys_in_flight = g_hash_table_new (hash_key, equal_keys);
  server->writer = start_worker (directory, "writer", PROLONG_STORE_WRITE, error);
  if (!server->writer)
    return NULL;
  server->reader = start_worker (directory, "reader", PROLONG_STORE_READ, error);
  if (!server->reader)
    return NULL;
  server->signals[0] = g_unix_signal_add (SIGTERM, on_signal, server);
  server->signals[1] = g_unix_signal_add (SIGINT, on_signal, server);
  server->soup = soup_server_new (NULL, NULL);
  g_signal_connect (server->soup, "request-started", G_CALLBACK (on_started), NULL);
  g_signal_connect (server->soup, "request-aborted", G_CALLBACK (on_aborted), NULL);
  soup_server_add_early_handler (server->soup, NULL, on_headers, server, NULL);
  soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
  prolong_pages_add (server->soup);
  return g_steal_pointer (&server);
}

void
prolong_server_free (ProlongServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (server->signals); i++)
    g_clear_handle_id (&server->signals[i], g_source_remove);
  g_clear_handle_id (&server->reload, g_source_remove);
  g_clear_handle_id (&server->late, g_source_remove);
  g_clear_object (&server->soup);
  if (server->clerk)
    prolong_clerk_stop (server->clerk);
  g_clear_pointer (&server->reader, prolong_worker_stop);
  g_clear_pointer (&server->writer, prolong_worker_stop);
  g_clear_pointer (&server->clerk, prolong_clerk_free);
  g_clear_pointer (&server->post, prolong_post_free);
  g_clear_pointer (&server->setup, prolong_setup_unref);
  g_free (server->url);
  for (Limit limit = 0; limit < N_LIMITS; limit++)
    g_clear_pointer (&server->limiters[limit], prolong_limiter_free);
  g_clear_pointer (&server->keys_in_flight, g_hash_table_unref);
  g_clear_pointer (&server->loop, g_main_loop_unref);
  g_free (server);
}

static void
on_swept (gpointer data)
{
  ProlongServer *server = data;

  prolong_post_check (server->post);
}

/* A terminal that is closed tells so by the same signal, and the demo is to end with it. */
static void
listen_to_reload (ProlongServer *server)
{
  if (!server->setup->directory->demo)
    server->signals[2] = g_unix_signal_add (SIGHUP, on_hang_up, server);
}

const char *
prolong_server_listen (ProlongServer *server,
                       ProlongDirectory *directory,
                       const char *address,
                       GError **error)
{
  g_autoptr (ProlongDirectory) owned = directory;
  ProlongSetup *setup;

  server->url = prolong_listening_start (server->soup, address, error);
  setup = server->url ? prolong_setup_new (g_steal_pointer (&owned), server->url, error) : NULL;
  if (!setup)
    return NULL;
  take_setup (server, setup);
  server->post = prolong_post_new (setup, server->reader);
  server->clerk = prolong_clerk_new (setup, server->writer, on_swept, server);
  listen_to_reload (server);
  return server->url;
}

void
prolong_server_run (ProlongServer *server)
{
  g_main_loop_run (server->loop);
}

void
prolong_server_count (ProlongServer *server, guint *changes, guint *commits)
{
  prolong_worker_count (server->writer, changes, commits);
}
