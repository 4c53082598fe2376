/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/keys.h"

#include "license/code.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

G_DEFINE_QUARK (prolong_keys_error, prolong_keys_error)

#define LOOKUP_FILE "lookup.key"
#define SEALING_FILE "sealing.key"
#define NONCE_BYTES 12
#define TAG_BYTES 16

struct _ProlongKeys
{
  guint8 lookup[PROLONG_KEYS_BYTES];
  guint8 sealing[PROLONG_KEYS_BYTES];
  ProlongSigningKey *signing;
};

void
prolong_random (void *data, gsize length)
{
  if (gnutls_rnd (GNUTLS_RND_KEY, data, length) < 0)
    g_error ("The system has no random numbers for keys");
}

void
prolong_sha256 (const void *data, gsize length, guint8 *hash)
{
  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, data, length, hash) < 0)
    g_error ("SHA-256 is not available");
}

gboolean
prolong_equal (const guint8 *a, const guint8 *b)
{
  return gnutls_memcmp (a, b, PROLONG_KEYS_BYTES) == 0;
}

static gboolean
write_key (const char *folder, const char *name, const guint8 *key, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = prolong_base64url_encode (key, PROLONG_KEYS_BYTES);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  gboolean done = g_file_set_contents_full (
      path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);

  prolong_wipe (text, strlen (text));
  prolong_wipe (line, strlen (line));
  return done;
}

static gboolean
check_private (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && (info.st_mode & 077) == 0)
    return TRUE;
  g_set_error (error, PROLONG_KEYS_ERROR, PROLONG_KEYS_ERROR_FILE,
               /* Translators: %s is the path of a file */
               _ ("%s must exist and be readable by its owner only (mode 0600)"), path);
  return FALSE;
}

static gboolean
read_key (const char *folder, const char *name, guint8 *key, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;

  if (!check_private (path, error) || !g_file_get_contents (path, &text, &length, error))
    return FALSE;
  g_strchomp (text);
  bytes = prolong_base64url_decode (text, strlen (text));
  prolong_wipe (text, length);
  if (!bytes || g_bytes_get_size (bytes) != PROLONG_KEYS_BYTES)
    {
      /* Translators: %s is the path of a file */
      g_set_error (error, PROLONG_KEYS_ERROR, PROLONG_KEYS_ERROR_FILE, _ ("%s holds no key"), path);
      return FALSE;
    }
  memcpy (key, g_bytes_get_data (bytes, NULL), PROLONG_KEYS_BYTES);
  return TRUE;
}

gboolean
prolong_keys_create (const char *folder, GError **error)
{
  const char *const names[] = { LOOKUP_FILE, SEALING_FILE };

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, PROLONG_KEYS_ERROR, PROLONG_KEYS_ERROR_FILE, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint8 key[PROLONG_KEYS_BYTES];
      gboolean written;

      prolong_random (key, sizeof key);
      written = write_key (folder, names[i], key, error);
      prolong_wipe (key, sizeof key);
      if (!written)
        return FALSE;
    }
  return TRUE;
}

static char *
signing_file (const char *vendor, guint number)
{
  return g_strdup_printf ("sign-%s-%u.key", vendor, number);
}

