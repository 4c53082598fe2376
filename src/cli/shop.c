/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/shop.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/order-words.h"
#include "cli/output.h"

void
prolong_shop_clear (ProlongShop *self)
{
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  g_clear_object (&self->bus);
}

/* One license that the options name says which vendor and which number are meant. */
gboolean
prolong_shop_open (ProlongShop *self, const ProlongCli *cli, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) licenses = NULL;
  g_autoptr (GPtrArray) vendors = NULL;

  self->cli = cli;
  self->bus = prolong_cli_connect (&error);
  self->snapshot = self->bus != NULL ? prolong_snapshot_read_sync (self->bus, NULL, &error) : NULL;
  if (self->snapshot == NULL)
    {
      *status = prolong_cli_fail (cli, error);
      return FALSE;
    }
  licenses = prolong_cli_find_licenses (cli, self->snapshot);
  if (licenses->len == 1)
    self->license = g_ptr_array_index (licenses, 0);
  vendors = prolong_cli_find_vendors (cli, self->snapshot, status);
  if (vendors == NULL)
    return FALSE;
  if (self->license != NULL)
    self->vendor = self->license->vendor;
  else if (vendors->len == 1)
    self->vendor = ((const ProlongVendorInfo *)g_ptr_array_index (vendors, 0))->id;
  if (self->vendor != NULL)
    return TRUE;
  *status = prolong_cli_misused (cli->verb, "%s", _ ("There are several vendors. Choose one with --vendor."));
  return FALSE;
}

const char *
prolong_shop_get_number (const ProlongShop *self)
{
  const char *stated = self->cli->arguments[0] != NULL && !g_str_equal (self->cli->verb, "order")
                           ? self->cli->arguments[0]
                           : NULL;

  if (stated != NULL)
    return stated;
  return self->license != NULL ? self->license->number : "";
}

GVariant *
prolong_shop_get_offers (const ProlongShop *self, GError **error)
{
  g_autofree char *here = prolong_session_country ();
  const char *country = self->cli->country != NULL ? self->cli->country : here;

  return prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "GetOffers",
                           g_variant_new ("(sss)", self->vendor, prolong_shop_get_number (self), country),
                           error);
}

static void
describe_offer (GString *text, const ProlongOfferInfo *offer, const char *currency)
{
  g_autofree char *devices = prolong_words_devices (offer->devices);
  g_autofree char *years = prolong_words_years (offer->years);
  g_autofree char *what = g_strdup_printf ("%s, %s", devices, years);
  g_autofree char *price = prolong_words_money (offer->price, currency);
  g_autofree char *discount = prolong_words_discount (offer, currency);
  g_autofree char *value
      = *discount != '\0' ? g_strdup_printf ("%s (%s)", price, discount) : g_strdup (price);

  prolong_cli_add_row (text, what, value);
}

/* Each in words, with the name that --method takes. */
static char *
describe_methods (const ProlongCountryInfo *country)
{
  g_autoptr (GPtrArray) methods = g_ptr_array_new_null_terminated (4, g_free, TRUE);

  for (char **id = country->payment_methods; *id != NULL; id++)
    {
      g_autofree char *words = prolong_words_payment_method (*id);

      g_ptr_array_add (methods, g_strdup_printf ("%s (%s)", words, *id));
    }
  return g_strjoinv (", ", (char **)methods->pdata);
}

static void
describe_catalog (GString *text, const ProlongCatalogInfo *catalog)
{
  const ProlongCountryInfo *country = prolong_catalog_info_find_country (catalog, catalog->country);

  for (guint i = 0; i < catalog->shelves->len; i++)
    {
      const ProlongShelfInfo *shelf = g_ptr_array_index (catalog->shelves, i);
      const char *version = *shelf->newest_version != '\0' ? shelf->newest_version : shelf->version;

      g_string_append_printf (text, "%s %s (%s)\n", shelf->name, version, shelf->id);
      for (guint j = 0; j < shelf->offers->len; j++)
        describe_offer (text, g_ptr_array_index (shelf->offers, j), catalog->currency);
    }
  if (country != NULL)
    {
      g_autofree char *methods = describe_methods (country);

      /* Translators: the first %s is a country, the second names of ways of paying. */
      g_string_append_printf (text, _ ("Ways of paying in %s: %s\n"), country->name, methods);
    }
  g_string_append_printf (text, "%s\n", prolong_words_delivery (catalog->delivery));
}

