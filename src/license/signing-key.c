/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/jws.h"

#include <nettle/eddsa.h>
#include <string.h>

#include "license/code.h"
#include "license/json.h"

struct _ProlongSigningKey
{
  char *kid;
  guint8 seed[PROLONG_ED25519_KEY_BYTES];
  guint8 public_key[PROLONG_ED25519_KEY_BYTES];
};

ProlongSigningKey *
prolong_signing_key_new (const guint8 *seed, const char *kid)
{
  ProlongSigningKey *key = g_new0 (ProlongSigningKey, 1);

  key->kid = g_strdup (kid);
  memcpy (key->seed, seed, sizeof key->seed);
  ed25519_sha512_public_key (key->public_key, key->seed);
  return key;
}

void
prolong_signing_key_free (ProlongSigningKey *key)
{
  if (key == NULL)
    return;
  prolong_wipe (key->seed, sizeof key->seed);
  g_free (key->kid);
  g_free (key);
}

const char *
prolong_signing_key_get_kid (const ProlongSigningKey *key)
{
  return key->kid;
}

const guint8 *
prolong_signing_key_get_seed (const ProlongSigningKey *key)
{
  return key->seed;
}

GBytes *
prolong_signing_key_dup_public (const ProlongSigningKey *key)
{
  return g_bytes_new (key->public_key, sizeof key->public_key);
}

static char *
build_header (const ProlongSigningKey *key, const char *typ)
{
  g_autoptr (JsonObject) header = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (header, "alg", "EdDSA");
  json_object_set_string_member (header, "typ", typ);
  json_object_set_string_member (header, "kid", key->kid);
  text = prolong_json_to_string (header);
  return prolong_base64url_encode ((const guint8 *)text, strlen (text));
}

char *
prolong_jws_sign (const ProlongSigningKey *key, const char *typ, const char *payload, gsize length)
{
  g_autofree char *header = build_header (key, typ);
  g_autofree char *body = prolong_base64url_encode ((const guint8 *)payload, length);
  g_autofree char *input = g_strconcat (header, ".", body, NULL);
  g_autofree char *encoded = NULL;
  guint8 signature[PROLONG_ED25519_SIGNATURE_BYTES];

  ed25519_sha512_sign (key->public_key, key->seed, strlen (input), (const guint8 *)input, signature);
  encoded = prolong_base64url_encode (signature, sizeof signature);
  return g_strconcat (input, ".", encoded, NULL);
}
