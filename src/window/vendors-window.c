/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/vendors-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "window/dialogs.h"

/** What belongs to the window as long as it is open. */
typedef struct
{
  GtkWindow *window;
  ProlongClient *client;
  AdwPreferencesGroup *group;
  GPtrArray *rows; /* (element-type GtkWidget) */
  char *told;      /* the vendors that are shown */
} Vendors;

static void
vendors_free (gpointer data)
{
  Vendors *self = data;

  g_signal_handlers_disconnect_by_data (self->client, self);
  g_object_unref (self->client);
  g_ptr_array_unref (self->rows);
  g_free (self->told);
  g_free (self);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (answer != NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  prolong_words_for_error (error, &words);
  prolong_dialogs_show_problem (window, words.what, words.way_out);
}

static void
on_confirmed (GtkWidget *button)
{
  Vendors *self = g_object_get_data (G_OBJECT (gtk_widget_get_root (button)), "vendors");
  const char *id = g_object_get_data (G_OBJECT (button), "id");

  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "RemoveVendor",
                       g_variant_new ("(s)", id), NULL, on_removed, g_object_ref (self->window));
}

static void
on_remove (GtkWidget *button, Vendors *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");

  prolong_dialogs_ask_remove_vendor (self->window, name, G_CALLBACK (on_confirmed), button);
}

static GtkWidget *
new_remove_button (Vendors *self, const ProlongVendorInfo *vendor)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the name of a vendor. */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), vendor->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (vendor->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (vendor->name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  return button;
}

static char *
dup_products (const ProlongVendorInfo *vendor)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", product->name);
    }
  return g_string_free (names, FALSE);
}

static void
add_row (Vendors *self, const ProlongVendorInfo *vendor)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *products = dup_products (vendor);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", vendor->service, products);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), vendor->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (vendor->removable)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_remove_button (self, vendor));
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static char *
dup_told (const ProlongSnapshot *snapshot)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      g_string_append_printf (told, "%s %s %s %d\n", vendor->id, vendor->name, vendor->service,
                              vendor->removable);
    }
  return g_string_free (told, FALSE);
}

/* While they stay the same the rows stay, and keep the focus. */
static void
update (Vendors *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);
  g_autofree char *told = snapshot != NULL ? dup_told (snapshot) : NULL;

  if (snapshot == NULL || g_strcmp0 (told, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&told);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < snapshot->vendors->len; i++)
    add_row (self, g_ptr_array_index (snapshot->vendors, i));
}

static void
on_client_changed (ProlongClient *client, Vendors *self)
{
  update (self);
}

static GtkWidget *
new_page (Vendors *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->group = ADW_PREFERENCES_GROUP (group);
  adw_preferences_group_set_description (
      self->group, _ ("The companies whose licenses Prolong keeps. To add one, open the profile "
                      "file that it sent, or drop it on the window."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

void
prolong_vendors_window_show (GtkWindow *parent, ProlongClient *client)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Vendors *self = g_new0 (Vendors, 1);

  self->window = GTK_WINDOW (window);
  self->client = g_object_ref (client);
  self->rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (window), "vendors", self, vendors_free);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), new_page (self));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (self->window, _ ("Vendors"));
  gtk_window_set_default_size (self->window, 400, 400);
  gtk_window_set_modal (self->window, TRUE);
  prolong_dialogs_set_parent (self->window, parent);
  update (self);
  g_signal_connect (client, "changed", G_CALLBACK (on_client_changed), self);
  gtk_window_present (self->window);
}
