/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * service-load PORT CONNECTIONS < codes: activates each code of standard input once, for a device of its own,
 * over keep-alive connections, each of which sends its next request when it has the answer to the last.
 * Requests are made before the clock starts, and answers are only looked at as far as HTTP needs it, for the
 * machine is shared with the service. Prints: activations, seconds, answers other than 200, and the latencies
 * in microseconds at the percentiles 50, 99 and 99.9.
 */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_MAX 65536

typedef struct
{
  int fd;
  gint64 sent;
  gsize filled;
  char answer[ANSWER_MAX];
} Connection;

typedef struct
{
  GPtrArray *requests; /* of GString */
  guint next;
  GArray *latencies; /* of gint64, microseconds */
  guint refused;
} Load;

static void
die (const char *what)
{
  perror (what);
  exit (1);
}

static char *
make_token (void)
{
  static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  guint8 bytes[43];
  char *token = g_malloc0 (44);

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    die ("getrandom");
  for (guint i = 0; i < 43; i++)
    token[i] = symbols[bytes[i] & 63];
  token[42] = 'A';
  return token;
}

static GString *
make_request (const char *code)
{
  g_autofree char *nonce = make_token ();
  g_autofree char *device = make_token ();
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf (
      "{\"code\":\"%s\",\"nonce\":\"%s\",\"device\":\"%s\",\"device_name\":\"Desk in the study\","
      "\"product\":\"internet-security\",\"product_version\":\"21.3\"}",
      code, nonce, device);
  GString *request = g_string_new (NULL);

  g_string_printf (request,
                   "POST /v1/activations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                   "Idempotency-Key: %s\r\nContent-Length: %zu\r\n\r\n%s",
                   key, strlen (body), body);
  return request;
}

static gboolean
send_next (Load *load, Connection *connection)
{
  const GString *request;

  if (load->next == load->requests->len)
    return FALSE;
  request = g_ptr_array_index (load->requests, load->next++);
  connection->filled = 0;
  connection->sent = g_get_monotonic_time ();
  if (write (connection->fd, request->str, request->len) != (gssize)request->len)
    die ("write");
  return TRUE;
}

/* Whether the answer is complete. */
static gboolean
read_answer (Connection *connection)
{
  gssize got
      = read (connection->fd, connection->answer + connection->filled, ANSWER_MAX - 1 - connection->filled);
  const char *length, *body;

  if (got <= 0)
    die ("read");
  connection->filled += (gsize)got;
  connection->answer[connection->filled] = '\0';
  body = strstr (connection->answer, "\r\n\r\n");
  length = body ? strstr (connection->answer, "Content-Length: ") : NULL;
  return length
         && connection->filled >= (gsize)(body + 4 - connection->answer) + strtoul (length + 16, NULL, 10);
}

static gboolean
take_answer (Load *load, Connection *connection)
{
  gint64 latency;

  if (!read_answer (connection))
    return TRUE;
  latency = g_get_monotonic_time () - connection->sent;
  g_array_append_val (load->latencies, latency);
  if (strncmp (connection->answer, "HTTP/1.1 200", 12) != 0)
    load->refused++;
  return send_next (load, connection);
}

static void
connect_to (Connection *connection, int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16)port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int on = 1;

  connection->fd = socket (AF_INET, SOCK_STREAM, 0);
  setsockopt (connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect (connection->fd, (struct sockaddr *)&address, sizeof address) != 0)
    die ("connect");
}

static void
run (Load *load, Connection *connections, guint n)
{
  int poll = epoll_create1 (0);
  guint open = 0;

  for (guint i = 0; i < n; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = &connections[i] };

      epoll_ctl (poll, EPOLL_CTL_ADD, connections[i].fd, &event);
      open += send_next (load, &connections[i]);
    }
  while (open > 0)
    {
      struct epoll_event events[64];
      int ready = epoll_wait (poll, events, 64, -1);

      for (int i = 0; i < ready; i++)
        if (!take_answer (load, events[i].data.ptr))
          open--;
    }
  close (poll);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (*(const gint64 *)a > *(const gint64 *)b) - (*(const gint64 *)a < *(const gint64 *)b);
}

static gint64
percentile (GArray *sorted, double part)
{
  return g_array_index (sorted, gint64, (guint)((double)(sorted->len - 1) * part));
}

int
main (int argc, char **argv)
{
  Load load = { g_ptr_array_new (), 0, g_array_new (FALSE, FALSE, sizeof (gint64)), 0 };
  guint n = argc == 3 ? (guint)atoi (argv[2]) : 0;
  g_autofree Connection *connections = g_new0 (Connection, MAX (n, 1));
  char line[128];
  gint64 start;

  while (n > 0 && fgets (line, sizeof line, stdin))
    g_ptr_array_add (load.requests, make_request (g_strstrip (line)));
  if (load.requests->len == 0)
    return fprintf (stderr, "usage: service-load PORT CONNECTIONS < codes\n"), 2;
  for (guint i = 0; i < n; i++)
    connect_to (&connections[i], atoi (argv[1]));
  start = g_get_monotonic_time ();
  run (&load, connections, n);
  printf ("%u %f %u ", load.latencies->len, (double)(g_get_monotonic_time () - start) / 1e6, load.refused);
  g_array_sort (load.latencies, compare);
  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
          percentile (load.latencies, 0.5), percentile (load.latencies, 0.99),
          percentile (load.latencies, 0.999));
  return 0;
}
