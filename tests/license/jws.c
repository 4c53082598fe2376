/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "license/jws.h"
#include "samples.h"

#define TYP "prolong-ticket+jwt"
#define HEADER "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"" SAMPLE_KID "\"}"

static JsonParser *
load_vectors (const char *name)
{
  g_autofree char *path = g_build_filename (PROLONG_VECTORS, name, NULL);
  g_autofree char *why = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  if (json_parser_load_from_file (parser, path, &error))
    return g_steal_pointer (&parser);
  why = g_strdup_printf ("the public test vectors are not at %s (build option `vectors`): %s", path,
                         error->message);
  g_test_skip (why);
  return NULL;
}

static JsonArray *
get_groups (JsonParser *parser)
{
  return json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "testGroups");
}

static GBytes *
decode_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += 2)
    {
      guint8 byte = (guint8)(g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static void
check_ed25519 (JsonObject *vector, GBytes *key)
{
  g_autoptr (GBytes) message = decode_hex (json_object_get_string_member (vector, "msg"));
  g_autoptr (GBytes) signature = decode_hex (json_object_get_string_member (vector, "sig"));
  gboolean valid = g_str_equal (json_object_get_string_member (vector, "result"), "valid");

  g_test_message ("tcId %d: %s", (int)json_object_get_int_member (vector, "tcId"),
                  json_object_get_string_member (vector, "comment"));
  g_assert_true (prolong_ed25519_verify (g_bytes_get_data (key, NULL), g_bytes_get_data (message, NULL),
                                         g_bytes_get_size (message), g_bytes_get_data (signature, NULL),
                                         g_bytes_get_size (signature))
                 == valid);
}

static void
test_wycheproof_ed25519 (void)
{
  g_autoptr (JsonParser) parser = load_vectors ("wycheproof-ed25519.json");
  JsonArray *groups;
  guint n = 0;

  if (parser == NULL)
    return;
  groups = get_groups (parser);
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonObject *group = json_array_get_object_element (groups, i);
      JsonArray *tests = json_object_get_array_member (group, "tests");
      const char *pk
          = json_object_get_string_member (json_object_get_object_member (group, "publicKey"), "pk");
      g_autoptr (GBytes) key = decode_hex (pk);

      for (guint j = 0; j < json_array_get_length (tests); j++, n++)
        check_ed25519 (json_array_get_object_element (tests, j), key);
    }
  g_assert_cmpuint (
      n, ==,
      json_object_get_int_member (json_node_get_object (json_parser_get_root (parser)), "numberOfTests"));
}

/* The header of @jws as it stands there, for its kid and typ; NULL when it cannot be read. */
static JsonNode *
read_header (const char *jws)
{
  g_autoptr (GBytes) bytes = prolong_base64url_decode (jws, strcspn (jws, "."));
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (bytes == NULL || g_bytes_get_size (bytes) == 0
      || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

/* The pinned key goes by the name that the vector states, so that only the algorithm stands between them. */
static void
refuse_vector (const char *jws, GBytes *public_key)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) header = read_header (jws);
  g_autoptr (GError) error = NULL;
  const char *typ = NULL;

  if (header != NULL && JSON_NODE_HOLDS_OBJECT (header))
    {
      JsonObject *object = json_node_get_object (header);
      const char *kid = json_object_get_string_member_with_default (object, "kid", NULL);

      typ = json_object_get_string_member_with_default (object, "typ", NULL);
      if (kid != NULL)
        g_hash_table_insert (keys, (char *)kid, public_key);
    }
  g_assert_null (prolong_jws_verify (jws, strlen (jws), typ, keys, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == PROLONG_JWS_ERROR);
}

static void
test_wycheproof_jws (void)
{
  g_autoptr (JsonParser) parser = load_vectors ("wycheproof-json-web-signature.json");
  g_autoptr (ProlongSigningKey) key = sample_key ();
  g_autoptr (GBytes) public_key = prolong_signing_key_dup_public (key);
  JsonArray *groups;
  guint n = 0;

  if (parser == NULL)
    return;
  groups = get_groups (parser);
  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonArray *tests = json_object_get_array_member (json_array_get_object_element (groups, i), "tests");

      for (guint j = 0; j < json_array_get_length (tests); j++, n++)
        refuse_vector (json_object_get_string_member (json_array_get_object_element (tests, j), "jws"),
                       public_key);
    }
  g_assert_cmpuint (
      n, ==,
      json_object_get_int_member (json_node_get_object (json_parser_get_root (parser)), "numberOfTests"));
}

static void
test_rfc8037 (void)
{
  g_autoptr (JsonParser) parser = load_vectors ("rfc8037-jws.json");
  g_autoptr (GBytes) public_key = NULL, seed = NULL, signature = NULL, derived = NULL;
  g_autoptr (ProlongSigningKey) key = NULL;
  JsonObject *root, *jwk, *signing;
  const char *input, *x, *d, *sig;

  if (parser == NULL)
    return;
  root = json_node_get_object (json_parser_get_root (parser));
  jwk = json_object_get_object_member (json_object_get_object_member (root, "input"), "key");
  signing = json_object_get_object_member (root, "signing");
  x = json_object_get_string_member (jwk, "x");
  d = json_object_get_string_member (jwk, "d");
  input = json_object_get_string_member (signing, "sig-input");
  sig = json_object_get_string_member (signing, "sig");
  public_key = prolong_base64url_decode (x, strlen (x));
  seed = prolong_base64url_decode (d, strlen (d));
  signature = prolong_base64url_decode (sig, strlen (sig));

  g_assert_true (prolong_ed25519_verify (g_bytes_get_data (public_key, NULL), (const guint8 *)input,
                                         strlen (input), g_bytes_get_data (signature, NULL),
                                         g_bytes_get_size (signature)));
  key = prolong_signing_key_new (g_bytes_get_data (seed, NULL), "rfc8037");
  derived = prolong_signing_key_dup_public (key);
  g_assert_true (g_bytes_equal (derived, public_key));
}

static const struct
{
  const char *text;
  gssize n_bytes; /* -1: refused */
  const char *why;
} base64url_rows[] = {
  { "", 0, "nothing" },
  { "AA", 1, "one byte" },
  { "AAA", 2, "two bytes" },
  { "AAAA", 3, "three bytes" },
  { "-_-_", 3, "the alphabet of the address bar" },
  { "A", -1, "six bits are no byte" },
  { "AAAAA", -1, "nor are they behind others" },
  { "AB", -1, "leftover bits of one byte" },
  { "AAB", -1, "leftover bits of two bytes" },
  { "AA==", -1, "padding" },
  { "AA\n", -1, "a line break" },
  { "A A", -1, "a space" },
  { "+/+/", -1, "the alphabet of mail" },
  { "AA\xc3", -1, "no ASCII" },
};

static void
test_base64url (void)
{
  guint8 bytes[] = { 0xfb, 0xff, 0xbf, 0x00, 0x10 };

  for (gsize i = 0; i < G_N_ELEMENTS (base64url_rows); i++)
    {
      g_autoptr (GBytes) decoded
          = prolong_base64url_decode (base64url_rows[i].text, strlen (base64url_rows[i].text));

      g_test_message ("%s", base64url_rows[i].why);
      g_assert_cmpint (decoded != NULL ? (gssize)g_bytes_get_size (decoded) : -1, ==,
                       base64url_rows[i].n_bytes);
    }
  g_assert_null (prolong_base64url_decode ("A\0AA", 4));
  for (gsize length = 0; length <= sizeof bytes; length++)
    {
      g_autofree char *text = prolong_base64url_encode (bytes, length);
      g_autoptr (GBytes) decoded = prolong_base64url_decode (text, strlen (text));
      g_autoptr (GBytes) expected = g_bytes_new (bytes, length);

      g_assert_true (g_bytes_equal (decoded, expected));
    }
}

static char *
sign_with_header (const char *header)
{
  /* Only the header is looked at before the signature, so that one of zeros will do. */
  g_autofree char *encoded = prolong_base64url_encode ((const guint8 *)header, strlen (header));
  g_autofree char *signature = g_strnfill (86, 'A');

  return g_strconcat (encoded, ".e30.", signature, NULL);
}

static const struct
{
  const char *header;
  ProlongJwsError error;
  const char *why;
} header_rows[] = {
  { HEADER, PROLONG_JWS_ERROR_SIGNATURE, "the right header gets as far as the signature" },
  { "{\"alg\":\"none\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER, "no algorithm" },
  { "{\"alg\":\"HS256\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER,
    "a shared secret" },
  { "{\"alg\":\"eddsa\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER,
    "other letter case" },
  { "{\"alg\":[\"EdDSA\"],\"typ\":\"" TYP "\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER, "a list" },
  { "{\"typ\":\"" TYP "\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER, "alg is missing" },
  { "{\"alg\":\"EdDSA\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER, "typ is missing" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"demo-1\"}", PROLONG_JWS_ERROR_HEADER, "another type" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\"}", PROLONG_JWS_ERROR_KEY, "kid is missing" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-2\"}", PROLONG_JWS_ERROR_KEY, "a key not pinned" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":1}", PROLONG_JWS_ERROR_KEY, "kid is a number" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"crit\":[\"exp\"]}", PROLONG_JWS_ERROR_HEADER,
    "crit" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"jwk\":{}}", PROLONG_JWS_ERROR_HEADER,
    "jwk" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"jku\":\"\"}", PROLONG_JWS_ERROR_HEADER,
    "jku" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"x5u\":\"\"}", PROLONG_JWS_ERROR_HEADER,
    "x5u" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"x5c\":[]}", PROLONG_JWS_ERROR_HEADER,
    "x5c" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"b64\":false}", PROLONG_JWS_ERROR_HEADER,
    "b64" },
  { "{\"alg\":\"EdDSA\",\"typ\":\"" TYP "\",\"kid\":\"demo-1\",\"alg\":\"EdDSA\"}", PROLONG_JWS_ERROR_HEADER,
    "twice" },
  { "[]", PROLONG_JWS_ERROR_HEADER, "no object" },
  { "", PROLONG_JWS_ERROR_HEADER, "nothing" },
};

static void
test_headers (void)
{
  g_autoptr (ProlongSigningKey) key = sample_key ();
  g_autoptr (GHashTable) keys = sample_keys (key);

  for (gsize i = 0; i < G_N_ELEMENTS (header_rows); i++)
    {
      g_autofree char *jws = sign_with_header (header_rows[i].header);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", header_rows[i].why);
      g_assert_null (prolong_jws_verify (jws, strlen (jws), TYP, keys, &error));
      g_assert_error (error, PROLONG_JWS_ERROR, (int)header_rows[i].error);
    }
}

static void
test_header_size (void)
{
  g_autoptr (ProlongSigningKey) key = sample_key ();
  g_autoptr (GHashTable) keys = sample_keys (key);

  for (gsize length = PROLONG_JWS_MAX_HEADER_BYTES; length <= PROLONG_JWS_MAX_HEADER_BYTES + 1; length++)
    {
      g_autofree char *space = g_strnfill (length - strlen (HEADER), ' ');
      g_autofree char *header = g_strconcat (HEADER, space, NULL);
      g_autofree char *jws = sign_with_header (header);
      gboolean fits = length <= PROLONG_JWS_MAX_HEADER_BYTES;
      g_autoptr (GError) error = NULL;

      g_assert_null (prolong_jws_verify (jws, strlen (jws), TYP, keys, &error));
      g_assert_error (error, PROLONG_JWS_ERROR,
                      (fits ? PROLONG_JWS_ERROR_SIGNATURE : PROLONG_JWS_ERROR_FORM));
    }
}

static void
assert_form (const char *jws, gsize length, GHashTable *keys)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prolong_jws_verify (jws, length, TYP, keys, &error));
  g_assert_error (error, PROLONG_JWS_ERROR, PROLONG_JWS_ERROR_FORM);
}

static void
test_form (void)
{
  static const char *const forms[]
      = { "", ".", "..x", "a", "a.b", "e30.e30", "e30.e30.AA=", "e30. .AA", "e30.e30.A.A" };
  g_autoptr (ProlongSigningKey) key = sample_key ();
  g_autoptr (GHashTable) keys = sample_keys (key);
  g_autofree char *payload = g_strnfill (PROLONG_JWS_MAX_BYTES, 'x');
  g_autofree char *large = prolong_jws_sign (key, TYP, payload, strlen (payload));
  g_autofree char *jws = prolong_jws_sign (key, TYP, "{}", 2);
  g_autofree char *padded = g_strconcat (jws, "=", NULL);
  g_autofree char *broken = g_strconcat (jws, "\n", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    assert_form (forms[i], strlen (forms[i]), keys);
  assert_form (large, strlen (large), keys);
  assert_form (padded, strlen (padded), keys);
  assert_form (broken, strlen (broken), keys);
  assert_form (jws, strlen (jws) + 1, keys);
}

static gpointer
sign_and_verify (gpointer data)
{
  ProlongSigningKey *key = data;
  g_autoptr (GHashTable) keys = sample_keys (key);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *payload = g_strdup_printf ("{\"n\":%u}", i);
      g_autofree char *jws = prolong_jws_sign (key, TYP, payload, strlen (payload));
      g_autoptr (GBytes) verified = prolong_jws_verify (jws, strlen (jws), TYP, keys, NULL);

      if (verified == NULL || g_bytes_get_size (verified) != strlen (payload)
          || memcmp (g_bytes_get_data (verified, NULL), payload, strlen (payload)) != 0)
        return NULL;
    }
  return data;
}

static void
test_threads (void)
{
  g_autoptr (ProlongSigningKey) key = sample_key ();
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_and_verify, key);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_nonnull (g_thread_join (threads[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jws/base64url", test_base64url);
  g_test_add_func ("/jws/wycheproof-ed25519", test_wycheproof_ed25519);
  g_test_add_func ("/jws/wycheproof-json-web-signature", test_wycheproof_jws);
  g_test_add_func ("/jws/rfc8037", test_rfc8037);
  g_test_add_func ("/jws/headers", test_headers);
  g_test_add_func ("/jws/header-size", test_header_size);
  g_test_add_func ("/jws/form", test_form);
  g_test_add_func ("/jws/threads", test_threads);
  return g_test_run ();
}
