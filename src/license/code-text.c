/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "license/code-private.h"

typedef enum
{
  GAP_NONE,
  GAP_SPACE,
  GAP_DASH,
  GAP_BREAK, /* other punctuation, or the edge of the text */
} GapKind;

/* A letter or digit, and what stands before it. */
typedef struct
{
  char symbol;    /* folded; 0 for a letter that no code contains */
  gboolean digit; /* was one before it was folded */
  gboolean lower;
  gboolean upper;
  GapKind gap;
  gboolean spaced; /* the gap has white space */
  gunichar dash;   /* of a gap without white space */
} Unit;

struct _ProlongCodeText
{
  Unit *units;
  gsize n_units;
  gsize n_allocated;
  gboolean empty;
  gboolean cut;
};

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == '_' || c == 0x2212 || c == 0x2043;
}

static void
widen_gap (Unit *next, gunichar c)
{
  if (g_unichar_isspace (c))
    {
      next->spaced = TRUE;
      next->gap = MAX (next->gap, GAP_SPACE);
    }
  else if (is_dash (c))
    {
      next->dash = c;
      next->gap = MAX (next->gap, GAP_DASH);
    }
  else
    next->gap = GAP_BREAK;
}

/* Bytes that are no UTF-8 count as punctuation. */
static gunichar
take_char (const char **at, const char *end)
{
  gunichar c = g_utf8_get_char_validated (*at, end - *at);

  if (c == (gunichar)-1 || c == (gunichar)-2)
    {
      (*at)++;
      return 0xFFFD;
    }
  *at = g_utf8_next_char (*at);
  return c;
}

