/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/renew-offers.h"

#include <glib/gi18n-lib.h>

#include "bus/order-words.h"
#include "license/profile.h"
#include "window/look.h"
#include "window/partners.h"

/* The buttons of one number that can be chosen, such as of devices. */
typedef struct
{
  GtkBox *box;
  char *(*words) (guint number);
  guint chosen;
} Numbers;

struct _ProlongRenewOffers
{
  AdwBin parent_instance;

  ProlongCatalogInfo *catalog; /* (nullable) before the first offers */
  GPtrArray
      *vendor_partners; /* (element-type ProlongPartnerInfo) (nullable), of the snapshot when it was opened */
  char *vendor;
  char *wanted;    /* id of the product */
  char *installed; /* its installed version; or empty */
  Numbers n_devices;
  Numbers n_years;
  gboolean filling;

  GtkWidget *content;
  GtkLabel *heading;
  GtkLabel *number;
  GtkBox *notices;
  GtkWidget *warning; /* (nullable) of double payment, among the notices */
  AdwComboRow *product;
  GtkBox *devices;
  GtkBox *years;
  AdwActionRow *version_row;
  GtkWidget *download;
  AdwComboRow *country;
  AdwComboRow *method;
  GtkEditable *email;
  GtkSwitch *remember;
  GtkLabel *total;
  GtkLabel *discount;
  GtkLabel *delivery;
  GtkLabel *problem;
  GtkBox *button_place;
  GtkSpinner *spinner;
  GtkWidget *button;
  GtkBox *partners;
};

enum
{
  COUNTRY_CHANGED,
  CHECK_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongRenewOffers, prolong_renew_offers, ADW_TYPE_BIN)

/* What is chosen. */

static const ProlongShelfInfo *
get_shelf (ProlongRenewOffers *self)
{
  guint selected = adw_combo_row_get_selected (self->product);

  return self->catalog != NULL && selected < self->catalog->shelves->len
             ? g_ptr_array_index (self->catalog->shelves, selected)
             : NULL;
}

static const ProlongOfferInfo *
get_offer (ProlongRenewOffers *self)
{
  const ProlongShelfInfo *shelf = get_shelf (self);

  return shelf != NULL ? prolong_shelf_info_find_offer (shelf, self->n_devices.chosen, self->n_years.chosen)
                       : NULL;
}

static const ProlongCountryInfo *
get_country (ProlongRenewOffers *self)
{
  guint selected = adw_combo_row_get_selected (self->country);

  return self->catalog != NULL && selected < self->catalog->countries->len
             ? g_ptr_array_index (self->catalog->countries, selected)
             : NULL;
}

static const char *
get_method (ProlongRenewOffers *self)
{
  const ProlongCountryInfo *country = get_country (self);
  guint selected = adw_combo_row_get_selected (self->method);

  return country != NULL && selected < g_strv_length (country->payment_methods)
             ? country->payment_methods[selected]
             : "";
}

/* What follows from it. */

static void
show_price (ProlongRenewOffers *self)
{
  const ProlongOfferInfo *offer = get_offer (self);
  g_autofree char *price = NULL;
  g_autofree char *total = NULL;
  g_autofree char *discount = NULL;

  gtk_widget_set_sensitive (self->button, offer != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->discount), FALSE);
  if (offer == NULL)
    {
      gtk_label_set_label (self->total, _ ("This is not offered. Choose other devices or years."));
      return;
    }
  price = prolong_words_money (offer->price, self->catalog->currency);
  discount = prolong_words_discount (offer, self->catalog->currency);
  /* Translators: %s is an amount of money, to be paid in all. */
  total = g_strdup_printf (_ ("Total: %s"), price);
  gtk_label_set_label (self->total, total);
  gtk_label_set_label (self->discount, discount);
  gtk_widget_set_visible (GTK_WIDGET (self->discount), discount[0] != '\0');
}

