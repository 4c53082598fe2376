/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "license/code.h"

#define SYMBOLS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/* Codes whose check fits; the second has every look-alike of the Cyrillic keyboard. */
#define CODE "5AFMS-Y38DJ-QW16B-GNTZF"
#define ALIKE "H0T1B-XKEMC-APY57-2QZ93"
#define FOUND -1

static const struct
{
  const char *text;
  int error; /* or FOUND */
  const char *code;
  const char *why;
} rows[] = {
  { CODE, FOUND, CODE, "as printed" },
  { "5afms-y38dj-qw16b-gntzf", FOUND, CODE, "lower case" },
  { "5AFMSY38DJQW16BGNTZF", FOUND, CODE, "no dashes" },
  { "5AFMS Y38DJ QW16B GNTZF", FOUND, CODE, "spaces for dashes" },
  { "  5AFMS-Y38DJ-QW16B-GNTZF \n", FOUND, CODE, "white space around" },
  { "5AFMS\u00a0Y38DJ\u00a0QW16B\u00a0GNTZF", FOUND, CODE, "no-break spaces" },
  { "5AFMS\u202fY38DJ\u2009QW16B\u3000GNTZF", FOUND, CODE, "narrow, thin and ideographic spaces" },
  { "5AFMS\u2013Y38DJ\u2014QW16B\u2011GNTZF", FOUND, CODE, "en dash, em dash, no-break hyphen" },
  { "5AFMS\u2212Y38DJ_QW16B\u2015GNTZF", FOUND, CODE, "minus sign, low line, horizontal bar" },
  { "5AFMS - Y38DJ - QW16B - GNTZF", FOUND, CODE, "spaces around the dashes" },
  { "5AFMS--Y38DJ---QW16B-GNTZF", FOUND, CODE, "dashes too many" },
  { "5AF-MSY3-8DJQ-W16B-GNT-ZF", FOUND, CODE, "dashes elsewhere" },
  { "5AFMS.Y38DJ/QW16B,GNTZF", FOUND, CODE, "other punctuation, and nothing else in the text" },
  { "5AFMS-\u200bY38DJ-\u00adQW16B-\u2060GNTZF", FOUND, CODE, "zero-width space, soft hyphen, word joiner" },
  { "\ufeff5AFMS-Y38DJ-QW16B-GNTZF", FOUND, CODE, "byte order mark" },
  { "5AFMS-Y38DJ-\r\nQW16B-GNTZF", FOUND, CODE, "broken at the end of a line" },
  { "\"5AFMS-Y38DJ-QW16B-GNTZF\"", FOUND, CODE, "in quotes" },
  { "<b>5AFMS-Y38DJ-QW16B-GNTZF</b>", FOUND, CODE, "in markup" },
  { "５ＡＦＭＳ－Ｙ３８ＤＪ－ＱＷ１６Ｂ－ＧＮＴＺＦ", FOUND, CODE, "full width" },
  { "HOT1B-XKEMC-APY57-2QZ93", FOUND, ALIKE, "O for 0" },
  { "H0TIB-XKEMC-APY57-2QZ93", FOUND, ALIKE, "I for 1" },
  { "h0tlb-xkemc-apy57-2qz93", FOUND, ALIKE, "l for 1" },
  { "НОТ1В-ХКЕМС-АРУ57-2QZ93", FOUND, ALIKE, "Cyrillic capitals А В Е К М Н О Р С Т У Х" },
  { "нот1в-хкемс-ару57-2qz93", FOUND, ALIKE, "Cyrillic lower case" },
  { "Your activation code: 5AFMS-Y38DJ-QW16B-GNTZF (valid for 1 year, 3 devices).", FOUND, CODE,
    "English mail line" },
  { "Your code is 5AFMS-Y38DJ-QW16B-GNTZF.", FOUND, CODE, "a full stop after it" },
  { "Uw activatiecode is 5afms-y38dj-qw16b-gntzf. Bewaar deze goed.", FOUND, CODE,
    "Dutch mail line, lower case" },
  { "Uw code voor 2026: 5AFMS Y38DJ QW16B GNTZF, drie apparaten", FOUND, CODE,
    "Dutch mail line with spaces" },
  { "Код активации: 5AFMS-Y38DJ-QW16B-GNTZF, срок действия 365 дней", FOUND, CODE, "Russian mail line" },
  { "Код активации — НОТ1В-ХКЕМС-АРУ57-2QZ93 на 1 год", FOUND, ALIKE, "Russian mail line, look-alikes" },
  { "activation code—5AFMS-Y38DJ-QW16B-GNTZF—keep it", FOUND, CODE, "em dashes of the sentence touch it" },
  { "code=5AFMSY38DJQW16BGNTZF&lang=en", FOUND, CODE, "one word in an address" },
  { "License number: 1234-567890-12345678\nActivation code: 5AFMS-Y38DJ-QW16B-GNTZF", FOUND, CODE,
    "number and code in one mail" },
  { "He dives 5AFMS Y38DJ QW16B GNTZF into the field", FOUND, CODE,
    "a word of five letters beside its groups" },
  { "CODE 5AFMS-Y38DJQW16B-GNTZF FOR YOU", FOUND, CODE, "a dash is missing, in a line of capitals" },
  { "Beste klant, dank voor uw bestelling van 21 november 2026. Uw code vindt u hieronder, samen met het "
    "factuurnummer 20261121-0042 en de verantwoordelijkheid die daarbij hoort.\n\n  "
    "5AFMS-Y38DJ-QW16B-GNTZF\n\n"
    "Met vriendelijke groet, de winkel",
    FOUND, CODE, "a whole Dutch mail with a word of twenty letters and other numbers" },
  { "", PROLONG_CODE_ERROR_EMPTY, NULL, "nothing" },
  { " \t\n\u00a0", PROLONG_CODE_ERROR_EMPTY, NULL, "white space only" },
  { "???", PROLONG_CODE_ERROR_SYMBOL, NULL, "punctuation only" },
  { "5", PROLONG_CODE_ERROR_TOO_SHORT, NULL, "one symbol" },
  { "5AFMS-Y38DJ-QW16B-GNTZ", PROLONG_CODE_ERROR_TOO_SHORT, NULL, "the last symbol is missing" },
  { "Uw activatiecode: 5AFMS-Y38DJ-QW16B-GNTZ", PROLONG_CODE_ERROR_TOO_SHORT, NULL,
    "the same in a mail line" },
  { "5AFMS-Y38DJ-QW16B-GNTZF7", PROLONG_CODE_ERROR_TOO_LONG, NULL, "a symbol too many" },
  { "5AFMS-Y38DJ-QW16B-GNTZF-5AFMS", PROLONG_CODE_ERROR_TOO_LONG, NULL, "a group too many" },
  { "5AFMU-Y38DJ-QW16B-GNTZF", PROLONG_CODE_ERROR_SYMBOL, NULL, "U is in no code" },
  { "5AFMS-Y38DJ-QW16B-GNTZЖ", PROLONG_CODE_ERROR_SYMBOL, NULL, "a Cyrillic letter like no symbol" },
  { "5AFMS-Y38DJ-QW1?B-GNTZF", PROLONG_CODE_ERROR_SYMBOL, NULL, "a question mark for a symbol" },
  { "5AFMS-Y38DJ-QW16B-GNTZG", PROLONG_CODE_ERROR_CHECK, NULL, "the last symbol is wrong" },
  { "A5FMS-Y38DJ-QW16B-GNTZF", PROLONG_CODE_ERROR_CHECK, NULL, "two neighbours swapped" },
  { "5AFMY-S38DJ-QW16B-GNTZF", PROLONG_CODE_ERROR_CHECK, NULL, "two neighbours swapped across a dash" },
  { "8AFMSY38DJQW16BGNTZF", PROLONG_CODE_ERROR_CHECK, NULL, "wrong without dashes" },
  { "Код активации: 6AFMS-Y38DJ-QW16B-GNTZF, до 2027", PROLONG_CODE_ERROR_CHECK, NULL,
    "wrong in a mail line" },
  { "1234-567890-12345678", PROLONG_CODE_ERROR_IS_NUMBER, NULL, "a license number" },
  { "1234 567890 12345678", PROLONG_CODE_ERROR_IS_NUMBER, NULL, "a license number with spaces" },
  { "123456789012345678", PROLONG_CODE_ERROR_IS_NUMBER, NULL, "a license number without dashes" },
  { "Licentienummer: 1234-567890-12345678 (3 apparaten)", PROLONG_CODE_ERROR_IS_NUMBER, NULL,
    "in a mail line" },
  { "Номер лицензии 1234–567890–12345678", PROLONG_CODE_ERROR_IS_NUMBER, NULL, "a number with en dashes" },
  { "verantwoordelijkheid voor alles", PROLONG_CODE_ERROR_TOO_LONG, NULL,
    "a word of twenty letters is no code" },
  { "Dear customer, thank you for ordering. You will get another mail from us with your code tomorrow.",
    PROLONG_CODE_ERROR_TOO_LONG, NULL, "a mail without a code" },
  { "5AFMS\xa0Y38DJ\xa0QW16B\xa0GNTZF", FOUND, CODE, "bytes of Latin-1, not UTF-8" },
  { "\xff\xfe\x80", PROLONG_CODE_ERROR_SYMBOL, NULL, "bytes that are no text" },
};

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongCode) code = prolong_code_parse (rows[i].text, &prolong_code_format_default, &error);

  g_test_message ("%s", rows[i].why);
  if (rows[i].error != FOUND)
    {
      g_assert_error (error, PROLONG_CODE_ERROR, rows[i].error);
      g_assert_null (code);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (prolong_code_get_text (code), ==, rows[i].code);
}

