/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages.h"

#include <string.h>

#include "license/json.h"

#define HASH "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP_"
#define REQUEST                                                                                              \
  "{\"code\":\"5AFMS-Y38DJ-QW16B-GNTZF\",\"nonce\":\"" HASH "\",\"device\":\"" HASH                          \
  "\",\"device_name\":\"Büro ПК\","                                                                       \
  "\"product\":\"internet-security\",\"product_version\":\"21.3\"}"
#define PREFLIGHT                                                                                            \
  "{\"product\":\"internet-security\",\"name\":\"Internet "                                                  \
  "Security\",\"kind\":\"commercial\",\"term\":31536000,"                                                    \
  "\"starts\":1795262400,\"expires\":1826798400,\"devices\":{\"used\":1,\"limit\":3}}"
#define ACTIVATION "{\"activation\":\"act_1\",\"seat_token\":\"secret-1\",\"ticket\":\"e30.e30.AA\"}"
#define TICKET_REQUEST "{\"nonce\":\"" HASH "\",\"device_name\":\"\",\"product_version\":\"21.3\"}"
#define RENEWAL_REQUEST                                                                                      \
  "{\"code\":\"5AFMS-Y38DJ-QW16B-GNTZF\",\"nonce\":\"" HASH "\",\"device\":\"" HASH                          \
  "\",\"device_name\":\"\",\"after\":\"act_1\",\"previous_code\":\"QW16B-GNTZF\",\"accept_shorter_term\":"   \
  "true}"
#define USED_PREFLIGHT                                                                                       \
  "{\"product\":\"internet-security\",\"name\":\"Internet "                                                  \
  "Security\",\"kind\":\"commercial\",\"term\":31536000,"                                                    \
  "\"starts\":1795262400,\"expires\":1826798400,\"first_activated\":1795262399,\"devices\":{\"used\":1,"     \
  "\"limit\":3}}"
#define SEATS_REQUEST "{\"code\":\"5AFMS-Y38DJ-QW16B-GNTZF\",\"device\":\"" HASH "\",\"seat\":\"seat-1\"}"
#define SEATS                                                                                                \
  "{\"seats\":[{\"id\":\"seat-1\",\"device_name\":\"Büro\",\"last_seen\":1795262400,\"this_device\":true}," \
  "{\"id\":\"seat-2\",\"device_name\":\"\",\"last_seen\":0}],\"used\":2,\"limit\":3}"
#define OFFER                                                                                                \
  "{\"id\":\"internet-security-3-2y\",\"product\":\"internet-security\",\"devices\":3,\"years\":2,"          \
  "\"price\":4995,"                                                                                          \
  "\"full_price\":5995}"
#define NUMBER_REQUEST "{\"number\":\"1234-567890-12345678\",\"country\":\"NL\"}"
#define NUMBER_SUMMARY                                                                                       \
  "{\"number\":\"1234-567890-12345678\",\"product\":\"internet-security\",\"name\":\"Internet Security\","   \
  "\"kind\":\"commercial\",\"status\":\"active\",\"expires\":1795262400,\"devices\":3,\"currency\":\"EUR\"," \
  "\"offers\":[" OFFER "]}"
#define CATALOG                                                                                              \
  "{\"country\":\"NL\",\"currency\":\"EUR\",\"countries\":[{\"id\":\"NL\",\"name\":\"Nederland\","           \
  "\"payment_methods\":[\"bank-transfer\",\"direct-debit\"]},{\"id\":\"BE\",\"name\":\"België\","           \
  "\"payment_methods\":[]}],\"products\":[{\"id\":\"internet-security\",\"name\":\"Internet Security\","     \
  "\"version\":\"21.3\",\"newest_version\":\"22.0\",\"download_url\":\"https://acme.example/get\","          \
  "\"offers\":[" OFFER "," OFFER "]}],\"delivery\":\"week-before\",\"vendor\":{\"name\":\"Acme\","           \
  "\"support_url\":\"https://acme.example/help\",\"support_email\":\"help@acme.example\",\"partners\":["     \
  "{\"name\":\"Computer Corner\",\"url\":\"https://corner.example/\"}]}}"
#define ORDER_REQUEST                                                                                        \
  "{\"email\":\"jan@example.org\",\"country\":\"NL\",\"language\":\"nl\",\"payment_method\":\"bank-"         \
  "transfer\","                                                                                              \
  "\"number\":\"1234-567890-12345678\",\"items\":[{\"offer\":\"internet-security-3-2y\",\"price\":4995,"     \
  "\"quantity\":2}],\"total\":9990}"
