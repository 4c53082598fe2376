/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-properties.h"

#include "agent/bus-private.h"
#include "agent/device.h"
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
        g_string_append_printf (path, "_%02x", (guchar)*c);
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
prolong_bus_license_update (ProlongBusLicense1 *skeleton, ProlongEngine *engine, ProlongLicense *license)
{
  const ProlongTicket *ticket = prolong_license_get_ticket (license);
  const ProlongProfile *profile = prolong_vendor_get_profile (prolong_license_get_vendor (license));
  int problem = prolong_license_get_check_problem (license);

  g_object_freeze_notify (G_OBJECT (skeleton));
  g_object_set (skeleton, "id", ticket->sub, "vendor", profile->id, "vendor-name", profile->name, "product",
                ticket->product, "name", ticket->name, "number", ticket->number, "kind",
                prolong_license_kind_get_name (ticket->kind), "state",
                prolong_state_get_name (prolong_license_get_state (license)), "days-left",
                prolong_license_get_days_left (license), "starts-at", ticket->starts, "expires-at",
                ticket->expires, "grace-until", ticket->grace_until, "activated-at", ticket->activated,
                "devices-used", ticket->devices_used, "devices-limit", ticket->devices_limit, "auto-renewal",
                ticket->auto_renewal, "provider", or_empty (ticket->provider), "manage-url",
                or_empty (ticket->manage_url), "status-url", or_empty (ticket->status_url), "covered-until",
                prolong_engine_get_covered_until (engine, license), "checked-at",
                prolong_license_get_record (license)->checked_at, "confirmed",
                prolong_license_is_confirmed (license), "check-problem",
                problem < 0 ? "" : prolong_problem_get_name (problem), "clock",
                prolong_license_is_clock_behind (license) ? "behind" : "ok", "add-code",
                prolong_license_is_running (license) ? ticket->add_code : "allowed", "first-reminder",
                prolong_profile_get_first_reminder (profile), NULL);
  g_object_thaw_notify (G_OBJECT (skeleton));
}

/* The path of what a client finds by its id; "/" for nothing. */
static char *
path_of (const char *folder, const char *id)
{
  GString *path = g_string_new ("/");

  if (id == NULL || *id == '\0')
    return g_string_free (path, FALSE);
  g_string_assign (path, folder);
  g_string_append_c (path, '/');
  append_escaped (path, id);
  return g_string_free (path, FALSE);
}

char *
prolong_bus_operation_path (ProlongOperation *operation)
{
  return path_of (PROLONG_BUS_OPERATIONS, prolong_operation_get_intent (operation)->id);
}

char *
prolong_bus_reserve_path (const char *id)
{
  return path_of (PROLONG_BUS_RESERVES, id);
}

void
prolong_bus_operation_update (ProlongBusOperation1 *skeleton, ProlongOperation *operation)
{
  const ProlongIntent *intent = prolong_operation_get_intent (operation);
  const GError *error = prolong_operation_get_error (operation);
  GVariant *details = error != NULL ? prolong_problem_error_get_details (error) : NULL;
  ProlongOperationStep step = prolong_operation_get_step (operation);
  g_autofree char *license = step == PROLONG_OPERATION_DONE && intent->kind != PROLONG_INTENT_RESERVE
                                 ? license_path (intent->vendor, intent->product)
                                 : g_strdup ("/");
  g_autofree char *reserve = prolong_bus_reserve_path (intent->reserve);

  g_object_freeze_notify (G_OBJECT (skeleton));
  g_object_set (skeleton, "id", intent->id, "kind", prolong_intent_kind_get_name (intent->kind), "vendor",
                intent->vendor, "product", intent->product, "code", intent->mask, "step",
                prolong_operation_step_get_name (step), "progress",
                prolong_operation_get_progress (operation), "cancellable",
                prolong_operation_is_cancellable (operation), "error",
                error != NULL ? prolong_problem_get_name (error->code) : "", "error-details",
                details != NULL ? details : g_variant_new ("a{sv}", NULL), "retry-at", intent->retry_at,
                "license", license, "reserve", reserve, NULL);
  g_object_thaw_notify (G_OBJECT (skeleton));
}

static const char *
reserve_state (ProlongReserve *reserve)
{
  if (prolong_reserve_get_operation (reserve) != NULL)
    return "activating";
  if (prolong_reserve_get_problem (reserve) >= 0)
    return "problem";
  return prolong_reserve_get_record (reserve)->checked_at == 0 ? "unchecked" : "ready";
}

