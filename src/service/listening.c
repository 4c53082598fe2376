/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/listening.h"

#include "service/directory.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Connections that wait to be accepted; with the 10 that GLib asks for, a burst of clients is reset. */
#define BACKLOG 512

static char *
make_url (SoupServer *soup)
{
  GSList *uris = soup_server_get_uris (soup);
  const char *host = g_uri_get_host (uris->data);
  gboolean six = strchr (host, ':') != NULL;
  char *url = g_strdup_printf ("http://%s%s%s:%d/v1", six ? "[" : "", host, six ? "]" : "",
                               g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return url;
}

static GSocket *
make_socket (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);

  if (!socket)
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

char *
prolong_listening_start (SoupServer *soup, const char *address, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, 8497, error);
  g_autoptr (GInetAddress) host = NULL;
  g_autoptr (GSocketAddress) wanted = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (!parsed)
    return NULL;
  host = g_inet_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
  if (!host)
    {
      g_set_error (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_VALUE,
                   /* Translators: %s is what the person gave as the address to listen at */
                   _ ("%s is no address and port, such as 127.0.0.1:8497"), address);
      return NULL;
    }
  wanted = g_inet_socket_address_new (host, g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
  socket = make_socket (wanted, error);
  return socket && soup_server_listen_socket (soup, socket, 0, error) ? make_url (soup) : NULL;
}

/*
 * SoupServer can only stop to listen by cutting off its clients. Instead its listening sockets are closed
 * under it: their descriptors become ones that are never readable.
 */
void
prolong_listening_stop (SoupServer *soup)
{
  g_autoptr (GSList) sockets = soup_server_get_listeners (soup);

  for (GSList *item = sockets; item; item = item->next)
    {
      int silent = eventfd (0, EFD_CLOEXEC);

      if (silent < 0)
        continue;
      dup3 (silent, g_socket_get_fd (item->data), O_CLOEXEC);
      close (silent);
    }
}
