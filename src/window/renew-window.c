/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/renew-window.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/order-words.h"
#include "license/profile.h"
#include "window/auto-renewal-window.h"
#include "window/dialogs.h"
#include "window/launch.h"
#include "window/license-orders.h"
#include "window/look.h"
#include "window/partners.h"
#include "window/renew-offers.h"
#include "window/support-window.h"
#include "window/wrap-box.h"

struct _ProlongRenewWindow
{
  AdwWindow parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  char *vendor;
  char *number; /* of the license; empty where the vendor does not know it */
  char *product;
  char *shop_url;
  GPtrArray *shops;  /* (element-type ProlongPartnerInfo) */
  char *order;       /* (nullable) id of the one that was placed */
  char *payment_url; /* (nullable) where it is paid */

  GtkStack *stack;
  GtkSpinner *spinner;
  ProlongRenewOffers *offers;
  AdwStatusPage *none;
  ProlongWrapBox *none_buttons;
  GtkBox *none_partners;
  AdwStatusPage *placed;
  ProlongWrapBox *placed_buttons;
};

G_DEFINE_FINAL_TYPE (ProlongRenewWindow, prolong_renew_window, ADW_TYPE_WINDOW)

static void
show_page (ProlongRenewWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

/* No offers. */

static void
add_way (ProlongWrapBox *box, const char *label, const char *action, gboolean suggested)
{
  prolong_wrap_box_append (box, prolong_look_pill (label, action, suggested));
}

static void
show_none (ProlongRenewWindow *self, const char *title, const char *words, gboolean again)
{
  const char *icon = again ? "network-offline-symbolic" : "package-x-generic-symbolic";
  g_autofree char *country = prolong_session_country ();
  gboolean shop = prolong_url_is_safe (self->shop_url);

  adw_status_page_set_icon_name (self->none, icon);
  adw_status_page_set_title (self->none, title);
  adw_status_page_set_description (self->none, words);
  prolong_wrap_box_clear (self->none_buttons);
  if (shop)
    add_way (self->none_buttons, _ ("Open the vendor’s shop"), "renew.shop", TRUE);
  if (again)
    add_way (self->none_buttons, _ ("Try again"), "renew.retry", !shop);
  if (!shop && !again)
    add_way (self->none_buttons, _ ("Contact support"), "renew.support", TRUE);
  prolong_partners_fill (self->none_partners, self->shops, country);
  show_page (self, "none");
  gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->none_buttons)));
}

/* Asking. */

static void ask (ProlongRenewWindow *self, const char *country);

static void
take_catalog (ProlongRenewWindow *self, ProlongCatalogInfo *catalog)
{
  gboolean first = !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "offers");

  if (catalog->shelves->len == 0)
    {
      prolong_catalog_info_free (catalog);
      show_none (self, _ ("No offers here"), _ ("The vendor sells nothing in Prolong. Its shop does."),
                 FALSE);
      return;
    }
  prolong_renew_offers_show (self->offers, catalog);
  show_page (self, "offers");
  if (first)
    prolong_renew_offers_focus (self->offers);
}

static gboolean
is_about_number (const GError *error)
{
  return g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NUMBER_UNKNOWN)
         || g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NUMBER_MALFORMED);
}

static void
take_failure (ProlongRenewWindow *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_error (error, &words);
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "offers"))
    prolong_renew_offers_tell (self->offers, &words);
  else
    show_none (self, words.what, _ ("You can renew in a shop, or try again later."), TRUE);
}

static void
on_offers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongRenewWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  prolong_renew_offers_set_busy (self->offers, FALSE);
  if (answer != NULL)
    take_catalog (self, prolong_catalog_info_new (answer));
  else if (is_about_number (error) && *self->number != '\0')
    {
      *self->number = '\0';
      prolong_renew_offers_tell_no_discount (self->offers);
      ask (self, "");
    }
  else
    take_failure (self, error);
}

