/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/entries.h"
#include "cli/describe.h"
#include "cli/input.h"
#include "cli/output.h"

typedef struct
{
  char *problem;
  GVariant *details;
  char *product;
  char *name;
  char *kind;
  gint64 term;
  gint64 starts_at;
  gint64 expires_at;
  guint devices_used;
  guint devices_limit;
} Verdict;

static const ProlongEntry verdict_fields[] = {
  PROLONG_ENTRY ("problem", STRING, Verdict, problem),
  PROLONG_ENTRY ("details", DETAILS, Verdict, details),
  PROLONG_ENTRY ("product", STRING, Verdict, product),
  PROLONG_ENTRY ("name", STRING, Verdict, name),
  PROLONG_ENTRY ("kind", STRING, Verdict, kind),
  PROLONG_ENTRY ("term", INT64, Verdict, term),
  PROLONG_ENTRY ("starts_at", INT64, Verdict, starts_at),
  PROLONG_ENTRY ("expires_at", INT64, Verdict, expires_at),
  PROLONG_ENTRY ("devices_used", UINT, Verdict, devices_used),
  PROLONG_ENTRY ("devices_limit", UINT, Verdict, devices_limit),
};

static void
verdict_clear (Verdict *verdict)
{
  prolong_entries_clear (verdict_fields, G_N_ELEMENTS (verdict_fields), verdict);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

static void
print_verdict_json (const Verdict *verdict)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "product", g_variant_new_string (verdict->product));
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string (verdict->name));
  g_variant_builder_add (&builder, "{sv}", "kind", g_variant_new_string (verdict->kind));
  g_variant_builder_add (&builder, "{sv}", "term", g_variant_new_int64 (verdict->term));
  g_variant_builder_add (&builder, "{sv}", "starts_at", prolong_cli_json_time (verdict->starts_at));
  g_variant_builder_add (&builder, "{sv}", "expires_at", prolong_cli_json_time (verdict->expires_at));
  g_variant_builder_add (&builder, "{sv}", "devices",
                         prolong_cli_devices_to_json (verdict->devices_used, verdict->devices_limit));
  prolong_cli_print_json (g_variant_builder_end (&builder));
}

static void
print_verdict_text (const Verdict *verdict)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *starts = prolong_words_moment (verdict->starts_at, now);
  g_autofree char *expires = prolong_words_moment (verdict->expires_at, now);
  g_autofree char *devices = prolong_cli_devices_to_text (verdict->devices_used, verdict->devices_limit);
  ProlongLicenseKind kind;

  g_string_append_printf (text, "%s\n", _ ("The code can be used on this device. Nothing was used yet."));
  prolong_cli_add_row (text, _ ("License"), verdict->name);
  if (prolong_license_kind_from_name (verdict->kind, &kind))
    prolong_cli_add_row (text, _ ("Kind"), prolong_words_kind (kind));
  prolong_cli_add_row (text, _ ("Starts"), starts);
  prolong_cli_add_row (text, _ ("Until"), expires);
  prolong_cli_add_row (text, _ ("Devices"), devices);
  prolong_cli_print (text->str);
}

static ProlongExit
tell_verdict (const ProlongCli *cli, const ProlongSnapshot *snapshot, const char *vendor, GVariant *answer)
{
  g_auto (Verdict) verdict = { 0 };
  g_autoptr (GVariant) dictionary = NULL;
  g_autoptr (GVariant) details = NULL;
  ProlongProblem problem;

  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    dictionary = g_variant_get_child_value (answer, 0);
  prolong_entries_read (verdict_fields, G_N_ELEMENTS (verdict_fields), dictionary, &verdict);

  if (*verdict.problem != '\0')
    {
      if (!prolong_problem_from_name (verdict.problem, &problem))
        problem = PROLONG_PROBLEM_SERVICE_UNTRUSTED;
      details = prolong_cli_complete (snapshot, vendor, cli->product != NULL ? cli->product : "", problem,
                                      verdict.details);
      return prolong_cli_refuse (cli, problem, details);
    }
  if (cli->json)
    print_verdict_json (&verdict);
  else
    print_verdict_text (&verdict);
  return PROLONG_EXIT_DONE;
}

ProlongExit
prolong_cli_preflight (const ProlongCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = prolong_cli_connect (&error);
  g_autoptr (ProlongSnapshot) snapshot = bus != NULL ? prolong_snapshot_read_sync (bus, NULL, &error) : NULL;
  g_autoptr (GPtrArray) vendors = NULL;
  g_autoptr (ProlongCode) code = NULL;
  g_autoptr (GVariant) answer = NULL;
  const ProlongVendorInfo *vendor;
  ProlongExit status;

  if (snapshot == NULL)
    return prolong_cli_fail (cli, error);
  vendors = prolong_cli_find_vendors (cli, snapshot, &status);
  if (vendors == NULL)
    return status;
  code = prolong_cli_read_code (cli, vendors, &vendor, NULL, &status);
  if (code == NULL)
    return status;

  answer = prolong_cli_call (bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "Preflight",
                             g_variant_new ("(sss)", vendor->id, cli->product != NULL ? cli->product : "",
                                            prolong_code_get_text (code)),
                             &error);
  if (answer == NULL)
    return prolong_cli_fail (cli, error);
  return tell_verdict (cli, snapshot, vendor->id, answer);
}