static gboolean
is_code (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongCode) code = prolong_code_parse (text, &prolong_code_format_default, &error);

  if (code == NULL)
    g_assert_error (error, PROLONG_CODE_ERROR, PROLONG_CODE_ERROR_CHECK);
  return code != NULL;
}

static void
test_every_substitution (void)
{
  guint n = 0;

  for (gsize place = 0; place < strlen (CODE); place++)
    for (const char *symbol = SYMBOLS; *symbol != '\0'; symbol++)
      {
        char text[] = CODE;

        if (text[place] == '-' || text[place] == *symbol)
          continue;
        text[place] = *symbol;
        g_assert_false (is_code (text));
        n++;
      }
  g_assert_cmpuint (n, ==, 20 * 31);
}

/* For every place and every pair of symbols there; the rest of the code does not matter to the swap. */
static void
test_every_swap (void)
{
  static const char pattern[] = "XXXXX-XXXXX-XXXXX-XXXXX";
  guint n = 0;

  for (guint place = 0; place < 18; place++)
    for (guint pair = 0; pair < 32 * 32; pair++)
      {
        guint8 random[19] = { 1, 2, 3, 5, 8, 13, 21, 2, 23, 25, 16, 9, 25, 2, 27, 29, 24, 21, 13 };
        g_autoptr (ProlongCode) code = NULL;
        char text[sizeof pattern];
        char *at;

        random[place] = (guint8)(pair / 32);
        random[place + 1] = (guint8)(pair % 32);
        code = prolong_code_generate (&prolong_code_format_default, random, sizeof random);
        g_strlcpy (text, prolong_code_get_text (code), sizeof text);
        at = text + place + place / 5;
        if (at[1] == '-')
          {
            char second = at[2];

            at[2] = at[0];
            at[0] = second;
          }
        else
          {
            char second = at[1];

            at[1] = at[0];
            at[0] = second;
          }
        g_assert_true (is_code (text) == (pair / 32 == pair % 32));
        n++;
      }
  g_assert_cmpuint (n, ==, 18 * 1024);
}

