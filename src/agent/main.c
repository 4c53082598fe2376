/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "agent/application.h"
#include "bus/contract.h"
#include "bus/words.h"

static int
on_local_options (GApplication *application, GVariantDict *options, gpointer user_data)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("prolong-agent %s\n", PROLONG_VERSION);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = NULL;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };
  int status;

  prolong_words_init ();
  g_set_prgname ("prolong-agent");
  prolong_bus_errors_init ();

  application = prolong_agent_application_new ();
  g_application_add_main_option_entries (application, entries);
  g_application_set_option_context_summary (application, _ ("Looks after the licenses of this desktop."));
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_local_options), NULL);
  status = g_application_run (application, argc, argv);
  prolong_agent_application_start_successor (PROLONG_AGENT_APPLICATION (application));
  return status;
}
