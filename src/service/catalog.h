/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/profile.h"
#include "renewal/shop.h"

G_BEGIN_DECLS

/*
 * What the vendor sells, as `catalog.conf` says it, and the one place where prices are computed. Pure: bytes
 * in, values out. Immutable, and used by several threads at once.
 */

#define PROLONG_CATALOG_MAX_BYTES (256 * 1024)
#define PROLONG_CATALOG_MAX_CURRENCIES 8

typedef enum
{
  PROLONG_CATALOG_ERROR_SYNTAX,  /* not a key file in UTF-8, or too large */
  PROLONG_CATALOG_ERROR_MISSING, /* a group or key that must be there is not */
  PROLONG_CATALOG_ERROR_VALUE,   /* a value is not what it must be */
} ProlongCatalogError;

#define PROLONG_CATALOG_ERROR (prolong_catalog_error_quark ())
GQuark prolong_catalog_error_quark (void);

/** Something that is sold. */
typedef struct
{
  char *id;
  char *product;
  guint devices;
  guint years;
  struct
  {
    gint64 full;    /* 0: it is not sold in this currency */
    gint64 renewal; /* the discount is in it */
  } prices[PROLONG_CATALOG_MAX_CURRENCIES];
} ProlongCatalogOffer;

typedef struct
{
  char *id;
  char *version;
  char *newest_version; /* (nullable) */
  char *download_url;
  GPtrArray *offers; /* (element-type ProlongCatalogOffer) */
} ProlongCatalogProduct;

typedef struct
{
  char *id;
  guint currency; /* which of the catalog's */
  gboolean has_vat;
  guint vat; /* in the prices: hundredths of a percent */
  GStrv payment_methods;
} ProlongCatalogCountry;

/** How a payment method is dealt with; @provider is one of payment.h. */
typedef struct
{
  char *method;
  char *provider;
} ProlongCatalogPayment;

typedef struct
{
  GPtrArray *currencies; /* (element-type utf8) the first one is that of a country that names none */
  ProlongDelivery delivery;
  gint64 pay_within; /* seconds until an order that is not paid expires */
  char *bank_holder; /* (nullable) */
  char *bank_account;
  GPtrArray *products;  /* (element-type ProlongCatalogProduct) */
  GPtrArray *countries; /* (element-type ProlongCatalogCountry) the first one is meant where none is named */
  GPtrArray *payments;  /* (element-type ProlongCatalogPayment) */
  GKeyFile *file;       /* for the names */
} ProlongCatalog;

/**
 * prolong_catalog_parse:
 * @profile: whose products are sold
 * @providers: names of the payment providers that there are, ended by %NULL
 * @error: #PROLONG_CATALOG_ERROR, in words for whoever keeps the file; it names group and key
 */
ProlongCatalog *prolong_catalog_parse (const char *data,
                                       gsize length,
                                       const ProlongProfile *profile,
                                       const char *const *providers,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_catalog_free (ProlongCatalog *catalog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongCatalog, prolong_catalog_free)

/** prolong_catalog_find_product: (transfer none) (nullable). */
const ProlongCatalogProduct *prolong_catalog_find_product (const ProlongCatalog *catalog, const char *id);

/** prolong_catalog_find_offer: (transfer none) (nullable). */
const ProlongCatalogOffer *prolong_catalog_find_offer (const ProlongCatalog *catalog, const char *id);

/** prolong_catalog_get_country: (transfer none): the country with @id; the first one where there is none
 * such. */
const ProlongCatalogCountry *prolong_catalog_get_country (const ProlongCatalog *catalog, const char *id);

/**
 * prolong_catalog_find_provider:
 *
 * Returns: (transfer none) (nullable): the provider that deals with @method in @country; %NULL where the
 * method is not offered.
 */
const char *
prolong_catalog_find_provider (const ProlongCatalog *catalog, const char *country, const char *method);

/** prolong_catalog_dup_product_name: (transfer full): for people who read @language (nullable). */
char *
prolong_catalog_dup_product_name (const ProlongCatalog *catalog, const char *product, const char *language);

/** prolong_catalog_get_currency: (transfer none): in which is paid in the country with @id. */
const char *prolong_catalog_get_currency (const ProlongCatalog *catalog, const char *country);

/** prolong_catalog_find_vat: whether VAT is in the prices of @country, and its rate in hundredths of a
 * percent. */
gboolean prolong_catalog_find_vat (const ProlongCatalog *catalog, const char *country, guint *rate);

/**
 * prolong_catalog_take_vat:
 * @total: of an order, in the minor unit; not negative
 * @rate: in hundredths of a percent
 *
 * Returns: how much of @total is VAT, rounded once for the whole order to the nearest unit, halves up; what
 * is left of
 * @total is the price without it, so that both always add up to what is paid.
 */
gint64 prolong_catalog_take_vat (gint64 total, guint rate);

/** Who buys, and so at what price. */
typedef struct
{
  const char *country;  /* (nullable) */
  const char *language; /* (nullable) of the names */
  gboolean renewal;     /* a license is renewed */
} ProlongCatalogBuyer;

/** prolong_catalog_price_offer: (transfer full) (nullable): @offer as the wire tells it to @buyer; %NULL
 * where it is not sold. */
ProlongShopOffer *prolong_catalog_price_offer (const ProlongCatalog *catalog,
                                               const ProlongCatalogOffer *offer,
                                               const ProlongCatalogBuyer *buyer);

/** prolong_catalog_price_product: (transfer full): the offers of @product for @buyer, as the lists of shop.h.
 */
GPtrArray *prolong_catalog_price_product (const ProlongCatalog *catalog,
                                          const ProlongCatalogProduct *product,
                                          const ProlongCatalogBuyer *buyer);

/** prolong_catalog_describe: fills @answer with all that is sold to @buyer. */
void prolong_catalog_describe (const ProlongCatalog *catalog,
                               const ProlongCatalogBuyer *buyer,
                               ProlongCatalogAnswer *answer);

/**
 * prolong_catalog_check_cart:
 * @items: (element-type ProlongOrderItem): offer, price and quantity, as the buyer saw them
 * @total: what the buyer saw
 *
 * The renewal discount counts for one piece: the first item, where its quantity is 1.
 *
 * @error: `price-changed`, with the right total and the right prices
 *
 * Returns: (transfer full) (element-type ProlongOrderItem): the lines of the order, with every member set; as
 * the lists of shop.h.
 */
GPtrArray *prolong_catalog_check_cart (const ProlongCatalog *catalog,
                                       const GPtrArray *items,
                                       gint64 total,
                                       const ProlongCatalogBuyer *buyer,
                                       GError **error);

/** prolong_order_items_free: a list such as prolong_catalog_check_cart() returns. */
void prolong_order_items_free (GPtrArray *items);

G_END_DECLS