/* The check symbol itself is the last one: it swaps with its neighbour in a code of every sum. */
static void
test_swap_of_check_symbol (void)
{
  for (guint8 last = 0; last < 32; last++)
    for (guint8 first = 0; first < 32; first++)
      {
        const guint8 random[19] = { first, [18] = last };
        g_autoptr (ProlongCode) code
            = prolong_code_generate (&prolong_code_format_default, random, sizeof random);
        g_autofree char *text = g_strdup (prolong_code_get_text (code));
        char check = text[22];

        text[22] = text[21];
        text[21] = check;
        g_assert_true (is_code (text) == (text[21] == text[22]));
      }
}

static void
test_generated (void)
{
  guint8 random[19];

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (ProlongCode) code = NULL;
      g_autoptr (ProlongCode) parsed = NULL;
      g_autofree char *mail = NULL;

      for (guint i = 0; i < sizeof random; i++)
        random[i] = (guint8)g_test_rand_int_range (0, 256);
      code = prolong_code_generate (&prolong_code_format_default, random, sizeof random);
      mail = g_strdup_printf ("Uw code: %s, geldig tot 2027.", prolong_code_get_text (code));
      parsed = prolong_code_parse (mail, &prolong_code_format_default, NULL);
      g_assert_nonnull (parsed);
      g_assert_true (prolong_code_equal (code, parsed));
    }
}

