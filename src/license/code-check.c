/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/code-private.h"

#include <string.h>

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* The letters of the Cyrillic keyboard that are drawn like a Latin one; the lower-case ones follow their
 * capitals, for a person who types them means the same key. */
static const struct
{
  gunichar letter;
  char latin;
} look_alikes[] = {
  { 0x0410, 'A' }, { 0x0412, 'B' }, { 0x0415, 'E' }, { 0x041A, 'K' }, { 0x041C, 'M' }, { 0x041D, 'H' },
  { 0x041E, 'O' }, { 0x0420, 'P' }, { 0x0421, 'C' }, { 0x0422, 'T' }, { 0x0423, 'Y' }, { 0x0425, 'X' },
};

int
prolong_symbol_get_value (char c)
{
  const char *found = c != '\0' ? strchr (crockford, c) : NULL;

  return found != NULL ? (int)(found - crockford) : -1;
}

char
prolong_symbol_from_value (guint value)
{
  return crockford[value & 31];
}

char
prolong_character_fold (gunichar c)
{
  gunichar upper = g_unichar_toupper (c);

  /* The full-width forms of East Asian keyboards are ASCII at another place. */
  if (upper >= 0xFF01 && upper <= 0xFF5E)
    upper -= 0xFEE0;
  if (upper < 0x80)
    return g_ascii_isalnum ((char)upper) ? (char)upper : '\0';
  for (guint i = 0; i < G_N_ELEMENTS (look_alikes); i++)
    if (look_alikes[i].letter == upper)
      return look_alikes[i].latin;
  return '\0';
}

char
prolong_symbol_fold (gunichar c)
{
  char folded = prolong_character_fold (c);

  if (folded == 'O')
    return '0';
  return folded == 'I' || folded == 'L' ? '1' : folded;
}

/* Multiplication by α = x in GF(32) = GF(2)[x] / (x⁵ + x² + 1). */
static guint
times_alpha (guint value)
{
  value <<= 1;
  return (value & 32) != 0 ? value ^ 0x25 : value;
}

/* The sum of αⁱ·sᵢ over the symbols of @text, and αⁿ for the symbol that would come next. */
static guint
sum_symbols (const char *text, guint *next_power)
{
  guint sum = 0;
  guint power = 1;

  for (; *text != '\0'; text++)
    {
      int value = prolong_symbol_get_value (*text);
      guint factor = power;

      if (value < 0)
        continue;
      for (guint bits = (guint)value; bits != 0; bits >>= 1)
        {
          if ((bits & 1) != 0)
            sum ^= factor;
          factor = times_alpha (factor);
        }
      power = times_alpha (power);
    }
  *next_power = power;
  return sum;
}

gboolean
prolong_code_check_fits (const char *text)
{
  guint power;

  return sum_symbols (text, &power) == 0;
}

char
prolong_code_check_symbol (const char *text)
{
  guint power;
  guint sum = sum_symbols (text, &power);
  guint value = 0;

  /* α has order 31, so dividing by αⁿ is multiplying by α until αⁿ has become 1. */
  for (value = sum; power != 1; power = times_alpha (power))
    value = times_alpha (value);
  return prolong_symbol_from_value (value);
}
