/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/order-states.h"

#define ANYONE (PROLONG_BY_BUYER | PROLONG_BY_VENDOR)
#define INVOICE_AS_BILL                                                                                      \
  {                                                                                                          \
    [PROLONG_PAYMENT_INVOICE] = PROLONG_MAIL_INVOICE                                                         \
  }
#define INVOICE_AS_RECEIPT                                                                                   \
  {                                                                                                          \
    [PROLONG_PAYMENT_INVOICE] = PROLONG_MAIL_PAYMENT, [PROLONG_PAYMENT_DEMO] = PROLONG_MAIL_INVOICE,         \
    [PROLONG_PAYMENT_PROVIDER] = PROLONG_MAIL_INVOICE                                                        \
  }
#define LICENSE                                                                                              \
  {                                                                                                          \
    PROLONG_MAIL_LICENSE, PROLONG_MAIL_LICENSE, PROLONG_MAIL_LICENSE                                         \
  }

/*
 * The life of an order. A transfer may come when the order has expired already: the bookkeeper takes it, at
 * the price of the order. Nothing is delivered that is not paid, and what is delivered stays; its codes can
 * be blocked.
 */
static const ProlongOrderStep steps[] = {
  { PROLONG_ORDER_OPEN, PROLONG_ORDER_ASK, ANYONE, PROLONG_ORDER_AWAITING_PAYMENT, INVOICE_AS_BILL },
  { PROLONG_ORDER_OPEN, PROLONG_ORDER_CANCEL, ANYONE, PROLONG_ORDER_CANCELLED, { 0 } },
  { PROLONG_ORDER_OPEN, PROLONG_ORDER_EXPIRE, PROLONG_BY_CLOCK, PROLONG_ORDER_EXPIRED, { 0 } },
  { PROLONG_ORDER_AWAITING_PAYMENT, PROLONG_ORDER_PAY, ANYONE, PROLONG_ORDER_PAID, INVOICE_AS_RECEIPT },
  { PROLONG_ORDER_AWAITING_PAYMENT, PROLONG_ORDER_CANCEL, ANYONE, PROLONG_ORDER_CANCELLED, { 0 } },
  { PROLONG_ORDER_AWAITING_PAYMENT, PROLONG_ORDER_EXPIRE, PROLONG_BY_CLOCK, PROLONG_ORDER_EXPIRED, { 0 } },
  { PROLONG_ORDER_EXPIRED, PROLONG_ORDER_PAY, PROLONG_BY_VENDOR, PROLONG_ORDER_PAID, INVOICE_AS_RECEIPT },
  { PROLONG_ORDER_PAID, PROLONG_ORDER_DELIVER, PROLONG_BY_CLOCK, PROLONG_ORDER_DELIVERED, LICENSE },
  { PROLONG_ORDER_PAID, PROLONG_ORDER_CANCEL, PROLONG_BY_VENDOR, PROLONG_ORDER_CANCELLED, { 0 } },
};

const ProlongOrderStep *
prolong_order_find_step (ProlongOrderState state, ProlongOrderEvent event, ProlongOrderActor actor)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].from == state && steps[i].event == event && (steps[i].actors & actor))
      return &steps[i];
  return NULL;
}

const char *
prolong_order_actor_get_name (ProlongOrderActor actor)
{
  static const char *const names[]
      = { [PROLONG_BY_BUYER] = "buyer", [PROLONG_BY_VENDOR] = "vendor", [PROLONG_BY_CLOCK] = "clock" };

  return names[actor];
}

gboolean
prolong_order_is_unpaid (ProlongOrderState state)
{
  return prolong_order_find_step (state, PROLONG_ORDER_EXPIRE, PROLONG_BY_CLOCK) != NULL;
}

ProlongStoreEvent
prolong_order_get_audit_event (ProlongOrderState state)
{
  static const ProlongStoreEvent events[] = {
    [PROLONG_ORDER_OPEN] = PROLONG_STORE_EVENT_ORDER_OPEN,
    [PROLONG_ORDER_AWAITING_PAYMENT] = PROLONG_STORE_EVENT_ORDER_AWAITING_PAYMENT,
    [PROLONG_ORDER_PAID] = PROLONG_STORE_EVENT_ORDER_PAID,
    [PROLONG_ORDER_DELIVERED] = PROLONG_STORE_EVENT_ORDER_DELIVERED,
    [PROLONG_ORDER_CANCELLED] = PROLONG_STORE_EVENT_ORDER_CANCELLED,
    [PROLONG_ORDER_EXPIRED] = PROLONG_STORE_EVENT_ORDER_EXPIRED,
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (events) == PROLONG_N_ORDER_STATES);

  return events[state];
}
