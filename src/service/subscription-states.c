/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/subscription-states.h"

#include "service/policy.h"

#define ACTIVE PROLONG_SUBSCRIPTION_ACTIVE
#define FAILED PROLONG_SUBSCRIPTION_PAYMENT_FAILED
#define CANCELLED PROLONG_SUBSCRIPTION_CANCELLED
#define RENEW PROLONG_SUBSCRIPTION_RENEW
#define FAIL_PAYMENT PROLONG_SUBSCRIPTION_FAIL_PAYMENT
#define CANCEL PROLONG_SUBSCRIPTION_CANCEL
#define TURN_ON PROLONG_SUBSCRIPTION_TURN_ON
#define TURN_OFF PROLONG_SUBSCRIPTION_TURN_OFF

/*
 * The life of a subscription. Providers report late, and in any order. A period that was paid is given
 * whatever was reported before it; what was cancelled stays so. Turning auto-renewal off is always possible,
 * turning it on while a next period can still come.
 */
static const ProlongSubscriptionStep steps[] = {
  { ACTIVE, RENEW, ACTIVE, TRUE, PROLONG_MAIL_RENEWED },
  { ACTIVE, FAIL_PAYMENT, FAILED, TRUE, PROLONG_MAIL_PAYMENT_FAILED },
  { ACTIVE, CANCEL, CANCELLED, TRUE, 0 },
  { ACTIVE, TURN_ON, ACTIVE, FALSE, 0 },
  { ACTIVE, TURN_OFF, ACTIVE, TRUE, 0 },
  { FAILED, RENEW, ACTIVE, TRUE, PROLONG_MAIL_RENEWED },
  { FAILED, FAIL_PAYMENT, FAILED, TRUE, 0 },
  { FAILED, CANCEL, CANCELLED, TRUE, 0 },
  { FAILED, TURN_OFF, FAILED, TRUE, 0 },
  { CANCELLED, RENEW, CANCELLED, TRUE, PROLONG_MAIL_RENEWED },
  { CANCELLED, FAIL_PAYMENT, CANCELLED, TRUE, 0 },
  { CANCELLED, CANCEL, CANCELLED, TRUE, 0 },
  { CANCELLED, TURN_OFF, CANCELLED, TRUE, 0 },
};

static const struct
{
  ProlongStoreEvent audit;
  const char *name;
} events[] = {
  [RENEW] = { PROLONG_STORE_EVENT_RENEWED, "renewed" },
  [FAIL_PAYMENT] = { PROLONG_STORE_EVENT_PAYMENT_FAILED, "payment-failed" },
  [CANCEL] = { PROLONG_STORE_EVENT_CANCELLED, "cancelled" },
  [TURN_ON] = { PROLONG_STORE_EVENT_AUTO_RENEWAL_ON, "turned-on" },
  [TURN_OFF] = { PROLONG_STORE_EVENT_AUTO_RENEWAL_OFF, "turned-off" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (events) == PROLONG_N_SUBSCRIPTION_EVENTS);

ProlongSubscriptionState
prolong_subscription_get_state (const ProlongStoreCode *code, gint64 now)
{
  gboolean ended = code->first_activated && now >= prolong_license_get_grace_end (code);

  return ended ? PROLONG_SUBSCRIPTION_ENDED : code->state;
}

const char *
prolong_subscription_state_get_name (ProlongSubscriptionState state)
{
  static const char *const names[PROLONG_N_SUBSCRIPTION_STATES] = {
    [ACTIVE] = "active",
    [FAILED] = "payment-failed",
    [CANCELLED] = "cancelled",
    [PROLONG_SUBSCRIPTION_ENDED] = "ended",
  };

  return (guint)state < G_N_ELEMENTS (names) ? names[state] : "-";
}

gboolean
prolong_subscription_goes_on (const ProlongStoreCode *code)
{
  return code->has_subscription && code->off_since == 0 && code->state == ACTIVE;
}

const ProlongSubscriptionStep *
prolong_subscription_find_step (const ProlongStoreCode *code, ProlongSubscriptionEvent event, gint64 now)
{
  gboolean ended = prolong_subscription_get_state (code, now) == PROLONG_SUBSCRIPTION_ENDED;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].from == code->state && steps[i].event == event && (!ended || steps[i].when_ended))
      return &steps[i];
  return NULL;
}

ProlongStoreEvent
prolong_subscription_get_audit_event (ProlongSubscriptionEvent event)
{
  return events[event].audit;
}

const char *
prolong_subscription_event_get_name (ProlongStoreEvent event)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (events[i].audit == event)
      return events[i].name;
  return "-";
}
