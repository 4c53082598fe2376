/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is hidden of a text before it goes to a vendor's support, and what is left as it was. */

#include <glib.h>
#include <string.h>

#include "license/redact.h"

#define CODE "H0T1B-XKEMC-APY57-2QZ93"
#define DOTS PROLONG_REDACTED
#define TOKEN "q7Hn-2vX0bLkP_9sYt4uWmZcRr1eAa5dFf8gJj3hKk6"
#define UUID "6f1b7a52-3c1e-4d7a-9b0e-2f6f6f6f6f6f"
#define TICKET                                                                                               \
  "eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSJ9.eyJpc3MiOiJkZW1vIiwic3ViIjoiNmYxYjdhNTIifQ." TOKEN TOKEN

static const ProlongCodeFormat formats[] = {
  { "XXXXX-XXXXX-XXXXX-XXXXX", PROLONG_CODE_CHECK_GF32, "9999-999999-99999999" },
  { "XXXX-XXXX-XXXX-XXXX", PROLONG_CODE_CHECK_NONE, "9999-999999-99999999" },
};

static const char *const names[] = { "jan", "Jan de Vries", "Vries", "zolder-pc", NULL };

static const struct
{
  const char *text;
  const char *secrets; /* what is left without the secrets */
  const char *all;     /* and without numbers, addresses and names; NULL: the same */
  const char *why;
} rows[] = {
  { "", "", NULL, "nothing" },
  { "My code is " CODE ".", "My code is " DOTS ".", NULL, "as it is printed" },
  { "h0t1b-xkemc-apy57-2qz93", DOTS, NULL, "lower case" },
  { "H0T1BXKEMCAPY572QZ93", DOTS, NULL, "without dashes" },
  { "HOTIB XKEMC APY57 2QZ93", DOTS, NULL, "with spaces" },
  { "H0T1B\nXKEMC\nAPY57\n2QZ93", DOTS, NULL, "over several lines" },
  { "Н0Т1В–ХКЕМС–АРУ57–2QZ93", DOTS, NULL, "with dashes and letters of another alphabet" },
  { "H0T1B-XKEMC-APY57-2QZ94", DOTS, NULL, "mistyped" },
  { "I tried H0T1B-XKEMC-APY57-2QZ94", "I tried " DOTS, NULL,
    "mistyped, after a word as long as its groups" },
  { "I tried H0T1B XKEMC APY57 2QZ94", "I " DOTS, NULL,
    "the same with spaces: rather a word too many than half of it" },
  { "(" CODE "), " CODE, "(" DOTS "), " DOTS, NULL, "two of them" },
  { "H0T1 BXKE MCAP Y572 QZ93", DOTS, NULL, "in other groups" },
  { "PQ3R-8T1V-WX2Y-Z9AB", DOTS, NULL, "of another vendor" },
  { "token " TOKEN " end", "token " DOTS " end", NULL, "a seat token" },
  { TICKET, DOTS, NULL, "a ticket" },
  { "id " UUID, "id " DOTS, NULL, "an id" },
  { "It does not work since Tuesday; please help.", "It does not work since Tuesday; please help.", NULL,
    "words" },
  { "these words might match", "these words might match", NULL, "words as long as the groups of a code" },
  { "Order: open, failures 0, problem none", "Order: open, failures 0, problem none", NULL,
    "words whose check happens to fit" },
  { "2026-11-22T06:45:00Z, 10 of 12 devices", "2026-11-22T06:45:00Z, 10 of 12 devices", NULL,
    "dates and counts" },
  { "internet-security-with-a-very-long-name-of-it", "internet-security-with-a-very-long-name-of-it", NULL,
    "a long word without digits" },
  { "4821-003918-55120734", "4821-003918-55120734", DOTS, "a license number is no secret" },
  { "482100391855120734", "482100391855120734", DOTS, "the same without dashes" },
  { "write to jan.de-vries+x@example.org!", "write to jan.de-vries+x@example.org!", "write to " DOTS,
    "an e-mail address" },
  { "at 192.168.1.77 now", "at 192.168.1.77 now", "at " DOTS " now", "an IPv4 address" },
  { "at fe80::1ff:fe23:4567:890a%eth0 now", "at fe80::1ff:fe23:4567:890a%eth0 now", "at " DOTS " now",
    "an IPv6 address" },
  { "at 06:45:00 now", "at 06:45:00 now", NULL, "a time is no address" },
  { "00:1b:63:84:45:e6", "00:1b:63:84:45:e6", DOTS, "an address of a network card" },
  { "GLib 2.74.6, kernel 6.1.0-13-amd64", "GLib 2.74.6, kernel 6.1.0-13-amd64", NULL, "versions" },
  { "Jan on zolder-pc", "Jan on zolder-pc", DOTS " on " DOTS, "names, in upper and lower case" },
  { "January, janitor", "January, janitor", NULL, "words that begin like a name" },
  { "\xff\xfe" CODE, "��" DOTS, NULL, "bytes that are no text" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *expected = rows[i].all != NULL ? rows[i].all : rows[i].secrets;
      guint n_secrets, again;
      g_autofree char *secrets
          = prolong_redact (rows[i].text, formats, G_N_ELEMENTS (formats), NULL, &n_secrets);
      g_autofree char *all = prolong_redact (rows[i].text, formats, G_N_ELEMENTS (formats), names, NULL);
      g_autofree char *twice = prolong_redact (all, formats, G_N_ELEMENTS (formats), names, &again);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (secrets, ==, rows[i].secrets);
      g_assert_cmpstr (all, ==, expected);
      g_assert_cmpuint (n_secrets > 0, ==, strstr (rows[i].secrets, DOTS) != NULL);
      g_assert_cmpstr (twice, ==, all);
      g_assert_cmpuint (again, ==, 0);
    }
}

