/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "samples.h"

ProlongSigningKey *
sample_key (void)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 seed[32];
  gsize length = sizeof seed;

  g_checksum_update (sum, (const guchar *)"prolong demo vendor, not a secret", -1);
  g_checksum_get_digest (sum, seed, &length);
  return prolong_signing_key_new (seed, SAMPLE_KID);
}

GHashTable *
sample_keys (ProlongSigningKey *key)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);

  g_hash_table_insert (keys, g_strdup (prolong_signing_key_get_kid (key)),
                       prolong_signing_key_dup_public (key));
  return keys;
}

ProlongTicket *
sample_ticket (void)
{
  ProlongTicket *ticket = prolong_ticket_new ();

  ticket->iss = g_strdup (SAMPLE_ISSUER);
  ticket->sub = g_strdup ("activation-1");
  ticket->device = g_strdup (SAMPLE_DEVICE);
  ticket->nonce = g_strdup (SAMPLE_NONCE);
  ticket->serial = 7;
  ticket->iat = SAMPLE_START;
  ticket->check_by = SAMPLE_START + 7 * 86400;
  ticket->number = g_strdup ("1234-567890-12345678");
  ticket->product = g_strdup ("internet-security");
  ticket->name = g_strdup ("Internet Security — 3 devices");
  ticket->kind = PROLONG_LICENSE_SUBSCRIPTION;
  ticket->status = PROLONG_LICENSE_ACTIVE;
  ticket->starts = SAMPLE_START;
  ticket->expires = SAMPLE_END;
  ticket->grace_until = SAMPLE_END + 14 * 86400;
  ticket->activated = SAMPLE_START;
  ticket->devices_used = 1;
  ticket->devices_limit = 3;
  ticket->has_subscription = TRUE;
  ticket->provider = g_strdup ("Allsoft");
  ticket->auto_renewal = TRUE;
  ticket->manage_url = g_strdup ("https://shop.example/manage");
  ticket->status_url = g_strdup ("https://shop.example/status");
  ticket->add_code = g_strdup ("subscription-running");
  return ticket;
}
