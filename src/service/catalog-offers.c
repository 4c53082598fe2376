/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/catalog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_URL 2048

static gboolean
is_version (const char *text)
{
  for (const char *at = text; *at; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  return *text && strlen (text) <= 64;
}

gboolean
prolong_catalog_read_product (ProlongCatalogReader *reader, const char *group, const char *id)
{
  ProlongCatalogProduct *product = g_new0 (ProlongCatalogProduct, 1);

  g_ptr_array_add (reader->catalog->products, product);
  product->id = g_strdup (id);
  product->offers = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_catalog_offer_free);
  if (!prolong_profile_find_product (reader->profile, id))
    return prolong_catalog_refuse (reader, group, "", _ ("the vendor profile has no such product"));
  product->version = prolong_catalog_read_string (reader, group, "Version");
  product->download_url = product->version ? prolong_catalog_read_string (reader, group, "Download") : NULL;
  if (!product->download_url || !prolong_catalog_check_names (reader, group))
    return FALSE;
  product->newest_version = g_key_file_get_string (reader->file, group, "NewestVersion", NULL);
  if (!is_version (product->version))
    return prolong_catalog_refuse (reader, group, "Version", _ ("it must be a version, such as 21.3"));
  if (product->newest_version && !is_version (product->newest_version))
    return prolong_catalog_refuse (reader, group, "NewestVersion", _ ("it must be a version, such as 21.3"));
  return (strlen (product->download_url) <= MAX_URL && prolong_url_is_safe (product->download_url))
         || prolong_catalog_refuse (reader, group, "Download", _ ("it must be an https:// address"));
}

/* Rounded to the nearest unit, halves in favour of the buyer. */
static gint64
take_discount (gint64 price, int percent)
{
  return (price * (100 - percent) + 49) / 100;
}

/* In the first currency the key is Price, in another one for example Price-GBP. */
static char *
dup_key (ProlongCatalogReader *reader, const char *name, guint currency)
{
  return currency == 0
             ? g_strdup (name)
             : g_strdup_printf ("%s-%s", name, (char *)reader->catalog->currencies->pdata[currency]);
}

static gboolean
read_price (ProlongCatalogReader *reader, const char *group, guint currency, ProlongCatalogOffer *offer)
{
  g_autofree char *key = dup_key (reader, "Price", currency);
  g_autofree char *renewal = dup_key (reader, "RenewalPrice", currency);
  gint64 *full = &offer->prices[currency].full;

  if (currency > 0 && !g_key_file_has_key (reader->file, group, key, NULL))
    return TRUE;
  if (!prolong_catalog_read_number (reader, group, key, 1, PROLONG_SHOP_MAX_PRICE, full))
    return FALSE;
  offer->prices[currency].renewal = take_discount (*full, reader->discount);
  return !g_key_file_has_key (reader->file, group, renewal, NULL)
         || prolong_catalog_read_number (reader, group, renewal, 0, *full, &offer->prices[currency].renewal);
}

static gboolean
read_prices (ProlongCatalogReader *reader, const char *group, ProlongCatalogOffer *offer)
{
  for (guint currency = 0; currency < reader->catalog->currencies->len; currency++)
    if (!read_price (reader, group, currency, offer))
      return FALSE;
  return TRUE;
}

gboolean
prolong_catalog_read_offer (ProlongCatalogReader *reader, const char *group, const char *id)
{
  ProlongCatalogOffer *offer = g_new0 (ProlongCatalogOffer, 1);
  g_autofree char *product_id = prolong_catalog_read_string (reader, group, "Product");
  const ProlongCatalogProduct *product
      = product_id ? prolong_catalog_find_product (reader->catalog, product_id) : NULL;
  gint64 devices = 0, years = 0;

  offer->id = g_strdup (id);
  offer->product = g_strdup (product_id);
  if (product && product->offers->len < PROLONG_SHOP_MAX_OFFERS)
    g_ptr_array_add (product->offers, offer);
  else
    {
      prolong_catalog_offer_free (offer);
      return product_id
             && prolong_catalog_refuse (reader, group, "Product",
                                        product ? _ ("it has too many offers")
                                                : _ ("there is no group [Product …] of it"));
    }
  if (!prolong_catalog_read_number (reader, group, "Devices", 1, 1000000, &devices)
      || !prolong_catalog_read_number (reader, group, "Years", 1, 100, &years))
    return FALSE;
  offer->devices = (guint)devices;
  offer->years = (guint)years;
  return read_prices (reader, group, offer);
}
