/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/window-private.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/chooser.h"
#include "window/hand-overs.h"
#include "window/license-orders.h"
#include "window/look.h"
#include "window/vendor-file.h"

enum
{
  PROP_0,
  PROP_PRODUCT,
};

G_DEFINE_FINAL_TYPE (ProlongWindow, prolong_window, ADW_TYPE_APPLICATION_WINDOW)

const ProlongChoice *
prolong_window_get_choice (ProlongWindow *self)
{
  return self->choices != NULL ? prolong_choices_find (self->choices, self->vendor, self->product) : NULL;
}

void
prolong_window_tell (ProlongWindow *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

GMenuModel *
prolong_window_dup_products (ProlongWindow *self)
{
  return prolong_chooser_menu_new (self->choices);
}

static guint
count_licenses (GArray *choices)
{
  guint n = 0;

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    n += g_array_index (choices, ProlongChoice, i).license != NULL ? 1 : 0;
  return n;
}

/* With several licenses it says which one it speaks of, and leads to that. */
static char *
dup_label (ProlongWindow *self, const ProlongChoice *first, ProlongState state, guint days_left)
{
  g_autofree char *words = prolong_words_label (state, days_left);

  if (first == NULL || (count_licenses (self->choices) < 2 && first == prolong_window_get_choice (self)))
    return g_steal_pointer (&words);
  return g_strdup_printf ("%s · %s", words, first->name);
}

static void
update_label (ProlongWindow *self)
{
  const ProlongChoice *first = self->choices != NULL ? prolong_choices_get_first (self->choices) : NULL;
  guint days_left = 0;
  ProlongState state = first != NULL ? prolong_choice_get_state (first, &days_left) : PROLONG_STATE_NONE;
  g_autofree char *words = dup_label (self, first, state, days_left);
  g_autofree char *id = first != NULL ? prolong_chooser_dup_id (first->vendor_id, first->product_id) : NULL;

  /* While the agent has said nothing, "no license" would be a claim. */
  gtk_widget_set_visible (GTK_WIDGET (self->label), self->choices != NULL);
  gtk_image_set_from_icon_name (self->label_icon, first != NULL && first->license != NULL
                                                      ? prolong_look_license_icon (first->license)
                                                      : prolong_look_icon (state));
  gtk_label_set_label (self->label_words, words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->label), id != NULL ? "win.license" : "win.panel");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->label), "s", id != NULL ? id : "license");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* A window that opens while something is under way opens on it. */
static void
introduce (ProlongWindow *self, const ProlongSnapshot *snapshot)
{
  if (self->introduced || snapshot == NULL)
    return;
  self->introduced = TRUE;
  if (self->placed)
    prolong_window_show_panel (self, adw_view_stack_get_visible_child_name (self->panels));
  else
    prolong_window_show_panel (self, prolong_hand_overs_leave (snapshot) ? "activate" : "license");
}

static void
update_activate (ProlongWindow *self, const ProlongSnapshot *snapshot, const ProlongChoice *choice)
{
  if (self->activate != NULL)
    prolong_activate_panel_update (self->activate, snapshot, choice);
  if (self->reserve != NULL)
    prolong_reserve_panel_update (self->reserve, snapshot, choice);
  if (snapshot != NULL)
    prolong_hand_overs_tell (self->client, snapshot, self->activate, self->toasts);
}

/* What the person chose stays chosen also while it is not there, as before a new vendor's products have come.
 */
static void
settle (ProlongWindow *self, ProlongChoice *choice)
{
  if (self->product == NULL)
    {
      self->vendor = g_strdup (choice->vendor_id);
      self->product = g_strdup (choice->product_id);
      g_object_notify (G_OBJECT (self), "product");
    }
  choice->chosen = self->chosen && g_str_equal (self->vendor, choice->vendor_id)
                   && g_str_equal (self->product, choice->product_id);
}