#define ORDER                                                                                                \
  "{\"number\":\"N7Q2-4KXM-93TB\",\"token\":\"secret-1\",\"state\":\"delivered\",\"total\":9990,"            \
  "\"currency\":\"EUR\",\"items\":[{\"offer\":\"internet-security-3-2y\",\"product\":\"internet-security\"," \
  "\"name\":\"Internet Security\",\"devices\":3,\"years\":2,\"price\":4995,\"quantity\":2}],"                \
  "\"payment_method\":\"bank-transfer\",\"payment\":\"invoice\","                                            \
  "\"payment_url\":\"https://acme.example/shop/pay.html#N7Q2-4KXM-93TB.secret-1\","                          \
  "\"bank\":{\"holder\":\"Acme\",\"account\":\"NL91 ABNA 0417 1643 00\"},\"created\":1795262400,"            \
  "\"pay_by\":1796472000,\"delivers_at\":1795262401,\"codes\":[{\"product\":\"internet-security\","          \
  "\"code\":\"5AFMS-Y38DJ-QW16B-GNTZF\",\"license_number\":\"1234-567890-12345678\"}]}"
#define PAYMENT_REQUEST "{\"method\":\"card\"}"
#define LICENSE_MAIL_REQUEST "{\"email\":\"jan@example.org\",\"language\":\"ru\"}"
#define AUTO_RENEWAL_REQUEST                                                                                 \
  "{\"on\":false,\"nonce\":\"" HASH "\",\"device_name\":\"Büro\",\"product_version\":\"21.3\"}"
#define SUPPORT_REQUEST                                                                                      \
  "{\"topic\":\"auto-renewal\",\"language\":\"nl\",\"name\":\"Jan de Vries\",\"email\":\"jan@example.org\"," \
  "\"message\":\"First line\\nsecond\\tline\",\"product\":\"internet-security\",\"order_number\":\"А "      \
  "221234065\","                                                                                             \
  "\"purchase_date\":\"2028-02-29\",\"license_number\":\"1234-567890-12345678\",\"diagnosis\":\"agent "      \
  "1.0\\n\"}"
#define SUPPORT_ANSWER "{\"reference\":\"SR-2026-7K3MQ9XD\"}"
#define TICKET_ANSWER "{\"ticket\":\"e30.e30.AA\"}"

/* Each passes a text through a message and back; NULL when it is refused. */
#define DEFINE_PASS(Type, name)                                                                              \
  static char *pass_##name (const char *text, gsize length, GError **error)                                  \
  {                                                                                                          \
    Type message;                                                                                            \
    char *encoded = NULL;                                                                                    \
                                                                                                             \
    if (prolong_##name##_decode (text, length, &message, error))                                             \
      encoded = prolong_##name##_encode (&message);                                                          \
    prolong_##name##_clear (&message);                                                                       \
    return encoded;                                                                                          \
  }

DEFINE_PASS (ProlongActivationRequest, activation_request)
DEFINE_PASS (ProlongPreflight, preflight)
DEFINE_PASS (ProlongActivation, activation)
DEFINE_PASS (ProlongTicketRequest, ticket_request)
DEFINE_PASS (ProlongSeatsRequest, seats_request)
DEFINE_PASS (ProlongNumberRequest, number_request)
DEFINE_PASS (ProlongNumberSummary, number_summary)
DEFINE_PASS (ProlongCatalogAnswer, catalog_answer)
DEFINE_PASS (ProlongOrderRequest, order_request)
DEFINE_PASS (ProlongOrder, order)
DEFINE_PASS (ProlongPaymentRequest, payment_request)
DEFINE_PASS (ProlongLicenseMailRequest, license_mail_request)
DEFINE_PASS (ProlongAutoRenewalRequest, auto_renewal_request)
DEFINE_PASS (ProlongSupportRequest, support_request)
DEFINE_PASS (ProlongSupportAnswer, support_answer)

static char *
pass_seats (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) seats = prolong_seats_decode (text, length, error);

  return seats != NULL ? prolong_seats_encode (seats, 2, 3) : NULL;
}

static char *
pass_ticket_answer (const char *text, gsize length, GError **error)
{
  g_autofree char *ticket = prolong_ticket_answer_decode (text, length, error);

  return ticket != NULL ? prolong_ticket_answer_encode (ticket) : NULL;
}

