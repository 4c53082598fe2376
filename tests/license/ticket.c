/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/ticket.h"

#include <string.h>

#include "license/fields.h"
#include "samples.h"

typedef struct
{
  ProlongSigningKey *key;
  GHashTable *keys;
  ProlongTicket *ticket;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->key = sample_key ();
  fixture->keys = sample_keys (fixture->key);
  fixture->ticket = sample_ticket ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  prolong_signing_key_free (fixture->key);
  g_hash_table_unref (fixture->keys);
  prolong_ticket_free (fixture->ticket);
}

static ProlongTicket *
verify (Fixture *fixture, const char *jws, gsize length, GError **error)
{
  return prolong_ticket_verify (jws, length, fixture->keys, SAMPLE_ISSUER, SAMPLE_DEVICE, error);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *jws = prolong_ticket_sign (fixture->ticket, fixture->key);
  g_autoptr (ProlongTicket) ticket = verify (fixture, jws, strlen (jws), &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = prolong_ticket_sign (ticket, fixture->key);
  g_assert_cmpstr (again, ==, jws);
  g_assert_cmpstr (ticket->name, ==, "Internet Security — 3 devices");
  g_assert_cmpint (ticket->expires - ticket->starts, ==, 365 * 86400);
  g_assert_cmpuint (ticket->devices_limit, ==, 3);
  g_assert_true (ticket->has_subscription && ticket->auto_renewal);
}

static void
test_without_subscription (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongTicket) ticket = NULL;
  g_autofree char *jws = NULL;

  fixture->ticket->has_subscription = FALSE;
  fixture->ticket->kind = PROLONG_LICENSE_COMMERCIAL;
  jws = prolong_ticket_sign (fixture->ticket, fixture->key);
  ticket = verify (fixture, jws, strlen (jws), NULL);
  g_assert_nonnull (ticket);
  g_assert_false (ticket->has_subscription);
  g_assert_null (ticket->provider);
}

static void
test_flipped_bits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *jws = prolong_ticket_sign (fixture->ticket, fixture->key);
  gsize length = strlen (jws);

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autoptr (GError) error = NULL;

      jws[bit / 8] ^= (char)(1 << bit % 8);
      g_assert_null (verify (fixture, jws, length, &error));
      g_assert_true (error->domain == PROLONG_JWS_ERROR);
      jws[bit / 8] ^= (char)(1 << bit % 8);
    }
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *jws = prolong_ticket_sign (fixture->ticket, fixture->key);

  for (gsize length = 0; length < strlen (jws); length++)
    g_assert_null (verify (fixture, jws, length, NULL));
}

static void
test_other_key (Fixture *fixture, gconstpointer data)
{
  const guint8 seed[32] = { 1 };
  g_autoptr (ProlongSigningKey) other = prolong_signing_key_new (seed, SAMPLE_KID);
  g_autofree char *jws = prolong_ticket_sign (fixture->ticket, other);
  g_autoptr (GError) error = NULL;

  g_assert_null (verify (fixture, jws, strlen (jws), &error));
  g_assert_error (error, PROLONG_JWS_ERROR, PROLONG_JWS_ERROR_SIGNATURE);
}

