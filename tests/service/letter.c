/* SPDX-License-Identifier: GPL-3.0-or-later */

/* letter KIND LANGUAGE TO SENDER RENEWED WEEK-BEFORE: writes to standard output the e-mail about the order
 * whose JSON comes on standard input. RENEWED is the number of a license, or empty. TEST_VERSION is the
 * newest one of the product, TEST_VAT a rate in hundredths of a percent, TEST_VAT_AMOUNT what it comes to. */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include <glib/gi18n.h>

#include "service/mail/letter.h"
#include "service/mail/speech.h"

#define DATE G_GINT64_CONSTANT (1796083200) /* 2026-12-01, 00:00 in UTC */

static GBytes *
write_letter (char **words, const char *order, gsize length, GError **error)
{
  g_autoptr (ProlongLetter) letter = prolong_letter_new (words[3]);
  const ProlongLetterHead head = { .kind = (ProlongMailKind)atoi (words[1]),
                                   .id = "prolong.abc-123@shop.example",
                                   .date = DATE,
                                   .name = words[4],
                                   .from = "shop@shop.example",
                                   .profile_url = "https://shop.example/profile",
                                   .support_url = "https://support.example/",
                                   .support_email = "help@support.example" };

  letter->number = *words[5] ? g_strdup (words[5]) : NULL;
  letter->week_before = atoi (words[6]) != 0;
  prolong_letter_add_download (letter, "internet-security", "Internet Security", g_getenv ("TEST_VERSION"),
                               "https://download.example/is?os=linux&lang=nl");
  letter->has_vat = g_getenv ("TEST_VAT") != NULL;
  letter->vat_rate = letter->has_vat ? (guint)atoi (g_getenv ("TEST_VAT")) : 0;
  letter->vat = letter->has_vat ? atoi (g_getenv ("TEST_VAT_AMOUNT")) : 0;
  if (!prolong_order_decode (order, length, &letter->order, error))
    return NULL;
  return prolong_letter_compose (letter, &head, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autofree char *order = NULL;
  gsize length = 0;

  if (argc != 7)
    return 2;
  setlocale (LC_ALL, "");
  bindtextdomain ("prolong", g_getenv ("PROLONG_LOCALE_DIR"));
  bind_textdomain_codeset ("prolong", "UTF-8");
  textdomain ("prolong");
  /* Another language before, so that it is seen to change. */
  prolong_speak ("nl");
  g_printerr ("%s\n", _ ("Activation code:"));
  prolong_speak (argv[2]);
  if (!g_file_get_contents ("/dev/stdin", &order, &length, &error))
    return 2;
  message = write_letter (argv, order, length, &error);
  if (!message)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  fwrite (g_bytes_get_data (message, NULL), 1, g_bytes_get_size (message), stdout);
  return 0;
}