void
prolong_window_update (ProlongWindow *self)
{
  const ProlongSnapshot *snapshot = self->client != NULL ? prolong_client_get_snapshot (self->client) : NULL;
  gboolean failed = self->client == NULL || prolong_client_get_error (self->client) != NULL;
  ProlongChoice *choice = NULL;

  g_clear_pointer (&self->choices, g_array_unref);
  if (snapshot != NULL)
    {
      self->choices = prolong_choices_new (snapshot);
      choice = prolong_choices_find (self->choices, self->vendor, self->product);
    }
  if (choice != NULL)
    settle (self, choice);
  prolong_license_panel_update (self->license, snapshot, failed, choice,
                                self->choices != NULL && self->choices->len > 1, self->refreshing);
  update_label (self);
  update_activate (self, failed ? NULL : snapshot, choice);
  prolong_window_update_actions (self);
  introduce (self, snapshot);
}

void
prolong_window_choose (ProlongWindow *self, const char *vendor, const char *product)
{
  char *old_vendor = self->vendor;
  char *old_product = self->product;

  self->vendor = g_strdup (vendor);
  self->product = g_strdup (product);
  self->chosen = TRUE;
  g_free (old_vendor);
  g_free (old_product);
  prolong_window_update (self);
  g_object_notify (G_OBJECT (self), "product");
}

void
prolong_window_choose_id (ProlongWindow *self, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (id, "/", 2);

  if (g_strv_length (parts) == 2)
    prolong_window_choose (self, parts[0], parts[1]);
}

static void
on_activated (ProlongWindow *self, const char *vendor, const char *product)
{
  prolong_window_choose (self, vendor, product);
}

static void
build_activate (ProlongWindow *self)
{
  self->activate = PROLONG_ACTIVATE_PANEL (prolong_activate_panel_new (self->client));
  g_signal_connect_object (self->activate, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->activate_place, GTK_WIDGET (self->activate));
  prolong_window_update (self);
}

static void
build_reserve (ProlongWindow *self)
{
  self->reserve = PROLONG_RESERVE_PANEL (prolong_reserve_panel_new (self->client, self->toasts));
  adw_bin_set_child (self->reserve_place, GTK_WIDGET (self->reserve));
  prolong_window_update (self);
}

static void
on_panel_changed (ProlongWindow *self)
{
  gboolean activate = g_strcmp0 (adw_view_stack_get_visible_child_name (self->panels), "activate") == 0;
  gboolean reserve = g_strcmp0 (adw_view_stack_get_visible_child_name (self->panels), "reserve") == 0;

  if (activate && self->activate == NULL && self->client != NULL)
    build_activate (self);
  if (reserve && self->reserve == NULL && self->client != NULL)
    build_reserve (self);
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  if (activate && self->activate != NULL)
    prolong_activate_panel_focus (self->activate);
  if (reserve && self->reserve != NULL)
    prolong_reserve_panel_focus (self->reserve);
}

void
prolong_window_focus (ProlongWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->panels);

  if (g_str_equal (name, "license"))
    prolong_license_panel_focus (self->license);
  else if (g_str_equal (name, "activate") && self->activate != NULL)
    prolong_activate_panel_focus (self->activate);
  else if (g_str_equal (name, "reserve") && self->reserve != NULL)
    prolong_reserve_panel_focus (self->reserve);
}

void
prolong_window_show_panel (ProlongWindow *self, const char *name)
{
  self->placed = TRUE;
  adw_view_stack_set_visible_child_name (self->panels, name);
  prolong_window_focus (self);
}

void
prolong_window_enter_code (ProlongWindow *self)
{
  prolong_window_show_panel (self, "activate");
  if (self->activate != NULL)
    prolong_activate_panel_enter (self->activate);
}

