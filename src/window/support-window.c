/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/support-window.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/support-words.h"
#include "license/profile.h"
#include "window/contacts.h"
#include "window/dialogs.h"
#include "window/guide.h"
#include "window/launch.h"
#include "window/support-requests.h"

struct _ProlongSupportWindow
{
  AdwWindow parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  char *vendor;
  char *product;
  char *diagnosis; /* (nullable) as it was shown */
  char *draft;     /* the message as it stood there first */
  gboolean attached;
  gboolean discarded;
  gboolean busy;
  char *request;   /* (nullable) id of the one that was sent */
  char *told;      /* (nullable) what the outcome depends on */
  guint n_checked; /* messages that were looked through; only the answer about the newest counts */

  GtkWidget *back;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  ProlongSupportForm *form;
  ProlongGuide *shown;    /* the diagnosis */
  ProlongGuide *question; /* whether to discard */
  ProlongGuide *outcome;
};

G_DEFINE_FINAL_TYPE (ProlongSupportWindow, prolong_support_window, ADW_TYPE_WINDOW)

static gboolean
shows (ProlongSupportWindow *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_page (ProlongSupportWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, g_str_equal (name, "diagnosis") || g_str_equal (name, "question"));
}

/* The diagnosis, which is shown before it is attached. */

static void
show_diagnosis (ProlongSupportWindow *self)
{
  GtkWidget *text = gtk_label_new (self->diagnosis);
  GtkWidget *frame = gtk_frame_new (NULL);

  prolong_guide_start (
      self->shown, NULL, _ ("What the diagnosis says"),
      _ ("Versions, states and the newest problems, for the people at support. It has no codes, license "
         "numbers, names or addresses."));
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_add_css_class (text, "monospace");
  gtk_widget_set_margin_top (text, 9);
  gtk_widget_set_margin_bottom (text, 9);
  gtk_widget_set_margin_start (text, 9);
  gtk_widget_set_margin_end (text, 9);
  gtk_frame_set_child (GTK_FRAME (frame), text);
  prolong_guide_add_button (self->shown, _ ("Attach"), "support.attach", TRUE);
  prolong_guide_add_button (self->shown, _ ("Do not attach"), "support.detach", FALSE);
  prolong_guide_add_after (self->shown, frame);
  show_page (self, "diagnosis");
  prolong_guide_focus (self->shown);
}

static void
on_diagnosis (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongSupportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(s)")))
    {
      if (error != NULL)
        prolong_words_for_error (error, &words);
      prolong_support_form_tell (self->form, error != NULL ? &words : NULL);
      return;
    }
  g_free (self->diagnosis);
  g_variant_get (answer, "(s)", &self->diagnosis);
  show_diagnosis (self);
}

static void
on_show_diagnosis (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongSupportWindow *self = PROLONG_SUPPORT_WINDOW (widget);

  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "GetDiagnosis",
                       g_variant_new ("(s)", self->vendor), self->cancellable, on_diagnosis,
                       g_object_ref (self));
}

static void
return_to_form (ProlongSupportWindow *self)
{
  show_page (self, "form");
  prolong_support_form_focus_diagnosis (self->form);
}

static void
keep_writing (ProlongSupportWindow *self)
{
  show_page (self, "form");
  prolong_support_form_focus_message (self->form);
}

static void
set_attached (ProlongSupportWindow *self, gboolean attached)
{
  self->attached = attached;
  prolong_support_form_set_attached (self->form, attached);
  return_to_form (self);
}

static void
on_attach (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_attached (PROLONG_SUPPORT_WINDOW (widget), TRUE);
}

static void
on_detach (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_attached (PROLONG_SUPPORT_WINDOW (widget), FALSE);
}

/* What the message must not have. */

typedef struct
{
  ProlongSupportWindow *window;
  guint number;
} Question;

static void
on_hidden (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (ProlongSupportWindow) self = question->window;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);
  guint count = 0;

  if (g_cancellable_is_cancelled (self->cancellable) || question->number != self->n_checked)
    return;
  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(su)")))
    g_variant_get (answer, "(&su)", NULL, &count);
  prolong_support_form_tell_hidden (self->form, count);
}

static void
on_message (ProlongSupportWindow *self)
{
  g_autofree char *message = prolong_support_form_dup_message (self->form);
  Question *question;

  if (self->client == NULL)
    return;
  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->number = ++self->n_checked;
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "HideSecrets",
                       g_variant_new ("(s)", message), self->cancellable, on_hidden, question);
}

/* What became of it. */

static const ProlongSupportInfo *
find_request (ProlongSupportWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  return snapshot != NULL && self->request != NULL ? prolong_snapshot_find_support (snapshot, self->request)
                                                   : NULL;
}

