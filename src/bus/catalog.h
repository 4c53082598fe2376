/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a vendor sells, as GetOffers of Manager1 tells it. Strings are never NULL; prices are in the minor
 * unit. */

typedef struct
{
  char *id;
  char *product;
  guint devices;
  guint years;
  gint64 price;
  gint64 full_price; /* without the renewal discount */
} ProlongOfferInfo;

typedef struct
{
  char *id;
  char *name;
  char **payment_methods;
} ProlongCountryInfo;

typedef struct
{
  char *id;
  char *name;
  char *version;
  char *newest_version; /* that comes with a renewal; or empty */
  char *download_url;
  GPtrArray *offers; /* (element-type ProlongOfferInfo) */
} ProlongShelfInfo;

typedef struct
{
  char *country;
  char *currency;
  char *delivery;       /* `at-once` or `week-before` */
  GPtrArray *countries; /* (element-type ProlongCountryInfo) */
  GPtrArray *shelves;   /* (element-type ProlongShelfInfo), one for each product that has offers */
} ProlongCatalogInfo;

/** prolong_catalog_info_new: @answer: of GetOffers, `(a{sv})`; what is missing counts as empty. */
ProlongCatalogInfo *prolong_catalog_info_new (GVariant *answer);
void prolong_catalog_info_free (ProlongCatalogInfo *catalog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongCatalogInfo, prolong_catalog_info_free)

/** prolong_catalog_info_find_shelf: (nullable): what is offered of @product. */
const ProlongShelfInfo *prolong_catalog_info_find_shelf (const ProlongCatalogInfo *catalog,
                                                         const char *product);

/** prolong_catalog_info_find_country: (nullable). */
const ProlongCountryInfo *prolong_catalog_info_find_country (const ProlongCatalogInfo *catalog,
                                                             const char *id);

/** prolong_shelf_info_find_offer: (nullable): for so many devices and years. */
const ProlongOfferInfo *
prolong_shelf_info_find_offer (const ProlongShelfInfo *shelf, guint devices, guint years);

/** prolong_order_arguments_new: a floating `(sa{sv})` for Order: one of @offer, from @vendor. */
GVariant *prolong_order_arguments_new (const char *vendor,
                                       const ProlongOfferInfo *offer,
                                       const char *number,
                                       const char *country,
                                       const char *payment_method,
                                       const char *email);

/** prolong_session_country: (transfer full): where the session is, ISO 3166; empty for unknown. */
char *prolong_session_country (void);

G_END_DECLS
