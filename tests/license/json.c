/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "license/json.h"

#define OK -1
#define TEXT(text) text, sizeof text - 1

static const struct
{
  const char *text;
  gsize length;
  int error; /* or OK */
  const char *why;
} rows[] = {
  { TEXT ("{}"), OK, "the empty object" },
  { TEXT (" \t\r\n{ \"a\" : [ 1 , true , false , null , \"x\" ] } \n"), OK,
    "white space and every kind of value" },
  { TEXT ("[]"), OK, "a document need not be an object" },
  { TEXT ("\"x\""), OK, "nor a container" },
  { TEXT ("0"), OK, "zero" },
  { TEXT ("-0"), OK, "minus zero" },
  { TEXT ("9223372036854775807"), OK, "the largest integer" },
  { TEXT ("-9223372036854775808"), OK, "the smallest integer" },
  { TEXT ("-1.5e+10"), OK, "a real number" },
  { TEXT ("1E2"), OK, "an exponent without fraction" },
  { TEXT ("1e-999"), OK, "so small that it is zero" },
  { TEXT ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\""), OK, "every escape" },
  { TEXT ("\"\\ud83d\\ude00\""), OK, "a surrogate pair" },
  { TEXT ("\"\xf0\x9f\x98\x80\""), OK, "the same in UTF-8" },
  { TEXT ("{\"\":1}"), OK, "an empty name" },
  { TEXT ("[[[[[[[[]]]]]]]]"), OK, "nested eight deep" },
  { TEXT ("{\"a\":{\"a\":{\"a\":1}}}"), OK, "the same name in other objects" },
  { TEXT ("[[[[[[[[[]]]]]]]]]"), PROLONG_JSON_ERROR_TOO_LARGE, "nested nine deep" },
  { TEXT (""), PROLONG_JSON_ERROR_SYNTAX, "nothing" },
  { TEXT (" "), PROLONG_JSON_ERROR_SYNTAX, "white space only" },
  { TEXT ("{} {}"), PROLONG_JSON_ERROR_SYNTAX, "two documents" },
  { TEXT ("{}x"), PROLONG_JSON_ERROR_SYNTAX, "trailing bytes" },
  { TEXT ("{}\0"), PROLONG_JSON_ERROR_SYNTAX, "a trailing zero byte" },
  { TEXT ("\0{}"), PROLONG_JSON_ERROR_SYNTAX, "a zero byte before it" },
  { TEXT ("{\"a\0b\":1}"), PROLONG_JSON_ERROR_SYNTAX, "a zero byte in a name" },
  { TEXT ("\"\\u0000\""), PROLONG_JSON_ERROR_SYNTAX, "an escaped zero" },
  { TEXT ("{\"a\":1,\"a\":1}"), PROLONG_JSON_ERROR_DUPLICATE, "a name twice" },
  { TEXT ("{\"a\":1,\"\\u0061\":2}"), PROLONG_JSON_ERROR_DUPLICATE, "the same name, once as an escape" },
  { TEXT ("[{\"b\":{\"a\":1,\"a\":2}}]"), PROLONG_JSON_ERROR_DUPLICATE, "a name twice, further down" },
  { TEXT ("NaN"), PROLONG_JSON_ERROR_SYNTAX, "not a number" },
  { TEXT ("[Infinity]"), PROLONG_JSON_ERROR_SYNTAX, "infinity" },
  { TEXT ("[-Infinity]"), PROLONG_JSON_ERROR_SYNTAX, "minus infinity" },
  { TEXT ("1e999"), PROLONG_JSON_ERROR_RANGE, "no finite double" },
  { TEXT ("9223372036854775808"), PROLONG_JSON_ERROR_RANGE, "one more than 64 bits hold" },
  { TEXT ("-9223372036854775809"), PROLONG_JSON_ERROR_RANGE, "one less than 64 bits hold" },
  { TEXT ("[123456789012345678901234567890]"), PROLONG_JSON_ERROR_RANGE, "thirty digits" },
  { TEXT ("01"), PROLONG_JSON_ERROR_SYNTAX, "a leading zero, octal to json-glib" },
  { TEXT ("0x10"), PROLONG_JSON_ERROR_SYNTAX, "hexadecimal" },
  { TEXT ("+1"), PROLONG_JSON_ERROR_SYNTAX, "a plus sign" },
  { TEXT ("1."), PROLONG_JSON_ERROR_SYNTAX, "no digit after the point" },
  { TEXT (".5"), PROLONG_JSON_ERROR_SYNTAX, "no digit before the point" },
  { TEXT ("1e"), PROLONG_JSON_ERROR_SYNTAX, "no exponent" },
  { TEXT ("-"), PROLONG_JSON_ERROR_SYNTAX, "a sign alone" },
  { TEXT ("// x\n{}"), PROLONG_JSON_ERROR_SYNTAX, "a comment, which json-glib accepts" },
  { TEXT ("{}/* x */"), PROLONG_JSON_ERROR_SYNTAX, "a comment behind" },
  { TEXT ("[1,]"), PROLONG_JSON_ERROR_SYNTAX, "a comma too many in an array" },
  { TEXT ("{\"a\":1,}"), PROLONG_JSON_ERROR_SYNTAX, "a comma too many in an object" },
  { TEXT ("[1 2]"), PROLONG_JSON_ERROR_SYNTAX, "a comma missing" },
  { TEXT ("{\"a\" 1}"), PROLONG_JSON_ERROR_SYNTAX, "a colon missing" },
  { TEXT ("{a:1}"), PROLONG_JSON_ERROR_SYNTAX, "a name without quotes" },
  { TEXT ("{'a':1}"), PROLONG_JSON_ERROR_SYNTAX, "single quotes" },
  { TEXT ("{1:1}"), PROLONG_JSON_ERROR_SYNTAX, "a number for a name" },
  { TEXT ("[1}"), PROLONG_JSON_ERROR_SYNTAX, "closed by the wrong bracket" },
  { TEXT ("["), PROLONG_JSON_ERROR_SYNTAX, "never closed" },
  { TEXT ("{\"a\":"), PROLONG_JSON_ERROR_SYNTAX, "cut in half" },
  { TEXT ("\"a"), PROLONG_JSON_ERROR_SYNTAX, "a string never closed" },
  { TEXT ("\"\\"), PROLONG_JSON_ERROR_SYNTAX, "cut inside an escape" },
  { TEXT ("\"\\x41\""), PROLONG_JSON_ERROR_SYNTAX, "an unknown escape" },
  { TEXT ("\"\\u12\""), PROLONG_JSON_ERROR_SYNTAX, "two hexadecimal digits" },
  { TEXT ("\"\\ud800\""), PROLONG_JSON_ERROR_SYNTAX, "a lone high surrogate" },
  { TEXT ("\"\\udc00\""), PROLONG_JSON_ERROR_SYNTAX, "a lone low surrogate" },
  { TEXT ("\"\\ud800\\u0041\""), PROLONG_JSON_ERROR_SYNTAX, "a high surrogate and a letter" },
  { TEXT ("\"\\ud800\\ud800\""), PROLONG_JSON_ERROR_SYNTAX, "two high surrogates" },
  { TEXT ("\"a\nb\""), PROLONG_JSON_ERROR_SYNTAX, "a line break in a string" },
  { TEXT ("\"\x7f\""), OK, "delete is no control character of JSON" },
  { TEXT ("\"\xff\""), PROLONG_JSON_ERROR_SYNTAX, "no UTF-8" },
  { TEXT ("\"\xc0\xaf\""), PROLONG_JSON_ERROR_SYNTAX, "UTF-8 longer than needed" },
  { TEXT ("\"\xed\xa0\x80\""), PROLONG_JSON_ERROR_SYNTAX, "a surrogate in UTF-8" },
  { TEXT ("\"\xf4\x90\x80\x80\""), PROLONG_JSON_ERROR_SYNTAX, "beyond Unicode" },
  { TEXT ("\xef\xbb\xbf{}"), PROLONG_JSON_ERROR_SYNTAX, "a byte order mark" },
  { TEXT ("\v{}"), PROLONG_JSON_ERROR_SYNTAX, "white space that JSON does not have" },
  { TEXT ("tru"), PROLONG_JSON_ERROR_SYNTAX, "half a word" },
  { TEXT ("TRUE"), PROLONG_JSON_ERROR_SYNTAX, "a word in capitals" },
  { TEXT ("nulll"), PROLONG_JSON_ERROR_SYNTAX, "a letter too many" },
};

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  /* A copy without a zero behind it, so that reading past the end is found. */
  g_autofree char *copy = g_memdup2 (rows[i].text, rows[i].length);
  g_autoptr (GError) error = NULL;
  gboolean ok = prolong_json_check (copy, rows[i].length, &error);

  g_test_message ("%s", rows[i].why);
  if (rows[i].error != OK)
    {
      g_assert_error (error, PROLONG_JSON_ERROR, rows[i].error);
      g_assert_false (ok);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
test_depth (void)
{
  static const char *const openers[] = { "[", "{\"a\":", "[{\"a\":" };

  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = NULL;

      for (guint depth = 0; depth < 100000; depth++)
        g_string_append (text, openers[i]);
      object = prolong_json_parse_object (text->str, text->len, &error);
      g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_TOO_LARGE);
      g_assert_null (object);

      /* Within the limit of bytes, the limit of depth alone must hold. */
      g_clear_error (&error);
      object = prolong_json_parse_object (text->str, PROLONG_JSON_MAX_BYTES, &error);
      g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_TOO_LARGE);
      g_assert_null (object);
    }
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (PROLONG_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;

  memcpy (text, "{}", 2);
  g_assert_true (prolong_json_check (text, PROLONG_JSON_MAX_BYTES, &error));
  g_assert_no_error (error);
  g_assert_false (prolong_json_check (text, PROLONG_JSON_MAX_BYTES + 1, &error));
  g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_TOO_LARGE);
}