static void
fill_outcome (ProlongSupportWindow *self, const ProlongSupportInfo *request)
{
  gboolean sent = g_str_equal (request->state, "sent");
  g_autofree char *state = prolong_words_support_state (request, g_get_real_time () / G_USEC_PER_SEC);
  GtkWidget *button;

  if (sent)
    prolong_guide_start (self->outcome, "emblem-ok-symbolic", _ ("The request is sent"), state);
  else if (g_str_equal (request->state, "refused"))
    prolong_guide_start (self->outcome, "dialog-warning-symbolic", _ ("The request was refused"), state);
  else
    prolong_guide_start (self->outcome, "content-loading-symbolic", _ ("The request waits for the network"),
                         state);
  if (sent)
    {
      button = prolong_guide_add_button (self->outcome, _ ("Copy the reference"), "support.copy::", FALSE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", request->reference);
    }
  else
    {
      if (!g_str_equal (request->state, "refused"))
        prolong_guide_add_button (self->outcome, _ ("Try again"), "support.retry", FALSE);
      button = prolong_guide_add_button (self->outcome, _ ("Do not send it"), "support.forget::", FALSE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", request->id);
    }
  prolong_guide_add_button (self->outcome, _ ("Close"), "window.close", TRUE);
}

static void
show_outcome (ProlongSupportWindow *self)
{
  const ProlongSupportInfo *request = find_request (self);
  g_autofree char *situation
      = request != NULL ? g_strdup_printf ("%s %s %s", request->state, request->reference, request->problem)
                        : NULL;

  if (request == NULL || g_strcmp0 (situation, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&situation);
  fill_outcome (self, request);
  prolong_support_form_set_busy (self->form, FALSE);
  show_page (self, "outcome");
  prolong_guide_focus (self->outcome);
}

static void
update (ProlongSupportWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);
  const ProlongVendorInfo *vendor
      = snapshot != NULL ? prolong_snapshot_find_vendor (snapshot, self->vendor) : NULL;
  g_autoptr (GPtrArray) requests = NULL;

  if (vendor == NULL)
    return;
  requests = prolong_support_requests_list (snapshot, self->vendor);
  prolong_support_form_set_requests (self->form, vendor, requests);
  show_outcome (self);
}

/* Sending. */

static void
on_request_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongSupportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->busy = FALSE;
  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(s)")))
    {
      g_free (self->request);
      g_variant_get (answer, "(s)", &self->request);
      show_outcome (self);
      return;
    }
  prolong_support_form_set_busy (self->form, FALSE);
  if (error == NULL)
    return;
  prolong_words_for_error (error, &words);
  prolong_support_form_tell (self->form, &words);
  if (g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_EMAIL_MALFORMED))
    prolong_support_form_refuse_email (self->form);
}

static void
add_facts (ProlongSupportWindow *self, GVariantBuilder *request)
{
  if (*self->product != '\0')
    g_variant_builder_add (request, "{sv}", "product", g_variant_new_string (self->product));
  if (self->attached && self->diagnosis != NULL)
    g_variant_builder_add (request, "{sv}", "diagnosis", g_variant_new_string (self->diagnosis));
}

static void
on_sent (ProlongSupportWindow *self)
{
  GVariantBuilder request;

  if (self->busy)
    return;
  g_variant_builder_init (&request, G_VARIANT_TYPE_VARDICT);
  if (!prolong_support_form_read (self->form, &request))
    {
      g_variant_builder_clear (&request);
      return;
    }
  add_facts (self, &request);
  self->busy = TRUE;
  prolong_support_form_tell (self->form, NULL);
  prolong_support_form_set_busy (self->form, TRUE);
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "SendSupportRequest",
                       g_variant_new ("(s@a{sv})", self->vendor, g_variant_builder_end (&request)),
                       self->cancellable, on_request_sent, g_object_ref (self));
}

/* Actions. */

static void
on_forget (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongSupportWindow *self = PROLONG_SUPPORT_WINDOW (widget);

  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "ForgetSupportRequest",
                       g_variant_new ("(@s)", parameter), NULL, NULL, NULL);
  if (shows (self, "outcome"))
    gtk_window_close (GTK_WINDOW (self));
  else
    prolong_support_form_focus (self->form);
}

/* An agent that is attached to sends what waits. */
static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  prolong_client_retry (PROLONG_SUPPORT_WINDOW (widget)->client);
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
  adw_toast_overlay_add_toast (PROLONG_SUPPORT_WINDOW (widget)->toasts, adw_toast_new (_ ("Copied")));
}

static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongSupportWindow *self = PROLONG_SUPPORT_WINDOW (widget);

  if (shows (self, "diagnosis"))
    return_to_form (self);
  else if (shows (self, "question"))
    keep_writing (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_discard (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PROLONG_SUPPORT_WINDOW (widget)->discarded = TRUE;
  gtk_window_close (GTK_WINDOW (widget));
}

/* Nothing that the person wrote goes without a word. */
static gboolean
prolong_support_window_close_request (GtkWindow *window)
{
  ProlongSupportWindow *self = PROLONG_SUPPORT_WINDOW (window);
  g_autofree char *message = prolong_support_form_dup_message (self->form);

  if (self->discarded || shows (self, "outcome") || *message == '\0' || g_str_equal (message, self->draft))
    return GTK_WINDOW_CLASS (prolong_support_window_parent_class)->close_request (window);
  prolong_guide_start (self->question, NULL, _ ("Discard your message?"),
                       _ ("What you wrote is not sent yet."));
  prolong_guide_add_button (self->question, _ ("Keep writing"), "support.back", TRUE);
  prolong_guide_add_button (self->question, _ ("Discard"), "support.discard", FALSE);
  show_page (self, "question");
  prolong_guide_focus (self->question);
  return TRUE;
}

static void
prolong_support_window_dispose (GObject *object)
{
  ProlongSupportWindow *self = PROLONG_SUPPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_support_window_parent_class)->dispose (object);
}

