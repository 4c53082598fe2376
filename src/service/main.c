/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

typedef struct
{
  const char *verb;
  int (*run) (int argc, char **argv);
  const char *description;
} Command;

static const Command commands[] = {
  { "init", prolong_command_init, N_ ("set up the service of a vendor in a directory") },
  { "serve", prolong_command_serve, N_ ("answer requests until it is stopped; --demo for a trial run") },
  { "codes", prolong_command_codes, N_ ("issue, block or show activation codes") },
  { "orders", prolong_command_orders, N_ ("list and show orders, note that they are paid, or cancel them") },
  { "subscriptions", prolong_command_subscriptions,
    N_ ("create subscriptions, and note what their providers report of them") },
  { "support", prolong_command_support, N_ ("show what people ask the support, and close it") },
  { "keys", prolong_command_keys, N_ ("rotate the signing key") },
  { "mails", prolong_command_mails, N_ ("show the e-mails that wait or have failed, and send them again") },
};

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: prolong-service COMMAND [OPTION…]"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-15s%s\n", commands[i].verb, _ (commands[i].description));
  g_print ("\n%s\n",
           _ ("“prolong-service COMMAND --help” tells the options of a command; --version the version."));
}

int
prolong_command_usage (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_printerr ("prolong-service: %s\n", text);
  return PROLONG_EXIT_USAGE;
}

int
prolong_command_fail (const GError *error)
{
  g_printerr ("prolong-service: %s\n", error->message);
  return PROLONG_EXIT_FAILED;
}

gboolean
prolong_command_parse (const char *verb,
                       const char *summary,
                       const GOptionEntry *entries,
                       int argc,
                       char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_set_prgname (verb);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      (void)prolong_command_usage ("%s", error->message);
      return FALSE;
    }
  if (argc <= 1)
    return TRUE;
  /* Translators: %s is a word of the command line */
  (void)prolong_command_usage (_ ("“%s” is not understood"), argv[1]);
  return FALSE;
}

char *
prolong_command_dup_time (gint64 time)
{
  g_autoptr (GDateTime) date = time ? g_date_time_new_from_unix_utc (time) : NULL;

  return date ? g_date_time_format_iso8601 (date) : g_strdup ("-");
}

gint64
prolong_command_parse_term (const char *text)
{
  static const struct
  {
    char unit;
    gint64 seconds;
  } units[] = { { '\0', 86400 }, { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
  char *end = NULL;
  gint64 number = g_ascii_strtoll (text, &end, 10);

  if (end == text || number <= 0 || number > G_MAXINT32 || (*end && end[1]))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (*end == units[i].unit)
      return number * units[i].seconds;
  return 0;
}

static int
run (int argc, char **argv)
{
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return PROLONG_EXIT_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("prolong-service %s\n", PROLONG_VERSION);
      return PROLONG_EXIT_DONE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].verb))
      return commands[i].run (argc - 1, argv + 1);
  /* Translators: %s is a word of the command line */
  return prolong_command_usage (_ ("there is no command “%s”; see --help"), argv[1]);
}

int
main (int argc, char **argv)
{
  const char *locales = g_getenv ("PROLONG_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales ? locales : PROLONG_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (argc >= 2)
    return run (argc, argv);
  print_help ();
  return PROLONG_EXIT_USAGE;
}
