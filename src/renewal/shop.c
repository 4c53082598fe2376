/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/shop.h"

#include <string.h>

#include "license/names.h"
#include "renewal/messages-private.h"
#include "renewal/messages.h"

#define MAX_ID PROLONG_RENEWAL_MAX_ID
#define MAX_LANGUAGE 16
#define MAX_URL 2048
#define MAX_DEVICES 1000000
#define MAX_YEARS 100
#define COUNTRY .min = 2, .max = 2
#define CURRENCY .min = 3, .max = 3

const char *const prolong_order_state_names[] = {
  [PROLONG_ORDER_OPEN] = "open",           [PROLONG_ORDER_AWAITING_PAYMENT] = "awaiting-payment",
  [PROLONG_ORDER_PAID] = "paid",           [PROLONG_ORDER_DELIVERED] = "delivered",
  [PROLONG_ORDER_CANCELLED] = "cancelled", [PROLONG_ORDER_EXPIRED] = "expired",
  [PROLONG_N_ORDER_STATES] = NULL,
};

const char *const prolong_delivery_names[] = {
  [PROLONG_DELIVERY_AT_ONCE] = "at-once",
  [PROLONG_DELIVERY_WEEK_BEFORE] = "week-before",
  NULL,
};

const char *const prolong_payment_kind_names[] = {
  [PROLONG_PAYMENT_INVOICE] = "invoice",
  [PROLONG_PAYMENT_DEMO] = "demo",
  [PROLONG_PAYMENT_PROVIDER] = "provider",
  NULL,
};

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongShopOffer, member)
const ProlongField prolong_shop_offer_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), .min = 1, .max = MAX_ID },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = PROLONG_RENEWAL_MAX_PRODUCT },
  { "devices", PROLONG_FIELD_UINT, AT (devices), .min = 1, .max = MAX_DEVICES },
  { "years", PROLONG_FIELD_UINT, AT (years), .min = 1, .max = MAX_YEARS },
  { "price", PROLONG_FIELD_INT64, AT (price), .max = PROLONG_SHOP_MAX_PRICE },
  { "full_price", PROLONG_FIELD_INT64, AT (full_price), .max = PROLONG_SHOP_MAX_PRICE },
  { NULL },
};
#undef AT
#define OFFERS                                                                                               \
  .max = PROLONG_SHOP_MAX_OFFERS, .fields = prolong_shop_offer_fields, .size = sizeof (ProlongShopOffer)

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongNumberRequest, member)
static const ProlongField number_request_fields[] = {
  { "number", PROLONG_FIELD_TEXT, AT (number), .max = PROLONG_SHOP_MAX_NUMBER },
  { "country", PROLONG_FIELD_TOKEN, AT (country), COUNTRY, .optional = TRUE },
  { "language", PROLONG_FIELD_TOKEN, AT (language), .min = 1, .max = MAX_LANGUAGE, .optional = TRUE },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongNumberSummary, member)
static const ProlongField number_summary_fields[] = {
  { "number", PROLONG_FIELD_VISIBLE, AT (number), .min = 1, .max = PROLONG_SHOP_MAX_NUMBER },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = PROLONG_RENEWAL_MAX_PRODUCT },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "kind", PROLONG_FIELD_CHOICE, AT (kind), .names = prolong_license_kind_names },
  { "status", PROLONG_FIELD_CHOICE, AT (status), .names = prolong_license_status_names },
  { "expires", PROLONG_FIELD_INT64, AT (expires), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "devices", PROLONG_FIELD_UINT, AT (devices), .min = 1, .max = MAX_DEVICES },
  { "currency", PROLONG_FIELD_TOKEN, AT (currency), CURRENCY },
  { "offers", PROLONG_FIELD_LIST, AT (offers), OFFERS },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongShopCountry, member)
static const ProlongField country_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), COUNTRY },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "payment_methods", PROLONG_FIELD_TOKENS, AT (payment_methods), .max = PROLONG_SHOP_MAX_METHODS },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongShopProduct, member)
static const ProlongField product_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), .min = 1, .max = PROLONG_RENEWAL_MAX_PRODUCT },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "version", PROLONG_FIELD_VISIBLE, AT (version), .min = 1, .max = PROLONG_RENEWAL_MAX_VERSION },
  { "newest_version", PROLONG_FIELD_VISIBLE, AT (newest_version), .min = 1,
    .max = PROLONG_RENEWAL_MAX_VERSION, .optional = TRUE },
  { "download_url", PROLONG_FIELD_URL, AT (download_url), .min = 1, .max = MAX_URL },
  { "offers", PROLONG_FIELD_LIST, AT (offers), OFFERS },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongShopPartner, member)
