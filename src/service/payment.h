/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/orders.h"

G_BEGIN_DECLS

/**
 * ProlongPaymentProvider:
 * @name: as in the catalog, `Provider=`
 * @asks_at_once: whoever orders is told at once where to pay; else on the payment page
 * @settle: (nullable): for `POST /v1/orders/{number}/payments`: whether the money has come; %NULL where the
 * buyer does not pay by that call
 *
 * How money comes for an order. To come to terms with a payment service is to add a row of this kind, whose
 * page leads the buyer there, and a call by which that service tells of the payment; what follows is
 * prolong_orders_settle() for all of them.
 */
typedef struct
{
  const char *name;
  ProlongPaymentKind kind;
  gboolean asks_at_once;
  gboolean (*settle) (const ProlongStoreOrder *order, GError **error);
} ProlongPaymentProvider;

/** prolong_payment_find: (nullable): the provider with @name. */
const ProlongPaymentProvider *prolong_payment_find (const char *name);

/** prolong_payment_get_names: the names of all, ended by %NULL. */
const char *const *prolong_payment_get_names (void);

G_END_DECLS
