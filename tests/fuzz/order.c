/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "license/order-pattern.h"

static gsize
count_plain (const char *pattern)
{
  return strspn (pattern, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/._");
}

/* The first line is a pattern, the rest an order number. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *)data, length);
  char *end = strchr (text, '\n');
  const char *rest = end != NULL ? end + 1 : text;
  g_autofree char *number = prolong_order_number_fold (rest);
  g_autofree char *again = NULL;

  if (end != NULL)
    *end = '\0';
  if (number == NULL)
    return 0;
  again = prolong_order_number_fold (number);
  g_assert_cmpstr (again, ==, number);
  g_assert_cmpuint (strlen (number), <=, PROLONG_ORDER_NUMBER_MAX);
  if (!prolong_order_pattern_is_sound (text))
    return 0;
  if (prolong_order_pattern_fits (text, number) && count_plain (text) == strlen (text))
    g_assert_cmpstr (text, ==, number);
  return 0;
}
