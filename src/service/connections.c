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

/*
 * While the kernel takes in the end of a connection, poll() may already say that there is something to read,
 * and not yet that it is the end. Then SoupServer reads it first, says nothing, and waits for nothing any
 * more; what it gave up so cannot be taken from it.
 */
static gboolean
is_waited_for (GSocket *socket)
{
  GMainContext *context = g_main_context_default ();
  int timeout;
  int length = g_main_context_query (context, G_MAXINT, &timeout, NULL, 0);
  g_autofree GPollFD *polled = g_new0 (GPollFD, (gsize)length);

  length = MIN (length, g_main_context_query (context, G_MAXINT, &timeout, polled, length));
  for (int i = 0; i < length; i++)
    if (polled[i].fd == g_socket_get_fd (socket) && (polled[i].events & G_IO_IN))
      return TRUE;
  return FALSE;
}

static gboolean
on_left (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Watch *watch = (Watch *)source;
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&watch->message);
  g_autoptr (GIOStream) stream = NULL;
  GSocket *socket = message ? soup_server_message_get_socket (message) : NULL;

  stop_waiting (watch);
  if (socket && is_waited_for (socket))
    stream = soup_server_message_steal_connection (message);
  if (stream)
    g_io_stream_close (stream, NULL, NULL);
  else if (socket)
    g_socket_close (socket, NULL);
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
