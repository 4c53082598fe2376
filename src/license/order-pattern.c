/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/order-pattern.h"

#include <string.h>

#include "license/code-private.h"

#define LITERALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/._"

/* One step of a pattern. */
typedef struct
{
  char kind;           /* `#`, `@`, `*`, or 0 for one of @choices */
  const char *choices; /* in the pattern */
  gsize n_choices;
  guint min;
  guint max;
} Step;

static const char *
read_count (const char *at, guint *count)
{
  *count = 0;
  for (; g_ascii_isdigit (*at) && *count <= PROLONG_ORDER_NUMBER_MAX; at++)
    *count = *count * 10 + (guint)(*at - '0');
  return *count > 0 && *count <= PROLONG_ORDER_NUMBER_MAX ? at : NULL;
}

static const char *
read_counts (const char *at, Step *step)
{
  step->min = step->max = 1;
  if (*at != '{')
    return at;
  at = read_count (at + 1, &step->min);
  step->max = step->min;
  if (at != NULL && *at == ',')
    at = read_count (at + 1, &step->max);
  return at != NULL && *at == '}' && step->min <= step->max ? at + 1 : NULL;
}

/* Returns: (nullable): what follows the step at @at; %NULL when there is none. */
static const char *
read_step (const char *at, Step *step)
{
  const char *end = at + 1;

  *step = (Step){ .choices = at, .n_choices = 1 };
  if (*at == '[')
    {
      step->choices = at + 1;
      step->n_choices = strspn (step->choices, LITERALS);
      end = step->choices + step->n_choices;
      if (*end++ != ']')
        return NULL;
    }
  else if (*at != '\0' && strchr ("#@*", *at) != NULL)
    step->kind = *at;
  else if (*at == '\0' || strchr (LITERALS, *at) == NULL)
    return NULL;
  return step->n_choices > 0 ? read_counts (end, step) : NULL;
}

gboolean
prolong_order_pattern_is_sound (const char *pattern)
{
  const char *at = pattern;
  guint longest = 0;
  guint n_varying = 0;

  while (at != NULL && *at != '\0')
    {
      Step step;

      at = read_step (at, &step);
      n_varying += step.min < step.max ? 1 : 0;
      longest += step.max;
      if (longest > PROLONG_ORDER_NUMBER_MAX)
        return FALSE;
    }
  return at != NULL && longest > 0 && n_varying <= 1;
}

static gboolean
step_takes (const Step *step, char c)
{
  switch (step->kind)
    {
    case '#':
      return g_ascii_isdigit (c);
    case '@':
      return g_ascii_isalpha (c);
    case '*':
      return g_ascii_isalnum (c);
    default:
      return c != '\0' && memchr (step->choices, c, step->n_choices) != NULL;
    }
}

static guint
sum_least (const char *pattern)
{
  guint sum = 0;
  Step step;

  for (const char *at = pattern; at != NULL && *at != '\0';)
    {
      at = read_step (at, &step);
      sum += step.min;
    }
  return sum;
}

static gboolean
is_mixed (const char *number)
{
  return strpbrk (number, "0123456789") != NULL && strpbrk (number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

gboolean
prolong_order_pattern_fits (const char *pattern, const char *number)
{
  gsize length = strlen (number);
  gsize least = sum_least (pattern);
  gsize more = length - MIN (least, length);
  gboolean mixed = is_mixed (number);
  Step step;

  for (const char *at = pattern; at != NULL && *at != '\0';)
    {
      gsize n;

      at = read_step (at, &step);
      n = step.min + MIN (more, step.max - step.min);
      more -= n - step.min;
      for (; n > 0; n--)
        if (!step_takes (&step, *number++))
          return FALSE;
      if (step.kind == '*' && !mixed)
        return FALSE;
    }
  return *number == '\0';
}

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212 || c == 0x2043;
}

char *
prolong_order_number_fold (const char *text)
{
  g_autoptr (GString) number = g_string_new (NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  for (; *text != '\0' && number->len <= PROLONG_ORDER_NUMBER_MAX; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      char folded = is_dash (c) ? '-' : prolong_character_fold (c);

      /* Soft hyphens and joiners are invisible: the person does not know that they are there. */
      if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      if (folded == '\0' && c < 0x80 && g_ascii_isgraph ((char)c))
        folded = (char)c;
      if (folded == '\0')
        return NULL;
      g_string_append_c (number, folded);
    }
  if (number->len == 0 || number->len > PROLONG_ORDER_NUMBER_MAX)
    return NULL;
  return g_string_free (g_steal_pointer (&number), FALSE);
}
