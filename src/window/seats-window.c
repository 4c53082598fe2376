/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "window/dialogs.h"
#include "window/seats-page.h"

/* The number of devices on the License panel is then no longer true. */
static void
on_released (GtkWidget *parent)
{
  gtk_widget_activate_action (parent, "win.refresh", NULL);
}

void
prolong_seats_window_show (GtkWindow *parent, ProlongClient *client, const ProlongLicenseInfo *license)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = prolong_seats_page_new (client);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Devices"));
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 480);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  prolong_dialogs_set_parent (GTK_WINDOW (window), parent);
  g_signal_connect_object (page, "released", G_CALLBACK (on_released), parent, G_CONNECT_SWAPPED);
  prolong_seats_page_show_license (PROLONG_SEATS_PAGE (page), license->path, license->name);
  gtk_window_present (GTK_WINDOW (window));
  prolong_seats_page_focus (PROLONG_SEATS_PAGE (page));
}