/* A good payload with one text replaced, signed as it should be. */
static const struct
{
  const char *old;
  const char *new;
  ProlongTicketError error;
  const char *why;
} claim_rows[] = {
  { "\"iss\":\"demo\"", "\"iss\":\"other\"", PROLONG_TICKET_ERROR_ISSUER, "another vendor" },
  { "\"iss\":\"demo\",", "", PROLONG_TICKET_ERROR_ISSUER, "no vendor" },
  { "io.github.prolong.Prolong", "someone.else", PROLONG_TICKET_ERROR_ISSUER, "another audience" },
  { "\"device\":\"ddd", "\"device\":\"edd", PROLONG_TICKET_ERROR_DEVICE, "another device" },
  { "\"sub\":\"activation-1\",", "", PROLONG_TICKET_ERROR_CLAIMS, "no activation" },
  { "\"sub\":\"activation-1\"", "\"sub\":\"\"", PROLONG_TICKET_ERROR_CLAIMS, "an empty activation" },
  { "\"sub\":\"activation-1\"", "\"sub\":\"../1\"", PROLONG_TICKET_ERROR_CLAIMS,
    "an activation that is a path" },
  { "\"sub\":\"activation-1\"", "\"sub\":7", PROLONG_TICKET_ERROR_CLAIMS, "an activation that is a number" },
  { "\"nonce\":\"nnn", "\"nonce\":\"nn", PROLONG_TICKET_ERROR_CLAIMS, "a nonce too short" },
  { "\"serial\":7", "\"serial\":0", PROLONG_TICKET_ERROR_CLAIMS, "serial 0" },
  { "\"serial\":7", "\"serial\":7.5", PROLONG_TICKET_ERROR_CLAIMS, "half a serial" },
  { "\"iat\":1795262400", "\"iat\":-1", PROLONG_TICKET_ERROR_CLAIMS, "issued before 1970" },
  { "\"iat\":1795262400", "\"iat\":253402300800", PROLONG_TICKET_ERROR_CLAIMS, "issued in the year 10000" },
  { "\"iat\":1795262400", "\"iat\":\"1795262400\"", PROLONG_TICKET_ERROR_CLAIMS, "a time as a string" },
  { "\"iat\":1795262400", "\"iat\":1795262400.0", PROLONG_TICKET_ERROR_CLAIMS, "a time as a real number" },
  { "\"check_by\":1795867200", "\"check_by\":1795262399", PROLONG_TICKET_ERROR_CLAIMS,
    "to be checked before issued" },
  { "\"starts\":1795262400", "\"starts\":1826798401", PROLONG_TICKET_ERROR_CLAIMS, "starts after its end" },
  { "\"expires\":1826798400", "\"expires\":1795262399", PROLONG_TICKET_ERROR_CLAIMS,
    "ends before its start" },
  { "\"grace_until\":1828008000", "\"grace_until\":1826798399", PROLONG_TICKET_ERROR_CLAIMS,
    "grace ends too early" },
  { "\"kind\":\"subscription\"", "\"kind\":\"trial\"", PROLONG_TICKET_ERROR_CLAIMS,
    "a subscription of a trial" },
  { "\"kind\":\"subscription\"", "\"kind\":\"free\"", PROLONG_TICKET_ERROR_CLAIMS, "an unknown kind" },
  { "\"status\":\"active\"", "\"status\":\"Active\"", PROLONG_TICKET_ERROR_CLAIMS, "an unknown status" },
  { "\"used\":1", "\"used\":-1", PROLONG_TICKET_ERROR_CLAIMS, "fewer than no devices" },
  { "\"limit\":3", "\"limit\":0", PROLONG_TICKET_ERROR_CLAIMS, "a license for no device" },
  { "\"limit\":3", "\"limit\":4294967297", PROLONG_TICKET_ERROR_CLAIMS, "more than 32 bits hold" },
  { "\"devices\":{\"used\":1,\"limit\":3}", "\"devices\":3", PROLONG_TICKET_ERROR_CLAIMS,
    "devices is no object" },
  { "https://shop.example/manage", "javascript:alert(1)", PROLONG_TICKET_ERROR_CLAIMS,
    "an address of no web page" },
  { "https://shop.example/status", "http://shop.example/status", PROLONG_TICKET_ERROR_CLAIMS,
    "an open address" },
  { "\"auto_renewal\":true", "\"auto_renewal\":1", PROLONG_TICKET_ERROR_CLAIMS, "a truth as a number" },
  { "Internet Security", "Internet\\nSecurity", PROLONG_TICKET_ERROR_CLAIMS, "a name of two lines" },
  { "\"add_code\":\"subscription-running\"", "\"add_code\":null", PROLONG_TICKET_ERROR_CLAIMS, "null" },
  { "\"license\":{", "\"other\":{", PROLONG_TICKET_ERROR_CLAIMS, "no license" },
};