static void
on_number_toggled (GtkToggleButton *button, ProlongRenewOffers *self)
{
  Numbers *numbers = g_object_get_data (G_OBJECT (button), "numbers");

  if (!gtk_toggle_button_get_active (button))
    return;
  numbers->chosen = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));
  if (!self->filling)
    show_price (self);
}

static void
add_number (ProlongRenewOffers *self, Numbers *numbers, guint number, GtkToggleButton **first)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autofree char *words = numbers->words (number);
  GtkWidget *button = gtk_toggle_button_new_with_label (text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (button, words);
  g_object_set_data (G_OBJECT (button), "numbers", numbers);
  g_object_set_data (G_OBJECT (button), "number", GUINT_TO_POINTER (number));
  if (*first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), *first);
  else
    *first = GTK_TOGGLE_BUTTON (button);
  g_signal_connect (button, "toggled", G_CALLBACK (on_number_toggled), self);
  gtk_box_append (numbers->box, button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), number == numbers->chosen);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return (int)*(const guint *)a - (int)*(const guint *)b;
}

/* The one that was chosen, else the least that is enough, else the most. */
static void
fill_numbers (ProlongRenewOffers *self, Numbers *numbers, GArray *all)
{
  GtkToggleButton *first = NULL;
  GtkWidget *child;
  guint best;

  g_array_sort (all, compare_numbers);
  best = g_array_index (all, guint, all->len - 1);
  for (guint i = all->len; i > 0; i--)
    if (g_array_index (all, guint, i - 1) >= numbers->chosen)
      best = g_array_index (all, guint, i - 1);
  numbers->chosen = best;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (numbers->box))) != NULL)
    gtk_box_remove (numbers->box, child);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || g_array_index (all, guint, i) != g_array_index (all, guint, i - 1))
      add_number (self, numbers, g_array_index (all, guint, i), &first);
}

static void
show_version (ProlongRenewOffers *self, const ProlongShelfInfo *shelf)
{
  const char *newest = shelf->newest_version;
  gboolean same = g_str_equal (shelf->id, self->wanted);
  gboolean newer
      = *newest != '\0'
        && (!same || *self->installed == '\0' || prolong_version_compare (newest, self->installed) > 0);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->version_row), newer);
  if (!newer)
    return;
  /* Translators: %s is the number of a version, such as 22.0. */
  title = g_strdup_printf (_ ("The newest version, %s, is included"), newest);
  /* Translators: %s is the number of a version, such as 21.3. */
  subtitle = same && *self->installed != '\0' ? g_strdup_printf (_ ("You have version %s."), self->installed)
                                              : NULL;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->version_row), title);
  adw_action_row_set_subtitle (self->version_row, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->download, prolong_url_is_safe (shelf->download_url));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->download), "s", shelf->download_url);
}

static void
show_shelf (ProlongRenewOffers *self)
{
  const ProlongShelfInfo *shelf = get_shelf (self);
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) years = g_array_new (FALSE, FALSE, sizeof (guint));

  if (shelf == NULL)
    return;
  for (guint i = 0; i < shelf->offers->len; i++)
    {
      const ProlongOfferInfo *offer = g_ptr_array_index (shelf->offers, i);

      g_array_append_val (devices, offer->devices);
      g_array_append_val (years, offer->years);
    }
  self->filling = TRUE;
  fill_numbers (self, &self->n_devices, devices);
  fill_numbers (self, &self->n_years, years);
  self->filling = FALSE;
  show_version (self, shelf);
  show_price (self);
}

static void
on_product (ProlongRenewOffers *self)
{
  if (!self->filling)
    show_shelf (self);
}

