/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/redact.h"

#include <string.h>

#include "license/code-private.h"

/* The edges of a word, in any script; and what people put between the groups of a code. */
#define BEGIN "(?<![\\p{L}\\p{N}])"
#define END "(?![\\p{L}\\p{N}])"
#define GAP "[\\s\\p{Pd}\\x{2212}_.]{0,3}"

/* Seat tokens and nonces have 43 symbols of base64url, ids and keys are UUIDs, tickets are longer than both.
 */
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
hide_all (Pass *pass)
{
  prolong_wipe (pass->text, strlen (pass->text));
  g_free (pass->text);
  pass->text = g_strdup (PROLONG_REDACTED);
  pass->n_hidden++;
}

static void
hide (Pass *pass, const char *pattern, IsMeant is_meant)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  Replacing replacing = { is_meant, 0 };
  char *replaced = NULL;

  if (regex != NULL)
    replaced = g_regex_replace_eval (regex, pass->text, -1, 0, 0, on_match, &replacing, NULL);
  if (replaced == NULL)
    {
      hide_all (pass);
      return;
    }
  prolong_wipe (pass->text, strlen (pass->text));
  g_free (pass->text);
  pass->text = replaced;
  pass->n_hidden += replacing.n_hidden;
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

/* Codes. Words beside a code may look like the beginning of one; so every part that may be a code goes, lest
 * half of the real one stays. What looks as a vendor prints it goes first, and the words around that are left
 * alone. */

typedef struct
{
  gsize start;
  gsize end; /* bytes of the text */
} Span;

typedef gboolean (*FindCodes) (const char *text, const ProlongCodeFormat *format, GArray *spans);

#define SYMBOL "[\\p{L}\\p{N}]"
#define DIGIT "[0-9OoIl]"
#define DASH "[\\p{Pd}\\x{2212}]"

/* A pattern of the profile as an expression of our own; @gap: between the groups, %NULL for what the pattern
 * has there. */
static char *
pattern_to_regex (const char *pattern, const char *gap)
{
  GString *regex = g_string_new (BEGIN);
  gboolean apart = FALSE;

  for (const char *c = pattern; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        {
          if (apart)
            g_string_append (regex, gap);
          g_string_append (regex, *c == 'X' ? SYMBOL : *c == '9' ? DIGIT : (char[]){ *c, '\0' });
        }
      else if (gap == NULL)
        g_string_append (regex, *c == '-' ? DASH : (char[]){ '\\', *c, '\0' });
      apart = gap != NULL && !g_ascii_isalnum (*c);
    }
  g_string_append (regex, END);
  return g_string_free (regex, FALSE);
}

