/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/payment.h"

/* The demo takes the word of whoever has the token of the order. */
static gboolean
settle_demo (const ProlongStoreOrder *order, GError **error)
{
  return TRUE;
}

static const ProlongPaymentProvider providers[] = {
  { "invoice", PROLONG_PAYMENT_INVOICE, TRUE, NULL },
  { "demo", PROLONG_PAYMENT_DEMO, FALSE, settle_demo },
};

const ProlongPaymentProvider *
prolong_payment_find (const char *name)
{
  for (guint i = 0; name && i < G_N_ELEMENTS (providers); i++)
    if (g_str_equal (providers[i].name, name))
      return &providers[i];
  return NULL;
}

const char *const *
prolong_payment_get_names (void)
{
  static const char *names[G_N_ELEMENTS (providers) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    names[i] = providers[i].name;
  return names;
}