static void
show_methods (ProlongRenewOffers *self)
{
  const ProlongCountryInfo *country = get_country (self);
  g_autofree char *before = g_strdup (get_method (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; country != NULL && country->payment_methods[i] != NULL; i++)
    {
      g_autofree char *name = prolong_words_payment_method (country->payment_methods[i]);

      gtk_string_list_append (names, name);
      if (g_str_equal (country->payment_methods[i], before))
        selected = i;
    }
  adw_combo_row_set_model (self->method, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->method, selected);
}

static void
on_country (ProlongRenewOffers *self)
{
  const ProlongCountryInfo *country = get_country (self);

  if (!self->filling && country != NULL && !g_str_equal (country->id, self->catalog->country))
    g_signal_emit (self, signals[COUNTRY_CHANGED], 0);
}

static void
fill_countries (ProlongRenewOffers *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->catalog->countries->len; i++)
    {
      const ProlongCountryInfo *country = g_ptr_array_index (self->catalog->countries, i);

      gtk_string_list_append (names, country->name);
      if (g_str_equal (country->id, self->catalog->country))
        selected = i;
    }
  adw_combo_row_set_model (self->country, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->country, selected);
}

static void
fill_products (ProlongRenewOffers *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->catalog->shelves->len; i++)
    {
      const ProlongShelfInfo *shelf = g_ptr_array_index (self->catalog->shelves, i);

      gtk_string_list_append (names, shelf->name);
      if (g_str_equal (shelf->id, self->wanted))
        selected = i;
    }
  adw_combo_row_set_model (self->product, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->product, selected);
}

void
prolong_renew_offers_show (ProlongRenewOffers *self, ProlongCatalogInfo *catalog)
{
  const ProlongShelfInfo *chosen = get_shelf (self);
  g_autofree char *product = g_strdup (chosen != NULL ? chosen->id : self->wanted);

  self->filling = TRUE;
  g_clear_pointer (&self->catalog, prolong_catalog_info_free);
  self->catalog = catalog;
  g_free (self->wanted);
  self->wanted = g_steal_pointer (&product);
  fill_products (self);
  fill_countries (self);
  show_methods (self);
  self->filling = FALSE;
  gtk_label_set_label (self->delivery, prolong_words_delivery (catalog->delivery));
  show_shelf (self);
  prolong_partners_fill (self->partners, self->vendor_partners, catalog->country);
}

static const char *
get_installed (const ProlongVendorInfo *vendor, const char *product)
{
  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *info = g_ptr_array_index (vendor->products, i);

      if (g_str_equal (info->id, product))
        return info->version;
    }
  return "";
}

static void
warn_of_double_payment (ProlongRenewOffers *self)
{
  self->warning = prolong_look_twice ("renew.auto-renewal");
  gtk_box_append (self->notices, self->warning);
  gtk_widget_set_visible (GTK_WIDGET (self->notices), TRUE);
}

void
prolong_renew_offers_take_back_warning (ProlongRenewOffers *self)
{
  if (self->warning == NULL)
    return;
  gtk_box_remove (self->notices, self->warning);
  self->warning = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->notices),
                          gtk_widget_get_first_child (GTK_WIDGET (self->notices)) != NULL);
}

void
prolong_renew_offers_start (ProlongRenewOffers *self,
                            const ProlongVendorInfo *vendor,
                            const char *product,
                            const char *name,
                            const ProlongLicenseInfo *license,
                            const char *email)
{
  /* Translators: %s is the name of a product. */
  g_autofree char *heading = g_strdup_printf (_ ("Renew %s"), name);
  /* Translators: %s is a license number. */
  g_autofree char *number
      = license != NULL ? g_strdup_printf (_ ("License number %s"), license->number) : NULL;

  self->vendor = g_strdup (vendor->id);
  self->vendor_partners = prolong_partners_copy (vendor->partners);
  self->wanted = g_strdup (product);
  self->installed = g_strdup (get_installed (vendor, product));
  self->n_devices.chosen = license != NULL ? license->devices_limit : 1;
  self->n_years.chosen = 1;
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->number, number != NULL ? number : "");
  gtk_widget_set_visible (GTK_WIDGET (self->number), number != NULL);
  gtk_editable_set_text (self->email, email);
  gtk_switch_set_active (self->remember, *email != '\0');
  if (license != NULL && license->auto_renewal)
    warn_of_double_payment (self);
}