void
prolong_bus_reserve_update (ProlongBusReserve1 *skeleton, ProlongReserves *reserves, ProlongReserve *reserve)
{
  const ProlongReserveRecord *record = prolong_reserve_get_record (reserve);
  int problem = prolong_reserve_get_problem (reserve);
  g_autoptr (GVariant) details = prolong_reserve_get_details (reserve);
  g_autofree char *operation = path_of (PROLONG_BUS_OPERATIONS, prolong_reserve_get_operation (reserve));

  g_object_freeze_notify (G_OBJECT (skeleton));
  g_object_set (skeleton, "id", record->id, "vendor",
                prolong_vendor_get_profile (prolong_reserves_get_vendor (reserves))->id, "product",
                prolong_reserves_get_product (reserves), "code", record->mask, "position",
                prolong_reserves_get_position (reserves, reserve), "state", reserve_state (reserve),
                "problem", problem >= 0 ? prolong_problem_get_name (problem) : "", "problem-details",
                details != NULL ? details : g_variant_new ("a{sv}", NULL), "name", record->name, "kind",
                record->kind, "term", record->term, "starts-at", prolong_reserve_get_starts (reserve),
                "expires-at", prolong_reserve_get_expires (reserve), "devices-used", record->devices_used,
                "devices-limit", record->devices_limit, "checked-at", record->checked_at, "operation",
                operation, NULL);
  g_object_thaw_notify (G_OBJECT (skeleton));
}

/* Who has not been seen for so long has probably been replaced. */
#define OLD_SEAT_SECONDS (90 * PROLONG_SECONDS_PER_DAY)

static const char *
seat_hint (const ProlongSeat *seat, const char *name, gint64 now)
{
  if (seat->this_device)
    return "this";
  return g_str_equal (seat->device_name, name) || now - seat->last_seen > OLD_SEAT_SECONDS ? "old" : "";
}

GVariant *
prolong_bus_seats_new (ProlongEngine *engine, GPtrArray *seats)
{
  g_autofree char *name = prolong_device_name (prolong_engine_get_settings (engine));
  gint64 now = prolong_engine_get_system_time (engine);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < seats->len; i++)
    {
      const ProlongSeat *seat = seats->pdata[i];
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "id", "s", seat->id);
      /* The service learns of a new name with the next request; the person knows it already. */
      g_variant_dict_insert (&dict, "device_name", "s", seat->this_device ? name : seat->device_name);
      g_variant_dict_insert (&dict, "last_seen", "x", seat->last_seen);
      g_variant_dict_insert (&dict, "hint", "s", seat_hint (seat, name, now));
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_new ("(aa{sv})", &builder);
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
partners_new (const ProlongProfile *profile)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < profile->partners->len; i++)
    {
      const ProlongPartner *partner = profile->partners->pdata[i];
      const char *const none[] = { NULL };
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "name", "s", partner->name);
      g_variant_dict_insert (&dict, "url", "s", partner->url);
      g_variant_dict_insert (&dict, "countries", "^as",
                             partner->countries != NULL ? (const char *const *)partner->countries : none);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
vendor_new (ProlongEngine *engine, ProlongVendor *vendor)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (vendor);
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
  g_variant_dict_insert (&dict, "service_state", "s", prolong_vendor_get_service_state (vendor));
  g_variant_dict_insert (&dict, "removable", "b", prolong_vendor_is_own (vendor));
  g_variant_dict_insert_value (&dict, "reminder_days",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, profile->reminder_days->data,
                                                          profile->reminder_days->len, sizeof (guint)));
  g_variant_dict_insert_value (&dict, "products", g_variant_builder_end (&products));
  g_variant_dict_insert_value (&dict, "partners", partners_new (profile));
  g_variant_dict_insert_value (&dict, "support_topics", prolong_bus_topics_new (profile));
  return g_variant_dict_end (&dict);
}

GVariant *
prolong_bus_vendors_new (ProlongEngine *engine)
{
  GPtrArray *vendors = prolong_engine_get_vendors (engine);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < vendors->len; i++)
    g_variant_builder_add_value (&builder, vendor_new (engine, vendors->pdata[i]));
  return g_variant_builder_end (&builder);
}