static const struct
{
  const char *name;
  char *(*pass) (const char *text, gsize length, GError **error);
  const char *good;
} messages[] = {
  { "activation-request", pass_activation_request, REQUEST },
  { "preflight", pass_preflight, PREFLIGHT },
  { "activation", pass_activation, ACTIVATION },
  { "ticket-request", pass_ticket_request, TICKET_REQUEST },
  { "ticket-answer", pass_ticket_answer, TICKET_ANSWER },
  { "renewal-request", pass_activation_request, RENEWAL_REQUEST },
  { "used-preflight", pass_preflight, USED_PREFLIGHT },
  { "seats-request", pass_seats_request, SEATS_REQUEST },
  { "seats", pass_seats, SEATS },
  { "number-request", pass_number_request, NUMBER_REQUEST },
  { "number-summary", pass_number_summary, NUMBER_SUMMARY },
  { "catalog", pass_catalog_answer, CATALOG },
  { "order-request", pass_order_request, ORDER_REQUEST },
  { "order", pass_order, ORDER },
  { "payment-request", pass_payment_request, PAYMENT_REQUEST },
  { "license-mail-request", pass_license_mail_request, LICENSE_MAIL_REQUEST },
  { "auto-renewal-request", pass_auto_renewal_request, AUTO_RENEWAL_REQUEST },
  { "support-request", pass_support_request, SUPPORT_REQUEST },
  { "support-answer", pass_support_answer, SUPPORT_ANSWER },
};

enum
{
  ACTIVATION_REQUEST_MESSAGE,
  PREFLIGHT_MESSAGE,
  ACTIVATION_MESSAGE,
  TICKET_REQUEST_MESSAGE,
  TICKET_ANSWER_MESSAGE,
  RENEWAL_REQUEST_MESSAGE,
  USED_PREFLIGHT_MESSAGE,
  SEATS_REQUEST_MESSAGE,
  SEATS_MESSAGE,
  NUMBER_REQUEST_MESSAGE,
  NUMBER_SUMMARY_MESSAGE,
  CATALOG_MESSAGE,
  ORDER_REQUEST_MESSAGE,
  ORDER_MESSAGE,
  PAYMENT_REQUEST_MESSAGE,
  LICENSE_MAIL_REQUEST_MESSAGE,
  AUTO_RENEWAL_REQUEST_MESSAGE,
  SUPPORT_REQUEST_MESSAGE,
  SUPPORT_ANSWER_MESSAGE
};

