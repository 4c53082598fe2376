/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/support-form.h"

#include <glib/gi18n-lib.h>

#include "window/contacts.h"
#include "window/look.h"
#include "window/support-requests.h"

struct _ProlongSupportForm
{
  AdwBin parent_instance;

  GPtrArray *topics; /* (element-type char) ids, in the order of the list */
  GPtrArray *fields; /* (element-type GStrv) of each topic */

  GtkLabel *heading;
  GtkBox *requests;
  AdwComboRow *topic;
  AdwEntryRow *order_number;
  AdwEntryRow *purchase_date;
  AdwEntryRow *license_number;
  GtkTextView *message;
  GtkLabel *hidden;
  AdwEntryRow *name;
  AdwEntryRow *email;
  AdwActionRow *diagnosis;
  GtkLabel *problem;
  GtkBox *button_place;
  GtkSpinner *spinner;
  GtkBox *contacts;
};

enum
{
  MESSAGE,
  SENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongSupportForm, prolong_support_form, ADW_TYPE_BIN)

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

char *
prolong_support_form_dup_message (ProlongSupportForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->message);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (g_steal_pointer (&text));
}

/* Under that part of the form which holds @widget. */
static void
put_problem_under (ProlongSupportForm *self, GtkWidget *widget)
{
  GtkWidget *parts = gtk_widget_get_parent (GTK_WIDGET (self->problem));

  while (gtk_widget_get_parent (widget) != parts)
    widget = gtk_widget_get_parent (widget);
  gtk_box_reorder_child_after (GTK_BOX (parts), GTK_WIDGET (self->problem), widget);
}

void
prolong_support_form_tell (ProlongSupportForm *self, const ProlongWords *words)
{
  g_autofree char *text
      = words != NULL ? g_strdup_printf ("%s %s", words->what, words->way_out != NULL ? words->way_out : "")
                      : NULL;

  gtk_label_set_label (self->problem, text != NULL ? g_strstrip (text) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text == NULL)
    return;
  put_problem_under (self, GTK_WIDGET (self->diagnosis));
  prolong_look_scroll_to (GTK_WIDGET (self->problem));
}

static void
on_changed (ProlongSupportForm *self, AdwEntryRow *row)
{
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  prolong_support_form_tell (self, NULL);
}

/* What else is asked depends on the topic. */
static void
on_topic (ProlongSupportForm *self)
{
  guint selected = adw_combo_row_get_selected (self->topic);
  const char *const *fields = self->fields != NULL && selected < self->fields->len
                                  ? g_ptr_array_index (self->fields, selected)
                                  : NULL;
  const struct
  {
    const char *field;
    AdwEntryRow *row;
  } rows[] = {
    { "order-number", self->order_number },
    { "purchase-date", self->purchase_date },
    { "license-number", self->license_number },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (GTK_WIDGET (rows[i].row),
                            fields != NULL && g_strv_contains (fields, rows[i].field));
}

static void
fill_topics (ProlongSupportForm *self, const ProlongVendorInfo *vendor, const char *wanted)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  self->topics = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  for (guint i = 0; i < vendor->support_topics->len; i++)
    {
      const ProlongTopicInfo *topic = g_ptr_array_index (vendor->support_topics, i);

      gtk_string_list_append (names, topic->name);
      g_ptr_array_add (self->topics, g_strdup (topic->id));
      g_ptr_array_add (self->fields, g_strdupv (topic->fields));
      if (g_strcmp0 (topic->id, wanted) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->topic, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->topic, selected);
  on_topic (self);
}

static void
set_text (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/* What GLib says of an account without a name. */
static const char *
get_real_name (void)
{
  const char *name = g_get_real_name ();

  return g_str_equal (name, "Unknown") || g_str_equal (name, g_get_user_name ()) ? "" : name;
}

void
prolong_support_form_start (ProlongSupportForm *self,
                            const ProlongVendorInfo *vendor,
                            const char *email,
                            const ProlongSupportDraft *draft)
{
  g_autofree char *valid_name = g_utf8_make_valid (get_real_name (), -1);
  /* Translators: %s is the name of a vendor. */
  g_autofree char *heading = g_strdup_printf (_ ("Write to the support of %s"), vendor->name);
  GtkWidget *contacts
      = prolong_contacts_new (_ ("Other ways"), vendor->support_url, vendor->support_email, "");

  gtk_label_set_label (self->heading, heading);
  fill_topics (self, vendor, draft->topic);
  set_text (self->order_number, draft->order_number);
  set_text (self->purchase_date, draft->purchase_date);
  set_text (self->license_number, draft->license_number);
  set_text (self->name, valid_name);
  set_text (self->email, email);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->message),
                            draft->message != NULL ? draft->message : "", -1);
  if (contacts != NULL)
    gtk_box_append (self->contacts, contacts);
  prolong_support_form_set_attached (self, FALSE);
}