static guint
newest_signing_key (const char *folder, const char *vendor)
{
  for (guint number = 0;; number++)
    {
      g_autofree char *name = signing_file (vendor, number + 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return number;
    }
}

ProlongKeys *
prolong_keys_load (const char *folder, const char *vendor, GError **error)
{
  g_autoptr (ProlongKeys) keys = g_new0 (ProlongKeys, 1);
  guint number = newest_signing_key (folder, vendor);
  g_autofree char *name = signing_file (vendor, MAX (number, 1));
  g_autofree char *kid = g_strdup_printf ("%s-%u", vendor, MAX (number, 1));
  guint8 seed[PROLONG_KEYS_BYTES];

  if (!read_key (folder, LOOKUP_FILE, keys->lookup, error)
      || !read_key (folder, SEALING_FILE, keys->sealing, error) || !read_key (folder, name, seed, error))
    return NULL;
  keys->signing = prolong_signing_key_new (seed, kid);
  prolong_wipe (seed, sizeof seed);
  return g_steal_pointer (&keys);
}

ProlongKeys *
prolong_keys_new_from_text (const char *text, const char *vendor)
{
  ProlongKeys *keys = g_new0 (ProlongKeys, 1);
  g_autofree char *lookup = g_strconcat (text, " lookup", NULL);
  g_autofree char *sealing = g_strconcat (text, " sealing", NULL);
  g_autofree char *kid = g_strconcat (vendor, "-1", NULL);
  guint8 seed[PROLONG_KEYS_BYTES];

  prolong_sha256 (lookup, strlen (lookup), keys->lookup);
  prolong_sha256 (sealing, strlen (sealing), keys->sealing);
  prolong_sha256 (text, strlen (text), seed);
  keys->signing = prolong_signing_key_new (seed, kid);
  prolong_wipe (seed, sizeof seed);
  return keys;
}

void
prolong_keys_free (ProlongKeys *keys)
{
  g_clear_pointer (&keys->signing, prolong_signing_key_free);
  prolong_wipe (keys, sizeof *keys);
  g_free (keys);
}

ProlongSigningKey *
prolong_keys_make_signing_key (const char *folder, const char *vendor)
{
  g_autofree char *kid = g_strdup_printf ("%s-%u", vendor, newest_signing_key (folder, vendor) + 1);
  guint8 seed[PROLONG_KEYS_BYTES];
  ProlongSigningKey *key;

  prolong_random (seed, sizeof seed);
  key = prolong_signing_key_new (seed, kid);
  prolong_wipe (seed, sizeof seed);
  return key;
}

gboolean
prolong_keys_save_signing_key (const char *folder, const ProlongSigningKey *key, GError **error)
{
  g_autofree char *name = g_strdup_printf ("sign-%s.key", prolong_signing_key_get_kid (key));

  return write_key (folder, name, prolong_signing_key_get_seed (key), error);
}

ProlongSigningKey *
prolong_keys_get_signing (ProlongKeys *keys)
{
  return keys->signing;
}

void
prolong_keys_hash (ProlongKeys *keys, const char *purpose, const void *data, gsize length, guint8 *hash)
{
  gnutls_hmac_hd_t hmac;

  if (gnutls_hmac_init (&hmac, GNUTLS_MAC_SHA256, keys->lookup, sizeof keys->lookup) < 0)
    g_error ("HMAC-SHA256 is not available");
  gnutls_hmac (hmac, purpose, strlen (purpose) + 1);
  gnutls_hmac (hmac, data, length);
  gnutls_hmac_deinit (hmac, hash);
}

static gnutls_aead_cipher_hd_t
open_cipher (ProlongKeys *keys)
{
  gnutls_datum_t key = { keys->sealing, sizeof keys->sealing };
  gnutls_aead_cipher_hd_t cipher;

  if (gnutls_aead_cipher_init (&cipher, GNUTLS_CIPHER_AES_256_GCM, &key) < 0)
    g_error ("AES-256-GCM is not available");
  return cipher;
}

GBytes *
prolong_keys_seal (ProlongKeys *keys, const char *purpose, const void *data, gsize length)
{
  gnutls_aead_cipher_hd_t cipher = open_cipher (keys);
  gsize sealed_length = length + TAG_BYTES;
  guint8 *sealed = g_malloc (NONCE_BYTES + sealed_length);
  int result;

  gnutls_rnd (GNUTLS_RND_NONCE, sealed, NONCE_BYTES);
  result = gnutls_aead_cipher_encrypt (cipher, sealed, NONCE_BYTES, purpose, strlen (purpose), TAG_BYTES,
                                       data, length, sealed + NONCE_BYTES, &sealed_length);
  gnutls_aead_cipher_deinit (cipher);
  if (result < 0)
    g_error ("Sealing failed: %s", gnutls_strerror (result));
  return g_bytes_new_take (sealed, NONCE_BYTES + sealed_length);
}

GBytes *
prolong_keys_unseal (ProlongKeys *keys, const char *purpose, GBytes *sealed, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (sealed, &length);
  g_autofree guint8 *text = g_malloc (length + 1);
  gsize text_length = length;
  gnutls_aead_cipher_hd_t cipher;
  int result = GNUTLS_E_DECRYPTION_FAILED;

  if (length >= NONCE_BYTES + TAG_BYTES)
    {
      cipher = open_cipher (keys);
      result = gnutls_aead_cipher_decrypt (cipher, data, NONCE_BYTES, purpose, strlen (purpose), TAG_BYTES,
                                           data + NONCE_BYTES, length - NONCE_BYTES, text, &text_length);
      gnutls_aead_cipher_deinit (cipher);
    }
  if (result >= 0)
    return g_bytes_new_take (g_steal_pointer (&text), text_length);
  g_set_error_literal (error, PROLONG_KEYS_ERROR, PROLONG_KEYS_ERROR_SEALED,
                       "Sealed bytes in the database do not fit the sealing key");
  return NULL;
}