void
prolong_renew_offers_tell_no_discount (ProlongRenewOffers *self)
{
  gtk_box_append (self->notices, prolong_look_notice (
                                     "dialog-information-symbolic", _ ("Prices without a renewal discount"),
                                     _ ("The vendor does not know the number of this license."), NULL, NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->notices), TRUE);
}

void
prolong_renew_offers_tell (ProlongRenewOffers *self, const ProlongWords *words)
{
  g_autofree char *text = words != NULL ? g_strdup_printf ("%s %s", words->what, words->way_out) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    prolong_look_scroll_to (GTK_WIDGET (self->problem));
}

void
prolong_renew_offers_set_busy (ProlongRenewOffers *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->button, !busy && get_offer (self) != NULL);
}

static void
on_email_changed (ProlongRenewOffers *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->email), "error");
  prolong_renew_offers_tell (self, NULL);
}

static void
on_check_out (ProlongRenewOffers *self)
{
  if (gtk_widget_is_sensitive (self->button))
    g_signal_emit (self, signals[CHECK_OUT], 0);
}

const char *
prolong_renew_offers_get_country (ProlongRenewOffers *self)
{
  const ProlongCountryInfo *country = get_country (self);

  return country != NULL ? country->id : "";
}

const char *
prolong_renew_offers_get_email (ProlongRenewOffers *self)
{
  return gtk_editable_get_text (self->email);
}

gboolean
prolong_renew_offers_get_remember (ProlongRenewOffers *self)
{
  return gtk_switch_get_active (self->remember);
}

GVariant *
prolong_renew_offers_get_order (ProlongRenewOffers *self, const char *number)
{
  g_autofree char *email = g_strstrip (g_strdup (prolong_renew_offers_get_email (self)));
  const ProlongOfferInfo *offer = get_offer (self);

  return offer != NULL ? prolong_order_arguments_new (
             self->vendor, offer, number, prolong_renew_offers_get_country (self), get_method (self), email)
                       : NULL;
}

void
prolong_renew_offers_focus (ProlongRenewOffers *self)
{
  prolong_look_focus (self->heading);
}

void
prolong_renew_offers_refuse_email (ProlongRenewOffers *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->email), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->email));
}

static void
prolong_renew_offers_finalize (GObject *object)
{
  ProlongRenewOffers *self = PROLONG_RENEW_OFFERS (object);

  g_clear_pointer (&self->catalog, prolong_catalog_info_free);
  g_clear_pointer (&self->vendor_partners, g_ptr_array_unref);
  g_free (self->vendor);
  g_free (self->wanted);
  g_free (self->installed);
  G_OBJECT_CLASS (prolong_renew_offers_parent_class)->finalize (object);
}

static void
prolong_renew_offers_class_init (ProlongRenewOffersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_renew_offers_finalize;
  signals[COUNTRY_CHANGED]
      = g_signal_new ("country-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHECK_OUT]
      = g_signal_new ("check-out", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/renew-offers.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, content);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, number);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, notices);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, product);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, devices);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, years);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, version_row);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, country);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, method);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, email);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, remember);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, total);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, discount);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, delivery);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, problem);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, button_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongRenewOffers, partners);
  gtk_widget_class_bind_template_callback (widget_class, on_product);
  gtk_widget_class_bind_template_callback (widget_class, on_country);
  gtk_widget_class_bind_template_callback (widget_class, on_email_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_check_out);
}

static void
prolong_renew_offers_init (ProlongRenewOffers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->n_devices = (Numbers){ self->devices, prolong_words_devices, 1 };
  self->n_years = (Numbers){ self->years, prolong_words_years, 1 };
  self->download = gtk_button_new_with_label (_ ("Download"));
  gtk_widget_set_valign (self->download, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->download), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->download), "renew.open");
  adw_action_row_add_suffix (self->version_row, self->download);
  self->button = prolong_look_pill (_ ("Check out"), "renew.check-out", TRUE);
  gtk_box_append (self->button_place, self->button);
}

GtkWidget *
prolong_renew_offers_new (void)
{
  return g_object_new (PROLONG_TYPE_RENEW_OFFERS, NULL);
}
