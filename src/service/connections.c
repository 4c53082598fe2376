/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/connections.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#define DATA_KEY "prolong-connection"

/* A client that sends more line ends than these between two requests has nothing to ask. */
#define BLANK_MAX 16

/* Waits for the end of a connection on which no request is under way. */
typedef struct
{
  GSource source;
  gpointer tag;               /* NULL while a request is under way */
  SoupServerMessage *message; /* (nullable) the last one; the handle on the connection */
  gboolean data_came;         /* after it */
} Watch;

static void
stop_waiting (Watch *watch)
{
  if (watch->tag)
    g_source_remove_unix_fd (&watch->source, watch->tag);
  watch->tag = NULL;
  watch->data_came = FALSE;
}

typedef enum
{
  NEWS_NONE,
  NEWS_DATA,
  NEWS_END
} News;

/* Blank lines before a request are taken away, for SoupServer would read an end behind them as well. */
static News
look (GSocket *socket)
{
  int fd = g_socket_get_fd (socket);
  char start[BLANK_MAX];
  gssize length = recv (fd, start, sizeof start, MSG_PEEK | MSG_DONTWAIT);
  gssize blank = 0;

  if (length < 0 && (errno == EAGAIN || errno == EINTR))
    return NEWS_NONE;
  while (blank < length && (start[blank] == '\r' || start[blank] == '\n'))
    blank++;
  if (blank < length)
    return NEWS_DATA;
  if (length <= 0 || length == sizeof start)
    return NEWS_END;
  return recv (fd, start, (gsize)length, MSG_DONTWAIT) == length ? NEWS_NONE : NEWS_END;
}

/*
 * Whether SoupServer still waits for the socket: when it has read an end before a request began, it says
 * nothing, and waits for nothing any more.
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

static void
take_over (Watch *watch, GSocket *socket, gboolean unread)
{
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&watch->message);
  g_autoptr (GIOStream) stream = NULL;

  stop_waiting (watch);
  if (unread || is_waited_for (socket))
    stream = soup_server_message_steal_connection (message);
  if (stream)
    g_io_stream_close (stream, NULL, NULL);
  else
    g_socket_close (socket, NULL);
}

/* Data is for SoupServer to read; from then on only an end behind it is waited for, which it may read first.
 */
static gboolean
on_news (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Watch *watch = (Watch *)source;
  GSocket *socket = watch->message ? soup_server_message_get_socket (watch->message) : NULL;
  News news = socket ? look (socket) : NEWS_NONE;

  if (!socket)
    stop_waiting (watch);
  if (news == NEWS_NONE)
    return G_SOURCE_CONTINUE;
  if (news == NEWS_DATA && !watch->data_came)
    {
      watch->data_came = TRUE;
      g_source_modify_unix_fd (source, watch->tag, (GIOCondition)POLLRDHUP);
      return G_SOURCE_CONTINUE;
    }
  take_over (watch, socket, !watch->data_came || news == NEWS_DATA);
  return G_SOURCE_REMOVE;
}

static void
on_finalize (GSource *source)
{
  g_clear_object (&((Watch *)source)->message);
}

static GSourceFuncs watch_funcs = { NULL, NULL, on_news, on_finalize, NULL, NULL };

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
  /* Before SoupServer reads the end of the stream, after which the connection cannot be had any more, and
   * taking it is a crash. */
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
  /* Not for POLLRDHUP: while the kernel takes in the end of a connection, it tells it as POLLIN alone. */
  watch->tag = g_source_add_unix_fd (&watch->source, g_socket_get_fd (socket), G_IO_IN);
}