static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongCode) code = NULL;

  while (text->len < 60 * 1024)
    g_string_append (text, "Geachte lezer, dit is nog een regel van een lange e-mail uit 2026. ");
  g_string_append (text, CODE);
  code = prolong_code_parse (text->str, &prolong_code_format_default, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (prolong_code_get_text (code), ==, CODE);

  g_clear_pointer (&code, prolong_code_unref);
  while (text->len < 70 * 1024)
    g_string_prepend (text, "Geachte lezer, dit is nog een regel van een lange e-mail uit 2026. ");
  code = prolong_code_parse (text->str, &prolong_code_format_default, &error);
  g_assert_error (error, PROLONG_CODE_ERROR, PROLONG_CODE_ERROR_TOO_LONG);
}

static const struct
{
  const char *text;
  const char *shown;
  const char *why;
} partial_rows[] = {
  { "", "", "nothing" },
  { "5afm", "5AFM", "upper case" },
  { "5AFMS", "5AFMS", "no dash before the next group begins" },
  { "5AFMS-", "5AFMS-", "a typed dash stays" },
  { "5AFMSY", "5AFMS-Y", "the dash comes by itself" },
  { "5AFMSY38DJQW16BGNTZF", CODE, "a whole code" },
  { "5AFMS-Y38DJ-QW16B-GNTZFX", CODE, "no more symbols than fit" },
  { "ol", "01", "look-alikes" },
  { "хк", "XK", "Cyrillic look-alikes" },
  { "5AU?", "5AU?", "what no code contains stays visible" },
  { "5A F-MS y", "5AFMS-Y", "white space and dashes elsewhere" },
};

static void
test_partial (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (partial_rows); i++)
    {
      g_autofree char *shown
          = prolong_code_format_partial (partial_rows[i].text, &prolong_code_format_default);
      g_autofree char *again = prolong_code_format_partial (shown, &prolong_code_format_default);

      g_test_message ("%s", partial_rows[i].why);
      g_assert_cmpstr (shown, ==, partial_rows[i].shown);
      g_assert_cmpstr (again, ==, shown);
    }
}

static const struct
{
  const char *text;
  const char *number;
} number_rows[] = {
  { "1234-567890-12345678", "1234-567890-12345678" },
  { "123456789012345678", "1234-567890-12345678" },
  { "Номер: 1234 567890 12345678.", "1234-567890-12345678" },
  { "l234-56789O-12345678", "1234-567890-12345678" },
  { "1234-567890-1234567", NULL },
  { "1234-567890-123456789", NULL },
  { CODE, NULL },
  { "", NULL },
};

