/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "license/profile.h"
#include "window/auto-renewal-window.h"
#include "window/contacts.h"
#include "window/dialogs.h"
#include "window/help.h"
#include "window/launch.h"
#include "window/license-details.h"
#include "window/provider-card.h"
#include "window/renew-window.h"
#include "window/seats-page.h"
#include "window/support-window.h"
#include "window/vendors-window.h"
#include "window/window-private.h"

static const ProlongLicenseInfo *
get_license (ProlongWindow *self)
{
  const ProlongChoice *choice = prolong_window_get_choice (self);

  return choice != NULL ? choice->license : NULL;
}

static void
on_panel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  prolong_window_show_panel (PROLONG_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_enter_code (GtkWidget *widget, const char *action, GVariant *parameter)
{
  prolong_window_enter_code (PROLONG_WINDOW (widget));
}

static void
on_license (GtkWidget *widget, const char *action, GVariant *parameter)
{
  prolong_window_choose_id (PROLONG_WINDOW (widget), g_variant_get_string (parameter, NULL));
  prolong_window_show_panel (PROLONG_WINDOW (widget), "license");
}

static void
on_vendors (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);

  if (self->client != NULL)
    prolong_vendors_window_show (GTK_WINDOW (self), self->client);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);

  if (self->client != NULL)
    prolong_client_retry (self->client);
}

/* Returns the words for a failed call in @words; FALSE when it is no problem to tell. */
static gboolean
words_for_error (const GError *error, ProlongWords *words)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  prolong_words_for_error (error, words);
  return TRUE;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->refreshing = FALSE;
  prolong_window_update_actions (self);
  prolong_window_update (self);
  if (answer == NULL && words_for_error (error, &words))
    prolong_window_tell (self, words.what);
  else if (answer != NULL)
    prolong_window_tell (self, _ ("The license is up to date"));
}

static void
on_refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongLicenseInfo *license = get_license (self);

  if (license == NULL || self->refreshing)
    return;
  self->refreshing = TRUE;
  prolong_client_call (self->client, license->path, PROLONG_BUS_LICENSE, "Refresh", NULL, self->cancellable,
                       on_refreshed, g_object_ref (self));
  prolong_window_update (self);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL && words_for_error (error, &words))
    prolong_dialogs_show_problem (GTK_WINDOW (self), words.what, words.way_out);
  else if (answer != NULL)
    prolong_window_tell (self, _ ("The license was removed from this device"));
}

static void
on_remove_confirmed (ProlongWindow *self)
{
  const ProlongLicenseInfo *license = get_license (self);

  if (license != NULL)
    prolong_client_call (self->client, license->path, PROLONG_BUS_LICENSE, "Remove", NULL, self->cancellable,
                         on_removed, g_object_ref (self));
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ProlongLicenseInfo *license = get_license (PROLONG_WINDOW (widget));

  if (license != NULL)
    prolong_dialogs_ask_remove (GTK_WINDOW (widget), license, G_CALLBACK (on_remove_confirmed), widget);
}

static void
on_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongLicenseInfo *license = get_license (self);

  if (license != NULL)
    prolong_license_details_show (GTK_WINDOW (self), license,
                                  prolong_client_get_snapshot (self->client)->device_name);
}

static void
on_copy_number (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ProlongLicenseInfo *license = get_license (PROLONG_WINDOW (widget));

  if (license == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), license->number);
  prolong_window_tell (PROLONG_WINDOW (widget), _ ("Copied"));
}

static void
on_renew (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongChoice *choice = prolong_window_get_choice (self);

  /* What a provider renews is not bought here: its ways stand where the code entry would be. */
  if (prolong_provider_card_governs (choice))
    prolong_window_enter_code (self);
  else if (choice != NULL && choice->vendor != NULL)
    prolong_renew_window_show (GTK_WINDOW (self), self->client, choice);
}

static void
on_auto_renewal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongChoice *choice = prolong_window_get_choice (self);

  if (choice != NULL && choice->license != NULL)
    prolong_auto_renewal_window_show (GTK_WINDOW (self), self->client, choice->vendor_id, choice->product_id);
}

static void
on_manage_subscription (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ProlongLicenseInfo *license = get_license (PROLONG_WINDOW (widget));

  if (license != NULL && prolong_url_is_safe (license->manage_url))
    prolong_launch (GTK_WINDOW (widget), license->manage_url);
}

/* Orders. */

static void
call_about_order (ProlongWindow *self, const char *method, GVariant *id, GAsyncReadyCallback callback)
{
  if (self->client != NULL)
    prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, method,
                         g_variant_new ("(@s)", id), self->cancellable, callback, g_object_ref (self));
}

static void
on_payment_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };
  const char *url = "";

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(s)")))
    g_variant_get (answer, "(&s)", &url);
  if (prolong_url_is_safe (url))
    prolong_launch (GTK_WINDOW (self), url);
  else if (error != NULL && words_for_error (error, &words))
    prolong_dialogs_show_problem (GTK_WINDOW (self), words.what, words.way_out);
}

static void
on_pay (GtkWidget *widget, const char *action, GVariant *parameter)
{
  call_about_order (PROLONG_WINDOW (widget), "GetPaymentPage", parameter, on_payment_page);
}

/* Of a call that shows by itself when it succeeded. */
static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL && words_for_error (error, &words))
    prolong_window_tell (self, words.what);
}

static void
on_check_order (GtkWidget *widget, const char *action, GVariant *parameter)
{
  call_about_order (PROLONG_WINDOW (widget), "CheckOrder", parameter, on_called);
}

