/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/quit.h"

#include <adwaita.h>

#include "bus/contract.h"

gboolean
prolong_quit_costs (const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (reserve->state != PROLONG_RESERVE_PROBLEM)
        return TRUE;
    }
  return FALSE;
}

/* A message dialog is no more than a question, and what was never seen has nothing to ask. */
static void
close_or_destroy (GtkWindow *window)
{
  if (ADW_IS_MESSAGE_DIALOG (window) || !gtk_widget_get_realized (GTK_WIDGET (window)))
    gtk_window_destroy (window);
  else
    gtk_window_close (window);
}

gboolean
prolong_quit_close_windows (GtkApplication *application)
{
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (application)) != NULL)
    {
      close_or_destroy (window);
      if (g_list_find (gtk_application_get_windows (application), window) != NULL)
        return FALSE;
    }
  return TRUE;
}

static void
on_quit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* One that does not run needs no end. */
  if (answer == NULL)
    g_debug ("No agent to end: %s", error->message);
  g_application_release (application);
}

void
prolong_quit_agent (GtkApplication *application, ProlongClient *client)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (application));

  g_application_hold (G_APPLICATION (application));
  if (!prolong_quit_close_windows (application))
    {
      g_application_release (G_APPLICATION (application));
      return;
    }
  if (client != NULL)
    g_object_run_dispose (G_OBJECT (client));
  g_dbus_connection_call (bus, PROLONG_BUS_NAME, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "Quit", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_quit, g_object_ref (application));
}
