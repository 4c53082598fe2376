/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/connections.h"

#include <poll.h>

#define DATA_KEY "prolong-connection"

/* Waits for the end of a connection on which no request is under way. */
typedef struct
{
  GSource source;
  gpointer tag;               /* NULL while a request is under way */
  SoupServerMessage *message; /* (nullable) the last one; the handle on the connection */
} Watch;

static void
stop_waiting (Watch *watch)
{
  if (watch->tag)
    g_source_remove_unix_fd (&watch->source, watch->tag);
  watch->tag = NULL;
}

static gboolean
on_left (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Watch *watch = (Watch *)source;
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&watch->message);
  g_autoptr (GIOStream) stream = NULL;

  stop_waiting (watch);
  stream = message ? soup_server_message_steal_connection (message) : NULL;
  if (stream)
    g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_finalize (GSource *source)
{
  g_clear_object (&((Watch *)source)->message);
}

static GSourceFuncs watch_funcs = { NULL, NULL, on_left, on_finalize, NULL, NULL };

static void
destroy_watch (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

/* The descriptor is closed next, and its number may be another connection's soon. */
static void
on_disconnected (SoupServerMessage *message, gpointer user_data)
{
  g_object_set_data (user_data, DATA_KEY, NULL);
}

static Watch *
get_watch (GSocket *socket)
{
  Watch *watch = g_object_get_data (G_OBJECT (socket), DATA_KEY);

  if (watch)
    return watch;
  watch = (Watch *)g_source_new (&watch_funcs, sizeof (Watch));
  /* Before SoupServer reads the end of the stream, after which the connection cannot be had any more. */
  g_source_set_priority (&watch->source, G_PRIORITY_HIGH);
  g_source_attach (&watch->source, NULL);
  g_object_set_data_full (G_OBJECT (socket), DATA_KEY, watch, destroy_watch);
  return watch;
}

void
prolong_connection_busy (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Watch *watch = socket ? get_watch (socket) : NULL;

  if (!watch)
    return;
  stop_waiting (watch);
  g_set_object (&watch->message, NULL);
  g_signal_connect_object (message, "disconnected", G_CALLBACK (on_disconnected), socket, 0);
}

void
prolong_connection_lost (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket)
    g_object_set_data (G_OBJECT (socket), DATA_KEY, NULL);
}

void
prolong_connection_idle (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Watch *watch
      = socket && !g_socket_is_closed (socket) ? g_object_get_data (G_OBJECT (socket), DATA_KEY) : NULL;

  if (!watch || watch->tag)
    return;
  g_set_object (&watch->message, message);
  watch->tag = g_source_add_unix_fd (&watch->source, g_socket_get_fd (socket), (GIOCondition)POLLRDHUP);
}
