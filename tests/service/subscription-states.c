/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/policy.h"
#include "service/subscription-states.h"

#define ACTIVE PROLONG_SUBSCRIPTION_ACTIVE
#define FAILED PROLONG_SUBSCRIPTION_PAYMENT_FAILED
#define CANCELLED PROLONG_SUBSCRIPTION_CANCELLED
#define ENDED PROLONG_SUBSCRIPTION_ENDED
#define RENEW PROLONG_SUBSCRIPTION_RENEW
#define FAIL PROLONG_SUBSCRIPTION_FAIL_PAYMENT
#define CANCEL PROLONG_SUBSCRIPTION_CANCEL
#define ON PROLONG_SUBSCRIPTION_TURN_ON
#define OFF PROLONG_SUBSCRIPTION_TURN_OFF
#define NEVER (-1)

#define DAY 86400
#define PERIOD (30 * DAY)
#define START 1000000000
#define END (START + PERIOD)

/* Everything that may happen to a subscription, while it runs and when it has ended. */
static const struct
{
  ProlongSubscriptionState from;
  ProlongSubscriptionEvent event;
  int to;
  int when_ended;
  const char *why;
} rows[] = {
  { ACTIVE, RENEW, ACTIVE, ACTIVE, "the next period, however late it is reported" },
  { ACTIVE, FAIL, FAILED, FAILED, "no money" },
  { ACTIVE, CANCEL, CANCELLED, CANCELLED, "no further period" },
  { ACTIVE, ON, ACTIVE, NEVER, "what has ended does not begin again by itself" },
  { ACTIVE, OFF, ACTIVE, ACTIVE, "no is always taken" },
  { FAILED, RENEW, ACTIVE, ACTIVE, "the money came after all" },
  { FAILED, FAIL, FAILED, FAILED, "no money again" },
  { FAILED, CANCEL, CANCELLED, CANCELLED, "the provider gives up" },
  { FAILED, ON, NEVER, NEVER, "the payment is to be mended first" },
  { FAILED, OFF, FAILED, FAILED, "no is always taken" },
  { CANCELLED, RENEW, CANCELLED, CANCELLED, "a period that was paid before, and is the last" },
  { CANCELLED, FAIL, CANCELLED, CANCELLED, "nothing is to be paid any more" },
  { CANCELLED, CANCEL, CANCELLED, CANCELLED, "cancelled already" },
  { CANCELLED, ON, NEVER, NEVER, "cancelled is for good" },
  { CANCELLED, OFF, CANCELLED, CANCELLED, "it is off" },
};

static ProlongStoreCode
make (ProlongSubscriptionState state)
{
  return (ProlongStoreCode){ .kind = PROLONG_LICENSE_SUBSCRIPTION,
                             .has_subscription = TRUE,
                             .state = state,
                             .term = PERIOD,
                             .period = PERIOD,
                             .first_activated = START };
}

static void
assert_step (const ProlongStoreCode *code, ProlongSubscriptionEvent event, gint64 now, int to)
{
  const ProlongSubscriptionStep *step = prolong_subscription_find_step (code, event, now);

  g_assert_cmpint (step ? (int)step->to : NEVER, ==, to);
}

static void
test_every_step (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, 3 * PROLONG_N_SUBSCRIPTION_EVENTS);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const ProlongStoreCode code = make (rows[i].from);

      g_test_message ("%s, event %u: %s", prolong_subscription_state_get_name (rows[i].from), rows[i].event,
                      rows[i].why);
      assert_step (&code, rows[i].event, START, rows[i].to);
      assert_step (&code, rows[i].event, END + DAY, rows[i].when_ended);
    }
}

