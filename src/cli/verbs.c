/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verbs.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/output.h"

enum
{
  OPTION_JSON = 1 << 0,
  OPTION_CHECK = 1 << 1,
  OPTION_YES = 1 << 2,
  OPTION_VENDOR = 1 << 3,
  OPTION_PRODUCT = 1 << 4,
  OPTION_DISMISS = 1 << 5,
  OPTION_CODE = 1 << 6,
  OPTION_PREVIOUS = 1 << 7,
  OPTION_SHORTER = 1 << 8,
  OPTION_COUNTRY = 1 << 9,
  OPTION_DEVICES = 1 << 10,
  OPTION_YEARS = 1 << 11,
  OPTION_METHOD = 1 << 12,
  OPTION_EMAIL = 1 << 13,
  OPTION_TOPIC = 1 << 14,
  OPTION_NAME = 1 << 15,
  OPTION_ORDER_NUMBER = 1 << 16,
  OPTION_PURCHASE_DATE = 1 << 17,
  OPTION_LICENSE_NUMBER = 1 << 18,
  OPTION_DIAGNOSIS = 1 << 19,
};
#define OPTIONS_LICENSE (OPTION_VENDOR | OPTION_PRODUCT)
#define OPTIONS_ORDER (OPTION_COUNTRY | OPTION_DEVICES | OPTION_YEARS | OPTION_METHOD | OPTION_EMAIL)
#define OPTIONS_SUPPORT                                                                                      \
  (OPTION_EMAIL | OPTION_TOPIC | OPTION_NAME | OPTION_ORDER_NUMBER | OPTION_PURCHASE_DATE                    \
   | OPTION_LICENSE_NUMBER | OPTION_DIAGNOSIS)
#define OPTIONS_RENEWAL (OPTION_PREVIOUS | OPTION_SHORTER)

const ProlongVerb prolong_verbs[]
    = { { "status", N_ ("Show the licenses of this device"), NULL, 0,
          OPTION_JSON | OPTION_CHECK | OPTION_DISMISS | OPTIONS_LICENSE, prolong_cli_status },
        { "activate", N_ ("Activate a code, or save it in reserve while a license runs"), NULL, 0,
          OPTION_JSON | OPTIONS_RENEWAL | OPTIONS_LICENSE, prolong_cli_activate },
        { "reserve", N_ ("Show, add, order, check or activate reserve codes"),
          N_ ("list | add | remove | move | retry | activate | check [CODE] [PLACE]"), 3,
          OPTION_JSON | OPTION_YES | OPTIONS_RENEWAL | OPTIONS_LICENSE, prolong_cli_reserve },
        { "preflight", N_ ("Ask what a code would give, using nothing"), NULL, 0,
          OPTION_JSON | OPTIONS_LICENSE, prolong_cli_preflight },
        { "refresh", N_ ("Ask the vendor for the newest state"), NULL, 0, OPTION_JSON | OPTIONS_LICENSE,
          prolong_cli_refresh },
        { "remove", N_ ("Remove a license from this device"), NULL, 0,
          OPTION_JSON | OPTION_YES | OPTIONS_LICENSE, prolong_cli_remove },
        { "seats", N_ ("Show which devices use a license, or release one"), N_ ("list | release [SEAT]"), 2,
          OPTION_JSON | OPTION_YES | OPTION_CODE | OPTIONS_LICENSE, prolong_cli_seats },
        { "number", N_ ("Ask the vendor about a license number"), N_ ("[NUMBER]"), 1,
          OPTION_JSON | OPTIONS_LICENSE, prolong_cli_number },
        { "offers", N_ ("Show what renews a license, and the prices"), N_ ("[NUMBER]"), 1,
          OPTION_JSON | OPTION_COUNTRY | OPTIONS_LICENSE, prolong_cli_offers },
        { "order", N_ ("Show or place orders, or ask how they stand"),
          N_ ("list | place | pay | check | forget [ORDER]"), 2,
          OPTION_JSON | OPTION_YES | OPTIONS_ORDER | OPTIONS_LICENSE, prolong_cli_order },
        { "auto-renewal", N_ ("Show auto-renewal and how to turn it off, or turn it off or on"),
          N_ ("[LICENSE] on | off"), 2, OPTION_JSON | OPTIONS_LICENSE, prolong_cli_auto_renewal },
        { "provider", N_ ("Tell by an order number where something was bought"), N_ ("[ORDER-NUMBER]"), 1,
          OPTION_JSON | OPTIONS_LICENSE, prolong_cli_provider },
        { "support", N_ ("Write to the vendor’s support, or show what was written"),
          N_ ("list | topics | write | diagnosis | forget [REQUEST]"), 2,
          OPTION_JSON | OPTION_YES | OPTIONS_SUPPORT | OPTIONS_LICENSE, prolong_cli_support },
        { "profile", N_ ("Show, add, remove or check vendor profiles"),
          N_ ("list | add FILE | remove ID | check FILE"), 2, OPTION_JSON | OPTION_YES, prolong_cli_profile },
        { NULL } };