/* A good message with one text replaced. */
static const struct
{
  guint message;
  const char *old;
  const char *new;
  gboolean ok;
  const char *why;
} rows[] = {
  { ACTIVATION_REQUEST_MESSAGE, ",\"product\":\"internet-security\"", "", TRUE,
    "whatever product the code is for" },
  { ACTIVATION_REQUEST_MESSAGE, ",\"product_version\":\"21.3\"", "", TRUE, "a version that nobody told" },
  { ACTIVATION_REQUEST_MESSAGE, "Büro ПК", "", TRUE, "a device without a name" },
  { ACTIVATION_REQUEST_MESSAGE, "{\"code\"", "{\"later\":[{}],\"code\"", TRUE,
    "a member of a later version" },
  { ACTIVATION_REQUEST_MESSAGE, "\"code\":\"5AFMS-Y38DJ-QW16B-GNTZF\",", "", FALSE, "no code" },
  { ACTIVATION_REQUEST_MESSAGE, "5AFMS-Y38DJ-QW16B-GNTZF", "", FALSE, "an empty code" },
  { ACTIVATION_REQUEST_MESSAGE, "5AFMS-Y38DJ-QW16B-GNTZF", "5AFMS Y38DJ", FALSE, "a code with a space" },
  { ACTIVATION_REQUEST_MESSAGE, "5AFMS-Y38DJ-QW16B-GNTZF", "НОТ1В", FALSE, "a code that is not canonical" },
  { ACTIVATION_REQUEST_MESSAGE, "5AFMS-", "5AFMS-5AFMS-5AFMS-5AFMS-5AFMS-5AFMS-5AFMS-5AFMS-5AFMS-5AFMS-",
    FALSE, "a code too long" },
  { ACTIVATION_REQUEST_MESSAGE, "\"nonce\":\"ab", "\"nonce\":\"b", FALSE, "a nonce too short" },
  { ACTIVATION_REQUEST_MESSAGE, "\"nonce\":\"a", "\"nonce\":\"aa", FALSE, "a nonce too long" },
  { ACTIVATION_REQUEST_MESSAGE, "\"device\":\"a", "\"device\":\"+", FALSE, "a device that is no base64url" },
  { ACTIVATION_REQUEST_MESSAGE, "\"device\":", "\"machine\":", FALSE, "no device" },
  { ACTIVATION_REQUEST_MESSAGE, "Büro ПК", "a\\nb", FALSE, "a device name of two lines" },
  { ACTIVATION_REQUEST_MESSAGE, "Büro ПК", "a\\u0000b", FALSE, "a zero in the device name" },
  { ACTIVATION_REQUEST_MESSAGE, "\"Büro ПК\"", "null", FALSE, "null for a name" },
  { ACTIVATION_REQUEST_MESSAGE, "internet-security", "a/b", FALSE, "a product that is a path" },
  { ACTIVATION_REQUEST_MESSAGE, "}", "", FALSE, "cut off" },
  { ACTIVATION_REQUEST_MESSAGE, "}", "}}", FALSE, "something behind it" },
  { ACTIVATION_REQUEST_MESSAGE, "\"code\"", "\"nonce\":\"x\",\"code\"", FALSE, "a name twice" },
  { PREFLIGHT_MESSAGE, "commercial", "free", FALSE, "an unknown kind" },
  { PREFLIGHT_MESSAGE, "31536000", "0", FALSE, "no term" },
  { PREFLIGHT_MESSAGE, "31536000", "-1", FALSE, "a term that ends before it begins" },
  { PREFLIGHT_MESSAGE, "1826798400", "253402300800", FALSE, "the year 10000" },
  { PREFLIGHT_MESSAGE, "1826798400", "1e9", FALSE, "a real number" },
  { PREFLIGHT_MESSAGE, "\"limit\":3", "\"limit\":0", FALSE, "for no device" },
  { PREFLIGHT_MESSAGE, "{\"used\":1,\"limit\":3}", "[1,3]", FALSE, "devices as a list" },
  { ACTIVATION_MESSAGE, "act_1", "../act", FALSE, "an id that is a path" },
  { ACTIVATION_MESSAGE, "secret-1", "", FALSE, "an empty token" },
  { ACTIVATION_MESSAGE, "secret-1", "a\\r\\nb", FALSE, "a token of two header lines" },
  { ACTIVATION_MESSAGE, "\"ticket\":\"e30.e30.AA\"", "\"ticket\":{}", FALSE, "a ticket that is an object" },
  { TICKET_REQUEST_MESSAGE, "\"nonce\"", "\"once\"", FALSE, "no nonce" },
  { TICKET_REQUEST_MESSAGE, "21.3", "21 3", FALSE, "a version with a space" },
  { TICKET_ANSWER_MESSAGE, "e30.e30.AA", "", FALSE, "an empty ticket" },
  { TICKET_ANSWER_MESSAGE, "{\"ticket\":\"e30.e30.AA\"}", "[]", FALSE, "no object" },
  { RENEWAL_REQUEST_MESSAGE, "act_1", "", FALSE, "after nothing" },
  { RENEWAL_REQUEST_MESSAGE, "act_1", "../act", FALSE, "after a path" },
  { RENEWAL_REQUEST_MESSAGE, "QW16B-GNTZF", "QW16B GNTZF", FALSE, "a previous code with a space" },
  { RENEWAL_REQUEST_MESSAGE, "true", "false", TRUE, "no consent, said so" },
  { RENEWAL_REQUEST_MESSAGE, "true", "1", FALSE, "a consent that is a number" },
  { USED_PREFLIGHT_MESSAGE, "1795262399", "0", TRUE, "never used, said so" },
  { USED_PREFLIGHT_MESSAGE, "1795262399", "-1", FALSE, "used before there was time" },
  { SEATS_REQUEST_MESSAGE, ",\"seat\":\"seat-1\"", "", TRUE, "a query names no seat" },
  { SEATS_REQUEST_MESSAGE, "seat-1", "a/b", FALSE, "a seat that is a path" },
  { SEATS_REQUEST_MESSAGE, "\"device\":\"a", "\"device\":\"", FALSE, "a device too short" },
  { SEATS_MESSAGE, "\"seats\":[", "\"seats\":[null,", FALSE, "a seat that is null" },
  { SEATS_MESSAGE, "\"seats\":[", "\"others\":[", FALSE, "no seats" },
  { SEATS_MESSAGE, "\"limit\":3", "\"limit\":0", FALSE, "seats of no license" },
  { SEATS_MESSAGE, "Büro", "a\\nb", FALSE, "a seat of two lines" },
  { NUMBER_REQUEST_MESSAGE, ",\"country\":\"NL\"", "", TRUE, "from wherever" },
  { NUMBER_REQUEST_MESSAGE, "1234-567890-12345678", "", TRUE, "an empty number, which the service judges" },
  { NUMBER_REQUEST_MESSAGE, "\"NL\"", "\"NLD\"", FALSE, "a country of three letters" },
  { NUMBER_SUMMARY_MESSAGE, "\"expires\":1795262400,", "", TRUE, "a license that nobody has used yet" },
  { NUMBER_SUMMARY_MESSAGE, "active", "asleep", FALSE, "an unknown status" },
  { NUMBER_SUMMARY_MESSAGE, "\"offers\":[", "\"offers\":[7,", FALSE, "an offer that is a number" },
  { NUMBER_SUMMARY_MESSAGE, "\"price\":4995", "\"price\":49.95", FALSE, "a price that is no integer" },
  { NUMBER_SUMMARY_MESSAGE, "\"price\":4995", "\"price\":-1", FALSE, "money back" },
  { CATALOG_MESSAGE, ",\"newest_version\":\"22.0\"", "", TRUE, "no newer version" },
  { CATALOG_MESSAGE, "https://acme", "ftp://acme", FALSE, "a download that anybody may change" },
  { CATALOG_MESSAGE, "\"bank-transfer\"", "\"\"", FALSE, "a payment method without a name" },
  { CATALOG_MESSAGE, "\"bank-transfer\"", "[\"card\"]", FALSE, "a payment method that is a list" },
  { CATALOG_MESSAGE, "\"bank-transfer\"", "\"a b\"", FALSE, "a payment method that is no token" },
  { CATALOG_MESSAGE, "\"bank-transfer\"", "null", FALSE, "a payment method that is null" },
  { CATALOG_MESSAGE, "week-before", "some-day", FALSE, "an unknown policy" },
  { CATALOG_MESSAGE, ",\"support_email\":\"help@acme.example\"", "", TRUE, "a vendor without that address" },
  { CATALOG_MESSAGE, "\"name\":\"Acme\",", "", FALSE, "a vendor without a name" },
  { CATALOG_MESSAGE, "https://corner", "javascript:", FALSE, "a partner whose address is a program" },
  { CATALOG_MESSAGE, "België", "a\\u0007b", FALSE, "a country that rings" },
  { ORDER_REQUEST_MESSAGE, "jan@example.org", "jan", TRUE, "an address that the service judges" },
  { ORDER_REQUEST_MESSAGE, "jan@example.org", "jan@example.org\\r\\nBcc: x", FALSE,
    "an address of two lines" },
  { ORDER_REQUEST_MESSAGE, "\"number\":\"1234-567890-12345678\",", "", TRUE, "a new license" },
  { ORDER_REQUEST_MESSAGE, "\"quantity\":2", "\"quantity\":0", FALSE, "nothing of it" },
  { ORDER_REQUEST_MESSAGE, "\"quantity\":2", "\"quantity\":21", FALSE, "more than a household needs" },
  { ORDER_REQUEST_MESSAGE, "{\"offer\":\"internet-security-3-2y\",\"price\":4995,\"quantity\":2}", "", FALSE,
    "an empty cart" },
  { ORDER_REQUEST_MESSAGE, "9990", "99999999999999", FALSE, "a total that cannot be" },
  { ORDER_REQUEST_MESSAGE, "9990", "9223372036854775808", FALSE, "a total that no integer holds" },
  { ORDER_MESSAGE, "\"token\":\"secret-1\",", "", TRUE, "asked for later" },
  { ORDER_MESSAGE, "\"bank\":{\"holder\":\"Acme\",\"account\":\"NL91 ABNA 0417 1643 00\"},", "", TRUE,
    "not by invoice" },
  { ORDER_MESSAGE, "\"bank\":{\"holder\":\"Acme\",", "\"bank\":{", FALSE, "an account of nobody" },
  { ORDER_MESSAGE, "https://acme.example/shop", "http://acme.example/shop", FALSE, "a page without TLS" },
  { ORDER_MESSAGE, "\"delivered\"", "\"stolen\"", FALSE, "an unknown state" },
  { ORDER_MESSAGE, "N7Q2-4KXM-93TB\",\"token", "../x\",\"token", FALSE, "a number that is a path" },
  { ORDER_MESSAGE, "5AFMS-Y38DJ-QW16B-GNTZF", "5AFMS Y38DJ", FALSE, "a code with a space" },
  { PAYMENT_REQUEST_MESSAGE, "card", "", FALSE, "no way of paying" },
  { LICENSE_MAIL_REQUEST_MESSAGE, "\"email\":\"jan@example.org\"", "\"number\":\"1234\"", TRUE, "by number" },
  { LICENSE_MAIL_REQUEST_MESSAGE, "\"ru\"", "\"\"", FALSE, "a language without a name" },
  { AUTO_RENEWAL_REQUEST_MESSAGE, "false", "true", TRUE, "on again" },
  { AUTO_RENEWAL_REQUEST_MESSAGE, "\"on\":false,", "", FALSE, "neither on nor off" },
  { AUTO_RENEWAL_REQUEST_MESSAGE, "false", "0", FALSE, "a number for off" },
  { AUTO_RENEWAL_REQUEST_MESSAGE, "false", "\"off\"", FALSE, "a word for off" },
  { AUTO_RENEWAL_REQUEST_MESSAGE, "\"nonce\"", "\"once\"", FALSE, "no nonce" },
  { AUTO_RENEWAL_REQUEST_MESSAGE, ",\"product_version\":\"21.3\"", "", TRUE, "a version that nobody told" },
  { SUPPORT_REQUEST_MESSAGE, "jan@example.org", "", TRUE, "an address that the service judges" },
  { SUPPORT_REQUEST_MESSAGE, "jan@example.org", "jan@example.org\\nBcc: x", FALSE,
    "an address of two lines" },
  { SUPPORT_REQUEST_MESSAGE, "Jan de Vries", "", FALSE, "nobody" },
  { SUPPORT_REQUEST_MESSAGE, "Jan de Vries", "   ", FALSE, "a name of spaces" },
  { SUPPORT_REQUEST_MESSAGE, "Jan de Vries", "Jan\\nBcc: x", FALSE, "a name of two lines" },
  { SUPPORT_REQUEST_MESSAGE, "First line\\nsecond\\tline", "", FALSE, "nothing to say" },
  { SUPPORT_REQUEST_MESSAGE, "First line\\nsecond\\tline", " \\n\\t\\n", FALSE,
    "nothing to say, in three lines" },
  { SUPPORT_REQUEST_MESSAGE, "\\nsecond", "\\u001bsecond", FALSE, "an escape character" },
  { SUPPORT_REQUEST_MESSAGE, "\\nsecond", "\\r\\nsecond", FALSE, "a line break of another system" },
  { SUPPORT_REQUEST_MESSAGE, "\\nsecond", "\\u0000second", FALSE, "a zero" },
  { SUPPORT_REQUEST_MESSAGE, "auto-renewal", "../x", FALSE, "a topic that is a path" },
  { SUPPORT_REQUEST_MESSAGE, "2028-02-29", "2027-02-29", FALSE, "a day that there was not" },
  { SUPPORT_REQUEST_MESSAGE, "2028-02-29", "2028-2-29-", FALSE, "a day that is not in order" },
  { SUPPORT_REQUEST_MESSAGE, "2028-02-29", "29-02-2028", FALSE, "the day first" },
  { SUPPORT_REQUEST_MESSAGE, "2028-02-29", "yesterday.", FALSE, "a word for a day" },
  { SUPPORT_REQUEST_MESSAGE, "\"product\":\"internet-security\",", "", TRUE, "of no product" },
  { SUPPORT_REQUEST_MESSAGE, ",\"diagnosis\":\"agent 1.0\\n\"", "", TRUE, "without a diagnosis" },
  { SUPPORT_REQUEST_MESSAGE, "\"agent 1.0\\n\"", "[]", FALSE, "a diagnosis that is a list" },
  { SUPPORT_ANSWER_MESSAGE, "SR-2026-7K3MQ9XD", "", FALSE, "an empty reference" },
  { SUPPORT_ANSWER_MESSAGE, "SR-2026-7K3MQ9XD", "a b", FALSE, "a reference of two words" },
};

