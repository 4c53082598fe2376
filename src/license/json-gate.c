/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/json.h"

#include <math.h>
#include <string.h>

/* A reader of RFC 8259 that builds nothing; its recursion ends at PROLONG_JSON_MAX_DEPTH. */
typedef struct
{
  const char *at;
  const char *start;
  const char *end;
  guint depth;
  GError *error;
} Gate;

static gboolean gate_value (Gate *gate);

static gboolean
gate_fail (Gate *gate, ProlongJsonError code, const char *what)
{
  if (gate->error == NULL)
    g_set_error (&gate->error, PROLONG_JSON_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, what,
                 (gsize)(gate->at - gate->start));
  return FALSE;
}

static char
gate_peek (const Gate *gate)
{
  return gate->at < gate->end ? *gate->at : '\0';
}

static void
gate_skip_space (Gate *gate)
{
  while (gate->at < gate->end && strchr (" \t\n\r", *gate->at) != NULL)
    gate->at++;
}

static gboolean
gate_accept (Gate *gate, char c)
{
  if (gate_peek (gate) != c || gate->at == gate->end)
    return FALSE;
  gate->at++;
  return TRUE;
}

static gboolean
gate_expect (Gate *gate, char c, const char *what)
{
  return gate_accept (gate, c) || gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, what);
}

static gboolean
gate_hex4 (Gate *gate, guint *value)
{
  *value = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (gate_peek (gate));

      if (digit < 0)
        return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "Four hexadecimal digits are missing");
      *value = *value * 16 + (guint)digit;
      gate->at++;
    }
  return TRUE;
}

/* A zero would cut a C string short, and half a surrogate pair is no character. */
static gboolean
gate_unicode_escape (Gate *gate, GString *decoded)
{
  guint high, low;

  if (!gate_hex4 (gate, &high))
    return FALSE;
  if (high == 0 || (high >= 0xDC00 && high <= 0xDFFF))
    return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "An escape that stands for no character");
  if (high < 0xD800 || high > 0xDFFF)
    {
      g_string_append_unichar (decoded, high);
      return TRUE;
    }
  if (!gate_expect (gate, '\\', "Half a surrogate pair") || !gate_expect (gate, 'u', "Half a surrogate pair")
      || !gate_hex4 (gate, &low))
    return FALSE;
  if (low < 0xDC00 || low > 0xDFFF)
    return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "Half a surrogate pair");
  g_string_append_unichar (decoded, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
  return TRUE;
}

static gboolean
gate_escape (Gate *gate, GString *decoded)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (gate_accept (gate, 'u'))
    return gate_unicode_escape (gate, decoded);
  found = gate_peek (gate) != '\0' ? strchr (escapes, gate_peek (gate)) : NULL;
  if (found == NULL)
    return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "An unknown escape");
  g_string_append_c (decoded, meanings[found - escapes]);
  gate->at++;
  return TRUE;
}

static gboolean
gate_string (Gate *gate, GString *decoded)
{
  if (!gate_expect (gate, '"', "A string is missing"))
    return FALSE;
  while (gate->at < gate->end && *gate->at != '"')
    {
      if ((guchar)*gate->at < 0x20)
        return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "A control character in a string");
      if (gate_accept (gate, '\\'))
        {
          if (!gate_escape (gate, decoded))
            return FALSE;
          continue;
        }
      g_string_append_c (decoded, *gate->at++);
    }
  return gate_expect (gate, '"', "A string does not end");
}

static gboolean
gate_digits (Gate *gate)
{
  const char *first = gate->at;

  while (g_ascii_isdigit (gate_peek (gate)))
    gate->at++;
  return gate->at > first || gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "A digit is missing");
}

