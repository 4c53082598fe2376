/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/calls.h"

#include "service/mail/queue.h"

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
decode_number (const ProlongOffice *office,
               ProlongExchange *exchange,
               const char *text,
               gsize length,
               GError **error)
{
  return prolong_number_request_decode (text, length, &exchange->number, error);
}

static gboolean
decode_checkout (const ProlongOffice *office,
                 ProlongExchange *exchange,
                 const char *text,
                 gsize length,
                 GError **error)
{
  return prolong_checkout_decode (text, length, &exchange->checkout, error);
}

static gboolean
decode_payment (const ProlongOffice *office,
                ProlongExchange *exchange,
                const char *text,
                gsize length,
                GError **error)
{
  return prolong_payment_request_decode (text, length, &exchange->payment, error);
}

/* The words of a query are texts without limits: what they mean is for the catalog and the number's form to
 * say. */
static gboolean
decode_query (const ProlongOffice *office,
              ProlongExchange *exchange,
              const char *text,
              gsize length,
              GError **error)
{
  ProlongCatalogQuery *query = &exchange->catalog;

  if (!exchange->query)
    return TRUE;
  query->country = g_strdup (g_hash_table_lookup (exchange->query, "country"));
  query->number = g_strdup (g_hash_table_lookup (exchange->query, "number"));
  query->language = g_strdup (g_hash_table_lookup (exchange->query, "language"));
  return TRUE;
}

static gboolean
answer (ProlongExchange *exchange, guint status, char *text)
{
  if (text)
    prolong_exchange_set_answer (exchange, status, text);
  return text != NULL;
}

static gboolean
run_number (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, SOUP_STATUS_OK,
                 prolong_office_check_number (office, store, &exchange->number, get_now (), error));
}

static gboolean
run_catalog (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, SOUP_STATUS_OK,
                 prolong_office_get_catalog (office, store, &exchange->catalog, error));
}

static gboolean
run_checkout (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  exchange->created = answer (exchange, SOUP_STATUS_CREATED,
                              prolong_orders_place (office, store, &exchange->checkout, get_now (), error));
  return exchange->created;
}

static gboolean
run_order (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, SOUP_STATUS_OK,
                 prolong_orders_get (office, store, exchange->id, exchange->token, get_now (), error));
}

static gboolean
run_payment (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  return answer (exchange, SOUP_STATUS_OK,
                 prolong_orders_pay (office, store, exchange->id, exchange->token, &exchange->payment,
                                     get_now (), error));
}

static gboolean
decode_license_mail (const ProlongOffice *office,
                     ProlongExchange *exchange,
                     const char *text,
                     gsize length,
                     GError **error)
{
  return prolong_license_mail_request_decode (text, length, &exchange->license_mail, error);
}

/* Each counts, for an address may be guessed too, and nobody shall learn from the limit whether it was right.
 */
static gboolean
run_license_mail (const ProlongOffice *office, ProlongStore *store, ProlongExchange *exchange, GError **error)
{
  exchange->unknown_code = TRUE;
  return prolong_mail_ask_again (office, store, &exchange->license_mail, get_now (), error)
         && answer (exchange, SOUP_STATUS_ACCEPTED, g_strdup ("{}"));
}

#define POST_KEY                                                                                             \
  (PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_KEY | PROLONG_CALL_NEEDS_KEY | PROLONG_CALL_HAS_BODY)

/* A number in a request is guessed as a code is. */
static const ProlongCall calls[] = {
  { "POST", PROLONG_CALL_BASE PROLONG_RENEWAL_NUMBERS_CHECK,
    PROLONG_CALL_SHOP | PROLONG_CALL_TAKES_CODE | PROLONG_CALL_HAS_BODY, decode_number, run_number },
  { "GET", PROLONG_CALL_BASE PROLONG_RENEWAL_CATALOG, PROLONG_CALL_SHOP | PROLONG_CALL_TAKES_CODE,
    decode_query, run_catalog },
  { "POST", PROLONG_CALL_BASE PROLONG_RENEWAL_ORDERS,
    PROLONG_CALL_SHOP | PROLONG_CALL_ORDERS | PROLONG_CALL_TAKES_CODE | POST_KEY, decode_checkout,
    run_checkout },
  { "GET", PROLONG_CALL_BASE PROLONG_RENEWAL_ORDERS "/" PROLONG_CALL_ID,
    PROLONG_CALL_SHOP | PROLONG_CALL_TAKES_TOKEN, NULL, run_order },
  { "POST", PROLONG_CALL_BASE PROLONG_RENEWAL_ORDERS "/" PROLONG_CALL_ID PROLONG_RENEWAL_PAYMENTS,
    PROLONG_CALL_SHOP | PROLONG_CALL_TAKES_TOKEN | POST_KEY, decode_payment, run_payment },
  { "POST", PROLONG_CALL_BASE PROLONG_RENEWAL_LICENSE_MAILS,
    PROLONG_CALL_SHOP | PROLONG_CALL_WRITES | PROLONG_CALL_TAKES_CODE | PROLONG_CALL_TAKES_KEY
        | PROLONG_CALL_HAS_BODY,
    decode_license_mail, run_license_mail },
};

const ProlongCall *
prolong_calls_get_shop (guint *n)
{
  *n = G_N_ELEMENTS (calls);
  return calls;
}
