/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-details.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "bus/words.h"

static void
add_text (GtkListBox *rows, const char *title, const char *value)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *text = gtk_label_new (value);

  if (value[0] == '\0')
    {
      g_object_ref_sink (row);
      g_object_unref (row);
      return;
    }
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value, -1);
  gtk_list_box_append (rows, row);
}

static void
add_instant (GtkListBox *rows, const char *title, gint64 instant)
{
  g_autofree char *date = prolong_words_date (instant);
  g_autofree char *utc = prolong_words_instant (instant);
  g_autofree char *both = g_strdup_printf ("%s\n%s", date, utc);

  if (instant != 0)
    add_text (rows, title, both);
}

static GtkWidget *
new_rows (const ProlongLicenseInfo *license, const char *device_name)
{
  GtkWidget *rows = gtk_list_box_new ();
  GtkListBox *list = GTK_LIST_BOX (rows);

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_widget_set_valign (rows, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _("License details"),
                                  -1);
  add_text (list, _("License"), license->name);
  add_text (list, _("License number"), license->number);
  add_text (list, _("Kind"), prolong_words_kind (license->kind));
  add_text (list, _("Vendor"), license->vendor_name);
  add_text (list, _("Subscription from"), license->provider);
  add_instant (list, _("Activated"), license->activated_at);
  add_instant (list, _("Started"), license->starts_at);
  add_instant (list, _("Ends"), license->expires_at);
  if (license->grace_until > license->expires_at)
    add_instant (list, _("Grace period until"), license->grace_until);
  add_instant (list, _("Last checked"), license->checked_at);
  add_text (list, _("This device"), device_name);
  return rows;
}

void
prolong_license_details_show (GtkWindow *parent, const ProlongLicenseInfo *license, const char *device_name)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *rows = new_rows (license, device_name);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_widget_set_margin_top (rows, 12);
  gtk_widget_set_margin_bottom (rows, 18);
  gtk_widget_set_margin_start (rows, 12);
  gtk_widget_set_margin_end (rows, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), rows);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _("License details"));
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 560);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