static void
test_number (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (number_rows); i++)
    {
      g_autofree char *number = prolong_number_parse (number_rows[i].text, &prolong_code_format_default);

      g_assert_cmpstr (number, ==, number_rows[i].number);
    }
}

static const struct
{
  const char *pattern;
  const char *text;
  const char *code; /* NULL: refused */
  const char *why;
} format_rows[] = {
  { "XXXX-XXXX-9999", "ab0d-efgh-l234", "AB0D-EFGH-1234", "digits at the end" },
  { "XXXX-XXXX-9999", "AB0D-EFGH-123A", NULL, "a letter where a digit must be" },
  { "KAV-XXXX-XXXX", "kav ab0d efgh", "KAV-AB0D-EFGH", "letters of the pattern itself" },
  { "KAV-XXXX-XXXX", "KAB-AB0D-EFGH", NULL, "others than those" },
  { "XXXXXXXXXXXX", "your key: 4bcdefghjkmn", "4BCDEFGHJKMN", "one word" },
};

static void
test_other_formats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (format_rows); i++)
    {
      const ProlongCodeFormat format
          = { format_rows[i].pattern, PROLONG_CODE_CHECK_NONE, "9999-999999-99999999" };
      g_autoptr (ProlongCode) code = prolong_code_parse (format_rows[i].text, &format, NULL);

      g_test_message ("%s", format_rows[i].why);
      g_assert_cmpstr (code != NULL ? prolong_code_get_text (code) : NULL, ==, format_rows[i].code);
    }
}

static void
test_mask_and_equality (void)
{
  g_autoptr (ProlongCode) code = prolong_code_parse (CODE, &prolong_code_format_default, NULL);
  g_autoptr (ProlongCode) same
      = prolong_code_parse ("5afmsy38djqw16bgntzf", &prolong_code_format_default, NULL);
  g_autoptr (ProlongCode) other = prolong_code_parse (ALIKE, &prolong_code_format_default, NULL);
  g_autoptr (ProlongCode) reference = prolong_code_ref (code);
  g_autofree char *mask = prolong_code_dup_mask (code);

  g_assert_cmpstr (mask, ==, "•••••-•••••-•••••-GNTZF");
  g_assert_true (prolong_code_equal (code, same));
  g_assert_true (prolong_code_equal (code, reference));
  g_assert_false (prolong_code_equal (code, other));
}

static void
test_restore (void)
{
  static const struct
  {
    const char *text;
    int error; /* -1: none */
    const char *why;
  } kept[] = {
    { "7K2MP-0000", -1, "any form, since the vendor's may have changed" },
    { "", PROLONG_CODE_ERROR_EMPTY, "nothing was kept" },
    { "7K2MP-\xd0\x90", PROLONG_CODE_ERROR_SYMBOL, "what is kept is ASCII" },
    { "7K2MP\n", PROLONG_CODE_ERROR_SYMBOL, "nothing that a header could take in" },
    { "00000000000000000000000000000000000000000000000000000000000000000", PROLONG_CODE_ERROR_TOO_LONG,
      "longer than any pattern" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProlongCode) code = prolong_code_restore (kept[i].text, &error);

      g_test_message ("%s", kept[i].why);
      if (kept[i].error >= 0)
        g_assert_error (error, PROLONG_CODE_ERROR, kept[i].error);
      else
        g_assert_cmpstr (prolong_code_get_text (code), ==, kept[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/code/parse/%02" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/code/check/every-substitution", test_every_substitution);
  g_test_add_func ("/code/check/every-swap", test_every_swap);
  g_test_add_func ("/code/check/swap-of-check-symbol", test_swap_of_check_symbol);
  g_test_add_func ("/code/generated", test_generated);
  g_test_add_func ("/code/long-text", test_long_text);
  g_test_add_func ("/code/partial", test_partial);
  g_test_add_func ("/code/number", test_number);
  g_test_add_func ("/code/other-formats", test_other_formats);
  g_test_add_func ("/code/restore", test_restore);
  g_test_add_func ("/code/mask-and-equality", test_mask_and_equality);
  return g_test_run ();
}
