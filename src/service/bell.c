/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/bell.h"

typedef struct
{
  void (*heard) (gpointer data);
  gpointer data;
} Listener;

static char *
get_path (const char *store)
{
  return g_strconcat (store, ".bell", NULL);
}

void
prolong_bell_ring (const char *store)
{
  g_autofree char *path = get_path (store);

  g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static void
on_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  Listener *listener = user_data;

  listener->heard (listener->data);
}

GFileMonitor *
prolong_bell_watch (const char *store, void (*heard) (gpointer data), gpointer data)
{
  g_autofree char *path = get_path (store);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  Listener *listener;

  if (!monitor)
    return NULL;
  listener = g_new (Listener, 1);
  *listener = (Listener){ heard, data };
  g_signal_connect_data (monitor, "changed", G_CALLBACK (on_changed), listener,
                         (GClosureNotify)(GCallback)g_free, 0);
  return monitor;
}
