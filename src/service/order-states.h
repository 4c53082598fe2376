/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/orders.h"

G_BEGIN_DECLS

/* What an order can become, and who may make it so. Pure. */

typedef enum
{
  PROLONG_ORDER_ASK,     /* the buyer is told where to pay */
  PROLONG_ORDER_PAY,     /* the money has come */
  PROLONG_ORDER_DELIVER, /* the codes are given out */
  PROLONG_ORDER_CANCEL,
  PROLONG_ORDER_EXPIRE,
  PROLONG_N_ORDER_EVENTS
} ProlongOrderEvent;

typedef enum
{
  PROLONG_BY_BUYER = 1 << 0,
  PROLONG_BY_VENDOR = 1 << 1, /* a bookkeeper, or a payment service */
  PROLONG_BY_CLOCK = 1 << 2,  /* its time has come */
} ProlongOrderActor;

/**
 * ProlongOrderStep:
 * @mails: by how the order is paid, what is to be mailed about it; 0: nothing
 */
typedef struct
{
  ProlongOrderState from;
  ProlongOrderEvent event;
  ProlongOrderActor actors;
  ProlongOrderState to;
  ProlongMailKind mails[3];
} ProlongOrderStep;

/** prolong_order_find_step: (nullable): what @event makes of an order in @state; %NULL where @actor may not
 * do that. */
const ProlongOrderStep *
prolong_order_find_step (ProlongOrderState state, ProlongOrderEvent event, ProlongOrderActor actor);

/** prolong_order_actor_get_name: `buyer`, `vendor` or `clock`. */
const char *prolong_order_actor_get_name (ProlongOrderActor actor);

/** prolong_order_is_unpaid: whether an order in @state waits for its money, and expires without. */
gboolean prolong_order_is_unpaid (ProlongOrderState state);

/** prolong_order_get_audit_event: of an order that came to @state. */
ProlongStoreEvent prolong_order_get_audit_event (ProlongOrderState state);

G_END_DECLS
