/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/jws.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static int
symbol_value (char c)
{
  const char *found = c != '\0' ? strchr (alphabet, c) : NULL;

  return found != NULL ? (int)(found - alphabet) : -1;
}

GBytes *
prolong_base64url_decode (const char *text, gsize length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint)(length / 4 * 3 + 3));
  guint32 held = 0;
  guint n_bits = 0;

  if (length % 4 == 1)
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      int value = symbol_value (text[i]);

      if (value < 0)
        return NULL;
      held = (held << 6 | (guint32)value) & 0xFFFF;
      n_bits += 6;
      if (n_bits >= 8)
        {
          guint8 byte = (guint8)(held >> (n_bits - 8));

          g_byte_array_append (bytes, &byte, 1);
          n_bits -= 8;
        }
    }
  if ((held & ((1u << n_bits) - 1)) != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

char *
prolong_base64url_encode (const guint8 *data, gsize length)
{
  GString *text = g_string_sized_new (length / 3 * 4 + 4);
  guint32 held = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      held = (held << 8 | data[i]) & 0xFFFF;
      for (n_bits += 8; n_bits >= 6; n_bits -= 6)
        g_string_append_c (text, alphabet[held >> (n_bits - 6) & 63]);
    }
  if (n_bits > 0)
    g_string_append_c (text, alphabet[held << (6 - n_bits) & 63]);
  return g_string_free (text, FALSE);
}