static void
prolong_support_window_finalize (GObject *object)
{
  ProlongSupportWindow *self = PROLONG_SUPPORT_WINDOW (object);

  g_object_unref (self->cancellable);
  g_free (self->vendor);
  g_free (self->product);
  g_free (self->diagnosis);
  g_free (self->draft);
  g_free (self->request);
  g_free (self->told);
  G_OBJECT_CLASS (prolong_support_window_parent_class)->finalize (object);
}

static void
prolong_support_window_class_init (ProlongSupportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "support.diagnosis", NULL, on_show_diagnosis },
    { "support.attach", NULL, on_attach },
    { "support.detach", NULL, on_detach },
    { "support.forget", "s", on_forget },
    { "support.copy", "s", on_copy },
    { "support.retry", NULL, on_retry },
    { "support.back", NULL, on_back },
    { "support.discard", NULL, on_discard },
  };

  G_OBJECT_CLASS (klass)->dispose = prolong_support_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_support_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = prolong_support_window_close_request;
  g_type_ensure (PROLONG_TYPE_SUPPORT_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/support-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportWindow, back);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ProlongSupportWindow, form);
  gtk_widget_class_bind_template_callback (widget_class, on_message);
  gtk_widget_class_bind_template_callback (widget_class, on_sent);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
  prolong_contacts_install_action (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "support.back", NULL);
}

static void
prolong_support_window_init (ProlongSupportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_stack_add_named (self->stack, prolong_guide_new_page (&self->shown), "diagnosis");
  gtk_stack_add_named (self->stack, prolong_guide_new_page (&self->question), "question");
  gtk_stack_add_named (self->stack, prolong_guide_new_page (&self->outcome), "outcome");
}

static void
open_elsewhere (GtkWindow *parent, const ProlongVendorInfo *vendor)
{
  g_autofree char *mail = g_strconcat ("mailto:", vendor->support_email, NULL);

  if (prolong_url_is_safe (vendor->support_url))
    prolong_launch (parent, vendor->support_url);
  else if (*vendor->support_email != '\0')
    prolong_launch (parent, mail);
}

/* What an order and the license tell, where the draft does not. */
static void
complete (ProlongSupportDraft *draft,
          const ProlongSnapshot *snapshot,
          const char *vendor,
          const char *product,
          char **date)
{
  const ProlongLicenseInfo *license = prolong_snapshot_find_license (snapshot, vendor, product);
  g_autoptr (GPtrArray) orders = prolong_snapshot_list_orders (snapshot, vendor, product);
  const ProlongOrderInfo *order = orders->len > 0 ? g_ptr_array_index (orders, orders->len - 1) : NULL;
  g_autoptr (GDateTime) created = NULL;

  if (draft->license_number == NULL && license != NULL)
    draft->license_number = license->number;
  if (order == NULL
      || (draft->order_number != NULL && *draft->order_number != '\0'
          && !g_str_equal (draft->order_number, order->number)))
    return;
  created = g_date_time_new_from_unix_local (order->created_at);
  *date = created != NULL ? g_date_time_format (created, "%Y-%m-%d") : NULL;
  draft->order_number = order->number;
  draft->purchase_date = *date;
}

void
prolong_support_window_show (GtkWindow *parent,
                             ProlongClient *client,
                             const char *vendor,
                             const char *product,
                             const ProlongSupportDraft *draft)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (client);
  const ProlongVendorInfo *found = snapshot != NULL ? prolong_snapshot_find_vendor (snapshot, vendor) : NULL;
  ProlongSupportDraft known = { .topic = NULL };
  g_autofree char *date = NULL;
  ProlongSupportWindow *self;

  if (found == NULL)
    return;
  if (found->support_topics->len == 0)
    {
      open_elsewhere (parent, found);
      return;
    }
  if (draft != NULL)
    known = *draft;
  complete (&known, snapshot, vendor, product, &date);
  self = g_object_new (PROLONG_TYPE_SUPPORT_WINDOW, NULL);
  prolong_dialogs_set_parent (GTK_WINDOW (self), parent);
  g_set_object (&self->client, client);
  self->vendor = g_strdup (vendor);
  self->product = g_strdup (product);
  prolong_support_form_start (self->form, found, snapshot->email, &known);
  self->draft = prolong_support_form_dup_message (self->form);
  g_signal_connect_object (client, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  prolong_support_form_focus (self->form);
}
