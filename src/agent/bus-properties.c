/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-properties.h"

#include "bus/contract.h"

/* Ids of vendors and products may hold characters that an object path may not. */
static void
append_escaped (GString *path, const char *id)
{
  for (const char *c = id; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (path, *c);
      else
        g_string_append_printf (path, "_%02x", (guchar) *c);
    }
}

static char *
license_path (const char *vendor, const char *product)
{
  GString *path = g_string_new (PROLONG_BUS_LICENSES "/");

  append_escaped (path, vendor);
  g_string_append (path, "__");
  append_escaped (path, product);
  return g_string_free (path, FALSE);
}

char *
prolong_bus_license_path (ProlongLicense *license)
{
  const ProlongLicenseRecord *record = prolong_license_get_record (license);

  return license_path (record->vendor, record->product);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
prolong_bus_license_update (ProlongBusLicense1 *skeleton, ProlongLicense *license)
{
  const ProlongTicket *ticket = prolong_license_get_ticket (license);
  const ProlongProfile *profile = prolong_vendor_get_profile (prolong_license_get_vendor (license));
  int problem = prolong_license_get_check_problem (license);

  g_object_freeze_notify (G_OBJECT (skeleton));
  g_object_set (skeleton,
                "id", ticket->sub,
                "vendor", profile->id,
                "vendor-name", profile->name,
                "product", ticket->product,
                "name", ticket->name,
                "number", ticket->number,
                "kind", prolong_license_kind_get_name (ticket->kind),
                "state", prolong_state_get_name (prolong_license_get_state (license)),
                "days-left", prolong_license_get_days_left (license),
                "starts-at", ticket->starts,
                "expires-at", ticket->expires,
                "grace-until", ticket->grace_until,
                "activated-at", ticket->activated,
                "devices-used", ticket->devices_used,
                "devices-limit", ticket->devices_limit,
                "auto-renewal", ticket->auto_renewal,
                "provider", or_empty (ticket->provider),
                "manage-url", or_empty (ticket->manage_url),
                "covered-until", ticket->expires,
                "checked-at", prolong_license_get_record (license)->checked_at,
                "confirmed", prolong_license_is_confirmed (license),
                "check-problem", problem < 0 ? "" : prolong_problem_get_name (problem),
                "clock", prolong_license_is_clock_behind (license) ? "behind" : "ok",
                "add-code", ticket->add_code,
                "first-reminder", prolong_profile_get_first_reminder (profile),
                NULL);
  g_object_thaw_notify (G_OBJECT (skeleton));
}

char *
prolong_bus_operation_path (ProlongOperation *operation)
{
  GString *path = g_string_new (PROLONG_BUS_OPERATIONS "/");

  append_escaped (path, prolong_operation_get_intent (operation)->id);
  return g_string_free (path, FALSE);
}

void
prolong_bus_operation_update (ProlongBusOperation1 *skeleton, ProlongOperation *operation)
{
  const ProlongIntent *intent = prolong_operation_get_intent (operation);
  const GError *error = prolong_operation_get_error (operation);
  GVariant *details = error != NULL ? prolong_problem_error_get_details (error) : NULL;
  ProlongOperationStep step = prolong_operation_get_step (operation);
  g_autofree char *license
      = step == PROLONG_OPERATION_DONE ? license_path (intent->vendor, intent->product) : g_strdup ("/");

  g_object_freeze_notify (G_OBJECT (skeleton));
  g_object_set (skeleton,
                "id", intent->id,
                "vendor", intent->vendor,
                "product", intent->product,
                "code", intent->mask,
                "step", prolong_operation_step_get_name (step),
                "progress", prolong_operation_get_progress (operation),
                "cancellable", prolong_operation_is_cancellable (operation),
                "error", error != NULL ? prolong_problem_get_name (error->code) : "",
                "error-details", details != NULL ? details : g_variant_new ("a{sv}", NULL),
                "retry-at", intent->retry_at,
                "license", license,
                NULL);
  g_object_thaw_notify (G_OBJECT (skeleton));
}

static GVariant *
product_new (ProlongEngine *engine, const ProlongProfile *profile, const ProlongProduct *product)
{
  g_autofree char *version = prolong_engine_dup_product_version (engine, profile->id, product->id);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", product->id);
  g_variant_dict_insert (&dict, "name", "s", product->name);
  g_variant_dict_insert (&dict, "version", "s", version);
  return g_variant_dict_end (&dict);
}

static GVariant *
vendor_new (ProlongEngine *engine, const ProlongProfile *profile)
{
  GVariantBuilder products;
  GVariantDict dict;

  g_variant_builder_init (&products, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < profile->products->len; i++)
    g_variant_builder_add_value (&products, product_new (engine, profile, profile->products->pdata[i]));

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", profile->id);
  g_variant_dict_insert (&dict, "name", "s", profile->name);
  g_variant_dict_insert (&dict, "service", "s", profile->service_url);
  g_variant_dict_insert (&dict, "code_pattern", "s", profile->format.pattern);
  g_variant_dict_insert (&dict, "code_check", "s",
                         profile->format.check == PROLONG_CODE_CHECK_GF32 ? "gf32" : "none");
  g_variant_dict_insert (&dict, "number_pattern", "s", profile->format.number_pattern);
  g_variant_dict_insert (&dict, "support_url", "s", or_empty (profile->support_url));
  g_variant_dict_insert (&dict, "support_email", "s", or_empty (profile->support_email));
  g_variant_dict_insert (&dict, "shop_url", "s", or_empty (profile->shop_url));
  g_variant_dict_insert_value (&dict, "products", g_variant_builder_end (&products));
  return g_variant_dict_end (&dict);
}

GVariant *
prolong_bus_vendors_new (ProlongEngine *engine)
{
  GPtrArray *vendors = prolong_engine_get_vendors (engine);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < vendors->len; i++)
    g_variant_builder_add_value (&builder, vendor_new (engine, prolong_vendor_get_profile (vendors->pdata[i])));
  return g_variant_builder_end (&builder);
}