static void
test_round_trips (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *again = messages[i].pass (messages[i].good, strlen (messages[i].good), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, messages[i].good);
    }
}

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GString) text = g_string_new (messages[rows[i].message].good);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  g_test_message ("%s: %s", messages[rows[i].message].name, rows[i].why);
  g_assert_cmpuint (g_string_replace (text, rows[i].old, rows[i].new, 1), ==, 1);
  again = messages[rows[i].message].pass (text->str, text->len, &error);
  if (rows[i].ok)
    {
      g_assert_no_error (error);
      g_assert_nonnull (again);
      return;
    }
  g_assert_null (again);
  g_assert_true (error->domain == PROLONG_JSON_ERROR);
}

static void
test_truncated (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    for (gsize length = 0; length < strlen (messages[i].good); length++)
      {
        g_autofree char *copy = g_memdup2 (messages[i].good, length);
        g_autoptr (GError) error = NULL;

        g_assert_null (messages[i].pass (copy != NULL ? copy : "", length, &error));
        g_assert_nonnull (error);
      }
}

static void
test_every_problem (void)
{
  for (guint problem = 0; problem < PROLONG_N_PROBLEMS; problem++)
    {
      guint status = prolong_problem_get_http_status (problem);
      g_autoptr (GError) error = prolong_problem_error_new (problem, NULL, "Words for %u", problem);
      g_autofree char *text = prolong_problem_document_encode (error, status);
      g_autoptr (GError) decoded = prolong_problem_document_decode (status, text, strlen (text));
      g_autofree char *urn
          = g_strdup_printf ("\"type\":\"urn:prolong:problem:%s\"", prolong_problem_get_name (problem));

      g_assert_cmpuint (status, >=, 400);
      g_assert_cmpuint (status, <, 600);
      g_assert_nonnull (strstr (text, urn));
      g_assert_error (decoded, PROLONG_PROBLEM, (int)problem);
      g_assert_cmpstr (decoded->message, ==, error->message);
    }
}

