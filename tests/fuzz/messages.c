/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "renewal/messages.h"

/* What is decoded can be encoded. */
#define TRY(Type, name)                                                                                      \
  do                                                                                                         \
    {                                                                                                        \
      Type message;                                                                                          \
                                                                                                             \
      if (prolong_##name##_decode (text, length, &message, NULL))                                            \
        g_free (prolong_##name##_encode (&message));                                                         \
      prolong_##name##_clear (&message);                                                                     \
    }                                                                                                        \
  while (0)

static void
try_seats (const char *text, gsize length)
{
  g_autoptr (GPtrArray) seats = prolong_seats_decode (text, length, NULL);

  if (seats != NULL)
    g_free (prolong_seats_encode (seats, seats->len, 1));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  const char *text = (const char *)data;
  g_autofree char *ticket = prolong_ticket_answer_decode (text, length, NULL);
  g_autoptr (GError) problem = prolong_problem_document_decode (409, text, length);
  g_autofree char *document = prolong_problem_document_encode (problem, 409);
  g_autoptr (GError) again = prolong_problem_document_decode (409, document, strlen (document));

  g_assert_cmpint (again->code, ==, problem->code);
  g_assert_true (ticket == NULL || *ticket != '\0');
  TRY (ProlongActivationRequest, activation_request);
  TRY (ProlongPreflight, preflight);
  TRY (ProlongActivation, activation);
  TRY (ProlongTicketRequest, ticket_request);
  TRY (ProlongSeatsRequest, seats_request);
  TRY (ProlongNumberRequest, number_request);
  TRY (ProlongNumberSummary, number_summary);
  TRY (ProlongCatalogAnswer, catalog_answer);
  TRY (ProlongOrderRequest, order_request);
  TRY (ProlongOrder, order);
  TRY (ProlongPaymentRequest, payment_request);
  TRY (ProlongLicenseMailRequest, license_mail_request);
  TRY (ProlongAutoRenewalRequest, auto_renewal_request);
  TRY (ProlongSupportRequest, support_request);
  TRY (ProlongSupportAnswer, support_answer);
  try_seats (text, length);
  return 0;
}
