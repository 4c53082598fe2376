/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/support-requests.h"

#include <glib/gi18n-lib.h>

#include "bus/support-words.h"
#include "window/look.h"
#include "window/wrap-box.h"

GPtrArray *
prolong_support_requests_list (const ProlongSnapshot *snapshot, const char *vendor)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = snapshot->support->len; i > 0; i--)
    {
      ProlongSupportInfo *request = g_ptr_array_index (snapshot->support, i - 1);

      if (g_str_equal (request->vendor, vendor))
        g_ptr_array_add (found, request);
    }
  return found;
}

static const char *
get_topic_name (const ProlongVendorInfo *vendor, const char *id)
{
  for (guint i = 0; i < vendor->support_topics->len; i++)
    {
      const ProlongTopicInfo *topic = g_ptr_array_index (vendor->support_topics, i);

      if (g_str_equal (topic->id, id))
        return topic->name;
    }
  return id;
}

static GtkWidget *
new_button (const char *label, const char *action, const char *target, const char *title)
{
  GtkWidget *button = prolong_look_button (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  /* Of several requests, which one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return button;
}

static void
add_request (GtkBox *box, const ProlongVendorInfo *vendor, const ProlongSupportInfo *request)
{
  gboolean sent = g_str_equal (request->state, "sent");
  g_autofree char *date = prolong_words_date (request->created_at);
  g_autofree char *title = g_strdup_printf ("%s · %s", get_topic_name (vendor, request->topic), date);
  g_autofree char *which = g_strdup_printf ("%s %s", title, request->reference);
  g_autofree char *state = prolong_words_support_state (request, g_get_real_time () / G_USEC_PER_SEC);
  GtkWidget *notice = prolong_look_notice (sent ? "emblem-ok-symbolic" : "content-loading-symbolic", title,
                                           state, NULL, NULL);
  GtkWidget *buttons = g_object_new (PROLONG_TYPE_WRAP_BOX, NULL);

  if (sent)
    prolong_wrap_box_append (PROLONG_WRAP_BOX (buttons), new_button (_ ("Copy the reference"), "support.copy",
                                                                     request->reference, which));
  prolong_wrap_box_append (PROLONG_WRAP_BOX (buttons), new_button (sent ? _ ("Close") : _ ("Do not send it"),
                                                                   "support.forget", request->id, which));
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (gtk_widget_get_last_child (notice)), buttons);
  gtk_box_append (box, notice);
}

static char *
dup_situation (GPtrArray *requests)
{
  GString *situation = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    {
      const ProlongSupportInfo *request = g_ptr_array_index (requests, i);

      g_string_append_printf (situation, "%s %s %s %s\n", request->id, request->state, request->reference,
                              request->problem);
    }
  return g_string_free (situation, FALSE);
}

void
prolong_support_requests_fill (GtkBox *box, const ProlongVendorInfo *vendor, GPtrArray *requests)
{
  g_autofree char *situation = dup_situation (requests);
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), "situation"), situation) == 0)
    return;
  g_object_set_data_full (G_OBJECT (box), "situation", g_steal_pointer (&situation), g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < requests->len; i++)
    add_request (box, vendor, g_ptr_array_index (requests, i));
  gtk_widget_set_visible (GTK_WIDGET (box), requests->len > 0);
}
