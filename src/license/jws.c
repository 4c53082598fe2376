/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/jws.h"

#include <nettle/eddsa.h>
#include <string.h>

#include "license/code.h"
#include "license/json.h"

G_DEFINE_QUARK (prolong_jws_error, prolong_jws_error)

/* Header members that say where to find a key, or that change what the signature means. */
static const char *const refused_members[]
    = { "crit", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "b64", "zip", "enc" };

static gboolean
fail (GError **error, ProlongJwsError code, const char *message)
{
  g_set_error_literal (error, PROLONG_JWS_ERROR, (int)code, message);
  return FALSE;
}

gboolean
prolong_ed25519_verify (const guint8 *key,
                        const guint8 *message,
                        gsize message_length,
                        const guint8 *signature,
                        gsize signature_length)
{
  return signature_length == PROLONG_ED25519_SIGNATURE_BYTES
         && ed25519_sha512_verify (key, message_length, message, signature) == 1;
}

static gboolean
check_header (JsonObject *header, const char *typ, GError **error)
{
  const char *alg = prolong_json_get_string (header, "alg", 16, NULL);
  const char *actual_typ = prolong_json_get_string (header, "typ", 64, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (refused_members); i++)
    if (json_object_has_member (header, refused_members[i]))
      return fail (error, PROLONG_JWS_ERROR_HEADER, "The header has a member that is refused");
  if (g_strcmp0 (alg, "EdDSA") != 0)
    return fail (error, PROLONG_JWS_ERROR_HEADER, "The header names another algorithm");
  if (g_strcmp0 (actual_typ, typ) != 0)
    return fail (error, PROLONG_JWS_ERROR_HEADER, "The header names another type");
  return TRUE;
}

static GBytes *
find_key (const char *text, gsize length, const char *typ, GHashTable *keys, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) header = NULL;
  const char *kid;
  GBytes *key;

  /* Four symbols of base64url carry three bytes. */
  if (length <= PROLONG_JWS_MAX_HEADER_BYTES / 3 * 4 + 2)
    bytes = prolong_base64url_decode (text, length);
  if (bytes == NULL || g_bytes_get_size (bytes) > PROLONG_JWS_MAX_HEADER_BYTES)
    {
      fail (error, PROLONG_JWS_ERROR_FORM, "The header is not base64url, or too large");
      return NULL;
    }
  header = prolong_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (header == NULL)
    {
      fail (error, PROLONG_JWS_ERROR_HEADER, "The header is not a JSON object");
      return NULL;
    }
  if (!check_header (header, typ, error))
    return NULL;
  kid = prolong_json_get_string (header, "kid", 128, NULL);
  key = kid != NULL ? g_hash_table_lookup (keys, kid) : NULL;
  if (key == NULL || g_bytes_get_size (key) != PROLONG_ED25519_KEY_BYTES)
    {
      fail (error, PROLONG_JWS_ERROR_KEY, "The key is not pinned");
      return NULL;
    }
  return key;
}

GBytes *
prolong_jws_verify (const char *jws, gsize length, const char *typ, GHashTable *keys, GError **error)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) signature = NULL;
  const char *first_dot = NULL, *second_dot = NULL, *end = jws + length;
  GBytes *key;

  if (length > 0 && length <= PROLONG_JWS_MAX_BYTES)
    first_dot = memchr (jws, '.', length);
  if (first_dot != NULL)
    second_dot = memchr (first_dot + 1, '.', (gsize)(end - first_dot - 1));
  if (second_dot == NULL)
    {
      fail (error, PROLONG_JWS_ERROR_FORM, "Not a compact JWS, or too large");
      return NULL;
    }
  payload = prolong_base64url_decode (first_dot + 1, (gsize)(second_dot - first_dot - 1));
  signature = prolong_base64url_decode (second_dot + 1, (gsize)(end - second_dot - 1));
  if (payload == NULL || signature == NULL)
    {
      fail (error, PROLONG_JWS_ERROR_FORM, "Payload or signature is not strict base64url");
      return NULL;
    }
  key = find_key (jws, (gsize)(first_dot - jws), typ, keys, error);
  if (key == NULL)
    return NULL;
  if (!prolong_ed25519_verify (g_bytes_get_data (key, NULL), (const guint8 *)jws, (gsize)(second_dot - jws),
                               g_bytes_get_data (signature, NULL), g_bytes_get_size (signature)))
    {
      fail (error, PROLONG_JWS_ERROR_SIGNATURE, "The signature does not fit");
      return NULL;
    }
  return g_steal_pointer (&payload);
}
