/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/jws.h"

G_BEGIN_DECLS

#define PROLONG_KEYS_BYTES 32

typedef enum
{
  PROLONG_KEYS_ERROR_FILE,   /* a key file is missing, is not a key, or others may read it */
  PROLONG_KEYS_ERROR_SEALED, /* sealed bytes were changed, or sealed with another key */
} ProlongKeysError;

#define PROLONG_KEYS_ERROR (prolong_keys_error_quark ())
GQuark prolong_keys_error_quark (void);

/**
 * ProlongKeys:
 *
 * The secrets of the service: the lookup key (codes are found by a keyed hash), the sealing key (AES-256-GCM)
 * and the signing key of tickets. They are files of mode 0600 beside the database, never in it. Immutable,
 * and used by several threads at once.
 */
typedef struct _ProlongKeys ProlongKeys;

/** prolong_keys_create: makes the folder of keys and first keys, for a new vendor. */
gboolean prolong_keys_create (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_keys_load:
 * @vendor: id of the vendor; the signing keys are called `VENDOR-1`, `VENDOR-2` …, the newest one signs
 */
ProlongKeys *
prolong_keys_load (const char *folder, const char *vendor, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_keys_new_from_text: keys derived from a text, for the demo whose keys are no secret. */
ProlongKeys *prolong_keys_new_from_text (const char *text, const char *vendor);
void prolong_keys_free (ProlongKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongKeys, prolong_keys_free)

/** prolong_keys_make_signing_key: a new signing key, not yet saved, one number above the newest in @folder.
 */
ProlongSigningKey *prolong_keys_make_signing_key (const char *folder, const char *vendor);

/** prolong_keys_save_signing_key: from the next prolong_keys_load() on, this key signs. */
gboolean prolong_keys_save_signing_key (const char *folder,
                                        const ProlongSigningKey *key,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

ProlongSigningKey *prolong_keys_get_signing (ProlongKeys *keys);

/**
 * prolong_keys_hash:
 * @purpose: keeps hashes for one thing from being those of another
 * @hash: (out): 32 bytes, HMAC-SHA256 by the lookup key
 */
void prolong_keys_hash (ProlongKeys *keys, const char *purpose, const void *data, gsize length, guint8 *hash);

/** prolong_keys_seal: (transfer full): @data by AES-256-GCM, bound to @purpose. */
GBytes *prolong_keys_seal (ProlongKeys *keys, const char *purpose, const void *data, gsize length);

/** prolong_keys_unseal: (transfer full): what was sealed for @purpose. */
GBytes *prolong_keys_unseal (ProlongKeys *keys, const char *purpose, GBytes *sealed, GError **error);

/** prolong_random: fills @data from the system's source for keys. */
void prolong_random (void *data, gsize length);

/** prolong_sha256: @hash has 32 bytes. */
void prolong_sha256 (const void *data, gsize length, guint8 *hash);

/** prolong_equal: whether two hashes of 32 bytes are equal, in time that does not depend on them. */
gboolean prolong_equal (const guint8 *a, const guint8 *b);

G_END_DECLS
