/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"

/* As much as prolong_code_parse() looks at. */
#define MAX_TYPED (64 * 1024)

/* A person who mistypes more often than this wants to look at the e-mail first. */
#define MAX_QUESTIONS 5

GDBusConnection *
prolong_cli_connect (GError **error)
{
  return g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
}

/* Up to the end, or on a terminal up to the end of the line. The caller wipes @text. */
static void
read_input (char *text, gsize size, gboolean line)
{
  gsize length = 0;

  while (length + 1 < size)
    {
      gssize n = read (STDIN_FILENO, text + length, size - length - 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += (gsize) n;
      if (line && text[length - 1] == '\n')
        break;
    }
  text[length] = '\0';
}

static ProlongCode *
ask_once (const ProlongCodeFormat *format, gboolean terminal, GError **error)
{
  g_autofree char *text = g_malloc (MAX_TYPED);
  ProlongCode *code;

  if (terminal)
    g_printerr ("%s ", _("Activation code:"));
  read_input (text, MAX_TYPED, terminal);
  code = prolong_code_parse (text, format, error);
  prolong_wipe (text, MAX_TYPED);
  return code;
}

ProlongCode *
prolong_cli_read_code (const ProlongCli *cli, const ProlongCodeFormat *format, ProlongExit *status)
{
  gboolean terminal = isatty (STDIN_FILENO);

  for (int question = 1;; question++)
    {
      g_autoptr (GError) error = NULL;
      ProlongCode *code = ask_once (format, terminal, &error);
      g_auto (ProlongWords) words = { 0 };

      if (code != NULL)
        return code;

      prolong_words_for_code_error (error->code, format, &words);
      if (!terminal || question == MAX_QUESTIONS || error->code == PROLONG_CODE_ERROR_EMPTY)
        {
          prolong_cli_tell (cli, prolong_problem_get_name (PROLONG_PROBLEM_CODE_MALFORMED), &words, NULL);
          *status = PROLONG_EXIT_REFUSED;
          return NULL;
        }
      g_printerr ("%s %s\n", words.what, words.way_out);
    }
}

static gboolean
has_product (const ProlongVendorInfo *vendor, const char *id)
{
  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);

      if (g_str_equal (product->id, id))
        return TRUE;
    }
  return FALSE;
}

static ProlongExit
tell_no_vendor (const ProlongCli *cli)
{
  const ProlongWords words = {
    .what = (char *) _("No vendor is known on this device."),
    .way_out = (char *) _("Install the product that the code is for; the vendor’s profile comes with it."),
  };

  prolong_cli_tell (cli, "no-vendor", &words, NULL);
  return PROLONG_EXIT_FAILED;
}

const ProlongVendorInfo *
prolong_cli_choose_vendor (const ProlongCli *cli, const ProlongSnapshot *snapshot, ProlongExit *status)
{
  g_autoptr (GString) known = g_string_new (NULL);
  const ProlongVendorInfo *chosen = NULL;
  guint n_fitting = 0;

  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", vendor->id);
      if ((cli->vendor == NULL || g_str_equal (cli->vendor, vendor->id))
          && (cli->product == NULL || has_product (vendor, cli->product)))
        {
          chosen = vendor;
          n_fitting++;
        }
    }

  if (n_fitting == 1)
    return chosen;
  if (snapshot->vendors->len == 0)
    *status = tell_no_vendor (cli);
  else if (n_fitting == 0)
    /* Translators: %s is ids of vendors, separated by commas. */
    *status = prolong_cli_misused (cli->verb, _("No vendor has that id and that product. Vendors here: %s."),
                                   known->str);
  else
    /* Translators: %s is ids of vendors, separated by commas. */
    *status = prolong_cli_misused (cli->verb, _("Choose one of the vendors with --vendor: %s."), known->str);
  return NULL;
}

gboolean
prolong_cli_is_meant (const ProlongCli *cli, const char *vendor, const char *product)
{
  return (cli->vendor == NULL || g_str_equal (cli->vendor, vendor))
         && (cli->product == NULL || g_str_equal (cli->product, product));
}
