/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-details.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/dialogs.h"

static GtkWidget *
new_text (const char *words, const char *style_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style_class != NULL)
    {
      gtk_widget_add_css_class (label, style_class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

/* What can be pressed has the focus of the keyboard; what is only read has not, but can be selected. */
static void
add_text (GtkListBox *rows, const char *title, const char *value, const char *more)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = new_text (value, NULL);
  g_autofree char *both = more != NULL ? g_strdup_printf ("%s, %s", value, more) : g_strdup (value);

  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (box), new_text (title, "caption"));
  gtk_box_append (GTK_BOX (box), text);
  if (more != NULL)
    {
      GtkWidget *instant = new_text (more, "caption");

      gtk_label_set_selectable (GTK_LABEL (instant), TRUE);
      gtk_box_append (GTK_BOX (box), instant);
    }
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, both, -1);
  gtk_list_box_append (rows, row);
}

static void
add_fact (GtkListBox *rows, const char *title, const char *value)
{
  if (value[0] != '\0')
    add_text (rows, title, value, NULL);
}

static void
add_instant (GtkListBox *rows, const char *title, gint64 instant)
{
  g_autofree char *date = prolong_words_date (instant);
  g_autofree char *utc = prolong_words_instant (instant);

  if (instant != 0)
    add_text (rows, title, date, utc);
}

static GtkWidget *
new_rows (const ProlongLicenseInfo *license, const char *device_name)
{
  GtkWidget *rows = gtk_list_box_new ();
  GtkListBox *list = GTK_LIST_BOX (rows);

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_widget_set_valign (rows, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("License details"),
                                  -1);
  add_fact (list, _ ("License"), license->name);
  add_fact (list, _ ("License number"), license->number);
  add_fact (list, _ ("Kind"), prolong_words_kind (license->kind));
  add_fact (list, _ ("Vendor"), license->vendor_name);
  add_fact (list, _ ("Subscription from"), license->provider);
  add_instant (list, _ ("Activated"), license->activated_at);
  add_instant (list, _ ("Started"), license->starts_at);
  add_instant (list, _ ("Ends"), license->expires_at);
  if (license->grace_until > license->expires_at)
    add_instant (list, _ ("Grace period until"), license->grace_until);
  add_instant (list, _ ("Last checked"), license->checked_at);
  add_fact (list, _ ("This device"), device_name);
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
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("License details"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("License details"));
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 560);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  prolong_dialogs_set_parent (GTK_WINDOW (window), parent);
  gtk_window_set_focus (GTK_WINDOW (window), scroller);
  gtk_window_present (GTK_WINDOW (window));
}