void
prolong_support_form_set_requests (ProlongSupportForm *self,
                                   const ProlongVendorInfo *vendor,
                                   GPtrArray *requests)
{
  prolong_support_requests_fill (self->requests, vendor, requests);
}

void
prolong_support_form_set_attached (ProlongSupportForm *self, gboolean attached)
{
  const char *words
      = attached ? _ ("Attached to the request") : _ ("Not attached. See what it says, then decide.");
  g_autofree char *name = g_strdup_printf ("%s, %s", _ ("Diagnosis"), words);

  adw_action_row_set_subtitle (self->diagnosis, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->diagnosis), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
prolong_support_form_tell_hidden (ProlongSupportForm *self, guint n_hidden)
{
  g_autofree char *words = g_strdup_printf (
      /* Translators: %u is how many words. */
      ngettext ("%u word looks like an activation code or another secret, and is sent as dots. Support does "
                "not need it.",
                "%u words look like activation codes or other secrets, and are sent as dots. Support does "
                "not need them.",
                n_hidden),
      n_hidden);

  gtk_label_set_label (self->hidden, words);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), n_hidden > 0);
}

void
prolong_support_form_set_busy (ProlongSupportForm *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "support.send", !busy);
}

/* Reading. */

static gboolean
refuse (ProlongSupportForm *self, GtkWidget *row, const char *what, const char *way_out)
{
  ProlongWords words = { (char *)what, (char *)way_out };

  if (ADW_IS_ENTRY_ROW (row))
    gtk_widget_add_css_class (row, "error");
  gtk_widget_grab_focus (row);
  prolong_support_form_tell (self, &words);
  put_problem_under (self, row);
  return FALSE;
}

void
prolong_support_form_refuse_email (ProlongSupportForm *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->email), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->email));
  put_problem_under (self, GTK_WIDGET (self->email));
}