static void
assert_seats (GVariant *seats)
{
  g_autoptr (GVariant) first = g_variant_get_child_value (seats, 0);
  const char *id = NULL, *device_name = NULL;
  gint64 last_seen = 0;
  gboolean this_device = FALSE;

  g_assert_cmpuint (g_variant_n_children (seats), ==, 2);
  g_assert_true (g_variant_lookup (first, "id", "&s", &id));
  g_assert_true (g_variant_lookup (first, "device_name", "&s", &device_name));
  g_assert_true (g_variant_lookup (first, "last_seen", "x", &last_seen));
  g_assert_cmpstr (id, ==, "seat-1");
  g_assert_cmpstr (device_name, ==, "Büro");
  g_assert_cmpint (last_seen, ==, 1795262400);
  g_assert_true (g_variant_lookup (first, "this_device", "b", &this_device));
  g_assert_true (this_device);
}

static void
assert_offers (GVariant *offers)
{
  g_autoptr (GVariant) first = g_variant_get_child_value (offers, 0);
  const char *id = NULL;
  gint64 price = 0;
  guint devices = 0;

  g_assert_cmpuint (g_variant_n_children (offers), ==, 1);
  g_assert_true (g_variant_lookup (first, "id", "&s", &id));
  g_assert_true (g_variant_lookup (first, "price", "x", &price));
  g_assert_true (g_variant_lookup (first, "devices", "u", &devices));
  g_assert_cmpstr (id, ==, "internet-security-3-2y");
  g_assert_cmpint (price, ==, 4995);
  g_assert_cmpuint (devices, ==, 3);
}

