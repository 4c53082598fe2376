/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outcome.h"

#include "cli/describe.h"
#include "cli/output.h"

/* The steps that every operation of a kind takes. */
static const guint ways[PROLONG_N_OPERATION_KINDS] = {
  [PROLONG_OPERATION_ACTIVATION] = 1 << PROLONG_STEP_CHECKING | 1 << PROLONG_STEP_STORING
                                   | 1 << PROLONG_STEP_SENDING | 1 << PROLONG_STEP_VERIFYING
                                   | 1 << PROLONG_STEP_SAVING,
  [PROLONG_OPERATION_RESERVE]
  = 1 << PROLONG_STEP_CHECKING | 1 << PROLONG_STEP_STORING | 1 << PROLONG_STEP_SAVING,
  [PROLONG_OPERATION_HAND_OVER] = 1 << PROLONG_STEP_CHECKING | 1 << PROLONG_STEP_SENDING
                                  | 1 << PROLONG_STEP_VERIFYING | 1 << PROLONG_STEP_SAVING,
};

static void
print_step (ProlongOperationKind kind, ProlongStep step)
{
  prolong_cli_print (prolong_words_operation_step (kind, step));
  prolong_cli_print ("\n");
}

void
prolong_cli_tell_steps (const ProlongCli *cli, ProlongOperationKind kind, int shown, ProlongStep step)
{
  gboolean forward = step <= PROLONG_STEP_SAVING || step == PROLONG_STEP_DONE;

  if (cli->json || shown == (int)step)
    return;
  for (int passed = shown + 1; forward && passed <= PROLONG_STEP_SAVING && passed < (int)step; passed++)
    if (ways[kind] & 1u << passed)
      print_step (kind, (ProlongStep)passed);
  print_step (kind, step);
}

static void
tell_license (const ProlongCli *cli, const ProlongSnapshot *snapshot, const ProlongLicenseInfo *license)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (cli->json)
    prolong_cli_print_json (
        prolong_cli_json_wrap ("license", license != NULL ? prolong_cli_license_to_json (license, snapshot)
                                                          : prolong_cli_json_null ()));
  else if (license != NULL)
    {
      prolong_cli_describe_license (text, license, snapshot, g_get_real_time () / G_USEC_PER_SEC);
      prolong_cli_print (text->str);
    }
}

static void
print_reserve_json (const ProlongSnapshot *snapshot, const ProlongReserveInfo *reserve, gint64 covered_until)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "reserve", prolong_cli_reserve_to_json (reserve, TRUE));
  g_variant_builder_add (&builder, "{sv}", "covered_until", prolong_cli_json_time (covered_until));
  g_variant_builder_add (&builder, "{sv}", "start_at_login", g_variant_new_string (snapshot->start_at_login));
  prolong_cli_print_json (g_variant_builder_end (&builder));
}

static void
tell_reserve (const ProlongCli *cli,
              const ProlongSnapshot *before,
              const ProlongSnapshot *snapshot,
              const ProlongReserveInfo *reserve)
{
  const ProlongLicenseInfo *license
      = prolong_snapshot_find_license (snapshot, reserve->vendor, reserve->product);
  g_autoptr (GString) text = g_string_new (NULL);

  if (cli->json)
    {
      print_reserve_json (snapshot, reserve, license != NULL ? license->covered_until : 0);
      return;
    }
  prolong_cli_describe_reserve (text, reserve, g_get_real_time () / G_USEC_PER_SEC);
  if (license != NULL)
    {
      g_autofree char *covered = prolong_words_covered_until (license->covered_until);

      g_string_append_printf (text, "%s.\n", covered);
    }
  if (before->reserves->len == 0 || !g_str_equal (before->start_at_login, snapshot->start_at_login))
    g_string_append_printf (text, "%s\n", prolong_words_start_at_login (snapshot->start_at_login));
  prolong_cli_print (text->str);
}

static const ProlongLicenseInfo *
find_license (const ProlongSnapshot *snapshot, const ProlongOperationInfo *operation)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (g_str_equal (license->path, operation->license))
        return license;
    }
  return prolong_snapshot_find_license (snapshot, operation->vendor, operation->product);
}

/* By its path or, as long as that is not known, by its masked code. */
static const ProlongReserveInfo *
find_reserve (const ProlongSnapshot *snapshot, const ProlongOperationInfo *operation)
{
  const ProlongReserveInfo *found = prolong_snapshot_find_reserve (snapshot, operation->reserve);

  for (guint i = 0; found == NULL && i < snapshot->reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (g_str_equal (reserve->vendor, operation->vendor) && g_str_equal (reserve->code, operation->code))
        found = reserve;
    }
  return found;
}

void
prolong_cli_tell_done (const ProlongCli *cli,
                       const ProlongSnapshot *before,
                       const ProlongSnapshot *snapshot,
                       const ProlongOperationInfo *operation)
{
  const ProlongReserveInfo *reserve = find_reserve (snapshot, operation);

  if (operation->kind == PROLONG_OPERATION_RESERVE && reserve != NULL)
    tell_reserve (cli, before, snapshot, reserve);
  else
    tell_license (cli, snapshot, find_license (snapshot, operation));
}

static gboolean
has_activation (const ProlongSnapshot *snapshot, const ProlongLicenseInfo *wanted)
{
  const ProlongLicenseInfo *license
      = prolong_snapshot_find_license (snapshot, wanted->vendor, wanted->product);

  return license != NULL && g_str_equal (license->id, wanted->id);
}

gboolean
prolong_cli_tell_news (const ProlongCli *cli,
                       const ProlongSnapshot *before,
                       const ProlongSnapshot *snapshot,
                       const char *vendor)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (!g_str_equal (license->vendor, vendor) || has_activation (before, license))
        continue;
      prolong_cli_tell_steps (cli, PROLONG_OPERATION_ACTIVATION, PROLONG_STEP_SAVING, PROLONG_STEP_DONE);
      tell_license (cli, snapshot, license);
      return TRUE;
    }
  for (guint i = 0; i < snapshot->reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (!g_str_equal (reserve->vendor, vendor)
          || prolong_snapshot_find_reserve (before, reserve->path) != NULL)
        continue;
      prolong_cli_tell_steps (cli, PROLONG_OPERATION_RESERVE, PROLONG_STEP_SAVING, PROLONG_STEP_DONE);
      tell_reserve (cli, before, snapshot, reserve);
      return TRUE;
    }
  return FALSE;
}