static gboolean
is_iso (const char *text)
{
  for (int i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  return text[10] == '\0';
}

/* As it is sent, or as the language of the session writes it. */
static char *
read_date (const char *text)
{
  g_autoptr (GDate) date = g_date_new ();
  g_autoptr (GDate) today = g_date_new ();
  char iso[16];

  if (is_iso (text)
      && g_date_valid_dmy ((GDateDay)atoi (text + 8), (GDateMonth)atoi (text + 5), (GDateYear)atoi (text)))
    g_date_set_dmy (date, (GDateDay)atoi (text + 8), (GDateMonth)atoi (text + 5), (GDateYear)atoi (text));
  else if (!is_iso (text))
    g_date_set_parse (date, text);
  g_date_set_time_t (today, g_get_real_time () / G_USEC_PER_SEC);
  if (!g_date_valid (date) || g_date_compare (date, today) > 0 || g_date_get_year (date) < 1990)
    return NULL;
  g_date_strftime (iso, sizeof iso, "%Y-%m-%d", date);
  return g_strdup (iso);
}

static void
add (GVariantBuilder *request, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_builder_add (request, "{sv}", key, g_variant_new_string (value));
}

static gboolean
is_asked (AdwEntryRow *row)
{
  return gtk_widget_get_visible (GTK_WIDGET (row));
}

/* The date is read before anything is put into the request, since it may be wrong. */
static gboolean
read_purchase (ProlongSupportForm *self, char **date)
{
  g_autofree char *text = is_asked (self->purchase_date) ? dup_text (self->purchase_date) : NULL;

  *date = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;
  *date = read_date (text);
  if (*date == NULL)
    return refuse (self, GTK_WIDGET (self->purchase_date), _ ("This is not a date in the past."),
                   _ ("Write it as year, month and day, such as 2026-01-31."));
  set_text (self->purchase_date, *date);
  return TRUE;
}

gboolean
prolong_support_form_read (ProlongSupportForm *self, GVariantBuilder *request)
{
  guint selected = adw_combo_row_get_selected (self->topic);
  g_autofree char *message = prolong_support_form_dup_message (self);
  g_autofree char *name = dup_text (self->name);
  g_autofree char *email = dup_text (self->email);
  g_autofree char *order = is_asked (self->order_number) ? dup_text (self->order_number) : NULL;
  g_autofree char *license = is_asked (self->license_number) ? dup_text (self->license_number) : NULL;
  g_autofree char *date = NULL;

  if (!read_purchase (self, &date) || selected >= self->topics->len)
    return FALSE;
  if (*message == '\0')
    return refuse (self, GTK_WIDGET (self->message), _ ("The message is empty."),
                   _ ("Write what support can do for you."));
  if (*name == '\0')
    return refuse (self, GTK_WIDGET (self->name), _ ("The name is missing."),
                   _ ("Give the name of the order."));
  if (strchr (email, '@') == NULL)
    return refuse (self, GTK_WIDGET (self->email), _ ("This is not an e‑mail address."),
                   _ ("Look for a typing error: the answer is sent to this address."));
  add (request, "topic", g_ptr_array_index (self->topics, selected));
  add (request, "message", message);
  add (request, "name", name);
  add (request, "email", email);
  add (request, "order_number", order);
  add (request, "purchase_date", date);
  add (request, "license_number", license);
  return TRUE;
}

void
prolong_support_form_focus (ProlongSupportForm *self)
{
  prolong_look_focus (self->heading);
}

void
prolong_support_form_focus_message (ProlongSupportForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->message));
}

void
prolong_support_form_focus_diagnosis (ProlongSupportForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->diagnosis));
}

static void
on_message_changed (ProlongSupportForm *self)
{
  prolong_support_form_tell (self, NULL);
  g_signal_emit (self, signals[MESSAGE], 0);
}

static void
on_send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SENT], 0);
}

static void
prolong_support_form_finalize (GObject *object)
{
  ProlongSupportForm *self = PROLONG_SUPPORT_FORM (object);

  g_clear_pointer (&self->topics, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (prolong_support_form_parent_class)->finalize (object);
}

static void
prolong_support_form_class_init (ProlongSupportFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_support_form_finalize;
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SENT] = g_signal_new ("sent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/support-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, requests);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, topic);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, order_number);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, purchase_date);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, license_number);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, message);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, hidden);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, name);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, email);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, diagnosis);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, problem);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, button_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportForm, contacts);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_topic);
  gtk_widget_class_install_action (widget_class, "support.send", NULL, on_send);
}

static void
prolong_support_form_init (ProlongSupportForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  prolong_look_name_alone (GTK_WIDGET (self->diagnosis));
  adw_action_row_add_suffix (self->diagnosis, prolong_look_arrow ());
  gtk_box_append (self->button_place, prolong_look_pill (C_ ("request", "Send"), "support.send", TRUE));
  g_signal_connect_object (gtk_text_view_get_buffer (self->message), "changed",
                           G_CALLBACK (on_message_changed), self, G_CONNECT_SWAPPED);
}