static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  ProlongWindow *self = user_data;
  const ProlongSnapshot *snapshot = self->client != NULL ? prolong_client_get_snapshot (self->client) : NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  g_menu_append (menu, _ ("Check the license now"), "win.refresh");
  g_menu_append (menu, _ ("Contact support"), "win.support");
  g_menu_append (menu, _ ("Vendors"), "win.vendors");
  g_menu_append (last, _ ("Preferences"), "app.preferences");
  g_menu_append (last, _ ("Keyboard shortcuts"), "win.show-help-overlay");
  g_menu_append (last, _ ("Help"), "app.help");
  g_menu_append (last, _ ("About Prolong"), "app.about");
  /* Where there is no icon with a menu of its own. */
  if (snapshot != NULL && !g_str_equal (snapshot->tray, "shown"))
    g_menu_append (last, _ ("Quit Prolong"), "app.confirm-quit");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  prolong_look_menu (button, G_MENU_MODEL (menu), _ ("Main menu"));
}

static gboolean
on_bar_update (gpointer user_data)
{
  ProlongWindow *self = user_data;

  self->bar_update = 0;
  if (self->bar == NULL)
    {
      self->bar = adw_view_switcher_bar_new ();
      adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (self->bar), self->panels);
      gtk_box_append (self->content, self->bar);
    }
  adw_view_switcher_bar_set_reveal (ADW_VIEW_SWITCHER_BAR (self->bar),
                                    adw_view_switcher_title_get_title_visible (self->switcher));
  return G_SOURCE_REMOVE;
}

/* The header finds out whether the switcher fits while it is given its size; then it is too late to ask for
 * more. */
static void
on_title_visible (ProlongWindow *self)
{
  if (self->bar_update == 0)
    self->bar_update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_bar_update, self, NULL);
}

static void
prolong_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ProlongWindow *self = PROLONG_WINDOW (object);

  g_value_take_string (value, self->product != NULL ? prolong_chooser_dup_id (self->vendor, self->product)
                                                    : g_strdup (""));
}

static void
prolong_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  prolong_window_choose_id (PROLONG_WINDOW (object), g_value_get_string (value));
}

static void
prolong_window_dispose (GObject *object)
{
  ProlongWindow *self = PROLONG_WINDOW (object);

  g_clear_handle_id (&self->bar_update, g_source_remove);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_window_parent_class)->dispose (object);
}

static void
prolong_window_finalize (GObject *object)
{
  ProlongWindow *self = PROLONG_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_free (self->vendor);
  g_free (self->product);
  g_free (self->leaving_order);
  G_OBJECT_CLASS (prolong_window_parent_class)->finalize (object);
}

static void
prolong_window_class_init (ProlongWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_window_finalize;
  G_OBJECT_CLASS (klass)->get_property = prolong_window_get_property;
  G_OBJECT_CLASS (klass)->set_property = prolong_window_set_property;
  /* What the menu of products marks. */
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_PRODUCT,
      g_param_spec_string ("product", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (PROLONG_TYPE_LICENSE_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, panels);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, content);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, license);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, activate_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, reserve_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, label);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, label_icon);
  gtk_widget_class_bind_template_child (widget_class, ProlongWindow, label_words);
  prolong_window_install_actions (widget_class);
}

/* Somebody who comes back after installing a product, or from the payment page, finds what came of it. */
static void
on_active (ProlongWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    return;
  if (self->choices != NULL && self->choices->len == 0)
    prolong_client_retry (self->client);
  prolong_license_orders_ask (self->client);
}

static void
prolong_window_init (ProlongWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, create_menu, self, NULL);
  prolong_vendor_file_accept_drops (self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
  g_signal_connect_object (self->switcher, "notify::title-visible", G_CALLBACK (on_title_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panels, "notify::visible-child", G_CALLBACK (on_panel_changed), self,
                           G_CONNECT_SWAPPED);
}

ProlongWindow *
prolong_window_new (GtkApplication *application, ProlongClient *client)
{
  ProlongWindow *self = g_object_new (PROLONG_TYPE_WINDOW, "application", application, NULL);

  g_set_object (&self->client, client);
  if (client != NULL)
    g_signal_connect_object (client, "changed", G_CALLBACK (prolong_window_update), self, G_CONNECT_SWAPPED);
  prolong_window_update (self);
  return self;
}
