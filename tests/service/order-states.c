/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/order-states.h"

#define BUYER PROLONG_BY_BUYER
#define VENDOR PROLONG_BY_VENDOR
#define CLOCK PROLONG_BY_CLOCK
#define OPEN PROLONG_ORDER_OPEN
#define AWAITING PROLONG_ORDER_AWAITING_PAYMENT
#define PAID PROLONG_ORDER_PAID
#define DELIVERED PROLONG_ORDER_DELIVERED
#define CANCELLED PROLONG_ORDER_CANCELLED
#define EXPIRED PROLONG_ORDER_EXPIRED

/* Everything that may happen; whatever is not here may not. */
static const struct
{
  ProlongOrderState from;
  ProlongOrderEvent event;
  guint actors;
  ProlongOrderState to;
  const char *why;
} rows[] = {
  { OPEN, PROLONG_ORDER_ASK, BUYER | VENDOR, AWAITING, "the buyer comes to the payment page" },
  { OPEN, PROLONG_ORDER_CANCEL, BUYER | VENDOR, CANCELLED, "never mind" },
  { OPEN, PROLONG_ORDER_EXPIRE, CLOCK, EXPIRED, "nobody came back to it" },
  { AWAITING, PROLONG_ORDER_PAY, BUYER | VENDOR, PAID, "the money came" },
  { AWAITING, PROLONG_ORDER_CANCEL, BUYER | VENDOR, CANCELLED, "never mind" },
  { AWAITING, PROLONG_ORDER_EXPIRE, CLOCK, EXPIRED, "the money did not come" },
  { EXPIRED, PROLONG_ORDER_PAY, VENDOR, PAID, "it came late" },
  { PAID, PROLONG_ORDER_DELIVER, CLOCK, DELIVERED, "the codes are given out" },
  { PAID, PROLONG_ORDER_CANCEL, VENDOR, CANCELLED, "the money was given back" },
};

static int
find_row (ProlongOrderState state, ProlongOrderEvent event, ProlongOrderActor actor)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].from == state && rows[i].event == event && (rows[i].actors & actor))
      return (int)i;
  return -1;
}

static void
test_every_step (void)
{
  for (ProlongOrderState state = 0; state < PROLONG_N_ORDER_STATES; state++)
    for (ProlongOrderEvent event = 0; event < PROLONG_N_ORDER_EVENTS; event++)
      for (guint actor = BUYER; actor <= CLOCK; actor <<= 1)
        {
          const ProlongOrderStep *step = prolong_order_find_step (state, event, actor);
          int row = find_row (state, event, actor);

          g_test_message ("%s, event %u, actor %u", prolong_order_state_names[state], event, actor);
          g_assert_true ((step != NULL) == (row >= 0));
          if (step != NULL)
            g_assert_cmpint (step->to, ==, rows[row].to);
        }
}

/* Nothing is delivered that was not paid before, from wherever it comes. */
static void
test_paid_before_delivered (void)
{
  for (ProlongOrderState state = 0; state < PROLONG_N_ORDER_STATES; state++)
    for (ProlongOrderEvent event = 0; event < PROLONG_N_ORDER_EVENTS; event++)
      for (guint actor = BUYER; actor <= CLOCK; actor <<= 1)
        {
          const ProlongOrderStep *step = prolong_order_find_step (state, event, actor);

          g_assert_false (step != NULL && step->to == DELIVERED && state != PAID);
          g_assert_false (step != NULL && state == DELIVERED);
        }
}

static void
test_mails (void)
{
  static const struct
  {
    ProlongOrderState from;
    ProlongOrderEvent event;
    ProlongPaymentKind kind;
    guint mail;
    const char *why;
  } mails[] = {
    { OPEN, PROLONG_ORDER_ASK, PROLONG_PAYMENT_INVOICE, PROLONG_MAIL_INVOICE, "a bill" },
    { OPEN, PROLONG_ORDER_ASK, PROLONG_PAYMENT_DEMO, 0, "the page says it" },
    { AWAITING, PROLONG_ORDER_PAY, PROLONG_PAYMENT_INVOICE, PROLONG_MAIL_PAYMENT, "the transfer came" },
    { AWAITING, PROLONG_ORDER_PAY, PROLONG_PAYMENT_DEMO, PROLONG_MAIL_INVOICE, "a receipt" },
    { AWAITING, PROLONG_ORDER_PAY, PROLONG_PAYMENT_PROVIDER, PROLONG_MAIL_INVOICE, "a receipt" },
    { AWAITING, PROLONG_ORDER_CANCEL, PROLONG_PAYMENT_DEMO, 0, "nothing was said about it" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_test_message ("%s", mails[i].why);
      g_assert_cmpuint (prolong_order_find_step (mails[i].from, mails[i].event, VENDOR)->mails[mails[i].kind],
                        ==, mails[i].mail);
    }
  for (guint kind = PROLONG_PAYMENT_INVOICE; kind <= PROLONG_PAYMENT_PROVIDER; kind++)
    g_assert_cmpuint (prolong_order_find_step (PAID, PROLONG_ORDER_DELIVER, CLOCK)->mails[kind], ==,
                      PROLONG_MAIL_LICENSE);
}

static void
test_unpaid (void)
{
  for (ProlongOrderState state = 0; state < PROLONG_N_ORDER_STATES; state++)
    g_assert_true (prolong_order_is_unpaid (state) == (state == OPEN || state == AWAITING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-states/every-step", test_every_step);
  g_test_add_func ("/order-states/paid-before-delivered", test_paid_before_delivered);
  g_test_add_func ("/order-states/mails", test_mails);
  g_test_add_func ("/order-states/unpaid", test_unpaid);
  return g_test_run ();
}
