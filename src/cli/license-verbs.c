/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "cli/input.h"
#include "cli/output.h"

static gboolean
call_license (GDBusConnection *bus, const ProlongLicenseInfo *license, const char *method, GError **error)
{
  g_autoptr (GVariant) answer
      = prolong_cli_call (bus, license->path, PROLONG_BUS_LICENSE, method, NULL, error);

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
  licenses = prolong_cli_find_licenses (cli, snapshot);
  if (licenses->len == 0)
    return prolong_cli_refuse (cli, PROLONG_PROBLEM_NO_LICENSE, NULL);

  status = refresh_all (cli, bus, licenses);
  return status == PROLONG_EXIT_DONE ? prolong_cli_status (cli) : status;
}

static gboolean
has_successor (const ProlongSnapshot *snapshot, const ProlongLicenseInfo *license)
{
  g_autoptr (GPtrArray) reserves
      = prolong_snapshot_list_reserves (snapshot, license->vendor, license->product);

  return reserves->len > 0;
}

static ProlongExit
remove_one (const ProlongCli *cli,
            GDBusConnection *bus,
            const ProlongSnapshot *snapshot,
            const ProlongLicenseInfo *license)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *question = NULL;
  g_autofree char *text = NULL;
  ProlongExit status;

  /* Translators: %s is the name of a license. The letters are those of yes and no. */
  question = g_strdup_printf (
      _ ("Remove the license “%s” from this device? Its seat becomes free for another one. "
         "[y/N]"),
      license->name);
  if (!prolong_cli_confirm (cli, question, &status))
    return status;
  if (!call_license (bus, license, "Remove", &error))
    return prolong_cli_fail (cli, error);

  if (cli->json)
    {
      prolong_cli_print_json (prolong_cli_json_wrap ("removed", g_variant_new_string (license->id)));
      return PROLONG_EXIT_DONE;
    }
  /* Translators: %s is the name of a license. */
  text = g_strdup_printf (_ ("The license “%s” was removed from this device."), license->name);
  prolong_cli_print (text);
  prolong_cli_print ("\n");
  if (has_successor (snapshot, license))
    {
      prolong_cli_print (_ ("The first reserve code takes over within a minute."));
      prolong_cli_print ("\n");
    }
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
  licenses = prolong_cli_find_licenses (cli, snapshot);
  if (licenses->len == 0)
    return prolong_cli_refuse (cli, PROLONG_PROBLEM_NO_LICENSE, NULL);
  if (licenses->len > 1)
    return prolong_cli_misused (cli->verb, "%s",
                                _ ("There are several licenses. Choose one with --product."));
  return remove_one (cli, bus, snapshot, g_ptr_array_index (licenses, 0));
}
