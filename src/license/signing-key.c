/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/jws.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "license/code.h"
#include "license/json.h"

/* GnuTLS only reads a private key while it signs with EdDSA, so threads need no lock around it. */
struct _ProlongSigningKey
{
  gnutls_privkey_t privkey;
  char *kid;
  guint8 public_key[PROLONG_ED25519_KEY_BYTES];
};

/* What stands before the seed in a PKCS #8 private key (RFC 8410 §7); GnuTLS derives the public key. */
static const guint8 pkcs8_prefix[]
    = { 0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20 };

static gboolean
fail (GError **error, int status)
{
  g_set_error_literal (error, PROLONG_JWS_ERROR, PROLONG_JWS_ERROR_KEY, gnutls_strerror (status));
  return FALSE;
}

static int
import_seed (gnutls_privkey_t privkey, const guint8 *seed)
{
  guint8 der[sizeof pkcs8_prefix + PROLONG_ED25519_KEY_BYTES];
  gnutls_datum_t datum = { der, sizeof der };
  int status;

  memcpy (der, pkcs8_prefix, sizeof pkcs8_prefix);
  memcpy (der + sizeof pkcs8_prefix, seed, PROLONG_ED25519_KEY_BYTES);
  status = gnutls_privkey_import_x509_raw (privkey, &datum, GNUTLS_X509_FMT_DER, NULL, 0);
  prolong_wipe (der, sizeof der);
  return status;
}

static int
export_public (gnutls_privkey_t privkey, guint8 *public_key)
{
  gnutls_pubkey_t pubkey;
  gnutls_datum_t x = { NULL, 0 };
  int status = gnutls_pubkey_init (&pubkey);

  if (status < 0)
    return status;
  status = gnutls_pubkey_import_privkey (pubkey, privkey, 0, 0);
  if (status >= 0)
    status = gnutls_pubkey_export_ecc_raw (pubkey, NULL, &x, NULL);
  if (status >= 0 && x.size == PROLONG_ED25519_KEY_BYTES)
    memcpy (public_key, x.data, x.size);
  else if (status >= 0)
    status = GNUTLS_E_INTERNAL_ERROR;
  gnutls_free (x.data);
  gnutls_pubkey_deinit (pubkey);
  return status;
}

ProlongSigningKey *
prolong_signing_key_new (const guint8 *seed, const char *kid, GError **error)
{
  g_autoptr (ProlongSigningKey) key = g_new0 (ProlongSigningKey, 1);
  int status = gnutls_privkey_init (&key->privkey);

  key->kid = g_strdup (kid);
  if (status >= 0)
    status = import_seed (key->privkey, seed);
  if (status >= 0)
    status = export_public (key->privkey, key->public_key);
  if (status < 0)
    {
      fail (error, status);
      return NULL;
    }
  return g_steal_pointer (&key);
}

void
prolong_signing_key_free (ProlongSigningKey *key)
{
  if (key == NULL)
    return;
  if (key->privkey != NULL)
    gnutls_privkey_deinit (key->privkey);
  g_free (key->kid);
  g_free (key);
}

const char *
prolong_signing_key_get_kid (ProlongSigningKey *key)
{
  return key->kid;
}

GBytes *
prolong_signing_key_dup_public (ProlongSigningKey *key)
{
  return g_bytes_new (key->public_key, sizeof key->public_key);
}

static char *
build_header (ProlongSigningKey *key, const char *typ)
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
prolong_jws_sign (ProlongSigningKey *key, const char *typ, const char *payload, gsize length, GError **error)
{
  g_autofree char *header = build_header (key, typ);
  g_autofree char *body = prolong_base64url_encode ((const guint8 *)payload, length);
  g_autofree char *input = g_strconcat (header, ".", body, NULL);
  g_autofree char *encoded = NULL;
  gnutls_datum_t data = { (guint8 *)input, (unsigned int)strlen (input) };
  gnutls_datum_t signature = { NULL, 0 };
  int status = gnutls_privkey_sign_data2 (key->privkey, GNUTLS_SIGN_EDDSA_ED25519, 0, &data, &signature);

  if (status < 0)
    {
      fail (error, status);
      return NULL;
    }
  encoded = prolong_base64url_encode (signature.data, signature.size);
  gnutls_free (signature.data);
  return g_strconcat (input, ".", encoded, NULL);
}