static void
ask (ProlongRenewWindow *self, const char *country)
{
  g_autofree char *here = *country != '\0' ? g_strdup (country) : prolong_session_country ();

  prolong_renew_offers_set_busy (self->offers, TRUE);
  prolong_renew_offers_tell (self->offers, NULL);
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "GetOffers",
                       g_variant_new ("(sss)", self->vendor, self->number, here), self->cancellable,
                       on_offers, g_object_ref (self));
}

static void
on_country_changed (ProlongRenewWindow *self)
{
  ask (self, prolong_renew_offers_get_country (self->offers));
}

/* Ordering. */

static void
pay (ProlongRenewWindow *self)
{
  if (prolong_url_is_safe (self->payment_url))
    prolong_launch (GTK_WINDOW (self), self->payment_url);
}

/* Whoever has turned auto-renewal off meanwhile does not pay twice. */
static void
update_warning (ProlongRenewWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);
  const ProlongLicenseInfo *license
      = snapshot != NULL ? prolong_snapshot_find_license (snapshot, self->vendor, self->product) : NULL;

  if (license != NULL && !license->auto_renewal)
    prolong_renew_offers_take_back_warning (self->offers);
}

static const ProlongOrderInfo *
find_order (ProlongRenewWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  return snapshot != NULL && self->order != NULL ? prolong_snapshot_find_order (snapshot, self->order) : NULL;
}

static void
update_placed (ProlongRenewWindow *self)
{
  const ProlongOrderInfo *order = find_order (self);
  gboolean to_pay = order == NULL || prolong_order_info_get_stage (order) == PROLONG_STAGE_TO_PAY;
  const char *title = to_pay ? _ ("Pay in your browser") : _ ("Thank you");
  g_autofree char *stage = order != NULL && !to_pay ? prolong_words_order_stage (order) : NULL;

  if (self->order == NULL || g_strcmp0 (adw_status_page_get_title (self->placed), title) == 0)
    {
      if (stage != NULL)
        adw_status_page_set_description (self->placed, stage);
      return;
    }
  adw_status_page_set_title (self->placed, title);
  adw_status_page_set_description (
      self->placed,
      stage != NULL ? stage
                    : _ ("The payment page is open in your browser. When you have paid, there or elsewhere, "
                         "the code comes into Prolong by itself. You can close this window."));
  prolong_wrap_box_clear (self->placed_buttons);
  if (to_pay)
    add_way (self->placed_buttons, _ ("Open the payment page"), "renew.pay", FALSE);
  add_way (self->placed_buttons, _ ("Close"), "window.close", TRUE);
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->placed_buttons)));
}

static void
remember (ProlongRenewWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);
  g_autofree char *email = g_strstrip (g_strdup (
      prolong_renew_offers_get_remember (self->offers) ? prolong_renew_offers_get_email (self->offers) : ""));

  if (snapshot != NULL && !g_str_equal (snapshot->email, email))
    prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "SetEmail",
                         g_variant_new ("(s)", email), NULL, NULL, NULL);
}

static void
refuse (ProlongRenewWindow *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_error (error, &words);
  /* The new prices, with the words that they are new. */
  if (g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_PRICE_CHANGED))
    ask (self, prolong_renew_offers_get_country (self->offers));
  prolong_renew_offers_tell (self->offers, &words);
  if (g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_EMAIL_MALFORMED))
    prolong_renew_offers_refuse_email (self->offers);
}

static void
on_ordered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongRenewWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  prolong_renew_offers_set_busy (self->offers, FALSE);
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(ss)")))
    {
      if (error != NULL)
        refuse (self, error);
      return;
    }
  g_free (self->order);
  g_free (self->payment_url);
  g_variant_get (answer, "(ss)", &self->order, &self->payment_url);
  remember (self);
  show_page (self, "placed");
  update_placed (self);
  pay (self);
}

static void
check_out (ProlongRenewWindow *self)
{
  GVariant *order = prolong_renew_offers_get_order (self->offers, self->number);

  if (order == NULL)
    return;
  prolong_renew_offers_tell (self->offers, NULL);
  prolong_renew_offers_set_busy (self->offers, TRUE);
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "Order", order, self->cancellable,
                       on_ordered, g_object_ref (self));
}

