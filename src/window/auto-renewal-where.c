/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/auto-renewal-where.h"

#include <glib/gi18n-lib.h>

#include "bus/provider-words.h"
#include "window/look.h"

struct _ProlongAutoRenewalWhere
{
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkLabel *words;
  GtkEditable *number;
  GtkLabel *verdict;
  GtkListBox *rows;
  GtkBox *button_place;
  GtkCheckButton *group; /* (nullable) the first */
  char *chosen;          /* (nullable) */
  gboolean known;        /* whether the license names the one that was marked first */
};

enum
{
  ORDER_NUMBER,
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongAutoRenewalWhere, prolong_auto_renewal_where, ADW_TYPE_BIN)

/* The row has the focus, since of radio buttons Tab comes to the marked one only; so the row tells which that
 * is. */
static void
on_toggled (GtkCheckButton *check, ProlongAutoRenewalWhere *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_LIST_BOX_ROW);
  gboolean active = gtk_check_button_get_active (check);

  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, active, -1);
  if (!active)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (check), "id"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "where.continue", TRUE);
}

static GtkWidget *
new_check (ProlongAutoRenewalWhere *self, const ProlongProviderInfo *provider)
{
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);

  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (provider->id), g_free);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->group);
  if (self->group == NULL)
    self->group = GTK_CHECK_BUTTON (check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, 0);
  return check;
}

static void
add_row (ProlongAutoRenewalWhere *self, const ProlongProviderInfo *provider)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = new_check (self, provider);
  const char *kind = prolong_words_provider_kind (provider->kind);
  g_autofree char *name = g_strdup_printf ("%s, %s", provider->name, kind);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), provider->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), kind);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  prolong_look_name_alone (row);
  prolong_look_name_alone (check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "check", check);
  gtk_list_box_append (self->rows, row);
}

static void
mark (ProlongAutoRenewalWhere *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      GtkCheckButton *check = g_object_get_data (G_OBJECT (row), "check");

      if (g_strcmp0 (g_object_get_data (G_OBJECT (check), "id"), id) == 0)
        gtk_check_button_set_active (check, TRUE);
    }
}

static void
clear_rows (ProlongAutoRenewalWhere *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  self->group = NULL;
  g_clear_pointer (&self->chosen, g_free);
}

void
prolong_auto_renewal_where_show (ProlongAutoRenewalWhere *self,
                                 const char *name,
                                 GPtrArray *providers,
                                 const ProlongProviderInfo *known)
{
  /* Translators: %s is the name of a product. */
  g_autofree char *words
      = g_strdup_printf (_ ("How auto-renewal of %s is turned off depends on where you bought it."), name);

  gtk_label_set_label (self->words, words);
  clear_rows (self);
  for (guint i = 0; i < providers->len; i++)
    add_row (self, g_ptr_array_index (providers, i));
  self->known = known != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "where.continue", known != NULL);
  if (known != NULL)
    mark (self, known->id);
  gtk_editable_set_text (self->number, "");
  gtk_label_set_label (self->verdict, known != NULL ? _ ("The license says where, it is marked below.") : "");
}

void
prolong_auto_renewal_where_tell (ProlongAutoRenewalWhere *self, const ProlongProviderInfo *found)
{
  g_autofree char *number = prolong_auto_renewal_where_dup_order_number (self);
  g_auto (ProlongWords) unknown = { NULL, NULL };
  g_autofree char *words = NULL;

  prolong_words_for_unknown_order (&unknown);
  if (found != NULL)
    {
      mark (self, found->id);
      /* Translators: %s is the name of a shop. */
      words = g_strdup_printf (_ ("This is an order number of %s."), found->name);
    }
  else if (*number != '\0')
    {
      words = g_strdup_printf ("%s %s", unknown.what, unknown.way_out);
    }
  gtk_label_set_label (self->verdict, words != NULL ? words
                                      : self->known ? _ ("The license says where, it is marked below.")
                                                    : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (self->verdict), -1);
}

char *
prolong_auto_renewal_where_dup_order_number (ProlongAutoRenewalWhere *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->number)));
}

const char *
prolong_auto_renewal_where_get_chosen (ProlongAutoRenewalWhere *self)
{
  return self->chosen;
}

void
prolong_auto_renewal_where_focus (ProlongAutoRenewalWhere *self)
{
  prolong_look_focus (self->heading);
}

static void
on_number_changed (ProlongAutoRenewalWhere *self)
{
  g_signal_emit (self, signals[ORDER_NUMBER], 0);
}

static void
on_go_on (ProlongAutoRenewalWhere *self)
{
  if (self->chosen != NULL)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_continue (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_go_on (PROLONG_AUTO_RENEWAL_WHERE (widget));
}

static void
prolong_auto_renewal_where_finalize (GObject *object)
{
  g_free (PROLONG_AUTO_RENEWAL_WHERE (object)->chosen);
  G_OBJECT_CLASS (prolong_auto_renewal_where_parent_class)->finalize (object);
}

static void
prolong_auto_renewal_where_class_init (ProlongAutoRenewalWhereClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_auto_renewal_where_finalize;
  signals[ORDER_NUMBER]
      = g_signal_new ("order-number", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/prolong/Prolong/auto-renewal-where.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWhere, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWhere, words);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWhere, number);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWhere, verdict);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWhere, rows);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWhere, button_place);
  gtk_widget_class_bind_template_callback (widget_class, on_number_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on);
  gtk_widget_class_install_action (widget_class, "where.continue", NULL, on_continue);
}

static void
prolong_auto_renewal_where_init (ProlongAutoRenewalWhere *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_box_append (self->button_place, prolong_look_pill (_ ("Continue"), "where.continue", TRUE));
}
