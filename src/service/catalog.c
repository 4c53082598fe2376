/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/catalog-private.h"

static void
country_free (gpointer data)
{
  ProlongCatalogCountry *country = data;

  g_free (country->id);
  g_strfreev (country->payment_methods);
  g_free (country);
}

static void
payment_free (gpointer data)
{
  ProlongCatalogPayment *payment = data;

  g_free (payment->method);
  g_free (payment->provider);
  g_free (payment);
}

void
prolong_catalog_offer_free (ProlongCatalogOffer *offer)
{
  g_free (offer->id);
  g_free (offer->product);
  g_free (offer);
}

static void
product_free (gpointer data)
{
  ProlongCatalogProduct *product = data;

  g_free (product->id);
  g_free (product->version);
  g_free (product->newest_version);
  g_free (product->download_url);
  g_ptr_array_unref (product->offers);
  g_free (product);
}

ProlongCatalog *
prolong_catalog_new (void)
{
  ProlongCatalog *catalog = g_new0 (ProlongCatalog, 1);

  catalog->currencies = g_ptr_array_new_with_free_func (g_free);
  catalog->products = g_ptr_array_new_with_free_func (product_free);
  catalog->countries = g_ptr_array_new_with_free_func (country_free);
  catalog->payments = g_ptr_array_new_with_free_func (payment_free);
  catalog->file = g_key_file_new ();
  return catalog;
}

void
prolong_catalog_free (ProlongCatalog *catalog)
{
  g_ptr_array_unref (catalog->currencies);
  g_free (catalog->bank_holder);
  g_free (catalog->bank_account);
  g_ptr_array_unref (catalog->products);
  g_ptr_array_unref (catalog->countries);
  g_ptr_array_unref (catalog->payments);
  g_key_file_unref (catalog->file);
  g_free (catalog);
}

const ProlongCatalogProduct *
prolong_catalog_find_product (const ProlongCatalog *catalog, const char *id)
{
  for (guint i = 0; i < catalog->products->len; i++)
    {
      const ProlongCatalogProduct *product = g_ptr_array_index (catalog->products, i);

      if (g_str_equal (product->id, id))
        return product;
    }
  return NULL;
}

static const ProlongCatalogOffer *
find_offer_of (const ProlongCatalogProduct *product, const char *id)
{
  for (guint i = 0; i < product->offers->len; i++)
    {
      const ProlongCatalogOffer *offer = g_ptr_array_index (product->offers, i);

      if (g_str_equal (offer->id, id))
        return offer;
    }
  return NULL;
}

const ProlongCatalogOffer *
prolong_catalog_find_offer (const ProlongCatalog *catalog, const char *id)
{
  for (guint i = 0; i < catalog->products->len; i++)
    {
      const ProlongCatalogOffer *offer = find_offer_of (g_ptr_array_index (catalog->products, i), id);

      if (offer)
        return offer;
    }
  return NULL;
}

static const ProlongCatalogCountry *
find_country (const ProlongCatalog *catalog, const char *id)
{
  for (guint i = 0; i < catalog->countries->len; i++)
    {
      const ProlongCatalogCountry *country = g_ptr_array_index (catalog->countries, i);

      if (g_strcmp0 (country->id, id) == 0)
        return country;
    }
  return NULL;
}

const ProlongCatalogCountry *
prolong_catalog_get_country (const ProlongCatalog *catalog, const char *id)
{
  const ProlongCatalogCountry *country = find_country (catalog, id);

  return country ? country : g_ptr_array_index (catalog->countries, 0);
}

const char *
prolong_catalog_find_provider (const ProlongCatalog *catalog, const char *country, const char *method)
{
  const ProlongCatalogCountry *known = find_country (catalog, country);

  if (!known || !g_strv_contains ((const char *const *)known->payment_methods, method))
    return NULL;
  for (guint i = 0; i < catalog->payments->len; i++)
    {
      const ProlongCatalogPayment *payment = g_ptr_array_index (catalog->payments, i);

      if (g_str_equal (payment->method, method))
        return payment->provider;
    }
  return NULL;
}