static char *
get_payload (Fixture *fixture)
{
  g_autofree char *jws = prolong_ticket_sign (fixture->ticket, fixture->key);
  g_auto (GStrv) parts = g_strsplit (jws, ".", -1);
  g_autoptr (GBytes) bytes = prolong_base64url_decode (parts[1], strlen (parts[1]));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_claims (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payload = get_payload (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (claim_rows); i++)
    {
      g_autoptr (GString) changed = g_string_new (payload);
      g_autofree char *jws = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", claim_rows[i].why);
      g_assert_cmpuint (g_string_replace (changed, claim_rows[i].old, claim_rows[i].new, 1), ==, 1);
      jws = prolong_jws_sign (fixture->key, PROLONG_TICKET_TYP, changed->str, changed->len);
      g_assert_null (verify (fixture, jws, strlen (jws), &error));
      g_assert_error (error, PROLONG_TICKET_ERROR, (int)claim_rows[i].error);
    }
}

static void
test_payload_is_gated (Fixture *fixture, gconstpointer data)
{
  static const char *const payloads[]
      = { "[]", "{}{}", "{\"iss\":\"demo\",\"iss\":\"demo\"}", "", "// x\n{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *jws
          = prolong_jws_sign (fixture->key, PROLONG_TICKET_TYP, payloads[i], strlen (payloads[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (verify (fixture, jws, strlen (jws), &error));
      g_assert_true (error->domain == PROLONG_JSON_ERROR);
    }
}

static void
test_newer_claims_are_passed_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payload = get_payload (fixture);
  g_autoptr (GString) changed = g_string_new (payload);
  g_autofree char *jws = NULL;
  g_autoptr (ProlongTicket) ticket = NULL;

  g_string_replace (changed, "{", "{\"later\":[1,{\"a\":null}],", 1);
  jws = prolong_jws_sign (fixture->key, PROLONG_TICKET_TYP, changed->str, changed->len);
  ticket = verify (fixture, jws, strlen (jws), NULL);
  g_assert_nonnull (ticket);
}

static const struct
{
  gint64 serial;
  gint64 iat_later;
  const char *sub;
  const char *product;
  const char *nonce;
  int error; /* -1: accepted */
  const char *why;
} answer_rows[] = {
  { 8, 60, "activation-1", "internet-security", SAMPLE_NONCE, -1, "a newer one" },
  { 7, 0, "activation-1", "internet-security", SAMPLE_NONCE, -1, "the same one, once more" },
  { 8, -60, "activation-1", "internet-security", SAMPLE_NONCE, -1,
    "a newer one after the service's clock was set" },
  { 6, 0, "activation-1", "internet-security", SAMPLE_NONCE, PROLONG_TICKET_ERROR_OLDER, "an older one" },
  { 7, 60, "activation-1", "internet-security", SAMPLE_NONCE, PROLONG_TICKET_ERROR_OLDER,
    "another of that serial" },
  { 8, 60, "activation-2", "internet-security", SAMPLE_NONCE, PROLONG_TICKET_ERROR_SUBJECT,
    "another activation" },
  { 8, 60, "activation-1", "password-safe", SAMPLE_NONCE, PROLONG_TICKET_ERROR_SUBJECT, "another product" },
  { 8, 60, "activation-1", "internet-security", "other", PROLONG_TICKET_ERROR_NONCE, "of another request" },
  { 8, 60, "activation-1", "internet-security", NULL, PROLONG_TICKET_ERROR_NONCE, "of no request" },
};

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongTicket) held = sample_ticket ();

  for (gsize i = 0; i < G_N_ELEMENTS (answer_rows); i++)
    {
      g_autoptr (ProlongTicket) ticket = sample_ticket ();
      g_autoptr (GError) error = NULL;
      gboolean ok;

      ticket->serial = answer_rows[i].serial;
      ticket->iat += answer_rows[i].iat_later;
      g_free (ticket->sub);
      ticket->sub = g_strdup (answer_rows[i].sub);
      g_free (ticket->product);
      ticket->product = g_strdup (answer_rows[i].product);
      g_test_message ("%s", answer_rows[i].why);
      ok = prolong_ticket_check_answer (ticket, answer_rows[i].nonce, held, &error);
      g_assert_true (ok == (answer_rows[i].error < 0));
      if (!ok)
        g_assert_error (error, PROLONG_TICKET_ERROR, answer_rows[i].error);
    }
  g_assert_true (prolong_ticket_check_answer (held, SAMPLE_NONCE, NULL, NULL));
}

static void
test_names (void)
{
  ProlongLicenseStatus status;
  ProlongLicenseKind kind;

  for (guint i = 0; i <= PROLONG_LICENSE_SUBSCRIPTION; i++)
    g_assert_true (prolong_license_kind_from_name (prolong_license_kind_get_name (i), &kind) && kind == i);
  for (guint i = 0; i <= PROLONG_LICENSE_BLOCKED; i++)
    g_assert_true (prolong_license_status_from_name (prolong_license_status_get_name (i), &status)
                   && status == i);
  g_assert_false (prolong_license_kind_from_name ("free", &kind));
  g_assert_false (prolong_license_kind_from_name (NULL, &kind));
  g_assert_false (prolong_license_status_from_name ("", &status));
}

#define ADD(name, function) g_test_add ("/ticket/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("without-subscription", test_without_subscription);
  ADD ("flipped-bits", test_flipped_bits);
  ADD ("truncated", test_truncated);
  ADD ("other-key", test_other_key);
  ADD ("claims", test_claims);
  ADD ("payload-is-gated", test_payload_is_gated);
  ADD ("newer-claims-are-passed-over", test_newer_claims_are_passed_over);
  ADD ("answers", test_answers);
  g_test_add_func ("/ticket/names", test_names);
  return g_test_run ();
}
