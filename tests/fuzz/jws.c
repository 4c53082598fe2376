/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "license/samples.h"
#include "license/ticket.h"

/* The input is a signed ticket, and then the payload of one, or no input would get as far as the claims. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  static ProlongSigningKey *key = NULL;
  static GHashTable *keys = NULL;
  g_autoptr (ProlongTicket) ticket = NULL;
  g_autoptr (ProlongTicket) signed_ticket = NULL;
  g_autofree char *jws = NULL;

  if (key == NULL)
    {
      key = sample_key ();
      keys = sample_keys (key);
    }
  ticket = prolong_ticket_verify ((const char *)data, length, keys, SAMPLE_ISSUER, SAMPLE_DEVICE, NULL);
  jws = prolong_jws_sign (key, PROLONG_TICKET_TYP, (const char *)data, length);
  signed_ticket = prolong_ticket_verify (jws, strlen (jws), keys, SAMPLE_ISSUER, SAMPLE_DEVICE, NULL);
  g_assert_true (ticket == NULL || ticket->starts <= ticket->grace_until);
  g_assert_true (signed_ticket == NULL || signed_ticket->starts <= signed_ticket->grace_until);
  return 0;
}