/* Actions. */

static void
on_check_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  check_out (PROLONG_RENEW_WINDOW (widget));
}

static void
on_pay (GtkWidget *widget, const char *action, GVariant *parameter)
{
  pay (PROLONG_RENEW_WINDOW (widget));
}

static void
on_shop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  prolong_launch (GTK_WINDOW (widget), PROLONG_RENEW_WINDOW (widget)->shop_url);
}

static void
on_auto_renewal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongRenewWindow *self = PROLONG_RENEW_WINDOW (widget);

  prolong_auto_renewal_window_show (GTK_WINDOW (self), self->client, self->vendor, self->product);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *url = g_variant_get_string (parameter, NULL);

  if (prolong_url_is_safe (url))
    prolong_launch (GTK_WINDOW (widget), url);
}

static void
on_support (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongRenewWindow *self = PROLONG_RENEW_WINDOW (widget);

  prolong_support_window_show (GTK_WINDOW (self), self->client, self->vendor, self->product, NULL);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongRenewWindow *self = PROLONG_RENEW_WINDOW (widget);

  show_page (self, "loading");
  ask (self, "");
}

/* Somebody who comes back from the browser has perhaps paid. */
static void
on_active (ProlongRenewWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->order != NULL)
    prolong_license_orders_ask (self->client);
}

static void
prolong_renew_window_dispose (GObject *object)
{
  ProlongRenewWindow *self = PROLONG_RENEW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_renew_window_parent_class)->dispose (object);
}

static void
prolong_renew_window_finalize (GObject *object)
{
  ProlongRenewWindow *self = PROLONG_RENEW_WINDOW (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_free (self->vendor);
  g_free (self->number);
  g_free (self->shop_url);
  g_free (self->product);
  g_free (self->order);
  g_free (self->payment_url);
  G_OBJECT_CLASS (prolong_renew_window_parent_class)->finalize (object);
}

static void
prolong_renew_window_class_init (ProlongRenewWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "renew.check-out", NULL, on_check_out },
    { "renew.pay", NULL, on_pay },
    { "renew.shop", NULL, on_shop },
    { "renew.open", "s", on_open },
    { "renew.retry", NULL, on_retry },
    { "renew.support", NULL, on_support },
    { "renew.auto-renewal", NULL, on_auto_renewal },
  };

  G_OBJECT_CLASS (klass)->dispose = prolong_renew_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_renew_window_finalize;
  g_type_ensure (PROLONG_TYPE_RENEW_OFFERS);
  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/renew-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, offers);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, none);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, none_buttons);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, none_partners);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, placed);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewWindow, placed_buttons);
  gtk_widget_class_bind_template_callback (widget_class, check_out);
  gtk_widget_class_bind_template_callback (widget_class, on_country_changed);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
prolong_renew_window_init (ProlongRenewWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
}

void
prolong_renew_window_show (GtkWindow *parent, ProlongClient *client, const ProlongChoice *choice)
{
  ProlongRenewWindow *self = g_object_new (PROLONG_TYPE_RENEW_WINDOW, NULL);
  const ProlongLicenseInfo *license = choice->license;

  prolong_dialogs_set_parent (GTK_WINDOW (self), parent);
  g_set_object (&self->client, client);
  self->vendor = g_strdup (choice->vendor_id);
  self->number = g_strdup (license != NULL ? license->number : "");
  self->shop_url = g_strdup (choice->vendor->shop_url);
  self->product = g_strdup (choice->product_id);
  self->shops = prolong_partners_copy (choice->vendor->partners);
  prolong_renew_offers_start (self->offers, choice->vendor, choice->product_id, choice->name, license,
                              choice->snapshot->email);
  g_signal_connect_object (client, "changed", G_CALLBACK (update_placed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "changed", G_CALLBACK (update_warning), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  show_page (self, "loading");
  ask (self, "");
}
