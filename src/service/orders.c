/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/orders.h"

#include "service/payment.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT (86400)
#define YEAR (365 * DAY)

/* So long before the new period a renewal is delivered, where the policy is not to do so at once (S1). */
#define DELIVER_BEFORE (7 * DAY)

#define TOKEN_PURPOSE "order token"

/* One transaction of the sweep, so that no request waits long for it. */
#define SWEEP_MAX 50

static ProlongPaymentKind
get_payment_kind (const ProlongOffice *office, const ProlongStoreOrder *order)
{
  const ProlongPaymentProvider *provider = prolong_payment_find (
      prolong_catalog_find_provider (office->catalog, order->country, order->payment_method));

  return provider ? provider->kind : PROLONG_PAYMENT_INVOICE;
}

/* The row of the audit tells who did it, too. */
static gboolean
note (ProlongStore *store,
      const ProlongStoreOrder *order,
      ProlongOrderActor actor,
      gint64 now,
      GError **error)
{
  return prolong_store_audit_order (store, now, prolong_order_get_audit_event (order->state), order->id,
                                    prolong_order_actor_get_name (actor), error);
}

/* One step of the life of an order: its state, the row in the audit, and the mail that goes with it. */
static gboolean
take_step (const ProlongOffice *office,
           ProlongStore *store,
           ProlongStoreOrder *order,
           ProlongOrderEvent event,
           ProlongOrderActor actor,
           gint64 now,
           GError **error)
{
  const ProlongOrderStep *step = prolong_order_find_step (order->state, event, actor);
  ProlongMailKind mail;

  if (!step)
    return prolong_office_refuse (PROLONG_PROBLEM_ORDER_CLOSED, "This order cannot be changed so any more",
                                  error);
  order->state = step->to;
  if (!prolong_order_is_unpaid (order->state) && order->state != PROLONG_ORDER_PAID)
    order->due = 0;
  mail = step->mails[get_payment_kind (office, order)];
  return prolong_store_set_order_state (store, order, error) && note (store, order, actor, now, error)
         && (!mail || prolong_store_queue_mail (store, mail, order->id, now, error));
}

static gboolean
issue_code (const ProlongOffice *office,
            ProlongStore *store,
            const ProlongStoreOrder *order,
            const ProlongStoreOrderItem *line,
            gint64 renews,
            gint64 now,
            GError **error)
{
  g_autoptr (ProlongStoreCode) grant = g_new0 (ProlongStoreCode, 1);
  g_autoptr (ProlongCode) code = prolong_office_new_code (office);

  grant->product = g_strdup (line->item.product);
  grant->kind = PROLONG_LICENSE_COMMERCIAL;
  grant->term = line->item.years * YEAR;
  grant->devices = line->item.devices;
  grant->renewal = renews != 0;
  grant->renews = renews;
  return prolong_office_issue (office, store, code, grant, now, error)
         && prolong_store_add_order_code (store, order->id, line->id, grant->id, error);
}

static gboolean
deliver (const ProlongOffice *office,
         ProlongStore *store,
         ProlongStoreOrder *order,
         gint64 now,
         GError **error)
{
  g_autoptr (GPtrArray) lines = prolong_store_list_order_items (store, order->id, error);

  for (guint i = 0; lines && i < lines->len; i++)
    {
      const ProlongStoreOrderItem *line = g_ptr_array_index (lines, i);

      for (guint piece = 0; piece < line->item.quantity; piece++)
        if (!issue_code (office, store, order, line, i == 0 && piece == 0 ? order->renews : 0, now, error))
          return FALSE;
    }
  return lines && take_step (office, store, order, PROLONG_ORDER_DELIVER, PROLONG_BY_CLOCK, now, error);
}

/* When the codes of an order that is paid at @now are given out. */
static gboolean
find_delivery (const ProlongOffice *office,
               ProlongStore *store,
               const ProlongStoreOrder *order,
               gint64 now,
               gint64 *at,
               GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreCode) license = NULL;

  *at = now;
  if (!order->renews || office->catalog->delivery == PROLONG_DELIVERY_AT_ONCE)
    return TRUE;
  license = prolong_store_get_code (store, order->renews, &failure);
  if (license && license->first_activated && !license->blocked)
    *at = MAX (now, license->first_activated + license->term - DELIVER_BEFORE);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return license != NULL;
}

/* Several orders may be placed with one license number, for people change their minds; one of them can be
 * paid. */
