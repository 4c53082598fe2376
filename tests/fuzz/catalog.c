/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "license/json.h"
#include "service/catalog.h"
#include "service/payment.h"

#define PROFILE                                                                                              \
  "[Vendor]\nId=acme\nName=Acme\nService=https://acme.example/v1\n[Keys]\n"                                  \
  "acme-1=ThxaJDlmUoACzeLX6VvaZufXjHBA69jDyMvnUjb6su0\n[Codes]\nPattern=XXXXX-XXXXX-XXXXX-XXXXX\n"           \
  "Check=gf32\nNumber=9999-999999-99999999\n[Reminders]\nDays=7\n[Product internet-security]\nName=Safe\n"   \
  "[Product password-safe]\nName=Safe\n[Product photo-orchard]\nName=Safe\n[Product "                        \
  "sound-orchard]\nName=Safe\n"

/* What a catalog says to buyers from two countries is an answer that a client takes. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  const ProlongCatalogBuyer buyers[] = { { NULL, NULL, FALSE }, { "GB", "nl", TRUE } };
  g_autoptr (ProlongProfile) profile = prolong_profile_parse (PROFILE, strlen (PROFILE), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongCatalog) catalog
      = prolong_catalog_parse ((const char *)data, length, profile, prolong_payment_get_names (), &error);

  g_assert_true ((catalog == NULL) == (error != NULL));
  for (gsize i = 0; catalog != NULL && i < G_N_ELEMENTS (buyers); i++)
    {
      g_auto (ProlongCatalogAnswer) answer = { 0 };
      g_auto (ProlongCatalogAnswer) again = { 0 };
      g_autofree char *text = NULL;

      prolong_catalog_describe (catalog, &buyers[i], &answer);
      text = prolong_catalog_answer_encode (&answer);
      g_assert_cmpuint (strlen (text), <=, PROLONG_JSON_MAX_BYTES);
      g_assert_true (prolong_catalog_answer_decode (text, strlen (text), &again, &error));
    }
  return 0;
}