static const ProlongField partner_fields[] = {
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "url", PROLONG_FIELD_URL, AT (url), .min = 1, .max = MAX_URL },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongCatalogAnswer, member)
static const ProlongField vendor_fields[] = {
  { "name", PROLONG_FIELD_TEXT, AT (vendor), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "support_url", PROLONG_FIELD_URL, AT (support_url), .min = 1, .max = MAX_URL, .optional = TRUE },
  { "support_email", PROLONG_FIELD_TEXT, AT (support_email), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME,
    .optional = TRUE },
  { "partners", PROLONG_FIELD_LIST, AT (partners), .max = PROLONG_SHOP_MAX_PARTNERS, .fields = partner_fields,
    .size = sizeof (ProlongShopPartner), .optional = TRUE },
  { NULL },
};

static const ProlongField catalog_answer_fields[] = {
  { "country", PROLONG_FIELD_TOKEN, AT (country), COUNTRY },
  { "currency", PROLONG_FIELD_TOKEN, AT (currency), CURRENCY },
  { "countries", PROLONG_FIELD_LIST, AT (countries), .min = 1, .max = PROLONG_SHOP_MAX_COUNTRIES,
    .fields = country_fields, .size = sizeof (ProlongShopCountry) },
  { "products", PROLONG_FIELD_LIST, AT (products), .max = PROLONG_SHOP_MAX_PRODUCTS, .fields = product_fields,
    .size = sizeof (ProlongShopProduct) },
  { "delivery", PROLONG_FIELD_CHOICE, AT (delivery), .names = prolong_delivery_names },
  { "vendor", PROLONG_FIELD_OBJECT, AT (has_vendor), .fields = vendor_fields, .optional = TRUE },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongOrderItem, member)
static const ProlongField wanted_item_fields[] = {
  { "offer", PROLONG_FIELD_TOKEN, AT (offer), .min = 1, .max = MAX_ID },
  { "price", PROLONG_FIELD_INT64, AT (price), .max = PROLONG_SHOP_MAX_PRICE },
  { "quantity", PROLONG_FIELD_UINT, AT (quantity), .min = 1, .max = PROLONG_SHOP_MAX_QUANTITY },
  { NULL },
};

static const ProlongField item_fields[] = {
  { "offer", PROLONG_FIELD_TOKEN, AT (offer), .min = 1, .max = MAX_ID },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = PROLONG_RENEWAL_MAX_PRODUCT },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "devices", PROLONG_FIELD_UINT, AT (devices), .min = 1, .max = MAX_DEVICES },
  { "years", PROLONG_FIELD_UINT, AT (years), .min = 1, .max = MAX_YEARS },
  { "price", PROLONG_FIELD_INT64, AT (price), .max = PROLONG_SHOP_MAX_PRICE },
  { "quantity", PROLONG_FIELD_UINT, AT (quantity), .min = 1, .max = PROLONG_SHOP_MAX_QUANTITY },
  { NULL },
};
#undef AT
#define ITEMS .min = 1, .max = PROLONG_SHOP_MAX_ITEMS, .size = sizeof (ProlongOrderItem)

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongOrderRequest, member)
static const ProlongField order_request_fields[] = {
  { "email", PROLONG_FIELD_TEXT, AT (email), .max = PROLONG_RENEWAL_MAX_NAME },
  { "country", PROLONG_FIELD_TOKEN, AT (country), COUNTRY },
  { "language", PROLONG_FIELD_TOKEN, AT (language), .min = 1, .max = MAX_LANGUAGE },
  { "payment_method", PROLONG_FIELD_TOKEN, AT (payment_method), .min = 1, .max = MAX_ID },
  { "number", PROLONG_FIELD_TEXT, AT (number), .min = 1, .max = PROLONG_SHOP_MAX_NUMBER, .optional = TRUE },
  { "items", PROLONG_FIELD_LIST, AT (items), ITEMS, .fields = wanted_item_fields },
  { "total", PROLONG_FIELD_INT64, AT (total), .max = PROLONG_SHOP_MAX_TOTAL },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongOrderCode, member)
