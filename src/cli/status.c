/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus/contract.h"
#include "cli/describe.h"
#include "cli/output.h"

/* Whether @operation is to become a license that is not there yet. */
static gboolean
is_pending (const ProlongSnapshot *snapshot, const ProlongOperationInfo *operation)
{
  return !prolong_cli_has_ended (operation)
         && prolong_snapshot_find_license (snapshot, operation->vendor, operation->product) == NULL;
}

static gboolean
is_shown (const ProlongCli *cli, const ProlongOperationInfo *operation)
{
  return operation->step != PROLONG_STEP_DONE
         && prolong_cli_is_meant (cli, operation->vendor, operation->product);
}

static gboolean
has_pending (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (is_pending (snapshot, operation) && g_str_equal (operation->vendor, vendor)
          && g_str_equal (operation->product, product))
        return TRUE;
    }
  return FALSE;
}

/* Reserve codes whose license is not there: the first one of each product. */
static gboolean
is_alone (const ProlongSnapshot *snapshot, const ProlongReserveInfo *reserve)
{
  return reserve->position == 0
         && prolong_snapshot_find_license (snapshot, reserve->vendor, reserve->product) == NULL;
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
        g_variant_builder_add_value (&builder, prolong_cli_license_to_json (license, snapshot));
    }
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (is_pending (snapshot, operation)
          && prolong_cli_is_meant (cli, operation->vendor, operation->product))
        g_variant_builder_add_value (&builder,
                                     prolong_cli_absent_to_json (PROLONG_STATE_PENDING, operation->vendor,
                                                                 operation->product, snapshot));
    }
  for (guint i = 0; i < snapshot->reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (is_alone (snapshot, reserve) && !has_pending (snapshot, reserve->vendor, reserve->product)
          && prolong_cli_is_meant (cli, reserve->vendor, reserve->product))
        g_variant_builder_add_value (
            &builder,
            prolong_cli_absent_to_json (PROLONG_STATE_NONE, reserve->vendor, reserve->product, snapshot));
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
  g_variant_builder_add (&builder, "{sv}", "storage", g_variant_new_string (snapshot->storage));
  g_variant_builder_add (&builder, "{sv}", "start_at_login", g_variant_new_string (snapshot->start_at_login));
  prolong_cli_print_json (g_variant_builder_end (&builder));
}

static void
describe_alone (GString *text, const ProlongSnapshot *snapshot, const ProlongReserveInfo *first, gint64 now)
{
  g_autoptr (GPtrArray) reserves = prolong_snapshot_list_reserves (snapshot, first->vendor, first->product);
  gboolean pending = has_pending (snapshot, first->vendor, first->product);
  g_autofree char *label = prolong_words_label (pending ? PROLONG_STATE_PENDING : PROLONG_STATE_NONE, 0);

  g_string_append_printf (text, "%s\n", label);
  prolong_cli_add_row (text, _ ("Product"),
                       prolong_cli_find_product_name (snapshot, first->vendor, first->product));
  g_string_append_printf (text, "    %s\n", _ ("Reserve codes"));
  for (guint i = 0; i < reserves->len; i++)
    prolong_cli_describe_reserve (text, g_ptr_array_index (reserves, i), now);
}

static void
describe_licenses (GString *text, const ProlongCli *cli, const ProlongSnapshot *snapshot, gint64 now)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product))
        prolong_cli_describe_license (text, license, snapshot, now);
    }
  for (guint i = 0; i < snapshot->reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (is_alone (snapshot, reserve) && prolong_cli_is_meant (cli, reserve->vendor, reserve->product))
        describe_alone (text, snapshot, reserve, now);
    }
}

static void
describe_operations (GString *text, const ProlongCli *cli, const ProlongSnapshot *snapshot, gint64 now)
{
  gboolean ended = FALSE;

  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (!is_shown (cli, operation))
        continue;
      prolong_cli_describe_operation (text, operation, snapshot, now);
      ended |= prolong_cli_has_ended (operation);
    }
  if (ended && !cli->dismiss)
    g_string_append_printf (text, "%s\n",
                            _ ("“prolongctl status --dismiss” shows what has ended for the last time."));
}

/* What a license or an operation has told already is not told again. */
static void
add_notice (GString *text, ProlongProblem problem)
{
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_problem (problem, NULL, &words);
  if (strstr (text->str, words.what) == NULL)
    g_string_append_printf (text, "%s %s\n", words.what, words.way_out);
}

/* With several vendors it is told whose service it is. */
static void
add_service_notice (GString *text,
                    const ProlongSnapshot *snapshot,
                    const ProlongVendorInfo *vendor,
                    ProlongProblem problem)
{
  g_auto (ProlongWords) words = { 0 };

  if (snapshot->vendors->len == 1)
    {
      add_notice (text, problem);
      return;
    }
  prolong_words_for_problem (problem, NULL, &words);
  g_string_append_printf (text, "%s: %s %s\n", vendor->name, words.what, words.way_out);
}

/* The named states of the device itself, and of the vendors' services. */
static void
add_notices (GString *text, const ProlongSnapshot *snapshot)
{
  ProlongProblem problem;

  if (prolong_problem_from_name (snapshot->storage, &problem))
    add_notice (text, problem);
  if (g_str_equal (snapshot->keyring, "locked"))
    add_notice (text, PROLONG_PROBLEM_KEYRING_LOCKED);
  if (g_str_equal (snapshot->keyring, "unavailable"))
    add_notice (text, PROLONG_PROBLEM_KEYRING_UNAVAILABLE);
  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      if (prolong_problem_from_name (vendor->service_state, &problem))
        add_service_notice (text, snapshot, vendor, problem);
    }
}

static void
print_text (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  describe_licenses (text, cli, snapshot, now);
  describe_operations (text, cli, snapshot, now);
  if (text->len == 0)
    {
      g_autofree char *label = prolong_words_label (PROLONG_STATE_NONE, 0);

      g_string_printf (text, "%s\n%s\n", label, _ ("“prolongctl activate” activates a code."));
    }
  if (snapshot->reserves->len > 0 || g_str_equal (snapshot->start_at_login, "on"))
    g_string_append_printf (text, "%s\n", prolong_words_start_at_login (snapshot->start_at_login));
  add_notices (text, snapshot);
  prolong_cli_print (text->str);
}

/* What the person has read need not be shown again. */
static void
dismiss (const ProlongCli *cli, GDBusConnection *bus, const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (is_shown (cli, operation) && prolong_cli_has_ended (operation))
        {
          /* It may be gone already, which is just as well. */
          G_GNUC_UNUSED g_autoptr (GVariant) answer
              = prolong_cli_call (bus, operation->path, PROLONG_BUS_OPERATION, "Dismiss", NULL, NULL);
        }
    }
}

static gboolean
any_is_running (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product)
          && prolong_state_is_running (license->state))
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
  if (cli->dismiss)
    dismiss (cli, bus, snapshot);
  return cli->check && !any_is_running (cli, snapshot) ? PROLONG_EXIT_NOTHING : PROLONG_EXIT_DONE;
}
