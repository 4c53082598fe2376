/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "license/code.h"

static const ProlongCodeFormat formats[] = {
  { "XXXXX-XXXXX-XXXXX-XXXXX", PROLONG_CODE_CHECK_GF32, "9999-999999-99999999" },
  { "KAV-XXXX-9999", PROLONG_CODE_CHECK_NONE, "99999999" },
  { "XXXXXXXXXXXX", PROLONG_CODE_CHECK_NONE, "9999/9999" },
};

/* What comes out must be a code: parsed again, it is the same. */
static void
parse (const char *text, const ProlongCodeFormat *format)
{
  g_autoptr (ProlongCode) code = prolong_code_parse (text, format, NULL);
  g_autoptr (ProlongCode) again = NULL;
  g_autofree char *number = prolong_number_parse (text, format);
  g_autofree char *shown = prolong_code_format_partial (text, format);

  g_assert_true (g_utf8_validate (shown, -1, NULL));
  if (number != NULL)
    g_assert_cmpuint (strlen (number), ==, strlen (format->number_pattern));
  if (code == NULL)
    return;
  again = prolong_code_parse (prolong_code_get_text (code), format, NULL);
  g_assert_nonnull (again);
  g_assert_true (prolong_code_equal (code, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *)data, length);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    parse (text, &formats[i]);
  return 0;
}
