/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/email.h"
#include "license/ticket.h"
#include "renewal/declare.h"

G_BEGIN_DECLS

/*
 * The messages of buying and renewing, beside those of activating (messages.h). Prices are integers in the
 * minor unit of the currency, times are seconds in UTC. A list is %NULL or a #GPtrArray of records made by
 * g_new0(), without a free function: prolong_*_clear() frees them with the message that they are in.
 */

#define PROLONG_SHOP_MAX_NUMBER 64
#define PROLONG_SHOP_MAX_ITEMS 16
#define PROLONG_SHOP_MAX_QUANTITY 20
#define PROLONG_SHOP_MAX_OFFERS 64 /* of one product */
#define PROLONG_SHOP_MAX_PRODUCTS 32
#define PROLONG_SHOP_MAX_COUNTRIES 64
#define PROLONG_SHOP_MAX_PARTNERS 64 /* in one country */
#define PROLONG_SHOP_MAX_METHODS 16  /* of payment, in one country */
#define PROLONG_SHOP_MAX_PRICE G_GINT64_CONSTANT (1000000000)
#define PROLONG_SHOP_MAX_TOTAL (PROLONG_SHOP_MAX_PRICE * PROLONG_SHOP_MAX_ITEMS * PROLONG_SHOP_MAX_QUANTITY)

/** What can be bought: so many devices for so many years of one product. */
typedef struct
{
  char *id;
  char *product;
  guint devices;
  guint years;
  gint64 price;      /* to pay: a renewal discount is in it */
  gint64 full_price; /* without a renewal discount; equal when there is none */
} ProlongShopOffer;

/** `POST /v1/numbers/check`. */
typedef struct
{
  char *number;
  char *country;  /* (nullable) ISO 3166 */
  char *language; /* (nullable) of the names in the answer */
} ProlongNumberRequest;

/** Its answer: the license, and the offers that renew it with the same product. */
typedef struct
{
  char *number; /* as the service writes it */
  char *product;
  char *name; /* of the license, for people */
  ProlongLicenseKind kind;
  ProlongLicenseStatus status;
  gint64 expires; /* 0: no device has used it yet */
  guint devices;  /* its limit */
  char *currency; /* ISO 4217 */
  GPtrArray *offers;
} ProlongNumberSummary;

typedef struct
{
  char *id;              /* ISO 3166 */
  char *name;            /* in the language asked for */
  GStrv payment_methods; /* `bank-transfer`, `direct-debit`, `card`, `ideal` … */
} ProlongShopCountry;

typedef struct
{
  char *id;
  char *name;           /* in the language asked for */
  char *version;        /* that @download_url gives */
  char *newest_version; /* (nullable) that comes with a renewal */
  char *download_url;
  GPtrArray *offers;
} ProlongShopProduct;

/** When the code of a renewal is sent out. */
typedef enum
{
  PROLONG_DELIVERY_AT_ONCE,
  PROLONG_DELIVERY_WEEK_BEFORE, /* the new period begins */
} ProlongDelivery;

/** A shop near the buyer that sells licenses of the vendor. */
typedef struct
{
  char *name;
  char *url;
} ProlongShopPartner;

/** `GET /v1/catalog?country=&number=&language=`. */
typedef struct
{
  char *country; /* whose payment methods and currency apply: the one asked for, or the first */
  char *currency;
  GPtrArray *countries;
  GPtrArray *products;
  ProlongDelivery delivery;
  gboolean has_vendor; /* the four below are set */
  char *vendor;        /* its name */
  char *support_url;   /* (nullable) */
  char *support_email; /* (nullable) */
  GPtrArray *partners; /* (nullable) in that country */
} ProlongCatalogAnswer;

/** A line of an order. A request names @offer, @price (of one) and @quantity only. */
typedef struct
{
  char *offer;
  char *product;
  char *name; /* of the product, for people */
  guint devices;
  guint years;
  gint64 price;
  guint quantity;
} ProlongOrderItem;

