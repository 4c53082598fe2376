/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/code.h"

#include <string.h>

#include "license/code-private.h"

struct _ProlongCode
{
  char *text;
};

const ProlongCodeFormat prolong_code_format_default = {
  .pattern = "XXXXX-XXXXX-XXXXX-XXXXX",
  .check = PROLONG_CODE_CHECK_GF32,
  .number_pattern = "9999-999999-99999999",
};

G_DEFINE_QUARK (prolong_code_error, prolong_code_error)
G_DEFINE_BOXED_TYPE (ProlongCode, prolong_code, prolong_code_ref, prolong_code_unref)

void
prolong_wipe (gpointer data, gsize length)
{
  if (data != NULL)
    explicit_bzero (data, length);
}

ProlongCode *
prolong_code_new (const char *text)
{
  ProlongCode *code = g_atomic_rc_box_new0 (ProlongCode);

  code->text = g_strdup (text);
  return code;
}

ProlongCode *
prolong_code_restore (const char *text, GError **error)
{
  gsize length = strnlen (text, PROLONG_CODE_MAX_PATTERN + 1);
  ProlongCodeError mistake = length == 0                         ? PROLONG_CODE_ERROR_EMPTY
                             : length > PROLONG_CODE_MAX_PATTERN ? PROLONG_CODE_ERROR_TOO_LONG
                                                                 : PROLONG_CODE_N_ERRORS;

  for (gsize i = 0; mistake == PROLONG_CODE_N_ERRORS && i < length; i++)
    if (!g_ascii_isprint (text[i]))
      mistake = PROLONG_CODE_ERROR_SYMBOL;
  if (mistake == PROLONG_CODE_N_ERRORS)
    return prolong_code_new (text);
  g_set_error_literal (error, PROLONG_CODE_ERROR, (int)mistake,
                       "This is not an activation code as it was kept");
  return NULL;
}

ProlongCode *
prolong_code_ref (ProlongCode *code)
{
  return g_atomic_rc_box_acquire (code);
}

static void
code_clear (gpointer data)
{
  ProlongCode *code = data;

  prolong_wipe (code->text, strlen (code->text));
  g_free (code->text);
}

void
prolong_code_unref (ProlongCode *code)
{
  g_atomic_rc_box_release_full (code, code_clear);
}

const char *
prolong_code_get_text (const ProlongCode *code)
{
  return code->text;
}

gboolean
prolong_code_equal (const ProlongCode *a, const ProlongCode *b)
{
  gsize length = strlen (a->text);
  guint difference = 0;

  if (strlen (b->text) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint)(guchar)(a->text[i] ^ b->text[i]);
  return difference == 0;
}

char *
prolong_code_dup_mask (const ProlongCode *code)
{
  GString *mask = g_string_new (NULL);
  gsize length = strlen (code->text);
  gsize last = length;

  while (last > 0 && g_ascii_isalnum (code->text[last - 1]))
    last--;
  /* A code without groups shows a quarter of it. */
  if (last == 0)
    last = length - length / 4;
  for (gsize i = 0; i < last; i++)
    {
      if (g_ascii_isalnum (code->text[i]))
        g_string_append (mask, "•");
      else
        g_string_append_c (mask, code->text[i]);
    }
  g_string_append (mask, code->text + last);
  return g_string_free (mask, FALSE);
}

ProlongCode *
prolong_code_generate (const ProlongCodeFormat *format, const guint8 *random, gsize n_random)
{
  char text[PROLONG_CODE_MAX_PATTERN + 1] = "";
  const char *last_symbol = strrchr (format->pattern, 'X');
  gsize length = strlen (format->pattern);
  gsize used = 0;
  ProlongCode *code;

  g_return_val_if_fail (format->check == PROLONG_CODE_CHECK_GF32, NULL);
  g_return_val_if_fail (length <= PROLONG_CODE_MAX_PATTERN, NULL);

  for (gsize i = 0; i < length; i++)
    {
      char form = format->pattern[i];

      if (format->pattern + i == last_symbol)
        text[i] = prolong_code_check_symbol (text);
      else if (form == 'X')
        {
          g_return_val_if_fail (used < n_random, NULL);
          text[i] = prolong_symbol_from_value (random[used++]);
        }
      else
        text[i] = form;
    }
  code = prolong_code_new (text);
  prolong_wipe (text, sizeof text);
  return code;
}
