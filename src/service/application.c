/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/office.h"

#include <string.h>

#define ID_BYTES 16
#define TOKEN_BYTES 32

/*
 * The id begins with the time, so that new ones are neighbours in the index; with random ones each activation
 * would touch a page of its own there.
 */
static char *
make_id (void)
{
  guint8 bytes[4 + ID_BYTES];
  guint32 time = GUINT32_TO_BE ((guint32)(g_get_real_time () / G_USEC_PER_SEC));

  memcpy (bytes, &time, sizeof time);
  prolong_random (bytes + sizeof time, ID_BYTES);
  return prolong_base64url_encode (bytes, sizeof bytes);
}

static char *
make_token (guint8 *hash)
{
  guint8 bytes[TOKEN_BYTES];
  char *token;

  prolong_random (bytes, sizeof bytes);
  token = prolong_base64url_encode (bytes, sizeof bytes);
  prolong_sha256 (token, strlen (token), hash);
  return token;
}

gboolean
prolong_application_decode (const ProlongOffice *office,
                            const char *text,
                            gsize length,
                            ProlongApplication *application,
                            GError **error)
{
  g_autoptr (ProlongCode) code = NULL;
  const char *canonical;

  if (!prolong_activation_request_decode (text, length, &application->request, error))
    return FALSE;
  code = prolong_code_parse (application->request.code, &office->profile->format, NULL);
  if (!code)
    return TRUE;
  canonical = prolong_code_get_text (code);
  prolong_keys_hash (office->keys, "code", canonical, strlen (canonical), application->lookup);
  application->well_formed = TRUE;
  application->id = make_id ();
  application->token = make_token (application->token_hash);
  return TRUE;
}

void
prolong_application_clear (ProlongApplication *application)
{
  prolong_activation_request_clear (&application->request);
  g_clear_pointer (&application->id, g_free);
  if (application->token)
    prolong_wipe (application->token, strlen (application->token));
  g_clear_pointer (&application->token, g_free);
}
