/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/chooser.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/look.h"
#include "window/window.h"

char *
prolong_chooser_dup_id (const char *vendor, const char *product)
{
  return g_strdup_printf ("%s/%s", vendor, product);
}

static void
append_choice (GMenu *menu, const ProlongChoice *choice)
{
  guint days_left;
  ProlongState state = prolong_choice_get_state (choice, &days_left);
  g_autofree char *words = prolong_words_label (state, days_left);
  g_autofree char *label = g_strdup_printf ("%s (%s)", choice->name, words);
  g_autofree char *id = prolong_chooser_dup_id (choice->vendor_id, choice->product_id);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.product", "s", id);
  g_menu_append_item (menu, item);
}

static const char *
get_vendor_name (const ProlongChoice *choice)
{
  return choice->vendor != NULL ? choice->vendor->name : choice->vendor_id;
}

static void
append_vendor (GMenu *menu, GArray *choices, const ProlongChoice *first, gboolean named)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < choices->len; i++)
    {
      const ProlongChoice *choice = &g_array_index (choices, ProlongChoice, i);

      if (g_str_equal (choice->vendor_id, first->vendor_id))
        append_choice (section, choice);
    }
  g_menu_append_section (menu, named ? get_vendor_name (first) : NULL, G_MENU_MODEL (section));
}

GMenuModel *
prolong_chooser_menu_new (GArray *choices)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < choices->len; i++)
    g_hash_table_add (seen, (char *)g_array_index (choices, ProlongChoice, i).vendor_id);
  for (guint i = 0, named = g_hash_table_size (seen) > 1; i < choices->len; i++)
    {
      const ProlongChoice *choice = &g_array_index (choices, ProlongChoice, i);

      if (g_hash_table_remove (seen, choice->vendor_id))
        append_vendor (menu, choices, choice, named);
    }
  return G_MENU_MODEL (menu);
}

static void
create_popover (GtkMenuButton *button, gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  g_autoptr (GMenuModel) menu = prolong_window_dup_products (PROLONG_WINDOW (root));

  prolong_look_menu (button, menu, _ ("Choose a product"));
}

GtkWidget *
prolong_chooser_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popover, NULL, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Choose a product"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a product"), -1);
  return button;
}
