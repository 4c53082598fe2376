/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/partners.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "window/look.h"

static void
partner_free (gpointer data)
{
  ProlongPartnerInfo *partner = data;

  g_free (partner->name);
  g_free (partner->url);
  g_strfreev (partner->countries);
  g_free (partner);
}

GPtrArray *
prolong_partners_copy (GPtrArray *partners)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (partner_free);

  for (guint i = 0; i < partners->len; i++)
    {
      const ProlongPartnerInfo *partner = g_ptr_array_index (partners, i);
      ProlongPartnerInfo *kept = g_new0 (ProlongPartnerInfo, 1);

      kept->name = g_strdup (partner->name);
      kept->url = g_strdup (partner->url);
      kept->countries = g_strdupv (partner->countries);
      g_ptr_array_add (copy, kept);
    }
  return copy;
}

static GtkWidget *
new_row (const ProlongPartnerInfo *partner)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s", partner->name, partner->url);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), partner->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), partner->url);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), prolong_look_arrow ());
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", partner->url);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "renew.open");
  prolong_look_name_alone (row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static gboolean
is_near (const ProlongPartnerInfo *partner, const char *country)
{
  return *country == '\0' || partner->countries[0] == NULL
         || g_strv_contains ((const char *const *)partner->countries, country);
}

void
prolong_partners_fill (GtkBox *box, GPtrArray *partners, const char *country)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *child;
  gboolean any = FALSE;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("In a shop near you"));
  for (guint i = 0; i < partners->len; i++)
    {
      const ProlongPartnerInfo *partner = g_ptr_array_index (partners, i);

      if (!is_near (partner, country))
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (partner));
      any = TRUE;
    }
  gtk_box_append (box, group);
  gtk_widget_set_visible (GTK_WIDGET (box), any);
}
