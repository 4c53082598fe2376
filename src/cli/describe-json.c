/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/describe.h"

#include "cli/output.h"

static void
add (GVariantBuilder *builder, const char *name, GVariant *value)
{
  g_variant_builder_add (builder, "{sv}", name, value);
}

GVariant *
prolong_cli_devices_to_json (guint used, guint limit)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "used", g_variant_new_uint32 (used));
  add (&builder, "limit", g_variant_new_uint32 (limit));
  return g_variant_builder_end (&builder);
}

/* A code that the service was not asked about yet is for nobody knows how many devices. */
static GVariant *
known_devices_to_json (guint used, guint limit)
{
  return limit > 0 ? prolong_cli_devices_to_json (used, limit) : prolong_cli_json_null ();
}

static void
add_all (GVariantBuilder *builder, const ProlongReserveInfo *reserve)
{
  add (builder, "number", g_variant_new_uint32 (reserve->position + 1));
  add (builder, "vendor", g_variant_new_string (reserve->vendor));
  add (builder, "product", g_variant_new_string (reserve->product));
  add (builder, "name", prolong_cli_json_text (reserve->name));
  add (builder, "kind", prolong_cli_json_text (reserve->kind));
  add (builder, "term", reserve->term > 0 ? g_variant_new_int64 (reserve->term) : prolong_cli_json_null ());
  add (builder, "devices", known_devices_to_json (reserve->devices_used, reserve->devices_limit));
  add (builder, "checked_at", prolong_cli_json_time (reserve->checked_at));
}

GVariant *
prolong_cli_reserve_to_json (const ProlongReserveInfo *reserve, gboolean all)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", g_variant_new_string (reserve->id));
  add (&builder, "code", g_variant_new_string (reserve->code));
  add (&builder, "state", g_variant_new_string (prolong_reserve_state_get_name (reserve->state)));
  add (&builder, "starts_at", prolong_cli_json_time (reserve->starts_at));
  add (&builder, "expires_at", prolong_cli_json_time (reserve->expires_at));
  add (&builder, "reason", prolong_cli_json_text (reserve->problem));
  if (all)
    add_all (&builder, reserve);
  return g_variant_builder_end (&builder);
}

static GVariant *
reserves_to_json (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  g_autoptr (GPtrArray) reserves = prolong_snapshot_list_reserves (snapshot, vendor, product);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < reserves->len; i++)
    g_variant_builder_add_value (&builder,
                                 prolong_cli_reserve_to_json (g_ptr_array_index (reserves, i), FALSE));
  return g_variant_builder_end (&builder);
}

GVariant *
prolong_cli_license_to_json (const ProlongLicenseInfo *license, const ProlongSnapshot *snapshot)
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
  add (&builder, "reserve", reserves_to_json (snapshot, license->vendor, license->product));
  return g_variant_builder_end (&builder);
}

GVariant *
prolong_cli_absent_to_json (ProlongState state,
                            const char *vendor,
                            const char *product,
                            const ProlongSnapshot *snapshot)
{
  static const char *const times[] = { "starts_at", "expires_at", "activated_at" };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", prolong_cli_json_null ());
  add (&builder, "vendor", g_variant_new_string (vendor));
  add (&builder, "product", prolong_cli_json_text (product));
  add (&builder, "name", prolong_cli_json_text (prolong_cli_find_product_name (snapshot, vendor, product)));
  add (&builder, "number", prolong_cli_json_null ());
  add (&builder, "kind", prolong_cli_json_null ());
  add (&builder, "state", g_variant_new_string (prolong_state_get_name (state)));
  add (&builder, "days_left", g_variant_new_uint32 (0));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    add (&builder, times[i], prolong_cli_json_null ());
  add (&builder, "devices", prolong_cli_json_null ());
  add (&builder, "auto_renewal", g_variant_new_boolean (FALSE));
  add (&builder, "provider", prolong_cli_json_null ());
  add (&builder, "covered_until", prolong_cli_json_null ());
  add (&builder, "checked_at", prolong_cli_json_null ());
  add (&builder, "clock", g_variant_new_string ("ok"));
  add (&builder, "reserve", reserves_to_json (snapshot, vendor, product));
  return g_variant_builder_end (&builder);
}