/* When a subscription with these facts ends, and what a further code then meets. */
static const struct
{
  ProlongSubscriptionState state;
  gint64 off_since;
  gint64 now;
  ProlongSubscriptionState is;
  ProlongLicenseStatus status;
  gboolean goes_on;
  gboolean code;
  const char *why;
} times[] = {
  { ACTIVE, 0, START, ACTIVE, PROLONG_LICENSE_ACTIVE, TRUE, FALSE, "its first second" },
  { ACTIVE, 0, END - 1, ACTIVE, PROLONG_LICENSE_ACTIVE, TRUE, FALSE, "its last second" },
  { ACTIVE, 0, END, ACTIVE, PROLONG_LICENSE_GRACE, TRUE, FALSE, "the renewal may be reported a day later" },
  { ACTIVE, 0, END + DAY - 1, ACTIVE, PROLONG_LICENSE_GRACE, TRUE, FALSE, "up to the last second" },
  { ACTIVE, 0, END + DAY, ENDED, PROLONG_LICENSE_EXPIRED, TRUE, TRUE, "it was not reported" },
  { ACTIVE, START, END - 1, ACTIVE, PROLONG_LICENSE_ACTIVE, FALSE, FALSE, "off, and still works (S4)" },
  { ACTIVE, START, END, ENDED, PROLONG_LICENSE_EXPIRED, FALSE, TRUE, "off, and the period is over" },
  { ACTIVE, END + 5, END + 5, ACTIVE, PROLONG_LICENSE_GRACE, FALSE, TRUE, "turned off while it waited" },
  { ACTIVE, END + 5, END + DAY, ENDED, PROLONG_LICENSE_EXPIRED, FALSE, TRUE, "and nothing came" },
  { FAILED, 0, END - 1, FAILED, PROLONG_LICENSE_ACTIVE, FALSE, FALSE, "paid until then" },
  { FAILED, 0, END, FAILED, PROLONG_LICENSE_GRACE, FALSE, TRUE, "a day to mend it, or to enter a code" },
  { FAILED, 0, END + DAY, ENDED, PROLONG_LICENSE_EXPIRED, FALSE, TRUE, "it was not mended" },
  { CANCELLED, START, END - 1, CANCELLED, PROLONG_LICENSE_ACTIVE, FALSE, FALSE, "paid until then" },
  { CANCELLED, START, END, ENDED, PROLONG_LICENSE_EXPIRED, FALSE, TRUE, "nothing is waited for" },
};

static void
test_times (void)
{
  const ProlongPolicy policy
      = { { "trial-running", "allowed", "subscription-running", "subscription-running" } };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      ProlongStoreCode code = make (times[i].state);

      code.off_since = times[i].off_since;
      g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, times[i].why);
      g_assert_cmpint (prolong_subscription_get_state (&code, times[i].now), ==, times[i].is);
      g_assert_cmpint (prolong_license_get_status (&code, times[i].now), ==, times[i].status);
      g_assert_cmpint (prolong_subscription_goes_on (&code), ==, times[i].goes_on);
      g_assert_cmpstr (prolong_policy_get_add_code (&policy, &code, times[i].now), ==,
                       times[i].code ? "allowed" : "subscription-running");
    }
}

/* A code that nobody has used has all of its time before it. */
static void
test_not_activated (void)
{
  ProlongStoreCode code = make (ACTIVE);

  code.first_activated = 0;
  g_assert_cmpint (prolong_subscription_get_state (&code, END), ==, ACTIVE);
  assert_step (&code, ON, END, ACTIVE);
}

static void
test_mails (void)
{
  static const struct
  {
    ProlongSubscriptionState from;
    ProlongSubscriptionEvent event;
    guint mail;
    const char *why;
  } mails[] = {
    { ACTIVE, RENEW, PROLONG_MAIL_RENEWED, "it goes on" },
    { ACTIVE, FAIL, PROLONG_MAIL_PAYMENT_FAILED, "there is something to do" },
    { FAILED, FAIL, 0, "that was said before" },
    { FAILED, RENEW, PROLONG_MAIL_RENEWED, "there is nothing to do any more" },
    { ACTIVE, CANCEL, 0, "the provider tells that" },
    { ACTIVE, OFF, 0, "the person did it" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      const ProlongStoreCode code = make (mails[i].from);

      g_test_message ("%s", mails[i].why);
      g_assert_cmpuint (prolong_subscription_find_step (&code, mails[i].event, START)->mail, ==,
                        mails[i].mail);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subscription-states/every-step", test_every_step);
  g_test_add_func ("/subscription-states/times", test_times);
  g_test_add_func ("/subscription-states/not-activated", test_not_activated);
  g_test_add_func ("/subscription-states/mails", test_mails);
  return g_test_run ();
}
