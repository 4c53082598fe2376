/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/order-words.h"

#include "bus/words.h"
#include "config.h"

#include <glib/gi18n-lib.h>

/* Currencies as people write them, and digits behind the point where these are not two. */
static const struct
{
  const char *id;
  const char *sign;
  int digits;
} currencies[] = {
  { "EUR", "€", 2 },   { "USD", "$", 2 },         { "GBP", "£", 2 },
  { "RUB", "₽", 2 }, { "CHF", "CHF\u00a0", 2 }, { "JPY", "¥", 0 },
};

static const char *
get_sign (const char *currency, int *digits)
{
  *digits = 2;
  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_str_equal (currencies[i].id, currency))
      {
        *digits = currencies[i].digits;
        return currencies[i].sign;
      }
  return currency;
}

char *
prolong_words_money (gint64 amount, const char *currency)
{
  int digits;
  const char *sign = get_sign (currency, &digits);
  gint64 unit = digits == 0 ? 1 : 100;
  g_autofree char *whole = g_strdup_printf ("%" G_GINT64_FORMAT, amount / unit);
  /* Translators: the point between euros and cents. */
  const char *point = C_ ("price", ".");
  g_autofree char *number = digits == 0 ? g_steal_pointer (&whole)
                                        : g_strdup_printf ("%s%s%02d", whole, point, (int)(amount % unit));

  /* Translators: a price: the first %s is the sign of the currency, the second the number. Swap them where
   * they are written so, as %2$s %1$s, with a space that does not break. */
  return g_strdup_printf (C_ ("price", "%1$s%2$s"), sign, number);
}

char *
prolong_words_devices (guint devices)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u device", "%u devices", devices), devices);
}

char *
prolong_words_years (guint years)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u year", "%u years", years), years);
}

char *
prolong_words_offer (const char *name, guint devices, guint years)
{
  g_autofree char *for_devices = prolong_words_devices (devices);
  g_autofree char *for_years = prolong_words_years (years);

  return g_strdup_printf ("%s · %s · %s", name, for_devices, for_years);
}

char *
prolong_words_discount (const ProlongOfferInfo *offer, const char *currency)
{
  g_autofree char *saved = NULL;

  if (offer->full_price <= offer->price)
    return g_strdup ("");
  saved = prolong_words_money (offer->full_price - offer->price, currency);
  /* Translators: %s is an amount of money. */
  return g_strdup_printf (_ ("With the renewal discount of %s"), saved);
}

static const struct
{
  const char *id;
  const char *name;
} methods[] = {
  { "bank-transfer", NC_ ("payment", "Bank transfer") },
  { "direct-debit", NC_ ("payment", "Direct debit") },
  { "card", NC_ ("payment", "Card") },
  { "credit-card", NC_ ("payment", "Credit card") },
  { "ideal", "iDEAL" },
  { "bancontact", "Bancontact" },
  { "paypal", "PayPal" },
  { "sbp", NC_ ("payment", "Fast Payment System (SBP)") },
  { "mir", NC_ ("payment", "Mir card") },
};

char *
prolong_words_payment_method (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].id, id))
      return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "payment", methods[i].name));
  return g_strdup (id);
}

const char *
prolong_words_delivery (const char *delivery)
{
  if (g_str_equal (delivery, "week-before"))
    return _ ("The code comes 7 days before the new period begins, by e‑mail and into Prolong by itself.");
  return _ ("The code comes as soon as you have paid, by e‑mail and into Prolong by itself.");
}

char *
prolong_words_order (const ProlongOrderInfo *order)
{
  const char *name = *order->name != '\0' ? order->name : order->product;

  if (order->devices == 0 || order->years == 0)
    return g_strdup (*name != '\0' ? name : _ ("Order"));
  return prolong_words_offer (name, order->devices, order->years);
}

/* What is behind a problem, with the sentence before it. */
static char *
join (const char *sentence, const char *problem_name)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongProblem problem;

  if (!prolong_problem_from_name (problem_name, &problem))
    return g_strdup (sentence);
  prolong_words_for_problem (problem, NULL, &words);
  return g_strdup_printf ("%s %s", sentence, words.what);
}

static char *
tell_to_pay (const ProlongOrderInfo *order)
{
  g_autofree char *total = prolong_words_money (order->total, order->currency);
  g_autofree char *day = order->pay_by != 0 ? prolong_words_date (order->pay_by) : NULL;

  if (day == NULL)
    /* Translators: %s is an amount of money. */
    return g_strdup_printf (_ ("Waiting for payment of %s."), total);
  /* Translators: the first %s is an amount of money, the second a date. */
  return g_strdup_printf (_ ("Waiting for payment of %s, until %s."), total, day);
}

static char *
tell_paid (const ProlongOrderInfo *order)
{
  g_autofree char *day = order->delivers_at != 0 ? prolong_words_date (order->delivers_at) : NULL;

  if (day == NULL)
    return g_strdup (_ ("Paid. The code comes by itself in a moment."));
  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("Paid. The code comes by itself on %s."), day);
}

static char *
tell_waiting (const ProlongOrderInfo *order)
{
  static const char *const until_end[] = { "subscription-running", "trial-running", "license-running", NULL };

  if (g_strv_contains (until_end, order->problem))
    return g_strdup (_ ("The code has arrived. It is added when the current license ends."));
  return join (_ ("The code has arrived, but could not be added yet; it is tried again by itself."),
               order->problem);
}

char *
prolong_words_order_stage (const ProlongOrderInfo *order)
{
  switch (prolong_order_info_get_stage (order))
    {
    case PROLONG_STAGE_TO_PAY:
      return tell_to_pay (order);
    case PROLONG_STAGE_PAID:
      return tell_paid (order);
    case PROLONG_STAGE_ADDING:
      return g_strdup (_ ("The code has arrived and is being added."));
    case PROLONG_STAGE_WAITING:
      return tell_waiting (order);
    case PROLONG_STAGE_RESERVE:
      return g_strdup (_ ("The code is here, among your reserve codes."));
    case PROLONG_STAGE_ACTIVE:
      return g_strdup (_ ("The code is here and is activated."));
    case PROLONG_STAGE_PRESENT:
      return g_strdup (_ ("The code is here: you have entered it already."));
    case PROLONG_STAGE_NOT_ADDED:
      return join (_ ("The code has arrived, but was not added."), order->problem);
    case PROLONG_STAGE_CANCELLED:
      return g_strdup (_ ("The order was cancelled."));
    case PROLONG_STAGE_EXPIRED:
      return g_strdup (_ ("The order was not paid in time, and has ended."));
    case PROLONG_STAGE_REFUSED:
      return join (_ ("Nothing was ordered."), order->problem);
    case PROLONG_STAGE_SENDING:
    case PROLONG_N_STAGES:
    default:
      return g_strdup (_ ("The vendor could not be reached. The order is sent again by itself."));
    }
}