static void
test_details (void)
{
  static const char facts[]
      = "{'current_expires': <int64 1795262400>, 'expires': <int64 1826798400>, "
        "'limit': <uint32 3>, 'max_version': <'22'>, 'min_version': <'20.0'>, "
        "'product': <'password-safe'>, 'product_name': <'Password Safe'>, "
        "'retry_after': <int64 60>, 'shorter_term': <int64 2592000>, 'first_activated': <int64 1763726399>, "
        "'seats': <[{'device_name': <'Büro'>, 'id': <'seat-1'>, "
        "'last_seen': <int64 1795262400>, 'this_device': <true>}, {'device_name': <''>, 'id': <'seat-2'>, "
        "'last_seen': <int64 0>}]>, 'total': <int64 9990>, 'offers': <[{'id': <'internet-security-3-2y'>, "
        "'product': <'internet-security'>, 'devices': <uint32 3>, 'years': <uint32 2>, 'price': <int64 "
        "4995>, "
        "'full_price': <int64 5995>}]>, 'used': <uint32 3>, 'provider': <'NetLine'>, "
        "'manage_url': <'https://netline.example/manage'>}";
  g_autoptr (GVariant) details = g_variant_ref_sink (g_variant_new_parsed (facts));
  g_autoptr (GError) error = prolong_problem_error_new (PROLONG_PROBLEM_CODE_EXHAUSTED, details, "used up");
  g_autofree char *text = prolong_problem_document_encode (error, 409);
  g_autoptr (GError) decoded = prolong_problem_document_decode (409, text, strlen (text));
  GVariantDict found;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_dict_init (&found, prolong_problem_error_get_details (decoded));
  g_variant_iter_init (&iter, details);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) back = g_variant_dict_lookup_value (&found, name, g_variant_get_type (value));

      g_test_message ("%s", name);
      g_assert_nonnull (back);
      if (g_str_equal (name, "seats"))
        assert_seats (back);
      else if (g_str_equal (name, "offers"))
        assert_offers (back);
      else
        g_assert_true (g_variant_equal (back, value));
      g_variant_unref (value);
    }
  g_variant_dict_clear (&found);
}

#define DOCUMENT(members) "{\"type\":\"urn:prolong:problem:code-unknown\"" members "}"

static const struct
{
  const char *text;
  ProlongProblem problem;
  const char *details; /* as text */
  const char *why;
} document_rows[] = {
  { DOCUMENT (""), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}", "the type is enough" },
  { DOCUMENT (",\"other\":1"), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}", "unknown members are passed over" },
  { DOCUMENT (",\"limit\":3"), PROLONG_PROBLEM_CODE_UNKNOWN, "{'limit': <uint32 3>}", "a number" },
  { DOCUMENT (",\"limit\":-3"), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}", "a number out of range" },
  { DOCUMENT (",\"limit\":\"3\""), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}", "a number as a string" },
  { DOCUMENT (",\"product_name\":\"a\\u001bb\""), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}",
    "an escape character" },
  { DOCUMENT (",\"seats\":[1,{\"id\":\"a\"},[]]"), PROLONG_PROBLEM_CODE_UNKNOWN, "{'seats': <@aa{sv} []>}",
    "seats that are none" },
  { DOCUMENT (",\"offers\":[{\"id\":\"a\"},7]"), PROLONG_PROBLEM_CODE_UNKNOWN, "{'offers': <@aa{sv} []>}",
    "offers that are none" },
  { DOCUMENT (",\"manage_url\":\"javascript:x\""), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}",
    "an address that is a program" },
  { DOCUMENT (",\"seats\":{}"), PROLONG_PROBLEM_CODE_UNKNOWN, "@a{sv} {}", "seats that are no list" },
  { "{\"type\":\"urn:prolong:problem:other\"}", PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL,
    "an unknown problem" },
  { "{\"type\":\"code-unknown\"}", PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL, "a name without its prefix" },
  { "{\"type\":7}", PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL, "a type that is a number" },
  { "{}", PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL, "no type" },
  { "<html>502</html>", PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL, "the page of a proxy" },
  { "", PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL, "nothing" },
};

