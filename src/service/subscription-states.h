/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/mails.h"

G_BEGIN_DECLS

/* What a subscription can become. Pure. */

typedef enum
{
  /* The provider reports: */
  PROLONG_SUBSCRIPTION_RENEW,        /* a period was paid */
  PROLONG_SUBSCRIPTION_FAIL_PAYMENT, /* the next period could not be paid */
  PROLONG_SUBSCRIPTION_CANCEL,       /* there will be no further period */
  /* The person wants: */
  PROLONG_SUBSCRIPTION_TURN_ON,
  PROLONG_SUBSCRIPTION_TURN_OFF,
  PROLONG_N_SUBSCRIPTION_EVENTS
} ProlongSubscriptionEvent;

/**
 * ProlongSubscriptionStep:
 * @when_ended: also when the subscription has ended in time
 * @mail: what is mailed about it; 0: nothing
 */
typedef struct
{
  ProlongSubscriptionState from;
  ProlongSubscriptionEvent event;
  ProlongSubscriptionState to;
  gboolean when_ended;
  ProlongMailKind mail;
} ProlongSubscriptionStep;

/** prolong_subscription_get_state: of @code at @now, which may be that it has ended. */
ProlongSubscriptionState prolong_subscription_get_state (const ProlongStoreCode *code, gint64 now);
const char *prolong_subscription_state_get_name (ProlongSubscriptionState state);

/** prolong_subscription_goes_on: whether the next period is to come by itself. */
gboolean prolong_subscription_goes_on (const ProlongStoreCode *code);

/** prolong_subscription_find_step: (nullable): what @event makes of @code at @now; %NULL where it cannot be.
 */
const ProlongSubscriptionStep *
prolong_subscription_find_step (const ProlongStoreCode *code, ProlongSubscriptionEvent event, gint64 now);

/** prolong_subscription_get_audit_event: that of @event. */
ProlongStoreEvent prolong_subscription_get_audit_event (ProlongSubscriptionEvent event);

/** prolong_subscription_event_get_name: as `subscriptions show` calls what stands in the audit. */
const char *prolong_subscription_event_get_name (ProlongStoreEvent event);

G_END_DECLS
