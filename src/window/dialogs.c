/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/dialogs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

void
prolong_dialogs_ask_remove (GtkWindow *parent,
                            const ProlongLicenseInfo *license,
                            GCallback confirmed,
                            gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Remove the license from this device?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_format_body (
      message,
      /* Translators: %s is the name of a license, such as "Internet Security". */
      _ ("%s is then no longer licensed here, and its place is free for another device. "
         "The end date stays as it is. With the same activation code you can activate it "
         "again."),
      license->name);
  adw_message_dialog_add_responses (message, "cancel", _ ("Keep"), "remove", _ ("Remove"), NULL);
  adw_message_dialog_set_response_appearance (message, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response::remove", confirmed, user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
prolong_dialogs_ask_release (GtkWindow *parent, const char *device, GCallback confirmed, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  /* Translators: %s is the name of a device. */
  adw_message_dialog_format_heading (message, _ ("Release the place of %s?"), device);
  adw_message_dialog_set_body (message,
                               _ ("That device then no longer has the license. Do this for a computer that "
                                  "you no longer use."));
  adw_message_dialog_add_responses (message, "cancel", _ ("Keep"), "release", C_ ("seat", "Release"), NULL);
  adw_message_dialog_set_response_appearance (message, "release", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response::release", confirmed, user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/** What a dialog calls when it is answered; it goes with the dialog. */
typedef struct
{
  void (*confirmed) (gpointer user_data);
  gpointer user_data;
  GDestroyNotify destroy;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  answer->destroy (answer->user_data);
  g_free (answer);
}

static void
on_answered (GtkWidget *dialog, const char *response, Answer *answer)
{
  answer->confirmed (answer->user_data);
}

static void
add_fact (GtkListBox *facts, const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (facts, row);
}

static GtkWidget *
new_facts (const ProlongProfile *profile)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GString) products = g_string_new (NULL);

  for (guint i = 0; i < profile->products->len; i++)
    {
      const ProlongProduct *product = g_ptr_array_index (profile->products, i);

      g_string_append_printf (products, "%s%s", i > 0 ? ", " : "", product->name);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("About this vendor"), -1);
  add_fact (GTK_LIST_BOX (list), _ ("Vendor"), profile->name);
  add_fact (GTK_LIST_BOX (list), _ ("Service address"), profile->service_url);
  add_fact (GTK_LIST_BOX (list), _ ("Products"), products->str);
  return list;
}

static const char *
get_add_label (const char *verdict)
{
  if (g_str_equal (verdict, "update"))
    return C_ ("vendor", "Update");
  return g_str_equal (verdict, "replacement") ? C_ ("vendor", "Replace") : C_ ("vendor", "Add");
}

void
prolong_dialogs_ask_add_vendor (GtkWindow *parent,
                                const ProlongWords *words,
                                const char *verdict,
                                const ProlongProfile *profile,
                                void (*confirmed) (gpointer user_data),
                                gpointer user_data,
                                GDestroyNotify destroy)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, words->what, words->way_out);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Answer *answer = g_new (Answer, 1);

  *answer = (Answer){ confirmed, user_data, destroy };
  g_object_set_data_full (G_OBJECT (dialog), "answer", answer, answer_free);
  adw_message_dialog_set_extra_child (message, new_facts (profile));
  adw_message_dialog_add_responses (message, "cancel", _ ("Cancel"), "add", get_add_label (verdict), NULL);
  adw_message_dialog_set_response_appearance (message, "add",
                                              g_str_equal (verdict, "replacement") ? ADW_RESPONSE_DESTRUCTIVE
                                                                                   : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (dialog, "response::add", G_CALLBACK (on_answered), answer);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
prolong_dialogs_ask_remove_vendor (GtkWindow *parent,
                                   const char *name,
                                   GCallback confirmed,
                                   gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  /* Translators: %s is the name of a vendor. */
  adw_message_dialog_format_heading (message, _ ("Remove the vendor %s?"), name);
  adw_message_dialog_set_body (message,
                               _ ("Its products are then no longer known here. With its profile file you can "
                                  "add it again."));
  adw_message_dialog_add_responses (message, "cancel", _ ("Keep"), "remove", _ ("Remove"), NULL);
  adw_message_dialog_set_response_appearance (message, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response::remove", confirmed, user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  void (*chosen) (gpointer object, const char *vendor);
  GWeakRef object;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_weak_ref_clear (&question->object);
  g_free (question);
}

/* The ids of the responses are those of the vendors, behind a colon, which no other response has. */
static void
on_owner (GtkWidget *dialog, const char *response, Question *question)
{
  g_autoptr (GObject) object = g_weak_ref_get (&question->object);

  if (object != NULL)
    question->chosen (object, *response == ':' ? response + 1 : NULL);
}

void
prolong_dialogs_ask_owner (GtkWindow *parent,
                           GPtrArray *owners,
                           void (*chosen) (gpointer object, const char *vendor),
                           GObject *object)
{
  GtkWidget *dialog
      = adw_message_dialog_new (parent, _ ("Which vendor sent this code?"),
                                _ ("Codes of several vendors look like this one. Only the vendor that you "
                                   "choose is asked about it."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Question *question = g_new0 (Question, 1);

  question->chosen = chosen;
  g_weak_ref_init (&question->object, object);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  adw_message_dialog_add_response (message, "cancel", _ ("Cancel"));
  adw_message_dialog_set_close_response (message, "cancel");
  for (guint i = 0; i < owners->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (owners, i);
      g_autofree char *id = g_strconcat (":", vendor->id, NULL);

      g_auto (GStrv) parts = g_strsplit (vendor->name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      adw_message_dialog_add_response (message, id, label);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (on_owner), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

GtkWindow *
prolong_dialogs_ask_quit (GtkApplication *application,
                          GtkWindow *parent,
                          gboolean at_login,
                          GCallback confirmed,
                          gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Quit Prolong?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_set_body (
      message,
      at_login ? _ ("A reserve code takes over only while Prolong runs. Prolong starts again when you next "
                    "log in.")
               : _ ("A reserve code takes over only while Prolong runs. Until you start Prolong again, none "
                    "will."));
  adw_message_dialog_add_responses (message, "cancel", _ ("Keep running"), "quit", _ ("Quit"), NULL);
  adw_message_dialog_set_response_appearance (message, "quit", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  gtk_window_set_application (GTK_WINDOW (dialog), application);
  g_signal_connect_object (dialog, "response::quit", confirmed, user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}

void
prolong_dialogs_ask_forget_order (GtkWindow *parent, GCallback confirmed, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Forget this order?"),
                                              _ ("If you do not pay it, it ends by itself. If you pay it all "
                                                 "the same, the code comes by e‑mail only."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("Keep"), "forget", C_ ("order", "Forget"), NULL);
  adw_message_dialog_set_response_appearance (message, "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response::forget", confirmed, user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  void (*given) (gpointer object, const char *email);
  GWeakRef object;
  GtkEditable *field;
} EmailQuestion;

static void
email_question_free (gpointer data)
{
  EmailQuestion *question = data;

  g_weak_ref_clear (&question->object);
  g_free (question);
}

static void
on_email_given (GtkWidget *dialog, const char *response, EmailQuestion *question)
{
  g_autoptr (GObject) object = g_weak_ref_get (&question->object);

  if (object != NULL)
    question->given (object, gtk_editable_get_text (question->field));
}

static void
on_email_changed (GtkEditable *field, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "send",
                                           strchr (gtk_editable_get_text (field), '@') != NULL);
}

static GtkWidget *
new_email_field (const char *email)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("E‑mail address"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_EMAIL);
  gtk_editable_set_text (GTK_EDITABLE (row), email);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("E‑mail address"),
                                  -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return list;
}

void
prolong_dialogs_ask_email (GtkWindow *parent,
                           const char *email,
                           void (*given) (gpointer object, const char *email),
                           GObject *object)
{
  GtkWidget *dialog
      = adw_message_dialog_new (parent, _ ("Send my license e‑mail again"),
                                _ ("Give the address that you gave when you bought the license."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *list = new_email_field (email);
  EmailQuestion *question = g_new0 (EmailQuestion, 1);

  question->given = given;
  question->field = GTK_EDITABLE (gtk_widget_get_first_child (list));
  g_weak_ref_init (&question->object, object);
  g_object_set_data_full (G_OBJECT (dialog), "question", question, email_question_free);
  adw_message_dialog_set_extra_child (message, list);
  adw_message_dialog_add_responses (message, "cancel", _ ("Cancel"), "send", C_ ("e-mail", "Send"), NULL);
  adw_message_dialog_set_response_appearance (message, "send", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "send");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (dialog, "response::send", G_CALLBACK (on_email_given), question);
  g_signal_connect_object (question->field, "changed", G_CALLBACK (on_email_changed), dialog, 0);
  on_email_changed (question->field, message);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_copy_address (GtkWidget *dialog, const char *response, const char *address)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (dialog), address);
}

void
prolong_dialogs_show_address (GtkWindow *parent, const char *address)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("No program opens this address"), address);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "close", _ ("Close"), "copy", _ ("Copy the address"), NULL);
  adw_message_dialog_set_default_response (message, "copy");
  adw_message_dialog_set_close_response (message, "close");
  g_signal_connect_data (dialog, "response::copy", G_CALLBACK (on_copy_address), g_strdup (address),
                         (GClosureNotify)(void (*) (void))g_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
prolong_dialogs_show_problem (GtkWindow *parent, const char *what, const char *way_out)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, what, way_out);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
prolong_dialogs_set_parent (GtkWindow *window, GtkWindow *parent)
{
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_application (window, gtk_window_get_application (parent));
}

void
prolong_dialogs_show_about (GtkWindow *parent)
{
  adw_show_about_window (
      parent, "application-name", "Prolong", "application-icon", PROLONG_APP_ID, "version", PROLONG_VERSION,
      "developer-name", _ ("The Prolong authors"), "copyright", "© 2026 The Prolong authors", "comments",
      _ ("Activate and renew the licenses of this device"), "license-type", GTK_LICENSE_GPL_3_0, "website",
      "https://github.com/prolong/prolong", "issue-url", "https://github.com/prolong/prolong/issues",
      /* Translators: who translated Prolong into your language, without names: "The Dutch translators". */
      "translator-credits", _ ("translator-credits"), NULL);
}
