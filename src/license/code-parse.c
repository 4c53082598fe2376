/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "license/code-private.h"

static const char *const error_messages[] = {
  [PROLONG_CODE_ERROR_EMPTY] = "There is no code",
  [PROLONG_CODE_ERROR_TOO_SHORT] = "Symbols of the code are missing",
  [PROLONG_CODE_ERROR_TOO_LONG] = "There is more text than a code has",
  [PROLONG_CODE_ERROR_SYMBOL] = "There is a character that no code contains",
  [PROLONG_CODE_ERROR_CHECK] = "A symbol of the code is wrong, or two are swapped",
  [PROLONG_CODE_ERROR_IS_NUMBER] = "This is a license number, not an activation code",
};
G_STATIC_ASSERT (G_N_ELEMENTS (error_messages) == PROLONG_CODE_N_ERRORS);

static gboolean
contains_number (const ProlongCodeText *text, const ProlongCodeFormat *format)
{
  char number[PROLONG_CODE_MAX_PATTERN + 1];

  return prolong_code_text_find (text, format->number_pattern, PROLONG_CODE_CHECK_NONE, number, NULL)
         != PROLONG_CODE_MATCH_NONE;
}

/* A code in loose groups counts only where no license number stands, whose digits could be a part of it. */
static gboolean
find_code (const ProlongCodeText *text,
           const ProlongCodeFormat *format,
           char *canonical,
           ProlongCodeError *reason)
{
  gboolean nearly;
  ProlongCodeMatch match = prolong_code_text_find (text, format->pattern, format->check, canonical, &nearly);

  if (match < PROLONG_CODE_MATCH_LOOSE)
    return TRUE;
  if (nearly)
    *reason = PROLONG_CODE_ERROR_CHECK;
  else if (contains_number (text, format))
    *reason = PROLONG_CODE_ERROR_IS_NUMBER;
  else if (match == PROLONG_CODE_MATCH_LOOSE)
    return TRUE;
  else
    *reason = prolong_code_text_blame (text, format->pattern);
  return FALSE;
}

ProlongCode *
prolong_code_parse (const char *text, const ProlongCodeFormat *format, GError **error)
{
  g_autoptr (ProlongCodeText) parts = prolong_code_text_new (text);
  char canonical[PROLONG_CODE_MAX_PATTERN + 1];
  ProlongCodeError reason;
  ProlongCode *code = NULL;

  if (find_code (parts, format, canonical, &reason))
    code = prolong_code_new (canonical);
  else
    g_set_error_literal (error, PROLONG_CODE_ERROR, (int)reason, error_messages[reason]);
  prolong_wipe (canonical, sizeof canonical);
  return code;
}

char *
prolong_number_parse (const char *text, const ProlongCodeFormat *format)
{
  g_autoptr (ProlongCodeText) parts = prolong_code_text_new (text);
  char number[PROLONG_CODE_MAX_PATTERN + 1];

  if (prolong_code_text_find (parts, format->number_pattern, PROLONG_CODE_CHECK_NONE, number, NULL)
      == PROLONG_CODE_MATCH_NONE)
    return NULL;
  return g_strdup (number);
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212
         || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Puts one character into its place; the dash between two groups comes as soon as the second one begins. */
static const char *
show_character (const char *pattern, gunichar c, GString *shown)
{
  char symbol = prolong_symbol_fold (c);

  for (; *pattern != '\0' && !g_ascii_isalnum (*pattern); pattern++)
    g_string_append_c (shown, *pattern);
  if (*pattern == '\0')
    return pattern;
  if (symbol != '\0')
    g_string_append_c (shown, symbol);
  else
    g_string_append_unichar (shown, c);
  return pattern + 1;
}

char *
prolong_code_format_partial (const char *text, const ProlongCodeFormat *format)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)strnlen (text, PROLONG_CODE_MAX_TEXT));
  GString *shown = g_string_new (NULL);
  const char *pattern = format->pattern;
  gboolean ends_in_separator = FALSE;

  for (const char *at = valid; *at != '\0' && *pattern != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      ends_in_separator = is_separator (c);
      if (!ends_in_separator)
        pattern = show_character (pattern, c, shown);
    }
  /* A dash that a person types at the end of a group stays, or the key would seem dead. */
  if (ends_in_separator && shown->len > 0 && *pattern != '\0' && !g_ascii_isalnum (*pattern))
    g_string_append_c (shown, *pattern);
  prolong_wipe (valid, strlen (valid));
  return g_string_free (shown, FALSE);
}
