/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/chooser.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/window.h"

char *
prolong_chooser_dup_id (const char *vendor, const char *product)
{
  return g_strdup_printf ("%s/%s", vendor, product);
}

GMenuModel *
prolong_chooser_menu_new (GArray *choices)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < choices->len; i++)
    {
      const ProlongChoice *choice = &g_array_index (choices, ProlongChoice, i);
      guint days_left;
      ProlongState state = prolong_choice_get_state (choice, &days_left);
      g_autofree char *words = prolong_words_label (state, days_left);
      g_autofree char *label = g_strdup_printf ("%s (%s)", choice->name, words);
      g_autofree char *id = prolong_chooser_dup_id (choice->vendor_id, choice->product_id);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.product", "s", id);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
create_popover (GtkMenuButton *button, gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  g_autoptr (GMenuModel) menu = prolong_window_dup_products (PROLONG_WINDOW (root));

  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (menu));
}

GtkWidget *
prolong_chooser_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popover, NULL, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Choose a product"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose a product"), -1);
  return button;
}