ProlongExit
prolong_cli_offers (const ProlongCli *cli)
{
  g_auto (ProlongShop) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (ProlongCatalogInfo) catalog = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  ProlongExit status;

  if (!prolong_shop_open (&self, cli, &status))
    return status;
  answer = prolong_shop_get_offers (&self, &error);
  if (answer == NULL)
    return prolong_cli_fail (cli, error);
  if (cli->json)
    {
      g_autoptr (GVariant) found = g_variant_get_child_value (answer, 0);

      prolong_cli_print_json (found);
      return PROLONG_EXIT_DONE;
    }
  prolong_cli_warn_of_double_payment (cli, self.snapshot);
  catalog = prolong_catalog_info_new (answer);
  describe_catalog (text, catalog);
  prolong_cli_print (text->str);
  return PROLONG_EXIT_DONE;
}

/* Times are told as everywhere in the output of this program. */
static GVariant *
number_to_json (GVariant *found)
{
  GVariantDict dict;
  gint64 expires = 0;

  g_variant_dict_init (&dict, found);
  g_variant_dict_lookup (&dict, "expires_at", "x", &expires);
  g_variant_dict_insert_value (&dict, "expires_at", prolong_cli_json_time (expires));
  return g_variant_dict_end (&dict);
}

static void
describe_number (GString *text, GVariant *found)
{
  const char *number = "", *name = "", *kind = "", *currency = "";
  guint devices = 0, n_offers;
  gint64 expires = 0;
  g_autofree char *end = NULL;
  g_autofree char *used = NULL;
  g_autoptr (GVariant) offers = g_variant_lookup_value (found, "offers", G_VARIANT_TYPE ("aa{sv}"));
  ProlongLicenseKind value;

  g_variant_lookup (found, "number", "&s", &number);
  g_variant_lookup (found, "name", "&s", &name);
  g_variant_lookup (found, "kind", "&s", &kind);
  g_variant_lookup (found, "currency", "&s", &currency);
  g_variant_lookup (found, "devices", "u", &devices);
  g_variant_lookup (found, "expires_at", "x", &expires);
  n_offers = offers != NULL ? g_variant_n_children (offers) : 0;
  used = prolong_words_devices (devices);
  end = expires != 0 ? prolong_words_date (expires) : g_strdup (_ ("not used yet"));
  g_string_append_printf (text, "%s, %s\n", name, number);
  if (prolong_license_kind_from_name (kind, &value))
    prolong_cli_add_row (text, _ ("Kind"), prolong_words_kind (value));
  prolong_cli_add_row (text, _ ("Devices"), used);
  prolong_cli_add_row (text, _ ("Ends"), end);
  for (guint i = 0; i < n_offers; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (offers, i);
      ProlongOfferInfo offer = { 0 };

      g_variant_lookup (child, "devices", "u", &offer.devices);
      g_variant_lookup (child, "years", "u", &offer.years);
      g_variant_lookup (child, "price", "x", &offer.price);
      g_variant_lookup (child, "full_price", "x", &offer.full_price);
      describe_offer (text, &offer, currency);
    }
}

ProlongExit
prolong_cli_number (const ProlongCli *cli)
{
  g_auto (ProlongShop) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  ProlongExit status;

  if (!prolong_shop_open (&self, cli, &status))
    return status;
  if (*prolong_shop_get_number (&self) == '\0')
    return prolong_cli_misused (cli->verb, "%s",
                                _ ("Name a license number; there is no license that could be meant."));
  answer = prolong_cli_call (self.bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "CheckNumber",
                             g_variant_new ("(ss)", self.vendor, prolong_shop_get_number (&self)), &error);
  if (answer == NULL)
    return prolong_cli_fail (cli, error);
  found = g_variant_get_child_value (answer, 0);
  if (cli->json)
    {
      prolong_cli_print_json (number_to_json (found));
      return PROLONG_EXIT_DONE;
    }
  describe_number (text, found);
  prolong_cli_print (text->str);
  return PROLONG_EXIT_DONE;
}
