/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/describe.h"
#include "cli/output.h"

static gboolean
is_running (const ProlongLicenseInfo *license)
{
  return license->state == PROLONG_STATE_ACTIVE || license->state == PROLONG_STATE_EXPIRING
         || license->state == PROLONG_STATE_GRACE;
}

/* Whether @operation is to become a license that is not there yet. */
static gboolean
is_pending (const ProlongSnapshot *snapshot, const ProlongOperationInfo *operation)
{
  return !prolong_cli_has_ended (operation)
         && prolong_snapshot_find_license (snapshot, operation->vendor, operation->product) == NULL;
}

static GVariant *
licenses_to_json (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product))
        g_variant_builder_add_value (&builder, prolong_cli_license_to_json (license));
    }
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (is_pending (snapshot, operation) && prolong_cli_is_meant (cli, operation->vendor, operation->product))
        g_variant_builder_add_value (&builder, prolong_cli_pending_to_json (operation, snapshot));
    }
  return g_variant_builder_end (&builder);
}

static void
print_json (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "licenses", licenses_to_json (cli, snapshot));
  g_variant_builder_add (&builder, "{sv}", "keyring", g_variant_new_string (snapshot->keyring));
  g_variant_builder_add (&builder, "{sv}", "service", g_variant_new_string (snapshot->service));
  g_variant_builder_add (&builder, "{sv}", "tray", g_variant_new_string (snapshot->tray));
  prolong_cli_print_json (g_variant_builder_end (&builder));
}

static void
print_text (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product))
        prolong_cli_describe_license (text, license, now);
    }
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (operation->step != PROLONG_STEP_DONE && prolong_cli_is_meant (cli, operation->vendor, operation->product))
        prolong_cli_describe_operation (text, operation, now);
    }

  if (text->len == 0)
    {
      g_autofree char *label = prolong_words_label (PROLONG_STATE_NONE, 0);

      g_string_printf (text, "%s\n%s\n", label, _("“prolongctl activate” activates a code."));
    }
  prolong_cli_print (text->str);
}

static gboolean
any_is_running (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product) && is_running (license))
        return TRUE;
    }
  return FALSE;
}

ProlongExit
prolong_cli_status (const ProlongCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = prolong_cli_connect (&error);
  g_autoptr (ProlongSnapshot) snapshot = bus != NULL ? prolong_snapshot_read_sync (bus, NULL, &error) : NULL;

  if (snapshot == NULL)
    return prolong_cli_fail (cli, error);

  if (cli->json)
    print_json (cli, snapshot);
  else
    print_text (cli, snapshot);
  return cli->check && !any_is_running (cli, snapshot) ? PROLONG_EXIT_NOTHING : PROLONG_EXIT_DONE;
}