static void
test_members (void)
{
  static const char text[]
      = "{\"s\":\"caf\\u00e9 \\ud83d\\ude00\",\"i\":-9223372036854775808,\"max\":9223372036854775807,"
        "\"d\":1.0,\"b\":true,\"n\":null,\"o\":{\"x\":1},\"a\":[1]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, strlen (text), &error);
  gboolean truth = FALSE;
  gint64 number = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (prolong_json_get_string (object, "s", 64, NULL), ==, "café 😀");
  g_assert_true (prolong_json_get_int (object, "i", G_MININT64, G_MAXINT64, &number, NULL));
  g_assert_cmpint (number, ==, G_MININT64);
  g_assert_true (prolong_json_get_int (object, "max", G_MININT64, G_MAXINT64, &number, NULL));
  g_assert_cmpint (number, ==, G_MAXINT64);
  g_assert_true (prolong_json_get_boolean (object, "b", &truth, NULL));
  g_assert_true (truth);
  g_assert_nonnull (prolong_json_get_object (object, "o", NULL));

  g_assert_null (prolong_json_get_string (object, "s", 3, &error));
  g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (prolong_json_get_int (object, "d", 0, 9, &number, &error));
  g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER);
  g_clear_error (&error);
  g_assert_false (prolong_json_get_int (object, "max", 0, 9, &number, &error));
  g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE);
  g_assert_null (prolong_json_get_string (object, "n", 9, NULL));
  g_assert_null (prolong_json_get_string (object, "missing", 9, NULL));
  g_assert_null (prolong_json_get_object (object, "a", NULL));
  g_assert_false (prolong_json_get_boolean (object, "i", &truth, NULL));
}

static void
test_object_only (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prolong_json_parse_object ("[]", 2, &error));
  g_assert_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/json/gate/%02" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/json/100000-deep", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/object-only", test_object_only);
  return g_test_run ();
}
