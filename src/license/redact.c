/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/redact.h"

#include <string.h>

#include "license/code-private.h"

/* The edges of a word, in any script; and what people put between the groups of a code. */
#define BEGIN "(?<![\\p{L}\\p{N}])"
#define END "(?![\\p{L}\\p{N}])"
#define GAP "[\\s\\p{Pd}\\x{2212}_.]{0,3}"

/* Seat tokens and nonces have 43 symbols of base64url, ids and keys are UUIDs, tickets are longer than both. */
#define TOKEN "(?<![\\w-])(?=[\\w-]*[0-9])(?=[\\w-]*[A-Za-z])[\\w-]{32,}(?:\\.[\\w-]+)*"

static const char *const address_patterns[] = {
  "[^\\s<>()\\[\\],;:\"'•]+@[^\\s<>()\\[\\],;:\"'•]+",
  "(?<![\\w.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![\\w.]*[0-9])",
  "(?<![\\w:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\\w:])",
};

/* What may be an IPv6 address; a time of day has the same characters. */
#define IPV6 "(?<![\\w:])[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?:%\\w+)?"

/* One pass over a text. */
typedef struct
{
  char *text;
  guint n_hidden;
} Pass;

typedef gboolean (*IsMeant) (const char *found);

typedef struct
{
  IsMeant is_meant; /* (nullable) */
  guint n_hidden;
} Replacing;

static gboolean
on_match (const GMatchInfo *match, GString *result, gpointer user_data)
{
  Replacing *replacing = user_data;
  g_autofree char *found = g_match_info_fetch (match, 0);

  if (replacing->is_meant != NULL && !replacing->is_meant (found))
    {
      g_string_append (result, found);
      return FALSE;
    }
  g_string_append (result, PROLONG_REDACTED);
  replacing->n_hidden++;
  return FALSE;
}

/* Where the text cannot be searched, nothing of it may be told. */
static void
hide (Pass *pass, const char *pattern, IsMeant is_meant)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  Replacing replacing = { is_meant, 0 };
  char *replaced = NULL;

  if (regex != NULL)
    replaced = g_regex_replace_eval (regex, pass->text, -1, 0, 0, on_match, &replacing, NULL);
  prolong_wipe (pass->text, strlen (pass->text));
  g_free (pass->text);
  pass->text = replaced != NULL ? replaced : g_strdup (PROLONG_REDACTED);
  pass->n_hidden += replaced != NULL ? replacing.n_hidden : 1;
}

/* Letters alone are words, unless there are as many groups as only a code has. */
static gboolean
is_like_code (const char *found)
{
  guint n_dashes = 0;

  for (const char *c = found; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_isdigit (g_utf8_get_char (c)))
        return TRUE;
      n_dashes += g_unichar_type (g_utf8_get_char (c)) == G_UNICODE_DASH_PUNCTUATION ? 1 : 0;
    }
  return n_dashes > 2;
}

static gboolean
is_ip_address (const char *found)
{
  g_autofree char *address = g_strndup (found, strcspn (found, "%"));

  return g_hostname_is_ip_address (address);
}

static gboolean
is_symbol (char c)
{
  return g_ascii_isalnum (c);
}

/* A pattern of the profile as an expression of our own; groups may be apart in any way. */
static char *
pattern_to_regex (const char *pattern)
{
  GString *regex = g_string_new (BEGIN);
  gboolean apart = FALSE;

  for (const char *c = pattern; *c != '\0'; c++)
    {
      if (!is_symbol (*c))
        {
          apart = TRUE;
          continue;
        }
      if (apart)
        g_string_append (regex, GAP);
      apart = FALSE;
      g_string_append (regex, *c == 'X' ? "[\\p{L}\\p{N}]" : *c == '9' ? "[0-9OoIl]" : (char[]){ *c, '\0' });
    }
  g_string_append (regex, END);
  return g_string_free (regex, FALSE);
}

static gsize
count_symbols (const char *pattern)
{
  gsize n = 0;

  for (const char *c = pattern; *c != '\0'; c++)
    n += is_symbol (*c) ? 1 : 0;
  return n;
}

/* A code in other groups than the vendor prints: only its check tells it from words. */

static gboolean
is_gap (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static const char *
take_symbols (const char *text, gsize n_symbols, char *symbols, guint *n_digits)
{
  gsize n = 0;

  *n_digits = 0;
  for (; *text != '\0' && n < n_symbols; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      char symbol = prolong_symbol_fold (c);

      if (symbol == 0 && !is_gap (c))
        return NULL;
      if (symbol != 0)
        symbols[n++] = symbol;
      *n_digits += g_unichar_isdigit (c) ? 1 : 0;
    }
  symbols[n] = '\0';
  return n == n_symbols && !g_unichar_isalnum (g_utf8_get_char (text)) ? text : NULL;
}

/* Hardly a code has fewer digits. */
#define MIN_DIGITS 2

static void
hide_loose (Pass *pass, const char *pattern)
{
  g_autoptr (GString) result = g_string_new (NULL);
  char symbols[PROLONG_CODE_MAX_PATTERN + 1];
  gsize n_symbols = MIN (count_symbols (pattern), PROLONG_CODE_MAX_PATTERN);
  gboolean inside = FALSE;

  for (const char *c = pass->text; *c != '\0';)
    {
      gboolean alnum = g_unichar_isalnum (g_utf8_get_char (c));
      guint n_digits;
      const char *end = alnum && !inside ? take_symbols (c, n_symbols, symbols, &n_digits) : NULL;

      inside = alnum;
      if (end != NULL && n_digits >= MIN_DIGITS && prolong_code_check_fits (symbols))
        {
          g_string_append (result, PROLONG_REDACTED);
          pass->n_hidden++;
          c = end;
          continue;
        }
      g_string_append_len (result, c, g_utf8_next_char (c) - c);
      c = g_utf8_next_char (c);
    }
  prolong_wipe (symbols, sizeof symbols);
  prolong_wipe (pass->text, strlen (pass->text));
  g_free (pass->text);
  pass->text = g_strdup (result->str);
  prolong_wipe (result->str, result->len);
}

static void
hide_words (Pass *pass, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_regex_escape_string (names[i], -1);
      g_autofree char *pattern = g_strconcat (BEGIN, name, END, NULL);

      if (*names[i] != '\0')
        hide (pass, pattern, NULL);
    }
}

char *
prolong_redact (const char *text, const ProlongCodeFormat *formats, gsize n_formats, const char *const *names,
                guint *n_secrets)
{
  Pass pass = { g_utf8_make_valid (text, -1), 0 };

  hide (&pass, TOKEN, NULL);
  /* What a check proves to be a code first, lest a part of it looks like one of another vendor. */
  for (gsize i = 0; i < n_formats; i++)
    if (formats[i].check != PROLONG_CODE_CHECK_NONE)
      hide_loose (&pass, formats[i].pattern);
  for (gsize i = 0; i < n_formats; i++)
    {
      g_autofree char *regex = pattern_to_regex (formats[i].pattern);

      hide (&pass, regex, is_like_code);
    }
  if (n_secrets != NULL)
    *n_secrets = pass.n_hidden;
  if (names == NULL)
    return pass.text;

  for (gsize i = 0; i < n_formats; i++)
    {
      g_autofree char *regex = pattern_to_regex (formats[i].number_pattern);

      hide (&pass, regex, NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (address_patterns); i++)
    hide (&pass, address_patterns[i], NULL);
  hide (&pass, IPV6, is_ip_address);
  hide_words (&pass, names);
  return pass.text;
}