static const ProlongField order_code_fields[] = {
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = PROLONG_RENEWAL_MAX_PRODUCT },
  { "code", PROLONG_FIELD_VISIBLE, AT (code), .min = 1, .max = PROLONG_RENEWAL_MAX_CODE },
  { "license_number", PROLONG_FIELD_VISIBLE, AT (license_number), .min = 1, .max = PROLONG_SHOP_MAX_NUMBER },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongOrder, member)
static const ProlongField bank_fields[] = {
  { "holder", PROLONG_FIELD_TEXT, AT (bank_holder), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "account", PROLONG_FIELD_TEXT, AT (bank_account), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { NULL },
};

static const ProlongField order_fields[] = {
  { "number", PROLONG_FIELD_TOKEN, AT (number), .min = 1, .max = PROLONG_SHOP_MAX_NUMBER },
  { "token", PROLONG_FIELD_TOKEN, AT (token), .min = 1, .max = MAX_ID, .optional = TRUE },
  { "state", PROLONG_FIELD_CHOICE, AT (state), .names = prolong_order_state_names },
  { "total", PROLONG_FIELD_INT64, AT (total), .max = PROLONG_SHOP_MAX_TOTAL },
  { "currency", PROLONG_FIELD_TOKEN, AT (currency), CURRENCY },
  { "items", PROLONG_FIELD_LIST, AT (items), ITEMS, .fields = item_fields },
  { "payment_method", PROLONG_FIELD_TOKEN, AT (payment_method), .min = 1, .max = MAX_ID },
  { "payment", PROLONG_FIELD_CHOICE, AT (payment), .names = prolong_payment_kind_names },
  { "payment_url", PROLONG_FIELD_URL, AT (payment_url), .min = 1, .max = MAX_URL },
  { "bank", PROLONG_FIELD_OBJECT, AT (has_bank), .fields = bank_fields, .optional = TRUE },
  { "created", PROLONG_FIELD_INT64, AT (created), .max = PROLONG_TIME_MAX },
  { "pay_by", PROLONG_FIELD_INT64, AT (pay_by), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "delivers_at", PROLONG_FIELD_INT64, AT (delivers_at), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "codes", PROLONG_FIELD_LIST, AT (codes), .max = PROLONG_SHOP_MAX_ITEMS * PROLONG_SHOP_MAX_QUANTITY,
    .fields = order_code_fields, .size = sizeof (ProlongOrderCode), .optional = TRUE },
  { NULL },
};
#undef AT

static const ProlongField payment_request_fields[] = {
  { "method", PROLONG_FIELD_TOKEN, .offset = 0, .min = 1, .max = MAX_ID },
  { NULL },
};

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongLicenseMailRequest, member)
static const ProlongField license_mail_request_fields[] = {
  { "email", PROLONG_FIELD_TEXT, AT (email), .max = PROLONG_RENEWAL_MAX_NAME, .optional = TRUE },
  { "number", PROLONG_FIELD_TEXT, AT (number), .max = PROLONG_SHOP_MAX_NUMBER, .optional = TRUE },
  { "language", PROLONG_FIELD_TOKEN, AT (language), .min = 1, .max = MAX_LANGUAGE, .optional = TRUE },
  { NULL },
};
#undef AT

DEFINE_MESSAGE (ProlongNumberRequest, number_request)
DEFINE_MESSAGE (ProlongNumberSummary, number_summary)
DEFINE_MESSAGE (ProlongCatalogAnswer, catalog_answer)
DEFINE_MESSAGE (ProlongOrderRequest, order_request)
DEFINE_MESSAGE (ProlongOrder, order)
DEFINE_MESSAGE (ProlongPaymentRequest, payment_request)
DEFINE_MESSAGE (ProlongLicenseMailRequest, license_mail_request)

void
prolong_shop_offer_free (ProlongShopOffer *offer)
{
  prolong_fields_clear (prolong_shop_offer_fields, offer);
  g_free (offer);
}

void
prolong_order_item_clear (ProlongOrderItem *item)
{
  prolong_fields_clear (item_fields, item);
}

GVariant *
prolong_shop_offer_describe (gconstpointer element)
{
  const ProlongShopOffer *offer = element;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", offer->id);
  g_variant_dict_insert (&dict, "product", "s", offer->product);
  g_variant_dict_insert (&dict, "devices", "u", offer->devices);
  g_variant_dict_insert (&dict, "years", "u", offer->years);
  g_variant_dict_insert (&dict, "price", "x", offer->price);
  g_variant_dict_insert (&dict, "full_price", "x", offer->full_price);
  return g_variant_dict_end (&dict);
}
