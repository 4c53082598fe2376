/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal/shop.h"

G_BEGIN_DECLS

#define PROLONG_PURCHASE_SUFFIX ".order"
#define PROLONG_PURCHASE_MAX_CODES (PROLONG_SHOP_MAX_ITEMS * PROLONG_SHOP_MAX_QUANTITY)

/** Where an order stands, as far as this device knows. From %PROLONG_PURCHASE_OPEN on as #ProlongOrderState.
 */
typedef enum
{
  PROLONG_PURCHASE_SENDING, /* the service may or may not have it */
  PROLONG_PURCHASE_REFUSED, /* by the service, when nobody was there to be told */
  PROLONG_PURCHASE_OPEN,
  PROLONG_PURCHASE_AWAITING_PAYMENT,
  PROLONG_PURCHASE_PAID,
  PROLONG_PURCHASE_DELIVERED,
  PROLONG_PURCHASE_CANCELLED,
  PROLONG_PURCHASE_EXPIRED,
} ProlongPurchaseState;

const char *prolong_purchase_state_get_name (ProlongPurchaseState state);

/** What became of a code that was delivered. */
typedef enum
{
  PROLONG_OUTCOME_PENDING, /* it is on its way, or waits: see the problem */
  PROLONG_OUTCOME_RESERVE,
  PROLONG_OUTCOME_ACTIVE,
  PROLONG_OUTCOME_PRESENT, /* the person had entered it already */
  PROLONG_OUTCOME_REFUSED,
} ProlongOutcome;

const char *prolong_outcome_get_name (ProlongOutcome outcome);

/** A code that was delivered; the code itself is with the service and, once it is added, in the keyring. */
typedef struct
{
  char *operation; /* id of the operation that adds it, chosen before that begins */
  char *product;   /* (nullable) in files that were written before it was kept: that of the order */
  ProlongOutcome outcome;
  char *problem;    /* (nullable) why it waits or was refused */
  gboolean theirs;  /* the person began that operation, and hears of it there */
  gboolean watched; /* not in the file: what it waits for is seen to end, so that no clock need ask */
} ProlongPurchaseCode;

/**
 * ProlongPurchaseRecord:
 * @request: (nullable): what was sent, byte for byte, until it is known that the service has it
 * @token: (nullable): Bearer of the order; a secret, like @payment_url
 * @asks: answers without news since the order was placed, or the person was at the payment page
 * @failures: attempts in a row that got no answer
 * @ask_at: system time, 0 for not by itself
 * @problem: (nullable): what the newest attempt failed with
 *
 * An order that was placed from this device: a file of the state directory.
 */
typedef struct
{
  char *id;
  char *vendor;
  char *product;
  char *license; /* (nullable) number of the license that it renews */
  char *key;     /* idempotency key */
  char *request;
  char *number; /* (nullable) */
  char *token;
  char *payment_url;
  ProlongPurchaseState state;
  char *name; /* (nullable) of the product, for people */
  guint devices;
  guint years;
  gint64 total;
  char *currency; /* (nullable) */
  gint64 created_at;
  gint64 pay_by;
  gint64 delivers_at;
  guint asks;
  guint failures;
  gint64 ask_at;
  char *problem;
  GPtrArray *codes; /* (element-type ProlongPurchaseCode) (nullable) before they are delivered */
} ProlongPurchaseRecord;

ProlongPurchaseRecord *prolong_purchase_record_decode (const char *text, gsize length, GError **error);

/** prolong_purchase_record_encode: (transfer full). */
GBytes *prolong_purchase_record_encode (const ProlongPurchaseRecord *record);
void prolong_purchase_record_free (ProlongPurchaseRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongPurchaseRecord, prolong_purchase_record_free)

/** prolong_purchase_record_add_code: one more code of @product was delivered, on which nothing was done yet.
 */
void prolong_purchase_record_add_code (ProlongPurchaseRecord *record, const char *product);

/** prolong_purchase_record_get_product: of the code at @index. */
const char *prolong_purchase_record_get_product (const ProlongPurchaseRecord *record, guint index);

/**
 * prolong_purchase_record_get_outcome:
 *
 * Returns: what became of its codes, in the order of need: one is on its way or waits, one was refused; else
 * that of the first of them.
 */
ProlongOutcome prolong_purchase_record_get_outcome (const ProlongPurchaseRecord *record);

/** prolong_purchase_record_is_settled: whether nothing more happens by itself, nor can. */
gboolean prolong_purchase_record_is_settled (const ProlongPurchaseRecord *record);

/** prolong_purchase_record_take_order: what the service said. */
void prolong_purchase_record_take_order (ProlongPurchaseRecord *record, const ProlongOrder *order);

G_END_DECLS