static gboolean
gate_number_in_range (Gate *gate, const char *first, gboolean integer)
{
  g_autofree char *text = g_strndup (first, (gsize)(gate->at - first));

  if (integer && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    return TRUE;
  if (!integer && isfinite (g_ascii_strtod (text, NULL)))
    return TRUE;
  return gate_fail (gate, PROLONG_JSON_ERROR_RANGE, "A number out of range");
}

static gboolean
gate_number (Gate *gate)
{
  const char *first = gate->at;
  gboolean integer = TRUE;

  gate_accept (gate, '-');
  if (gate_accept (gate, '0'))
    {
      if (g_ascii_isdigit (gate_peek (gate)))
        return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "A number with a leading zero");
    }
  else if (!gate_digits (gate))
    return FALSE;
  if (gate_accept (gate, '.'))
    {
      integer = FALSE;
      if (!gate_digits (gate))
        return FALSE;
    }
  if (gate_accept (gate, 'e') || gate_accept (gate, 'E'))
    {
      integer = FALSE;
      if (!gate_accept (gate, '+'))
        gate_accept (gate, '-');
      if (!gate_digits (gate))
        return FALSE;
    }
  return gate_number_in_range (gate, first, integer);
}

static gboolean
gate_member (Gate *gate, GHashTable *names)
{
  g_autoptr (GString) name = g_string_new (NULL);

  gate_skip_space (gate);
  if (!gate_string (gate, name))
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (name->str)))
    return gate_fail (gate, PROLONG_JSON_ERROR_DUPLICATE, "A name for the second time");
  gate_skip_space (gate);
  return gate_expect (gate, ':', "A colon is missing") && gate_value (gate);
}

static gboolean
gate_members (Gate *gate, char close, GHashTable *names)
{
  gate_skip_space (gate);
  if (gate_accept (gate, close))
    return TRUE;
  do
    {
      if (names != NULL ? !gate_member (gate, names) : !gate_value (gate))
        return FALSE;
      gate_skip_space (gate);
    }
  while (gate_accept (gate, ','));
  return gate_expect (gate, close, "An object or array does not end");
}

static gboolean
gate_container (Gate *gate, gboolean is_object)
{
  g_autoptr (GHashTable) names = NULL;
  gboolean ok;

  if (gate->depth == PROLONG_JSON_MAX_DEPTH)
    return gate_fail (gate, PROLONG_JSON_ERROR_TOO_LARGE, "Nested too deep");
  if (is_object)
    names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gate->depth++;
  ok = gate_members (gate, is_object ? '}' : ']', names);
  gate->depth--;
  return ok;
}

static gboolean
gate_word (Gate *gate)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize)(gate->end - gate->at) >= strlen (words[i])
        && strncmp (gate->at, words[i], strlen (words[i])) == 0)
      {
        gate->at += strlen (words[i]);
        return TRUE;
      }
  return gate_fail (gate, PROLONG_JSON_ERROR_SYNTAX, "No value");
}

static gboolean
gate_value (Gate *gate)
{
  g_autoptr (GString) ignored = NULL;

  gate_skip_space (gate);
  if (gate_accept (gate, '{'))
    return gate_container (gate, TRUE);
  if (gate_accept (gate, '['))
    return gate_container (gate, FALSE);
  if (gate_peek (gate) == '-' || g_ascii_isdigit (gate_peek (gate)))
    return gate_number (gate);
  if (gate_peek (gate) != '"')
    return gate_word (gate);
  ignored = g_string_new (NULL);
  return gate_string (gate, ignored);
}

gboolean
prolong_json_check (const char *text, gsize length, GError **error)
{
  Gate gate = { .at = text, .start = text, .end = text + length };

  if (length > PROLONG_JSON_MAX_BYTES)
    {
      g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_TOO_LARGE, "More than %d bytes of JSON",
                   PROLONG_JSON_MAX_BYTES);
      return FALSE;
    }
  if (length == 0 || !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_SYNTAX, "Not JSON in UTF-8");
      return FALSE;
    }
  if (gate_value (&gate))
    {
      gate_skip_space (&gate);
      if (gate.at < gate.end)
        gate_fail (&gate, PROLONG_JSON_ERROR_SYNTAX, "Something follows the document");
    }
  if (gate.error == NULL)
    return TRUE;
  g_propagate_error (error, gate.error);
  return FALSE;
}
