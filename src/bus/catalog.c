/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/catalog.h"

#include <locale.h>
#include <string.h>

#include "bus/entries.h"

static const ProlongEntry offer_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongOfferInfo, id),
  PROLONG_ENTRY ("product", STRING, ProlongOfferInfo, product),
  PROLONG_ENTRY ("devices", UINT, ProlongOfferInfo, devices),
  PROLONG_ENTRY ("years", UINT, ProlongOfferInfo, years),
  PROLONG_ENTRY ("price", INT64, ProlongOfferInfo, price),
  PROLONG_ENTRY ("full_price", INT64, ProlongOfferInfo, full_price),
};

static const ProlongEntry country_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongCountryInfo, id),
  PROLONG_ENTRY ("name", STRING, ProlongCountryInfo, name),
  PROLONG_ENTRY ("payment_methods", STRINGS, ProlongCountryInfo, payment_methods),
};

static const ProlongEntry shelf_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongShelfInfo, id),
  PROLONG_ENTRY ("name", STRING, ProlongShelfInfo, name),
  PROLONG_ENTRY ("version", STRING, ProlongShelfInfo, version),
  PROLONG_ENTRY ("newest_version", STRING, ProlongShelfInfo, newest_version),
  PROLONG_ENTRY ("download_url", STRING, ProlongShelfInfo, download_url),
};

static const ProlongEntry catalog_fields[] = {
  PROLONG_ENTRY ("country", STRING, ProlongCatalogInfo, country),
  PROLONG_ENTRY ("currency", STRING, ProlongCatalogInfo, currency),
  PROLONG_ENTRY ("delivery", STRING, ProlongCatalogInfo, delivery),
};

static void
offer_free (gpointer offer)
{
  prolong_entries_clear (offer_fields, G_N_ELEMENTS (offer_fields), offer);
  g_free (offer);
}

static void
country_free (gpointer country)
{
  prolong_entries_clear (country_fields, G_N_ELEMENTS (country_fields), country);
  g_free (country);
}

static void
shelf_free (gpointer data)
{
  ProlongShelfInfo *shelf = data;

  prolong_entries_clear (shelf_fields, G_N_ELEMENTS (shelf_fields), shelf);
  g_ptr_array_unref (shelf->offers);
  g_free (shelf);
}

/* A product without offers is no choice. */
static void
add_shelf (ProlongCatalogInfo *catalog, GVariant *product)
{
  ProlongShelfInfo *shelf = g_new0 (ProlongShelfInfo, 1);

  prolong_entries_read (shelf_fields, G_N_ELEMENTS (shelf_fields), product, shelf);
  shelf->offers = prolong_entries_read_list (offer_fields, G_N_ELEMENTS (offer_fields), product, "offers",
                                             sizeof (ProlongOfferInfo), offer_free);
  if (shelf->offers->len > 0)
    g_ptr_array_add (catalog->shelves, shelf);
  else
    shelf_free (shelf);
}

ProlongCatalogInfo *
prolong_catalog_info_new (GVariant *answer)
{
  ProlongCatalogInfo *catalog = g_new0 (ProlongCatalogInfo, 1);
  g_autoptr (GVariant) dictionary = NULL;
  g_autoptr (GVariant) products = NULL;

  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    dictionary = g_variant_get_child_value (answer, 0);
  prolong_entries_read (catalog_fields, G_N_ELEMENTS (catalog_fields), dictionary, catalog);
  catalog->countries = prolong_entries_read_list (country_fields, G_N_ELEMENTS (country_fields), dictionary,
                                                  "countries", sizeof (ProlongCountryInfo), country_free);
  catalog->shelves = g_ptr_array_new_with_free_func (shelf_free);
  if (dictionary != NULL)
    products = g_variant_lookup_value (dictionary, "products", G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; products != NULL && i < g_variant_n_children (products); i++)
    {
      g_autoptr (GVariant) product = g_variant_get_child_value (products, i);

      add_shelf (catalog, product);
    }
  return catalog;
}

void
prolong_catalog_info_free (ProlongCatalogInfo *catalog)
{
  prolong_entries_clear (catalog_fields, G_N_ELEMENTS (catalog_fields), catalog);
  g_ptr_array_unref (catalog->countries);
  g_ptr_array_unref (catalog->shelves);
  g_free (catalog);
}

const ProlongShelfInfo *
prolong_catalog_info_find_shelf (const ProlongCatalogInfo *catalog, const char *product)
{
  for (guint i = 0; i < catalog->shelves->len; i++)
    {
      const ProlongShelfInfo *shelf = g_ptr_array_index (catalog->shelves, i);

      if (g_str_equal (shelf->id, product))
        return shelf;
    }
  return NULL;
}

const ProlongCountryInfo *
prolong_catalog_info_find_country (const ProlongCatalogInfo *catalog, const char *id)
{
  for (guint i = 0; i < catalog->countries->len; i++)
    {
      const ProlongCountryInfo *country = g_ptr_array_index (catalog->countries, i);

      if (g_str_equal (country->id, id))
        return country;
    }
  return NULL;
}

const ProlongOfferInfo *
prolong_shelf_info_find_offer (const ProlongShelfInfo *shelf, guint devices, guint years)
{
  for (guint i = 0; i < shelf->offers->len; i++)
    {
      const ProlongOfferInfo *offer = g_ptr_array_index (shelf->offers, i);

      if (offer->devices == devices && offer->years == years)
        return offer;
    }
  return NULL;
}

GVariant *
prolong_order_arguments_new (const char *vendor,
                             const ProlongOfferInfo *offer,
                             const char *number,
                             const char *country,
                             const char *payment_method,
                             const char *email)
{
  GVariantBuilder items;
  GVariantDict order;

  g_variant_builder_init (&items, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_builder_add_parsed (&items, "{'offer': <%s>, 'price': <%x>, 'quantity': <%u>}", offer->id,
                                offer->price, 1);
  g_variant_dict_init (&order, NULL);
  g_variant_dict_insert (&order, "email", "s", email);
  g_variant_dict_insert (&order, "country", "s", country);
  g_variant_dict_insert (&order, "payment_method", "s", payment_method);
  g_variant_dict_insert (&order, "product", "s", offer->product);
  g_variant_dict_insert (&order, "number", "s", number);
  g_variant_dict_insert (&order, "total", "x", offer->price);
  g_variant_dict_insert_value (&order, "items", g_variant_builder_end (&items));
  return g_variant_new ("(s@a{sv})", vendor, g_variant_dict_end (&order));
}

/* What the locale calls its territory: of `nl_BE.UTF-8` it is BE. */
static char *
dup_territory (const char *locale)
{
  const char *start = locale != NULL ? strchr (locale, '_') : NULL;

  if (start == NULL || !g_ascii_isupper (start[1]) || !g_ascii_isupper (start[2])
      || g_ascii_isalpha (start[3]))
    return NULL;
  return g_strndup (start + 1, 2);
}

/* Money and dates are where the person lives; the language may be another. */
char *
prolong_session_country (void)
{
  char *country = dup_territory (setlocale (LC_MONETARY, NULL));

  if (country == NULL)
    country = dup_territory (setlocale (LC_TIME, NULL));
  for (const char *const *name = g_get_language_names (); country == NULL && *name != NULL; name++)
    country = dup_territory (*name);
  return country != NULL ? country : g_strdup ("");
}
