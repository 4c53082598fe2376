/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/describe.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/output.h"

char *
prolong_cli_devices_to_text (guint used, guint limit)
{
  /* Translators: the first %u is how many devices use the license, the second how many may. */
  return g_strdup_printf (_("%u of %u"), used, limit);
}

GVariant *
prolong_cli_devices_to_json (guint used, guint limit)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "used", g_variant_new_uint32 (used));
  g_variant_builder_add (&builder, "{sv}", "limit", g_variant_new_uint32 (limit));
  return g_variant_builder_end (&builder);
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

static void
add_problem (GString *text, const char *name, GVariant *details)
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
    prolong_cli_add_row (text, license->confirmed ? _("Last checked") : _("Not confirmed since"), checked);
  add_problem (text, license->check_problem, NULL);
  if (g_str_equal (license->clock, "behind") && !g_str_equal (license->check_problem, "clock-behind"))
    add_problem (text, "clock-behind", NULL);
}

void
prolong_cli_describe_license (GString *text, const ProlongLicenseInfo *license, gint64 now)
{
  g_autofree char *label = prolong_words_label (license->state, license->days_left);
  g_autofree char *devices = prolong_cli_devices_to_text (license->devices_used, license->devices_limit);

  g_string_append_printf (text, "%s\n", label);
  prolong_cli_add_row (text, _("Product"), license->name);
  prolong_cli_add_row (text, _("License number"), license->number);
  prolong_cli_add_row (text, _("Vendor"), *license->vendor_name != '\0' ? license->vendor_name : license->vendor);
  prolong_cli_add_row (text, _("Kind"), prolong_words_kind (license->kind));
  add_date (text, _("Activated"), license->activated_at);
  add_date (text, _("Until"), license->expires_at);
  if (license->state == PROLONG_STATE_GRACE)
    add_date (text, _("Grace period until"), license->grace_until);
  prolong_cli_add_row (text, _("Devices"), devices);
  prolong_cli_add_row (text, _("Auto-renewal"), license->auto_renewal ? _("On") : _("Off"));
  add_check (text, license, now);
}

void
prolong_cli_describe_operation (GString *text, const ProlongOperationInfo *operation, gint64 now)
{
  g_string_append_printf (text, "%s: %s\n", operation->code, prolong_words_step (operation->step));
  add_problem (text, operation->error, operation->error_details);
  if (operation->step == PROLONG_STEP_WAITING && operation->retry_at != 0)
    {
      g_autofree char *moment = prolong_words_moment (operation->retry_at, now);

      prolong_cli_add_row (text, _("Next attempt"), moment);
    }
}

static void
add (GVariantBuilder *builder, const char *name, GVariant *value)
{
  g_variant_builder_add (builder, "{sv}", name, value);
}

GVariant *
prolong_cli_license_to_json (const ProlongLicenseInfo *license)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", g_variant_new_string (license->id));
  add (&builder, "vendor", g_variant_new_string (license->vendor));
  add (&builder, "product", g_variant_new_string (license->product));
  add (&builder, "name", g_variant_new_string (license->name));
  add (&builder, "number", g_variant_new_string (license->number));
  add (&builder, "kind", g_variant_new_string (prolong_license_kind_get_name (license->kind)));
  add (&builder, "state", g_variant_new_string (prolong_state_get_name (license->state)));
  add (&builder, "days_left", g_variant_new_uint32 (license->days_left));
  add (&builder, "starts_at", prolong_cli_json_time (license->starts_at));
  add (&builder, "expires_at", prolong_cli_json_time (license->expires_at));
  add (&builder, "activated_at", prolong_cli_json_time (license->activated_at));
  add (&builder, "devices", prolong_cli_devices_to_json (license->devices_used, license->devices_limit));
  add (&builder, "auto_renewal", g_variant_new_boolean (license->auto_renewal));
  add (&builder, "provider", prolong_cli_json_text (license->provider));
  add (&builder, "covered_until", prolong_cli_json_time (license->covered_until));
  add (&builder, "checked_at", prolong_cli_json_time (license->checked_at));
  add (&builder, "clock", g_variant_new_string (license->clock));
  add (&builder, "reserve", g_variant_new ("av", NULL));
  return g_variant_builder_end (&builder);
}

static const char *
find_product_name (const ProlongSnapshot *snapshot, const ProlongOperationInfo *operation)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (snapshot, operation->vendor);

  for (guint i = 0; vendor != NULL && i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);

      if (g_str_equal (product->id, operation->product))
        return product->name;
    }
  return "";
}

GVariant *
prolong_cli_pending_to_json (const ProlongOperationInfo *operation, const ProlongSnapshot *snapshot)
{
  static const char *const times[] = { "starts_at", "expires_at", "activated_at" };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", prolong_cli_json_null ());
  add (&builder, "vendor", g_variant_new_string (operation->vendor));
  add (&builder, "product", prolong_cli_json_text (operation->product));
  add (&builder, "name", prolong_cli_json_text (find_product_name (snapshot, operation)));
  add (&builder, "number", prolong_cli_json_null ());
  add (&builder, "kind", prolong_cli_json_null ());
  add (&builder, "state", g_variant_new_string (prolong_state_get_name (PROLONG_STATE_PENDING)));
  add (&builder, "days_left", g_variant_new_uint32 (0));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    add (&builder, times[i], prolong_cli_json_null ());
  add (&builder, "devices", prolong_cli_json_null ());
  add (&builder, "auto_renewal", g_variant_new_boolean (FALSE));
  add (&builder, "provider", prolong_cli_json_null ());
  add (&builder, "covered_until", prolong_cli_json_null ());
  add (&builder, "checked_at", prolong_cli_json_null ());
  add (&builder, "clock", g_variant_new_string ("ok"));
  add (&builder, "reserve", g_variant_new ("av", NULL));
  return g_variant_builder_end (&builder);
}