/* In the order of the bits above. */
static const struct
{
  const char *name;
  const char *description;
  const char *argument;
  gsize offset;
} options[] = {
  { "json", N_ ("Write JSON for programs"), NULL, offsetof (ProlongCli, json) },
  { "check", N_ ("Exit with 3 when nothing is licensed"), NULL, offsetof (ProlongCli, check) },
  { "yes", N_ ("Do not ask for confirmation"), NULL, offsetof (ProlongCli, yes) },
  { "vendor", N_ ("Only this vendor"), N_ ("ID"), offsetof (ProlongCli, vendor) },
  { "product", N_ ("Only this product"), N_ ("ID"), offsetof (ProlongCli, product) },
  { "dismiss", N_ ("Show for the last time what has ended"), NULL, offsetof (ProlongCli, dismiss) },
  { "code", N_ ("Of a code, read from standard input"), NULL, offsetof (ProlongCli, code) },
  { "previous", N_ ("Read the code of the earlier license as a second line"), NULL,
    offsetof (ProlongCli, previous) },
  { "accept-shorter-term", N_ ("Without an earlier license, take the shorter term"), NULL,
    offsetof (ProlongCli, accept_shorter_term) },
  { "country", N_ ("Where you live, such as NL"), N_ ("ID"), offsetof (ProlongCli, country) },
  { "devices", N_ ("For so many devices"), N_ ("NUMBER"), offsetof (ProlongCli, devices) },
  { "years", N_ ("For so many years"), N_ ("NUMBER"), offsetof (ProlongCli, years) },
  { "method", N_ ("How you pay, as “offers” shows it"), N_ ("ID"), offsetof (ProlongCli, method) },
  { "email", N_ ("Your address, for the code or the answer"), N_ ("ADDRESS"), offsetof (ProlongCli, email) },
  { "topic", N_ ("What it is about, as “topics” shows it"), N_ ("ID"), offsetof (ProlongCli, topic) },
  { "name", N_ ("Your name, as in the order"), N_ ("NAME"), offsetof (ProlongCli, name) },
  { "order-number", N_ ("Of the order that it is about"), N_ ("NUMBER"),
    offsetof (ProlongCli, order_number) },
  { "purchase-date", N_ ("When it was bought, such as 2026-11-22"), N_ ("DATE"),
    offsetof (ProlongCli, purchase_date) },
  { "license-number", N_ ("Of the license that it is about"), N_ ("NUMBER"),
    offsetof (ProlongCli, license_number) },
  { "diagnosis", N_ ("Attach the diagnosis, once you have seen it"), NULL, offsetof (ProlongCli, diagnosis) },
};

const ProlongVerb *
prolong_verb_find (const char *name)
{
  for (const ProlongVerb *verb = prolong_verbs; verb->name != NULL; verb++)
    if (g_str_equal (verb->name, name))
      return verb;
  return NULL;
}

void
prolong_verb_foreach_option (const ProlongVerb *verb,
                             void (*function) (const char *name, const char *description, gpointer user_data),
                             gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (verb->options & (1u << i))
      function (options[i].name, _ (options[i].description), user_data);
}

gboolean
prolong_verb_option_takes_value (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].argument != NULL && g_str_has_prefix (word, "--")
        && g_str_equal (word + 2, options[i].name))
      return TRUE;
  return FALSE;
}

static GOptionContext *
make_context (const ProlongVerb *verb, ProlongCli *cli, gboolean *help)
{
  const GOptionEntry help_entry = { "help", 'h', 0, G_OPTION_ARG_NONE, help, N_ ("Explain this verb"), NULL };
  GOptionEntry entries[G_N_ELEMENTS (options) + 2] = { 0 };
  GOptionContext *context = g_option_context_new (verb->arguments != NULL ? _ (verb->arguments) : NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (verb->options & (1u << i))
      {
        GOptionEntry *entry = &entries[n++];

        entry->long_name = options[i].name;
        entry->arg = options[i].argument != NULL ? G_OPTION_ARG_STRING : G_OPTION_ARG_NONE;
        entry->arg_data = G_STRUCT_MEMBER_P (cli, options[i].offset);
        entry->description = _ (options[i].description);
        entry->arg_description = options[i].argument != NULL ? _ (options[i].argument) : NULL;
      }
  entries[n] = help_entry;
  entries[n].description = _ (help_entry.description);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _ (verb->summary));
  g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

static void
print_help (const ProlongVerb *verb, GOptionContext *context)
{
  g_autofree char *program = g_strdup_printf ("prolongctl %s", verb->name);
  g_autofree char *help = NULL;

  g_set_prgname (program);
  help = g_option_context_get_help (context, FALSE, NULL);
  prolong_cli_print (help);
}

static void
cli_clear (ProlongCli *cli)
{
  g_free (cli->vendor);
  g_free (cli->product);
  g_free (cli->country);
  g_free (cli->devices);
  g_free (cli->years);
  g_free (cli->method);
  g_free (cli->email);
  g_free (cli->topic);
  g_free (cli->name);
  g_free (cli->order_number);
  g_free (cli->purchase_date);
  g_free (cli->license_number);
  g_strfreev (cli->arguments);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProlongCli, cli_clear)

ProlongExit
prolong_verb_run (const ProlongVerb *verb, int argc, char **argv)
{
  g_auto (ProlongCli) cli = { .verb = verb->name };
  gboolean help = FALSE;
  g_autoptr (GOptionContext) context = make_context (verb, &cli, &help);
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, &arguments, &error))
    return prolong_cli_misused (verb->name, "%s", error->message);
  if (help)
    {
      print_help (verb, context);
      return PROLONG_EXIT_DONE;
    }

  cli.arguments = g_strdupv (arguments + 1);
  if (g_strv_length (cli.arguments) > verb->max_arguments)
    return prolong_cli_misused (
        verb->name, "%s",
        _ ("That is too much. A code is never given here: it is read from standard input."));
  return verb->run (&cli);
}