static void
on_forget_confirmed (ProlongWindow *self)
{
  g_autofree char *order = g_steal_pointer (&self->leaving_order);

  if (order != NULL)
    call_about_order (self, "ForgetOrder", g_variant_new_string (order), on_called);
}

/* One that may be paid yet is left after a question; the row of one that is over just goes. */
static void
on_forget_order (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongChoice *choice = prolong_window_get_choice (self);
  const ProlongOrderInfo *order
      = choice != NULL
            ? prolong_snapshot_find_order (choice->snapshot, g_variant_get_string (parameter, NULL))
            : NULL;

  if (order == NULL)
    return;
  g_free (self->leaving_order);
  self->leaving_order = g_strdup (order->id);
  if (prolong_order_info_get_stage (order) == PROLONG_STAGE_TO_PAY
      || prolong_order_info_get_stage (order) == PROLONG_STAGE_SENDING)
    prolong_dialogs_ask_forget_order (GTK_WINDOW (self), G_CALLBACK (on_forget_confirmed), self);
  else
    on_forget_confirmed (self);
}

static void
on_mail_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL)
    prolong_window_tell (self, _ ("If the vendor knows the address, the e‑mail is on its way"));
  else if (words_for_error (error, &words))
    prolong_dialogs_show_problem (GTK_WINDOW (self), words.what, words.way_out);
}

static void
send_mail (gpointer object, const char *email)
{
  ProlongWindow *self = object;
  const ProlongChoice *choice = prolong_window_get_choice (self);
  g_autofree char *stripped = g_strstrip (g_strdup (email));

  if (choice != NULL)
    prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "SendLicenseMail",
                         g_variant_new ("(ss)", choice->vendor_id, stripped), self->cancellable, on_mail_sent,
                         g_object_ref (self));
}

static void
on_send_mail (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ProlongChoice *choice = prolong_window_get_choice (PROLONG_WINDOW (widget));

  if (choice != NULL)
    prolong_dialogs_ask_email (GTK_WINDOW (widget), choice->snapshot->email, send_mail, G_OBJECT (widget));
}

static void
on_seats (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongLicenseInfo *license = get_license (self);

  if (license != NULL)
    prolong_seats_window_show (GTK_WINDOW (self), self->client, license);
}

/* Whatever needs a code makes the keyring ask for its password. */
static void
on_unlock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);
  const ProlongChoice *choice = prolong_window_get_choice (self);
  g_autoptr (GPtrArray) reserves = NULL;

  if (choice == NULL)
    return;
  reserves = prolong_snapshot_list_reserves (choice->snapshot, choice->vendor_id, choice->product_id);
  if (reserves->len > 0)
    prolong_client_call (self->client, ((ProlongReserveInfo *)g_ptr_array_index (reserves, 0))->path,
                         PROLONG_BUS_RESERVE, "Check", NULL, self->cancellable, on_called,
                         g_object_ref (self));
}

static void
show_support (ProlongWindow *self, const ProlongSupportDraft *draft)
{
  const ProlongChoice *choice = prolong_window_get_choice (self);

  if (choice != NULL && choice->vendor != NULL)
    prolong_support_window_show (GTK_WINDOW (self), self->client, choice->vendor_id, choice->product_id,
                                 draft);
}

static void
on_support (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_support (PROLONG_WINDOW (widget), NULL);
}

/* From a step that failed: what was said there stands in the request already. */
static void
on_support_about (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongProblem problem;
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongSupportDraft draft = { .topic = "activation" };

  if (!prolong_problem_from_name (g_variant_get_string (parameter, NULL), &problem))
    return;
  prolong_words_for_problem (problem, NULL, &words);
  draft.message = words.what;
  show_support (PROLONG_WINDOW (widget), &draft);
}

static void
on_help (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongWindow *self = PROLONG_WINDOW (widget);

  prolong_help_show (GTK_WINDOW (self), adw_view_stack_get_visible_child_name (self->panels));
}

static void
on_show_help_overlay (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/prolong/Prolong/shortcuts.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  prolong_dialogs_set_parent (overlay, GTK_WINDOW (widget));
  gtk_window_present (overlay);
}

void
prolong_window_update_actions (ProlongWindow *self)
{
  const ProlongChoice *choice = prolong_window_get_choice (self);
  const ProlongVendorInfo *vendor = choice != NULL ? choice->vendor : NULL;
  gboolean license = choice != NULL && choice->license != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.refresh", license && !self->refreshing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.support",
                                 vendor != NULL && prolong_vendor_has_support (vendor));
}

void
prolong_window_install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.panel", "s", on_panel },
    { "win.enter-code", NULL, on_enter_code },
    { "win.license", "s", on_license },
    { "win.vendors", NULL, on_vendors },
    { "win.retry", NULL, on_retry },
    { "win.refresh", NULL, on_refresh },
    { "win.remove", NULL, on_remove },
    { "win.details", NULL, on_details },
    { "win.copy-number", NULL, on_copy_number },
    { "win.renew", NULL, on_renew },
    { "win.pay", "s", on_pay },
    { "win.check-order", "s", on_check_order },
    { "win.forget-order", "s", on_forget_order },
    { "win.send-mail", NULL, on_send_mail },
    { "win.manage-subscription", NULL, on_manage_subscription },
    { "win.seats", NULL, on_seats },
    { "win.unlock", NULL, on_unlock },
    { "win.auto-renewal", NULL, on_auto_renewal },
    { "win.support", NULL, on_support },
    { "win.support-about", "s", on_support_about },
    { "win.help", NULL, on_help },
    { "win.show-help-overlay", NULL, on_show_help_overlay },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, actions[i].type, actions[i].activate);
  prolong_contacts_install_action (klass);
  gtk_widget_class_install_property_action (klass, "win.product", "product");
}
