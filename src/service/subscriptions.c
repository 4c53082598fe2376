/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/subscriptions.h"

#include "service/store/subscriptions.h"

#include <string.h>

static gboolean
refuse_ended (const ProlongStoreCode *code, GError **error)
{
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "expires", "x", code->first_activated + code->term);
  g_propagate_error (error, prolong_problem_error_new (PROLONG_PROBLEM_SUBSCRIPTION_ENDED,
                                                       g_variant_dict_end (&details), "%s",
                                                       "No further period of this subscription can come"));
  return FALSE;
}

static gboolean
refuse_managed (const ProlongStoreCode *code, GError **error)
{
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "provider", "s", code->provider);
  if (code->manage_url)
    g_variant_dict_insert (&details, "manage_url", "s", code->manage_url);
  g_propagate_error (error, prolong_problem_error_new (PROLONG_PROBLEM_PROVIDER_MANAGED,
                                                       g_variant_dict_end (&details), "%s",
                                                       "The provider of this subscription manages it"));
  return FALSE;
}

static gboolean
queue_mail (ProlongStore *store,
            const ProlongStoreCode *code,
            ProlongMailKind kind,
            gint64 now,
            GError **error)
{
  ProlongStoreMail mail = { .kind = kind,
                            .code = code->id,
                            .language = code->language,
                            .state = PROLONG_MAIL_WAITING,
                            .created = now,
                            .due = now };

  return !kind || !code->email || prolong_store_add_mail (store, &mail, error);
}

/* What no period can follow any more is off as well: so its end is the end, unless it was over already. */
static void
apply (ProlongStoreCode *code, const ProlongSubscriptionStep *step, gint64 now)
{
  code->state = step->to;
  if (step->event == PROLONG_SUBSCRIPTION_RENEW)
    code->term += code->period;
  else if (step->event == PROLONG_SUBSCRIPTION_TURN_ON)
    code->off_since = 0;
  else if (step->event != PROLONG_SUBSCRIPTION_FAIL_PAYMENT && code->off_since == 0)
    code->off_since = now;
}

static gboolean
take_step (ProlongStore *store,
           ProlongStoreCode *code,
           const ProlongSubscriptionStep *step,
           gint64 seat,
           gint64 now,
           GError **error)
{
  apply (code, step, now);
  return prolong_store_update_subscription (store, code, error)
         && prolong_store_add_audit (store, now, prolong_subscription_get_audit_event (step->event), code->id,
                                     seat, NULL, error)
         && queue_mail (store, code, step->mail, now, error);
}

static gboolean
is_known (ProlongStore *store,
          const ProlongStoreCode *code,
          ProlongStoreEvent event,
          const char *report,
          gboolean *known,
          GError **error)
{
  guint before = 0;

  *known = FALSE;
  if (!report)
    return TRUE;
  if (!prolong_store_find_report (store, code->id, report, &before, error))
    return FALSE;
  *known = before == (guint)event;
  if (!before || *known)
    return TRUE;
  g_set_error (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_FAILED,
               "This report has come before, of something else: %s",
               prolong_subscription_event_get_name ((ProlongStoreEvent)before));
  return FALSE;
}

gboolean
prolong_subscriptions_report (ProlongStore *store,
                              ProlongStoreCode *code,
                              ProlongSubscriptionEvent event,
                              const char *report,
                              gint64 now,
                              gboolean *known,
                              GError **error)
{
  const ProlongSubscriptionStep *step;
  ProlongStoreEvent audit = prolong_subscription_get_audit_event (event);

  if (!code->has_subscription)
    return prolong_office_refuse (PROLONG_PROBLEM_NO_SUBSCRIPTION, "This license is no subscription", error);
  if (!is_known (store, code, audit, report, known, error))
    return FALSE;
  if (*known)
    return TRUE;
  step = prolong_subscription_find_step (code, event, now);
  if (!step)
    return refuse_ended (code, error);
  return take_step (store, code, step, 0, now, error)
         && (!report || prolong_store_add_report (store, code->id, report, audit, now, error));
}

gboolean
prolong_subscriptions_switch (ProlongStore *store,
                              ProlongStoreCode *code,
                              gboolean on,
                              gint64 seat,
                              gint64 now,
                              GError **error)
{
  const ProlongSubscriptionStep *step;

  if (!code->has_subscription)
    return prolong_office_refuse (PROLONG_PROBLEM_NO_SUBSCRIPTION, "This license is no subscription", error);
  if (*code->provider)
    return refuse_managed (code, error);
  if (on && code->blocked)
    return prolong_office_refuse (PROLONG_PROBLEM_CODE_BLOCKED, "The vendor has blocked this license", error);
  step = prolong_subscription_find_step (
      code, on ? PROLONG_SUBSCRIPTION_TURN_ON : PROLONG_SUBSCRIPTION_TURN_OFF, now);
  if (!step)
    return refuse_ended (code, error);
  return on == (code->off_since == 0) || take_step (store, code, step, seat, now, error);
}
