/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "bus/contract.h"
#include "cli/describe.h"
#include "cli/output.h"

/* (transfer container): the licenses of @snapshot that the options name. */
static GPtrArray *
find_meant (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  GPtrArray *meant = g_ptr_array_new ();

  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product))
        g_ptr_array_add (meant, license);
    }
  return meant;
}

static gboolean
call_license (GDBusConnection *bus, const ProlongLicenseInfo *license, const char *method, GError **error)
{
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_sync (bus, PROLONG_BUS_NAME, license->path, PROLONG_BUS_LICENSE, method, NULL, NULL,
                                     G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, error);

  if (answer == NULL && error != NULL)
    g_dbus_error_strip_remote_error (*error);
  return answer != NULL;
}

static ProlongExit
refresh_all (const ProlongCli *cli, GDBusConnection *bus, GPtrArray *licenses)
{
  ProlongExit status = PROLONG_EXIT_DONE;

  for (guint i = 0; i < licenses->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!call_license (bus, g_ptr_array_index (licenses, i), "Refresh", &error))
        status = prolong_cli_fail (cli, error);
    }
  return status;
}

ProlongExit
prolong_cli_refresh (const ProlongCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = prolong_cli_connect (&error);
  g_autoptr (ProlongSnapshot) snapshot = bus != NULL ? prolong_snapshot_read_sync (bus, NULL, &error) : NULL;
  g_autoptr (GPtrArray) licenses = NULL;
  ProlongExit status;

  if (snapshot == NULL)
    return prolong_cli_fail (cli, error);
  licenses = find_meant (cli, snapshot);
  if (licenses->len == 0)
    return prolong_cli_refuse (cli, PROLONG_PROBLEM_NO_LICENSE, NULL);

  status = refresh_all (cli, bus, licenses);
  return status == PROLONG_EXIT_DONE ? prolong_cli_status (cli) : status;
}

/* Only a clear yes counts, in the language of the question or in English. */
static gboolean
is_yes (const char *answer)
{
  /* Translators: the first letter, lower case, of the word for "yes". */
  const char *letter = C_("answer", "y");
  g_autofree char *lower = g_utf8_validate (answer, -1, NULL) ? g_utf8_strdown (answer, -1) : g_strdup ("");

  return g_str_has_prefix (lower, letter) || *lower == 'y';
}

static gboolean
is_confirmed (const ProlongLicenseInfo *license)
{
  char answer[64] = "";

  /* Translators: %s is the name of a license. The letters are those of yes and no. */
  g_printerr (_("Remove the license “%s” from this device? Its seat becomes free for another one. [y/N] "),
              license->name);
  return fgets (answer, sizeof answer, stdin) != NULL && is_yes (answer);
}

static ProlongExit
remove_one (const ProlongCli *cli, GDBusConnection *bus, const ProlongLicenseInfo *license)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!cli->yes && !isatty (STDIN_FILENO))
    return prolong_cli_misused (cli->verb, "%s", _("Without a terminal to ask on, --yes is needed."));
  if (!cli->yes && !is_confirmed (license))
    return prolong_cli_refuse (cli, PROLONG_PROBLEM_CANCELLED, NULL);
  if (!call_license (bus, license, "Remove", &error))
    return prolong_cli_fail (cli, error);

  if (cli->json)
    {
      prolong_cli_print_json (prolong_cli_json_wrap ("removed", g_variant_new_string (license->id)));
      return PROLONG_EXIT_DONE;
    }
  /* Translators: %s is the name of a license. */
  text = g_strdup_printf (_("The license “%s” was removed from this device."), license->name);
  prolong_cli_print (text);
  prolong_cli_print ("\n");
  return PROLONG_EXIT_DONE;
}

ProlongExit
prolong_cli_remove (const ProlongCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = prolong_cli_connect (&error);
  g_autoptr (ProlongSnapshot) snapshot = bus != NULL ? prolong_snapshot_read_sync (bus, NULL, &error) : NULL;
  g_autoptr (GPtrArray) licenses = NULL;

  if (snapshot == NULL)
    return prolong_cli_fail (cli, error);
  licenses = find_meant (cli, snapshot);
  if (licenses->len == 0)
    return prolong_cli_refuse (cli, PROLONG_PROBLEM_NO_LICENSE, NULL);
  if (licenses->len > 1)
    return prolong_cli_misused (cli->verb, "%s", _("There are several licenses. Choose one with --product."));
  return remove_one (cli, bus, g_ptr_array_index (licenses, 0));
}
