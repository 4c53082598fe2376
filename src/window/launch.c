/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/launch.h"

#include "window/dialogs.h"

typedef struct
{
  GWeakRef window;
  char *uri;
} Launch;

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Launch *launch = user_data;
  g_autoptr (GtkWindow) window = g_weak_ref_get (&launch->window);

  /* Without a program for it the address itself is the way out. */
  if (!g_app_info_launch_default_for_uri_finish (result, NULL) && window != NULL)
    prolong_dialogs_show_address (window, launch->uri);
  g_weak_ref_clear (&launch->window);
  g_free (launch->uri);
  g_free (launch);
}

void
prolong_launch (GtkWindow *window, const char *uri)
{
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (window)));
  Launch *launch = g_new0 (Launch, 1);

  g_weak_ref_init (&launch->window, window);
  launch->uri = g_strdup (uri);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched, launch);
}
