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
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Remove the license from this device?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_format_body (
      message,
      /* Translators: %s is the name of a license, such as "Internet Security". */
      _("%s is then no longer licensed here, and its place is free for another device. "
         "The end date stays as it is. With the same activation code you can activate it "
         "again."),
      license->name);
  adw_message_dialog_add_responses (message, "cancel", _("Keep"), "remove", _("Remove"), NULL);
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
  adw_message_dialog_format_heading (message, _("Release the place of %s?"), device);
  adw_message_dialog_set_body (message,
                               _("That device then no longer has the license. Do this for a computer that "
                                  "you no longer use."));
  adw_message_dialog_add_responses (message, "cancel", _("Keep"), "release", C_("seat", "Release"), NULL);
  adw_message_dialog_set_response_appearance (message, "release", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response::release", confirmed, user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
prolong_dialogs_show_problem (GtkWindow *parent, const char *what, const char *way_out)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, what, way_out);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
prolong_dialogs_show_about (GtkWindow *parent)
{
  adw_show_about_window (
      parent, "application-name", "Prolong", "application-icon", PROLONG_APP_ID, "version", PROLONG_VERSION,
      "developer-name", _("The Prolong authors"), "copyright", "© 2026 The Prolong authors", "comments",
      _("Activate and renew the licenses of this device"), "license-type", GTK_LICENSE_GPL_3_0, "website",
      "https://github.com/prolong/prolong", "issue-url", "https://github.com/prolong/prolong/issues",
      /* Translators: who translated Prolong into your language, without names: "The Dutch translators". */
      "translator-credits", _("translator-credits"), NULL);
}
