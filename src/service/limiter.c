/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/limiter.h"

#include <gio/gio.h>
#include <string.h>

/* Addresses remembered at once, about 10 MiB; beyond it the windows that ended are dropped, then all. */
#define ADDRESSES_MAX 100000

struct _ProlongLimiter
{
  guint limit;
  GHashTable *windows; /* address to Window */
};

typedef struct
{
  gint64 ends;
  guint count;
} Window;

ProlongLimiter *
prolong_limiter_new (guint limit)
{
  ProlongLimiter *limiter = g_new0 (ProlongLimiter, 1);

  limiter->limit = limit;
  limiter->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return limiter;
}

void
prolong_limiter_free (ProlongLimiter *limiter)
{
  g_hash_table_unref (limiter->windows);
  g_free (limiter);
}

/* One household has a whole /64 and can change addresses within it at will. */
static char *
make_key (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  g_autoptr (GInetAddress) network = NULL;
  guint8 bytes[16] = { 0 };

  if (!address || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (text);
  memcpy (bytes, g_inet_address_to_bytes (address), 8);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}

static Window *
find_window (ProlongLimiter *limiter, const char *key, gint64 now)
{
  Window *window = g_hash_table_lookup (limiter->windows, key);

  return window && now < window->ends ? window : NULL;
}

gboolean
prolong_limiter_allows (ProlongLimiter *limiter, const char *address, gint64 now, ProlongLimiterState *state)
{
  g_autofree char *key = NULL;
  Window *window;

  if (limiter->limit == 0 || g_hash_table_size (limiter->windows) == 0)
    return TRUE;
  key = make_key (address);
  window = find_window (limiter, key, now);
  if (!window)
    return TRUE;
  state->limit = limiter->limit;
  state->remaining = window->count < limiter->limit ? limiter->limit - window->count : 0;
  state->reset = (guint)(window->ends - now);
  return state->remaining > 0;
}

static gboolean
has_ended (gpointer key, gpointer value, gpointer user_data)
{
  return ((Window *)value)->ends <= *(const gint64 *)user_data;
}

static void
make_room (ProlongLimiter *limiter, gint64 now)
{
  if (g_hash_table_size (limiter->windows) < ADDRESSES_MAX)
    return;
  g_hash_table_foreach_remove (limiter->windows, has_ended, &now);
  if (g_hash_table_size (limiter->windows) >= ADDRESSES_MAX)
    g_hash_table_remove_all (limiter->windows);
}

void
prolong_limiter_count (ProlongLimiter *limiter, const char *address, gint64 now)
{
  g_autofree char *key = NULL;
  Window *window;

  if (limiter->limit == 0)
    return;
  key = make_key (address);
  window = find_window (limiter, key, now);
  if (!window)
    {
      make_room (limiter, now);
      window = g_new0 (Window, 1);
      window->ends = now + PROLONG_LIMITER_WINDOW;
      g_hash_table_replace (limiter->windows, g_steal_pointer (&key), window);
    }
  window->count++;
}
