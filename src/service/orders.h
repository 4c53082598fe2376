/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"
#include "service/order-states.h"

G_BEGIN_DECLS

/* What the shop does; as in office.h. An office without a catalog sells nothing. */

/** A request for an order, with all that can be made ready for it outside of a transaction. */
typedef struct
{
  ProlongOrderRequest request;
  char *number;
  char *token; /* a secret */
  guint8 token_hash[PROLONG_STORE_HASH_BYTES];
} ProlongCheckout;

/** prolong_checkout_decode: @error: #PROLONG_JSON_ERROR. On failure to be cleared all the same. */
gboolean prolong_checkout_decode (const char *text, gsize length, ProlongCheckout *checkout, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void prolong_checkout_clear (ProlongCheckout *checkout);

/** prolong_orders_make_number: (transfer full): @form, each 9 of which became a random letter or digit. */
char *prolong_orders_make_number (const char *form);

/** What is asked of the catalog; each nullable. */
typedef struct
{
  char *country;
  char *number;
  char *language;
} ProlongCatalogQuery;

void prolong_catalog_query_clear (ProlongCatalogQuery *query);

/**
 * prolong_office_find_license:
 * @text: a license number, as a person typed it
 *
 * Returns: (transfer full): the code whose license has it; refuses what is no number or that of no license.
 */
ProlongStoreCode *prolong_office_find_license (const ProlongOffice *office,
                                               ProlongStore *store,
                                               const char *text,
                                               GError **error);

/**
 * prolong_license_earns_discount:
 * @earns: (out): whether whoever renews @license buys at the price of a renewal
 *
 * A trial and a blocked license do not, and each license number does once: until an order with it is paid.
 * The license that was bought then has a number of its own.
 */
gboolean prolong_license_earns_discount (ProlongStore *store,
                                         const ProlongStoreCode *license,
                                         gboolean *earns,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_office_check_number: (transfer full): the answer to `POST /v1/numbers/check`. */
char *prolong_office_check_number (const ProlongOffice *office,
                                   ProlongStore *store,
                                   const ProlongNumberRequest *request,
                                   gint64 now,
                                   GError **error);

/** prolong_office_get_catalog: (transfer full): the answer to `GET /v1/catalog`. */
char *prolong_office_get_catalog (const ProlongOffice *office,
                                  ProlongStore *store,
                                  const ProlongCatalogQuery *query,
                                  GError **error);

/** prolong_orders_place: (transfer full): the answer to `POST /v1/orders`; holds a secret. */
char *prolong_orders_place (const ProlongOffice *office,
                            ProlongStore *store,
                            const ProlongCheckout *checkout,
                            gint64 now,
                            GError **error);

/** prolong_orders_get: (transfer full): the answer to `GET /v1/orders/{number}`; holds secrets. */
char *prolong_orders_get (const ProlongOffice *office,
                          ProlongStore *store,
                          const char *number,
                          const char *token,
                          gint64 now,
                          GError **error);

/** prolong_orders_pay: (transfer full): the answer to `POST /v1/orders/{number}/payments`; holds secrets. */
char *prolong_orders_pay (const ProlongOffice *office,
                          ProlongStore *store,
                          const char *number,
                          const char *token,
                          const ProlongPaymentRequest *request,
                          gint64 now,
                          GError **error);

/**
 * prolong_orders_settle:
 *
 * The money for @order has come: it is paid, and delivered if its time has come. An order that is paid
 * already is no error and stays as it is.
 */
gboolean prolong_orders_settle (const ProlongOffice *office,
                                ProlongStore *store,
                                ProlongStoreOrder *order,
                                ProlongOrderActor actor,
                                gint64 now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_orders_cancel: does it for the vendor; again is no error. */
gboolean prolong_orders_cancel (const ProlongOffice *office,
                                ProlongStore *store,
                                ProlongStoreOrder *order,
                                gint64 now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_orders_sweep:
 * @next: when there is something to do again; 0: not as far as is known
 *
 * Does what is due at @now, some of it when it is much: orders that are not paid expire, and such as are paid
 * are delivered.
 */
gboolean prolong_orders_sweep (const ProlongOffice *office,
                               ProlongStore *store,
                               gint64 now,
                               gint64 *next,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_orders_get_state: that of @order at @now, also before the sweep has noted that it expired. */
ProlongOrderState prolong_orders_get_state (const ProlongStoreOrder *order, gint64 now);

/** prolong_orders_dup_token: (transfer full): the token of @order, a secret, for the links in a mail to its
 * buyer. */
char *prolong_orders_dup_token (const ProlongOffice *office, const ProlongStoreOrder *order, GError **error);

/**
 * prolong_orders_describe:
 * @token: the token of the order, for the address of its payment page
 *
 * Fills @answer with what the wire tells of @order; the codes are in it once it is delivered.
 */
gboolean prolong_orders_describe (const ProlongOffice *office,
                                  ProlongStore *store,
                                  const ProlongStoreOrder *order,
                                  const char *token,
                                  gint64 now,
                                  ProlongOrder *answer,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