/* Finds them wherever they begin, also inside each other. */
static gboolean
find_pattern (const char *text, const char *pattern, GArray *spans)
{
  g_autofree char *everywhere = g_strconcat ("(?=(", pattern, "))", NULL);
  g_autoptr (GRegex) regex = g_regex_new (everywhere, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;

  if (regex == NULL)
    return FALSE;
  g_regex_match_full (regex, text, -1, 0, 0, &match, &error);
  for (; error == NULL && g_match_info_matches (match); g_match_info_next (match, &error))
    {
      g_autofree char *found = g_match_info_fetch (match, 1);
      int start, end;

      if (is_like_code (found) && g_match_info_fetch_pos (match, 1, &start, &end))
        g_array_append_val (spans, ((Span){ (gsize)start, (gsize)end }));
      prolong_wipe (found, strlen (found));
    }
  return error == NULL;
}

static gboolean
find_printed (const char *text, const ProlongCodeFormat *format, GArray *spans)
{
  g_autofree char *regex = pattern_to_regex (format->pattern, NULL);

  return find_pattern (text, regex, spans);
}

static gboolean
find_apart (const char *text, const ProlongCodeFormat *format, GArray *spans)
{
  g_autofree char *regex = pattern_to_regex (format->pattern, GAP);

  return find_pattern (text, regex, spans);
}

static gsize
count_symbols (const char *pattern)
{
  gsize n = 0;

  for (const char *c = pattern; *c != '\0'; c++)
    n += g_ascii_isalnum (*c) ? 1 : 0;
  return n;
}

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

/* A code in other groups than the vendor prints: only its check tells it from words. */
static gboolean
find_checked (const char *text, const ProlongCodeFormat *format, GArray *spans)
{
  char symbols[PROLONG_CODE_MAX_PATTERN + 1] = "";
  gsize n_symbols = MIN (count_symbols (format->pattern), PROLONG_CODE_MAX_PATTERN);
  gboolean inside = FALSE;

  for (const char *c = text; *c != '\0' && format->check != PROLONG_CODE_CHECK_NONE; c = g_utf8_next_char (c))
    {
      gboolean alnum = g_unichar_isalnum (g_utf8_get_char (c));
      guint n_digits;
      const char *end = alnum && !inside ? take_symbols (c, n_symbols, symbols, &n_digits) : NULL;

      inside = alnum;
      if (end != NULL && n_digits >= MIN_DIGITS && prolong_code_check_fits (symbols))
        g_array_append_val (spans, ((Span){ (gsize)(c - text), (gsize)(end - text) }));
    }
  prolong_wipe (symbols, sizeof symbols);
  return TRUE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *first = a, *second = b;

  return first->start < second->start ? -1 : first->start > second->start;
}

static void
hide_spans (Pass *pass, GArray *spans)
{
  g_autoptr (GString) result
      = g_string_sized_new (strlen (pass->text) + spans->len * strlen (PROLONG_REDACTED));
  gsize told = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len;)
    {
      Span whole = g_array_index (spans, Span, i++);

      for (; i < spans->len && g_array_index (spans, Span, i).start < whole.end; i++)
        whole.end = MAX (whole.end, g_array_index (spans, Span, i).end);
      g_string_append_len (result, pass->text + told, (gssize)(whole.start - told));
      g_string_append (result, PROLONG_REDACTED);
      pass->n_hidden++;
      told = whole.end;
    }
  g_string_append (result, pass->text + told);
  prolong_wipe (pass->text, strlen (pass->text));
  g_free (pass->text);
  pass->text = g_strdup (result->str);
  prolong_wipe (result->str, result->len);
}

static void
hide_codes (Pass *pass, const ProlongCodeFormat *formats, gsize n_formats)
{
  static const FindCodes rounds[][2] = { { find_printed, NULL }, { find_checked, find_apart } };

  for (guint round = 0; round < G_N_ELEMENTS (rounds); round++)
    {
      g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
      gboolean searched = TRUE;

      for (gsize i = 0; i < n_formats; i++)
        for (guint way = 0; way < G_N_ELEMENTS (rounds[round]) && rounds[round][way] != NULL; way++)
          searched = searched && rounds[round][way](pass->text, &formats[i], spans);
      if (searched)
        hide_spans (pass, spans);
      else
        hide_all (pass);
    }
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
prolong_redact (const char *text,
                const ProlongCodeFormat *formats,
                gsize n_formats,
                const char *const *names,
                guint *n_secrets)
{
  Pass pass = { g_utf8_make_valid (text, -1), 0 };

  hide (&pass, TOKEN, NULL);
  hide_codes (&pass, formats, n_formats);
  if (n_secrets != NULL)
    *n_secrets = pass.n_hidden;
  if (names == NULL)
    return pass.text;

  for (gsize i = 0; i < n_formats; i++)
    {
      g_autofree char *regex = pattern_to_regex (formats[i].number_pattern, GAP);

      hide (&pass, regex, NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (address_patterns); i++)
    hide (&pass, address_patterns[i], NULL);
  hide (&pass, IPV6, is_ip_address);
  hide_words (&pass, names);
  return pass.text;
}