/* Whatever its symbols are, nothing of a code stays; and as it is printed, no word around it goes. */
static void
test_any_code (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    gboolean lower;
    char between; /* its groups */
  } sentences[] = {
    { "I entered ", " twice, and my number is 4821-003918-55120734.", TRUE, '-' },
    { "Hello there, these words stand before ", " after words 12345 or more", FALSE, '-' },
    { "On 12 11 2026 at 10 I tried ", " 10 times, on 2 PCs", TRUE, ' ' },
    { "On 12 11 2026 at 10 I tried ", " twice", FALSE, '\n' },
  };

  for (guint i = 0; i < 4 * 5000; i++)
    {
      gsize row = i % G_N_ELEMENTS (sentences);
      guint8 random[19];
      g_autoptr (ProlongCode) code = NULL;
      g_autofree char *spelled = NULL, *text = NULL, *redacted = NULL;
      g_auto (GStrv) groups = NULL;

      for (gsize n = 0; n < sizeof random; n++)
        random[n] = (guint8)g_test_rand_int_range (0, 32);
      random[i / 4 % 19] = 7; /* letters alone are words */
      random[(i / 4 + 7) % 19] = 9;
      code = prolong_code_generate (&formats[0], random, sizeof random);
      spelled = sentences[row].lower ? g_ascii_strdown (prolong_code_get_text (code), -1)
                                     : g_strdup (prolong_code_get_text (code));
      groups = g_strsplit (spelled, "-", -1);
      g_strdelimit (spelled, "-", sentences[row].between);
      text = g_strconcat (sentences[row].before, spelled, sentences[row].after, NULL);
      redacted = prolong_redact (text, formats, 1, NULL, NULL);
      for (guint n = 0; groups[n] != NULL; n++)
        g_assert_null (strstr (redacted, groups[n]));
      if (sentences[row].between == '-')
        {
          g_autofree char *expected = g_strconcat (sentences[row].before, DOTS, sentences[row].after, NULL);

          g_assert_cmpstr (redacted, ==, expected);
        }
    }
}

/* Long texts take time that grows with their length only. */
static void
test_long (void)
{
  static const char *const pieces[] = { "A", "1", "A1", "A1-", " ", "-", "a@", "1.", "1:", "é", "A1B2C-" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *redacted = NULL;

      while (text->len < 32 * 1024)
        g_string_append (text, pieces[i]);
      redacted = prolong_redact (text->str, formats, G_N_ELEMENTS (formats), names, NULL);
      g_assert_true (g_utf8_validate (redacted, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact/rows", test_rows);
  g_test_add_func ("/redact/any-code", test_any_code);
  g_test_add_func ("/redact/long", test_long);
  return g_test_run ();
}