static void
test_documents (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (document_rows); i++)
    {
      g_autoptr (GError) error
          = prolong_problem_document_decode (404, document_rows[i].text, strlen (document_rows[i].text));
      GVariant *details = prolong_problem_error_get_details (error);
      g_autofree char *text = details != NULL ? g_variant_print (details, TRUE) : NULL;

      g_test_message ("%s", document_rows[i].why);
      g_assert_error (error, PROLONG_PROBLEM, (int)document_rows[i].problem);
      g_assert_cmpstr (text, ==, document_rows[i].details);
    }
}

static const struct
{
  guint status;
  ProlongProblem problem;
  gboolean decision;
  const char *why;
} decision_rows[] = {
  { 404, PROLONG_PROBLEM_CODE_UNKNOWN, TRUE, "a refusal by name" },
  { 409, PROLONG_PROBLEM_CODE_EXHAUSTED, TRUE, "another one" },
  { 404, PROLONG_PROBLEM_NO_LICENSE, TRUE, "the activation is gone" },
  { 409, PROLONG_PROBLEM_REQUEST_IN_FLIGHT, FALSE, "the same request is under way" },
  { 429, PROLONG_PROBLEM_RATE_LIMITED, FALSE, "too many requests" },
  { 429, PROLONG_PROBLEM_CODE_UNKNOWN, FALSE, "429 never settles" },
  { 408, PROLONG_PROBLEM_CODE_UNKNOWN, FALSE, "nor does 408" },
  { 404, PROLONG_PROBLEM_SERVICE_UNAVAILABLE, FALSE, "what no known problem explains" },
  { 503, PROLONG_PROBLEM_SERVICE_UNAVAILABLE, FALSE, "the service is down" },
  { 500, PROLONG_PROBLEM_CODE_BLOCKED, FALSE, "a refusal with the status of a failure" },
  { 200, PROLONG_PROBLEM_CODE_BLOCKED, FALSE, "a refusal with the status of success" },
  { 404, PROLONG_PROBLEM_KEYRING_LOCKED, FALSE, "what a service cannot know" },
};

static void
test_decisions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decision_rows); i++)
    {
      g_test_message ("%s", decision_rows[i].why);
      g_assert_true (prolong_answer_is_decision (decision_rows[i].status, decision_rows[i].problem)
                     == decision_rows[i].decision);
    }
}

static char *
make_support_request (gsize n_message, gsize n_diagnosis)
{
  g_autofree char *message = g_strnfill (n_message, 'm');
  g_autofree char *diagnosis = g_strnfill (n_diagnosis, 'd');
  ProlongSupportRequest request = { .topic = (char *)"other",
                                    .language = (char *)"en",
                                    .name = (char *)"Jan",
                                    .email = (char *)"jan@example.org",
                                    .message = message,
                                    .diagnosis = diagnosis };

  return prolong_support_request_encode (&request);
}

static void
test_long_support_requests (void)
{
  static const struct
  {
    gsize message;
    gsize diagnosis;
    gboolean ok;
  } lengths[] = {
    { PROLONG_SUPPORT_MAX_MESSAGE, PROLONG_SUPPORT_MAX_DIAGNOSIS, TRUE },
    { PROLONG_SUPPORT_MAX_MESSAGE + 1, 1, FALSE },
    { 1, PROLONG_SUPPORT_MAX_DIAGNOSIS + 1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = make_support_request (lengths[i].message, lengths[i].diagnosis);
      g_auto (ProlongSupportRequest) request = { 0 };

      g_assert_true (prolong_support_request_decode (text, strlen (text), &request, NULL) == lengths[i].ok);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages/round-trips", test_round_trips);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/messages/rows/%02" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/messages/truncated", test_truncated);
  g_test_add_func ("/messages/every-problem", test_every_problem);
  g_test_add_func ("/messages/details", test_details);
  g_test_add_func ("/messages/documents", test_documents);
  g_test_add_func ("/messages/decisions", test_decisions);
  g_test_add_func ("/messages/long-support-requests", test_long_support_requests);
  return g_test_run ();
}
