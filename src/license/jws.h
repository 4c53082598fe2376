/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* JSON Web Signatures in compact form (RFC 7515) with EdDSA over Ed25519 (RFC 8037), and nothing else. */

#define PROLONG_ED25519_KEY_BYTES 32
#define PROLONG_ED25519_SIGNATURE_BYTES 64
#define PROLONG_JWS_MAX_BYTES (16 * 1024)
#define PROLONG_JWS_MAX_HEADER_BYTES 1024

typedef enum
{
  PROLONG_JWS_ERROR_FORM,      /* not a compact JWS, or not strict base64url, or too large */
  PROLONG_JWS_ERROR_HEADER,    /* wrong alg or typ, or a member that is refused (crit, jwk, jku, x5u …) */
  PROLONG_JWS_ERROR_KEY,       /* no pinned key of that id */
  PROLONG_JWS_ERROR_SIGNATURE, /* the signature does not fit */
} ProlongJwsError;

#define PROLONG_JWS_ERROR (prolong_jws_error_quark ())
GQuark prolong_jws_error_quark (void);

/**
 * prolong_base64url_decode:
 *
 * Strict (RFC 4648 §5, RFC 7515 §2): no padding, no white space, no leftover bits.
 *
 * Returns: (transfer full) (nullable): the bytes, %NULL when @text is not base64url.
 */
GBytes *prolong_base64url_decode (const char *text, gsize length);

/** prolong_base64url_encode: (transfer full): @data without padding. */
char *prolong_base64url_encode (const guint8 *data, gsize length);

/**
 * prolong_ed25519_verify:
 * @key: 32 bytes
 *
 * Returns: whether @signature is the signature of @message by the owner of @key (RFC 8032).
 */
gboolean prolong_ed25519_verify (const guint8 *key,
                                 const guint8 *message,
                                 gsize message_length,
                                 const guint8 *signature,
                                 gsize signature_length);

/**
 * prolong_jws_verify:
 * @jws: bytes from outside
 * @typ: the only accepted `typ`
 * @keys: (element-type utf8 GBytes): pinned Ed25519 public keys (32 bytes) by key id
 * @error: #PROLONG_JWS_ERROR
 *
 * Verifies the signature over the raw bytes before the payload is looked at.
 *
 * Returns: (transfer full): the payload, not yet parsed.
 */
GBytes *prolong_jws_verify (const char *jws, gsize length, const char *typ, GHashTable *keys, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * ProlongSigningKey:
 *
 * An Ed25519 private key, for the service. It can be used by several threads at once.
 */
typedef struct _ProlongSigningKey ProlongSigningKey;

/**
 * prolong_signing_key_new:
 * @seed: 32 secret bytes (RFC 8032)
 * @kid: the id under which a profile pins the public key
 */
ProlongSigningKey *prolong_signing_key_new (const guint8 *seed, const char *kid);
void prolong_signing_key_free (ProlongSigningKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongSigningKey, prolong_signing_key_free)

const char *prolong_signing_key_get_kid (const ProlongSigningKey *key);

/** prolong_signing_key_get_seed: (transfer none): the 32 secret bytes. */
const guint8 *prolong_signing_key_get_seed (const ProlongSigningKey *key);

/** prolong_signing_key_dup_public: (transfer full): the 32 bytes of the public key. */
GBytes *prolong_signing_key_dup_public (const ProlongSigningKey *key);

/**
 * prolong_jws_sign:
 *
 * Returns: (transfer full): @payload as a compact JWS with `alg` EdDSA, @typ and the key's `kid`.
 */
char *prolong_jws_sign (const ProlongSigningKey *key, const char *typ, const char *payload, gsize length);

G_END_DECLS