gboolean
prolong_catalog_find_vat (const ProlongCatalog *catalog, const char *country, guint *rate)
{
  const ProlongCatalogCountry *known = find_country (catalog, country);

  *rate = known ? known->vat : 0;
  return known && known->has_vat;
}

static char *
dup_name (const ProlongCatalog *catalog, const char *kind, const char *id, const char *language)
{
  g_autofree char *group = g_strconcat (kind, id, NULL);

  /* The empty language is none that a name is in; %NULL would be that of the process. */
  return g_key_file_get_locale_string (catalog->file, group, "Name", language ? language : "", NULL);
}

char *
prolong_catalog_dup_product_name (const ProlongCatalog *catalog, const char *product, const char *language)
{
  char *name = dup_name (catalog, "Product ", product, language);

  return name ? name : g_strdup (product);
}

const char *
prolong_catalog_get_currency (const ProlongCatalog *catalog, const char *country)
{
  return g_ptr_array_index (catalog->currencies, prolong_catalog_get_country (catalog, country)->currency);
}

ProlongShopOffer *
prolong_catalog_price_offer (const ProlongCatalog *catalog,
                             const ProlongCatalogOffer *offer,
                             const ProlongCatalogBuyer *buyer)
{
  guint currency = prolong_catalog_get_country (catalog, buyer->country)->currency;
  ProlongShopOffer *priced;

  if (offer->prices[currency].full == 0)
    return NULL;
  priced = g_new0 (ProlongShopOffer, 1);
  priced->id = g_strdup (offer->id);
  priced->product = g_strdup (offer->product);
  priced->devices = offer->devices;
  priced->years = offer->years;
  priced->full_price = offer->prices[currency].full;
  priced->price = buyer->renewal ? offer->prices[currency].renewal : priced->full_price;
  return priced;
}

GPtrArray *
prolong_catalog_price_product (const ProlongCatalog *catalog,
                               const ProlongCatalogProduct *product,
                               const ProlongCatalogBuyer *buyer)
{
  GPtrArray *offers = g_ptr_array_new ();

  for (guint i = 0; i < product->offers->len; i++)
    {
      ProlongShopOffer *offer = prolong_catalog_price_offer (catalog, product->offers->pdata[i], buyer);

      if (offer)
        g_ptr_array_add (offers, offer);
    }
  return offers;
}

static ProlongShopCountry *
describe_country (const ProlongCatalog *catalog, const ProlongCatalogCountry *country, const char *language)
{
  ProlongShopCountry *described = g_new0 (ProlongShopCountry, 1);

  described->id = g_strdup (country->id);
  described->name = dup_name (catalog, "Country ", country->id, language);
  described->payment_methods = g_strdupv (country->payment_methods);
  return described;
}

static ProlongShopProduct *
describe_product (const ProlongCatalog *catalog,
                  const ProlongCatalogProduct *product,
                  const ProlongCatalogBuyer *buyer)
{
  ProlongShopProduct *described = g_new0 (ProlongShopProduct, 1);

  described->id = g_strdup (product->id);
  described->name = prolong_catalog_dup_product_name (catalog, product->id, buyer->language);
  described->version = g_strdup (product->version);
  described->newest_version = g_strdup (product->newest_version);
  described->download_url = g_strdup (product->download_url);
  described->offers = prolong_catalog_price_product (catalog, product, buyer);
  return described;
}

void
prolong_catalog_describe (const ProlongCatalog *catalog,
                          const ProlongCatalogBuyer *buyer,
                          ProlongCatalogAnswer *answer)
{
  answer->country = g_strdup (prolong_catalog_get_country (catalog, buyer->country)->id);
  answer->currency = g_strdup (prolong_catalog_get_currency (catalog, buyer->country));
  answer->delivery = catalog->delivery;
  answer->countries = g_ptr_array_new ();
  for (guint i = 0; i < catalog->countries->len; i++)
    g_ptr_array_add (answer->countries,
                     describe_country (catalog, catalog->countries->pdata[i], buyer->language));
  answer->products = g_ptr_array_new ();
  for (guint i = 0; i < catalog->products->len; i++)
    g_ptr_array_add (answer->products, describe_product (catalog, catalog->products->pdata[i], buyer));
}