/** `POST /v1/orders`. */
typedef struct
{
  char *email; /* any text: the service judges it */
  char *country;
  char *language;
  char *payment_method;
  char *number;     /* (nullable) of the license to renew */
  GPtrArray *items; /* at least one */
  gint64 total;
} ProlongOrderRequest;

typedef enum
{
  PROLONG_ORDER_OPEN,
  PROLONG_ORDER_AWAITING_PAYMENT,
  PROLONG_ORDER_PAID,
  PROLONG_ORDER_DELIVERED,
  PROLONG_ORDER_CANCELLED,
  PROLONG_ORDER_EXPIRED,
  PROLONG_N_ORDER_STATES
} ProlongOrderState;

/** How an order is paid. */
typedef enum
{
  PROLONG_PAYMENT_INVOICE,  /* by a transfer to the bank account, naming the order */
  PROLONG_PAYMENT_DEMO,     /* by a button on the page: `POST /v1/orders/{number}/payments` */
  PROLONG_PAYMENT_PROVIDER, /* on the page of a payment provider, to which `payment_url` leads */
} ProlongPaymentKind;

typedef struct
{
  char *product;
  char *code; /* a secret */
  char *license_number;
} ProlongOrderCode;

/** The answer to `POST /v1/orders`, to `GET /v1/orders/{number}` and to a payment. */
typedef struct
{
  char *number;
  char *token; /* (nullable) Bearer for /orders/{number}; a secret, told once: to whoever made the order */
  ProlongOrderState state;
  gint64 total;
  char *currency;
  GPtrArray *items;
  char *payment_method;
  ProlongPaymentKind payment;
  char *payment_url; /* has the token in it: a secret */
  gboolean has_bank; /* for an invoice: the two below are set */
  char *bank_holder;
  char *bank_account;
  gint64 created;
  gint64 pay_by;      /* 0 once it is paid or over */
  gint64 delivers_at; /* of an order that is paid: when the codes come; 0: at once */
  GPtrArray *codes;   /* (nullable) of an order that is delivered */
} ProlongOrder;

/** `POST /v1/orders/{number}/payments`, where the demo pays. */
typedef struct
{
  char *method;
} ProlongPaymentRequest;

/** `POST /v1/license-mails`: one of @email and @number. */
typedef struct
{
  char *email;    /* (nullable) */
  char *number;   /* (nullable) of a license or an order */
  char *language; /* (nullable) that of the order when not told */
} ProlongLicenseMailRequest;

PROLONG_DECLARE_MESSAGE (ProlongNumberRequest, number_request)
PROLONG_DECLARE_MESSAGE (ProlongNumberSummary, number_summary)
PROLONG_DECLARE_MESSAGE (ProlongCatalogAnswer, catalog_answer)
PROLONG_DECLARE_MESSAGE (ProlongOrderRequest, order_request)
PROLONG_DECLARE_MESSAGE (ProlongOrder, order)
PROLONG_DECLARE_MESSAGE (ProlongPaymentRequest, payment_request)
PROLONG_DECLARE_MESSAGE (ProlongLicenseMailRequest, license_mail_request)

/** For what is no part of a message. */
void prolong_shop_offer_free (ProlongShopOffer *offer);
void prolong_order_item_clear (ProlongOrderItem *item);

/** prolong_shop_offer_describe: (transfer floating): a ProlongShopOffer as `a{sv}`, by the names of its JSON.
 */
GVariant *prolong_shop_offer_describe (gconstpointer offer);

/** By value, ended by %NULL. */
extern const char *const prolong_order_state_names[];
extern const char *const prolong_delivery_names[];
extern const char *const prolong_payment_kind_names[];

/* Paths below the service URL of the profile. */
#define PROLONG_RENEWAL_NUMBERS_CHECK "/numbers/check"
#define PROLONG_RENEWAL_CATALOG "/catalog"
#define PROLONG_RENEWAL_ORDERS "/orders"
#define PROLONG_RENEWAL_PAYMENTS "/payments" /* below /orders/{number} */
#define PROLONG_RENEWAL_LICENSE_MAILS "/license-mails"

G_END_DECLS