static gboolean
check_discount (ProlongStore *store, const ProlongStoreOrder *order, GError **error)
{
  gboolean renewed = FALSE;

  if (order->renews && !prolong_store_is_renewed (store, order->renews, order->id, &renewed, error))
    return FALSE;
  return !renewed
         || prolong_office_refuse (PROLONG_PROBLEM_ORDER_CLOSED,
                                   "Another order has renewed this license at a discount", error);
}

gboolean
prolong_orders_settle (const ProlongOffice *office,
                       ProlongStore *store,
                       ProlongStoreOrder *order,
                       ProlongOrderActor actor,
                       gint64 now,
                       GError **error)
{
  if (order->state == PROLONG_ORDER_PAID || order->state == PROLONG_ORDER_DELIVERED)
    return TRUE;
  if (actor == PROLONG_BY_BUYER && prolong_orders_get_state (order, now) == PROLONG_ORDER_EXPIRED)
    return prolong_office_refuse (PROLONG_PROBLEM_ORDER_CLOSED, "This order was not paid in time", error);
  if (!check_discount (store, order, error))
    return FALSE;
  if (order->state == PROLONG_ORDER_OPEN
      && !take_step (office, store, order, PROLONG_ORDER_ASK, actor, now, error))
    return FALSE;
  if (!find_delivery (office, store, order, now, &order->due, error)
      || !take_step (office, store, order, PROLONG_ORDER_PAY, actor, now, error))
    return FALSE;
  return order->due > now || deliver (office, store, order, now, error);
}

gboolean
prolong_orders_cancel (const ProlongOffice *office,
                       ProlongStore *store,
                       ProlongStoreOrder *order,
                       gint64 now,
                       GError **error)
{
  return order->state == PROLONG_ORDER_CANCELLED
         || take_step (office, store, order, PROLONG_ORDER_CANCEL, PROLONG_BY_VENDOR, now, error);
}

gboolean
prolong_orders_sweep (const ProlongOffice *office,
                      ProlongStore *store,
                      gint64 now,
                      gint64 *next,
                      GError **error)
{
  g_autoptr (GPtrArray) due = prolong_store_list_due (store, now, SWEEP_MAX, error);

  for (guint i = 0; due && i < due->len; i++)
    {
      ProlongStoreOrder *order = g_ptr_array_index (due, i);

      if (order->state == PROLONG_ORDER_PAID
              ? !deliver (office, store, order, now, error)
              : !take_step (office, store, order, PROLONG_ORDER_EXPIRE, PROLONG_BY_CLOCK, now, error))
        return FALSE;
    }
  return due && prolong_store_get_next_due (store, next, error);
}

/* The license that is renewed, when the checkout names one. */
static gboolean
find_renewed (const ProlongOffice *office,
              ProlongStore *store,
              const char *number,
              gint64 *renews,
              GError **error)
{
  g_autoptr (ProlongStoreCode) license = NULL;
  gboolean earns;

  *renews = 0;
  if (!number)
    return TRUE;
  license = prolong_office_find_license (office, store, number, error);
  if (!license || !prolong_license_earns_discount (store, license, &earns, error))
    return FALSE;
  *renews = earns ? license->id : 0;
  return TRUE;
}

