/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/describe.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/subscription-words.h"
#include "cli/output.h"

char *
prolong_cli_devices_to_text (guint used, guint limit)
{
  /* Translators: the first %u is how many devices use the license, the second how many may. */
  return g_strdup_printf (_ ("%u of %u"), used, limit);
}

gboolean
prolong_cli_has_ended (const ProlongOperationInfo *operation)
{
  return operation->step == PROLONG_STEP_DONE || operation->step == PROLONG_STEP_REFUSED
         || operation->step == PROLONG_STEP_CANCELLED;
}

static void
add_date (GString *text, const char *label, gint64 instant)
{
  g_autofree char *date = prolong_words_date (instant);

  if (instant != 0)
    prolong_cli_add_row (text, label, date);
}

/* On its last day the hour counts. */
static void
add_end (GString *text, gint64 instant, gint64 now)
{
  g_autofree char *moment = prolong_words_moment (instant, now);

  if (instant > now && instant - now < PROLONG_SECONDS_PER_DAY)
    prolong_cli_add_row (text, _ ("Until"), moment);
  else
    add_date (text, _ ("Until"), instant);
}

void
prolong_cli_describe_problem (GString *text, const char *name, GVariant *details)
{
  g_auto (ProlongWords) words = { 0 };
  ProlongProblem problem;

  if (!prolong_problem_from_name (name, &problem))
    return;
  prolong_words_for_problem (problem, details, &words);
  g_string_append_printf (text, "    %s %s\n", words.what, words.way_out);
}

static void
add_check (GString *text, const ProlongLicenseInfo *license, gint64 now)
{
  g_autofree char *checked = prolong_words_moment (license->checked_at, now);

  if (license->checked_at != 0)
    prolong_cli_add_row (text, license->confirmed ? _ ("Last checked") : _ ("Not confirmed since"), checked);
  prolong_cli_describe_problem (text, license->check_problem, NULL);
  if (g_str_equal (license->clock, "behind") && !g_str_equal (license->check_problem, "clock-behind"))
    prolong_cli_describe_problem (text, "clock-behind", NULL);
}

static void
add_reserves (GString *text, const ProlongLicenseInfo *license, const ProlongSnapshot *snapshot, gint64 now)
{
  g_autoptr (GPtrArray) reserves
      = prolong_snapshot_list_reserves (snapshot, license->vendor, license->product);

  if (reserves->len == 0)
    return;
  add_date (text, _ ("Covered until"), license->covered_until);
  g_string_append_printf (text, "    %s\n", _ ("Reserve codes"));
  for (guint i = 0; i < reserves->len; i++)
    prolong_cli_describe_reserve (text, g_ptr_array_index (reserves, i), now);
}

void
prolong_cli_describe_license (GString *text,
                              const ProlongLicenseInfo *license,
                              const ProlongSnapshot *snapshot,
                              gint64 now)
{
  g_autofree char *label = prolong_words_label (license->state, license->days_left);
  g_autofree char *devices = prolong_cli_devices_to_text (license->devices_used, license->devices_limit);
  g_autofree char *next = prolong_words_subscription (license, now);

  g_string_append_printf (text, "%s\n", label);
  prolong_cli_add_row (text, _ ("Product"), license->name);
  prolong_cli_add_row (text, _ ("License number"), license->number);
  prolong_cli_add_row (text, _ ("Vendor"),
                       *license->vendor_name != '\0' ? license->vendor_name : license->vendor);
  prolong_cli_add_row (text, _ ("Kind"), prolong_words_kind (license->kind));
  add_date (text, _ ("Activated"), license->activated_at);
  add_end (text, license->expires_at, now);
  if (license->state == PROLONG_STATE_GRACE)
    add_date (text, _ ("Grace period until"), license->grace_until);
  prolong_cli_add_row (text, _ ("Devices"), devices);
  prolong_cli_add_row (text, _ ("Auto-renewal"), license->auto_renewal ? _ ("On") : _ ("Off"));
  if (*next != '\0')
    g_string_append_printf (text, "    %s\n", next);
  add_check (text, license, now);
  add_reserves (text, license, snapshot, now);
}

void
prolong_cli_describe_operation (GString *text,
                                const ProlongOperationInfo *operation,
                                const ProlongSnapshot *snapshot,
                                gint64 now)
{
  g_autoptr (GVariant) details = g_variant_ref (operation->error_details);
  ProlongProblem problem;

  if (prolong_problem_from_name (operation->error, &problem))
    {
      g_variant_unref (details);
      details = prolong_cli_complete (snapshot, operation->vendor, operation->product, problem,
                                      operation->error_details);
    }
  g_string_append_printf (text, "%s: %s\n", operation->code,
                          prolong_words_operation_step (operation->kind, operation->step));
  prolong_cli_describe_problem (text, operation->error, details);
  if (operation->step == PROLONG_STEP_WAITING && operation->retry_at != 0)
    {
      g_autofree char *moment = prolong_words_moment (operation->retry_at, now);

      prolong_cli_add_row (text, _ ("Next attempt"), moment);
    }
}