ProlongCodeText *
prolong_code_text_new (const char *text)
{
  ProlongCodeText *result = g_new0 (ProlongCodeText, 1);
  gsize length = strnlen (text, PROLONG_CODE_MAX_TEXT);
  const char *end = text + length;
  Unit next = { .gap = GAP_BREAK };

  result->cut = *end != '\0';
  result->empty = TRUE;
  result->n_allocated = length + 1;
  result->units = g_new0 (Unit, result->n_allocated);
  while (text < end)
    {
      gunichar c = take_char (&text, end);

      /* Soft hyphens and joiners are invisible: the person does not know that they are there. */
      if (g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      result->empty = result->empty && g_unichar_isspace (c);
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
        {
          widen_gap (&next, c);
          continue;
        }
      next.symbol = prolong_symbol_fold (c);
      next.digit = g_unichar_isdigit (c);
      next.lower = g_unichar_islower (c);
      next.upper = g_unichar_isupper (c);
      result->units[result->n_units++] = next;
      next = (Unit){ .gap = GAP_NONE };
    }
  return result;
}

void
prolong_code_text_free (ProlongCodeText *text)
{
  prolong_wipe (text->units, text->n_allocated * sizeof (Unit));
  g_free (text->units);
  g_free (text);
}

static gsize
count_symbols (const char *pattern)
{
  gsize n = 0;

  for (; *pattern != '\0'; pattern++)
    n += g_ascii_isalnum (*pattern) ? 1 : 0;
  return n;
}

static gboolean
fits_form (const Unit *unit, char form)
{
  if (unit->symbol == '\0')
    return FALSE;
  if (form == 'X')
    return prolong_symbol_get_value (unit->symbol) >= 0;
  if (form == '9')
    return g_ascii_isdigit (unit->symbol);
  return unit->symbol == prolong_symbol_fold ((guchar)form);
}

/* What is seen of a window of units that fit the pattern one by one. */
typedef struct
{
  guint n_wrong; /* gaps where the pattern has none, and the other way round */
  guint n_gaps;
  guint n_dashes;
  gboolean has_break;
  gboolean has_digit;
  gboolean has_lower;
  gboolean has_upper;
  gunichar dash;
} Shape;

static void
see_gap (const Unit *unit, gboolean expected, Shape *shape)
{
  gboolean is_gap = unit->gap != GAP_NONE;

  shape->n_wrong += is_gap != expected ? 1 : 0;
  shape->n_gaps += is_gap ? 1 : 0;
  shape->has_break = shape->has_break || unit->gap == GAP_BREAK;
  if (unit->gap != GAP_DASH)
    return;
  shape->n_dashes++;
  shape->dash = unit->dash;
}

/* Whether the window of units from @first on fits @pattern, symbol by symbol. */
static gboolean
see_window (const ProlongCodeText *text, gsize first, const char *pattern, Shape *shape, char *canonical)
{
  const Unit *unit = text->units + first;
  gboolean expected = FALSE;
  gboolean inside = FALSE;

  for (; *pattern != '\0'; pattern++)
    {
      if (!g_ascii_isalnum (*pattern))
        {
          *canonical++ = *pattern;
          expected = TRUE;
          continue;
        }
      if (!fits_form (unit, *pattern))
        return FALSE;
      if (inside)
        see_gap (unit, expected, shape);
      shape->has_digit = shape->has_digit || unit->digit;
      shape->has_lower = shape->has_lower || unit->lower;
      shape->has_upper = shape->has_upper || unit->upper;
      *canonical++ = *pattern == 'X' || *pattern == '9' ? unit->symbol : *pattern;
      inside = TRUE;
      expected = FALSE;
      unit++;
    }
  *canonical = '\0';
  return TRUE;
}

/* A dash that joins the window to its neighbour makes it a part of something longer, unless it is another
 * dash than those inside, as in “code—ABCDE-…”. */
static gboolean
is_edge (const ProlongCodeText *text, gsize at, const Shape *shape)
{
  const Unit *unit = text->units + at;

  if (at == 0 || at == text->n_units)
    return TRUE;
  if (unit->gap == GAP_DASH && !unit->spaced)
    return shape->n_dashes > 0 && unit->dash != shape->dash;
  return unit->gap != GAP_NONE;
}

static ProlongCodeMatch
judge_window (const ProlongCodeText *text, gsize first, gsize n, const Shape *shape)
{
  if (!is_edge (text, first, shape) || !is_edge (text, first + n, shape))
    return PROLONG_CODE_MATCH_NONE;
  if (shape->n_wrong == 0 && shape->n_gaps > 0 && shape->n_dashes == shape->n_gaps)
    return PROLONG_CODE_MATCH_DASHED;
  if (n == text->n_units)
    return PROLONG_CODE_MATCH_WHOLE;
  /* Twenty letters in a row, or four words of five, are common in every language; with a digit they are not.
   * A code is written in one case, where a word beside it is often in the other. */
  if (shape->has_break || !shape->has_digit || (shape->has_lower && shape->has_upper))
    return PROLONG_CODE_MATCH_NONE;
  if (shape->n_wrong == 0)
    return PROLONG_CODE_MATCH_GROUPED;
  if (shape->n_gaps == 0)
    return PROLONG_CODE_MATCH_RUN;
  return shape->has_lower ? PROLONG_CODE_MATCH_NONE : PROLONG_CODE_MATCH_LOOSE;
}

ProlongCodeMatch
prolong_code_text_find (const ProlongCodeText *text,
                        const char *pattern,
                        ProlongCodeCheck check,
                        char canonical[PROLONG_CODE_MAX_PATTERN + 1],
                        gboolean *nearly)
{
  char window[PROLONG_CODE_MAX_PATTERN + 1];
  ProlongCodeMatch best = PROLONG_CODE_MATCH_NONE;
  gboolean check_failed = FALSE;
  gsize n = count_symbols (pattern);

  for (gsize first = 0; first + n <= text->n_units; first++)
    {
      Shape shape = { 0 };
      ProlongCodeMatch match;

      if (text->units[first].gap == GAP_NONE || !see_window (text, first, pattern, &shape, window))
        continue;
      match = judge_window (text, first, n, &shape);
      if (match >= best || (match == PROLONG_CODE_MATCH_LOOSE && check == PROLONG_CODE_CHECK_NONE))
        continue;
      if (check == PROLONG_CODE_CHECK_GF32 && !prolong_code_check_fits (window))
        {
          check_failed = check_failed || match != PROLONG_CODE_MATCH_LOOSE;
          continue;
        }
      best = match;
      strcpy (canonical, window);
    }
  prolong_wipe (window, sizeof window);
  if (nearly != NULL)
    *nearly = check_failed;
  return best;
}

/* The end of the word that begins at @first, where only white space parts words. */
static gsize
find_word_end (const ProlongCodeText *text, gsize first, guint *n_dashes, gboolean *has_digit)
{
  gsize at = first;

  *n_dashes = 0;
  *has_digit = FALSE;
  for (; at < text->n_units && (at == first || !text->units[at].spaced); at++)
    {
      *n_dashes += at > first && text->units[at].gap == GAP_DASH ? 1 : 0;
      *has_digit = *has_digit || text->units[at].digit;
    }
  return at;
}

/* Among the words of a mail, the one that a person would take for the code: with the most dashes, and a
 * digit. */
static void
find_suspect (const ProlongCodeText *text, gsize *first, gsize *end)
{
  guint most = 1;
  gsize word_end;

  *first = 0;
  *end = text->n_units;
  for (gsize at = 0; at < text->n_units; at = word_end)
    {
      guint n_dashes;
      gboolean has_digit;

      word_end = find_word_end (text, at, &n_dashes, &has_digit);
      if (!has_digit || n_dashes <= most)
        continue;
      most = n_dashes;
      *first = at;
      *end = word_end;
    }
}

ProlongCodeError
prolong_code_text_blame (const ProlongCodeText *text, const char *pattern)
{
  gsize n = count_symbols (pattern);
  gsize first, end;

  if (text->empty)
    return PROLONG_CODE_ERROR_EMPTY;
  find_suspect (text, &first, &end);
  if (text->cut || end - first > 2 * n)
    return PROLONG_CODE_ERROR_TOO_LONG;
  if (end == first)
    return PROLONG_CODE_ERROR_SYMBOL;
  for (gsize i = first; i < end; i++)
    if (prolong_symbol_get_value (text->units[i].symbol) < 0
        || (i > first && text->units[i].gap == GAP_BREAK))
      return PROLONG_CODE_ERROR_SYMBOL;
  if (end - first == n)
    return PROLONG_CODE_ERROR_SYMBOL;
  return end - first < n ? PROLONG_CODE_ERROR_TOO_SHORT : PROLONG_CODE_ERROR_TOO_LONG;
}