static gboolean
add_order (const ProlongOffice *office,
           ProlongStore *store,
           ProlongStoreOrder *order,
           const GPtrArray *lines,
           gint64 now,
           GError **error)
{
  const ProlongPaymentProvider *provider = prolong_payment_find (
      prolong_catalog_find_provider (office->catalog, order->country, order->payment_method));

  if (!prolong_store_add_order (store, order, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!prolong_store_add_order_item (store, order->id, lines->pdata[i], error))
      return FALSE;
  if (!note (store, order, PROLONG_BY_BUYER, now, error)
      || !prolong_store_queue_mail (store, PROLONG_MAIL_ORDER, order->id, now, error))
    return FALSE;
  return !provider->asks_at_once
         || take_step (office, store, order, PROLONG_ORDER_ASK, PROLONG_BY_BUYER, now, error);
}

char *
prolong_orders_dup_token (const ProlongOffice *office, const ProlongStoreOrder *order, GError **error)
{
  g_autoptr (GBytes) token = prolong_keys_unseal (office->keys, TOKEN_PURPOSE, order->sealed, error);

  return token ? g_strndup (g_bytes_get_data (token, NULL), g_bytes_get_size (token)) : NULL;
}

static ProlongStoreOrder *
make_order (const ProlongOffice *office, const ProlongCheckout *checkout, gint64 renews, gint64 now)
{
  const ProlongOrderRequest *request = &checkout->request;
  ProlongStoreOrder *order = g_new0 (ProlongStoreOrder, 1);

  order->number = g_strdup (checkout->number);
  memcpy (order->token, checkout->token_hash, sizeof order->token);
  order->sealed = prolong_keys_seal (office->keys, TOKEN_PURPOSE, checkout->token, strlen (checkout->token));
  order->email = g_strdup (request->email);
  order->country = g_strdup (request->country);
  order->language = g_strdup (request->language);
  order->payment_method = g_strdup (request->payment_method);
  order->currency = g_strdup (prolong_catalog_get_currency (office->catalog, request->country));
  order->total = request->total;
  order->renews = renews;
  order->state = PROLONG_ORDER_OPEN;
  order->created = now;
  order->due = now + office->catalog->pay_within;
  return order;
}

static char *
answer (const ProlongOffice *office,
        ProlongStore *store,
        const ProlongStoreOrder *order,
        const char *token,
        gboolean is_new,
        gint64 now,
        GError **error)
{
  g_auto (ProlongOrder) message = { 0 };

  if (!prolong_orders_describe (office, store, order, token, now, &message, error))
    return NULL;
  message.token = is_new ? g_strdup (token) : NULL;
  return prolong_order_encode (&message);
}

char *
prolong_orders_place (const ProlongOffice *office,
                      ProlongStore *store,
                      const ProlongCheckout *checkout,
                      gint64 now,
                      GError **error)
{
  const ProlongOrderRequest *request = &checkout->request;
  ProlongCatalogBuyer buyer = { request->country, request->language, FALSE };
  g_autoptr (ProlongStoreOrder) order = NULL;
  GPtrArray *lines;
  gint64 renews = 0;
  gboolean added;

  if (!prolong_email_is_sound (request->email))
    (void)prolong_office_refuse (PROLONG_PROBLEM_EMAIL_MALFORMED, "This is not an e-mail address", error);
  else if (!prolong_catalog_find_provider (office->catalog, request->country, request->payment_method))
    (void)prolong_office_refuse (PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE,
                                 "This payment method is not offered in this country", error);
  else if (find_renewed (office, store, request->number, &renews, error))
    order = make_order (office, checkout, renews, now);
  if (!order)
    return NULL;
  buyer.renewal = renews != 0;
  lines = prolong_catalog_check_cart (office->catalog, request->items, request->total, &buyer, error);
  if (!lines)
    return NULL;
  added = add_order (office, store, order, lines, now, error);
  prolong_order_items_free (lines);
  return added ? answer (office, store, order, checkout->token, TRUE, now, error) : NULL;
}

static ProlongStoreOrder *
find_own (ProlongStore *store, const char *number, const char *token, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreOrder) order = prolong_store_find_order (store, number, &failure);
  guint8 hash[PROLONG_STORE_HASH_BYTES];

  prolong_sha256 (token, strlen (token), hash);
  if (order && prolong_equal (hash, order->token))
    return g_steal_pointer (&order);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    (void)prolong_office_refuse (PROLONG_PROBLEM_ORDER_UNKNOWN,
                                 "There is no such order, or the token is not its own", error);
  return NULL;
}

char *
prolong_orders_get (const ProlongOffice *office,
                    ProlongStore *store,
                    const char *number,
                    const char *token,
                    gint64 now,
                    GError **error)
{
  g_autoptr (ProlongStoreOrder) order = find_own (store, number, token, error);

  return order ? answer (office, store, order, token, FALSE, now, error) : NULL;
}

char *
prolong_orders_pay (const ProlongOffice *office,
                    ProlongStore *store,
                    const char *number,
                    const char *token,
                    const ProlongPaymentRequest *request,
                    gint64 now,
                    GError **error)
{
  g_autoptr (ProlongStoreOrder) order = find_own (store, number, token, error);
  const ProlongPaymentProvider *provider;

  if (!order)
    return NULL;
  provider = prolong_payment_find (
      prolong_catalog_find_provider (office->catalog, order->country, request->method));
  if (!provider || !provider->settle || !g_str_equal (request->method, order->payment_method))
    {
      (void)prolong_office_refuse (PROLONG_PROBLEM_PAYMENT_METHOD_UNAVAILABLE, "This order is not paid so",
                                   error);
      return NULL;
    }
  if (!provider->settle (order, error)
      || !prolong_orders_settle (office, store, order, PROLONG_BY_BUYER, now, error))
    return NULL;
  return answer (office, store, order, token, FALSE, now, error);
}
