/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/contacts.h"

#include <glib/gi18n-lib.h>

#include "license/profile.h"
#include "window/launch.h"
#include "window/look.h"

static GtkWidget *
new_row (const char *title, const char *text, const char *address)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s", title, text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), prolong_look_arrow ());
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "contact.open");
  prolong_look_name_alone (row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static char *
dup_call (const char *phone)
{
  GString *digits = g_string_new ("tel:");

  for (const char *at = phone; *at != '\0'; at++)
    if (g_ascii_isdigit (*at) || (*at == '+' && digits->len == strlen ("tel:")))
      g_string_append_c (digits, *at);
  return g_string_free (digits, FALSE);
}

gboolean
prolong_contacts_may_open (const char *address)
{
  return prolong_url_is_safe (address) || g_str_has_prefix (address, "mailto:")
         || g_str_has_prefix (address, "tel:");
}

GtkWidget *
prolong_contacts_new (const char *title, const char *url, const char *email, const char *phone)
{
  GtkWidget *group;
  gboolean page = prolong_url_is_safe (url);
  g_autofree char *mail = g_strconcat ("mailto:", email, NULL);
  g_autofree char *call = dup_call (phone);

  if (!page && *email == '\0' && *phone == '\0')
    return NULL;
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (page)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (_ ("Web page"), url, url));
  if (*email != '\0')
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (_ ("E‑mail"), email, mail));
  if (*phone != '\0')
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (_ ("Telephone"), phone, call));
  return group;
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *address = g_variant_get_string (parameter, NULL);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root != NULL && prolong_contacts_may_open (address))
    prolong_launch (GTK_WINDOW (root), address);
}

void
prolong_contacts_install_action (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "contact.open", "s", on_open);
}
