/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "bus/contract.h"
#include "cli/complete.h"
#include "cli/output.h"

/* The first file opened takes the lowest free number; it must not become what we take for standard input. */
static void
open_missing_streams (void)
{
  for (int stream = 0; stream <= 2; stream++)
    if (fcntl (stream, F_GETFD) == -1)
      (void)!open ("/dev/null", O_RDWR);
}

static void
print_overview (void)
{
  GString *text = g_string_new (NULL);

  g_string_append (
      text, _ ("Usage: prolongctl VERB [OPTION…]\n\nLicenses on this device, from the command line.\n\n"));
  for (const ProlongVerb *verb = prolong_verbs; verb->name != NULL; verb++)
    prolong_cli_add_row (text, verb->name, _ (verb->summary));
  g_string_append (text, _ ("\n“prolongctl VERB --help” explains a verb. All times in --json are UTC.\n"));

  prolong_cli_print (text->str);
  g_string_free (text, TRUE);
}

static ProlongExit
run (int argc, char **argv)
{
  const char *first = argc > 1 ? argv[1] : NULL;
  const ProlongVerb *verb;

  if (first == NULL)
    return prolong_cli_misused (NULL, "%s", _ ("Name what is to be done."));
  if (g_str_equal (first, "--version"))
    {
      prolong_cli_print ("prolongctl " PROLONG_VERSION "\n");
      return PROLONG_EXIT_DONE;
    }
  if (g_str_equal (first, "--help") || g_str_equal (first, "-h") || g_str_equal (first, "help"))
    {
      print_overview ();
      return PROLONG_EXIT_DONE;
    }

  if (g_str_equal (first, "--complete"))
    {
      prolong_cli_complete_words (argv + 2);
      return PROLONG_EXIT_DONE;
    }

  verb = prolong_verb_find (first);
  if (verb == NULL)
    /* Translators: %s is what was typed. */
    return prolong_cli_misused (NULL, _ ("There is no verb “%s”."), first);
  return prolong_verb_run (verb, argc - 1, argv + 1);
}

int
main (int argc, char **argv)
{
  ProlongExit status;

  open_missing_streams ();
  prolong_words_init ();
  prolong_bus_errors_init ();

  status = run (argc, argv);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      g_printerr ("prolongctl: %s\n", _ ("The output could not be written."));
      return status == PROLONG_EXIT_DONE ? PROLONG_EXIT_FAILED : status;
    }
  return status;
}
