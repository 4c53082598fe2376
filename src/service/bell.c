/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/bell.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <sys/inotify.h>
#include <unistd.h>

struct _ProlongBell
{
  char *name; /* of the file, in its folder */
  int inotify;
  guint source;
  void (*heard) (gpointer data);
  gpointer data;
};

static char *
get_path (const char *store)
{
  return g_strconcat (store, ".bell", NULL);
}

int
prolong_bell_hold (const char *store)
{
  g_autofree char *path = get_path (store);

  return g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

void
prolong_bell_release (int bell)
{
  if (bell >= 0)
    close (bell);
}

void
prolong_bell_ring (const char *store)
{
  prolong_bell_release (prolong_bell_hold (store));
}

/* Where the kernel dropped something, the bell may have been among it. */
static gboolean
is_bell (const ProlongBell *bell, const struct inotify_event *event)
{
  return (event->mask & IN_Q_OVERFLOW) || (event->len > 0 && g_str_equal (event->name, bell->name));
}

static gboolean
read_events (const ProlongBell *bell)
{
  char buffer[4096] __attribute__ ((aligned (__alignof__(struct inotify_event))));
  gboolean rang = FALSE;
  gssize length;

  while ((length = read (bell->inotify, buffer, sizeof buffer)) > 0)
    for (const char *at = buffer; at < buffer + length;)
      {
        const struct inotify_event *event = (const void *)at;

        rang = rang || is_bell (bell, event);
        at += sizeof *event + event->len;
      }
  return rang;
}

static gboolean
on_events (int inotify, GIOCondition condition, gpointer user_data)
{
  ProlongBell *bell = user_data;

  if (read_events (bell))
    bell->heard (bell->data);
  return G_SOURCE_CONTINUE;
}

/* The folder is watched, for the file may not be there yet. */
static gboolean
listen_to (ProlongBell *bell, const char *folder)
{
  if (bell->inotify < 0 || inotify_add_watch (bell->inotify, folder, IN_CLOSE_WRITE | IN_ONLYDIR) < 0)
    return FALSE;
  bell->source = g_unix_fd_add (bell->inotify, G_IO_IN, on_events, bell);
  return TRUE;
}

ProlongBell *
prolong_bell_watch (const char *store, void (*heard) (gpointer data), gpointer data)
{
  g_autofree char *path = get_path (store);
  g_autofree char *folder = g_path_get_dirname (path);
  ProlongBell *bell = g_new0 (ProlongBell, 1);

  bell->name = g_path_get_basename (path);
  bell->heard = heard;
  bell->data = data;
  bell->inotify = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (listen_to (bell, folder))
    return bell;
  prolong_bell_free (bell);
  return NULL;
}

void
prolong_bell_free (ProlongBell *bell)
{
  g_clear_handle_id (&bell->source, g_source_remove);
  if (bell->inotify >= 0)
    close (bell->inotify);
  g_free (bell->name);
  g_free (bell);
}
