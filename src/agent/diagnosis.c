/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/diagnosis.h"

#include <libsoup/soup.h>
#include <string.h>
#include <sys/utsname.h>

#include "agent/device.h"
#include "agent/engine-private.h"
#include "bus/sandbox.h"

/* The shortest part of a name that is hidden by itself: shorter ones are in every text. */
#define MIN_NAME 3

static void add (GString *text, const char *label, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add (GString *text, const char *label, const char *format, ...)
{
  va_list arguments;

  g_string_append_printf (text, "%s: ", label);
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
  g_string_append_c (text, '\n');
}

static const char *
name_of (int problem)
{
  return problem >= 0 ? prolong_problem_get_name (problem) : "none";
}

static const char *
or_none (const char *text)
{
  return text != NULL && *text != '\0' ? text : "none";
}

static char *
time_of (gint64 instant)
{
  g_autoptr (GDateTime) utc = instant > 0 ? g_date_time_new_from_unix_utc (instant) : NULL;

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("never");
}

/* What another program chose is told only where it is as short and plain as such words are. */
static char *
plain (const char *value)
{
  if (value == NULL || *value == '\0')
    return g_strdup ("unknown");
  if (strlen (value) > 64
      || strspn (value, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "()+./:_~- ") != strlen (value))
    return g_strdup ("not told");
  return g_strdup (value);
}

/* The device. */

static void
add_system (GString *text)
{
  g_autofree char *pretty = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *system = plain (pretty);
  g_autofree char *desktop = plain (g_getenv ("XDG_CURRENT_DESKTOP"));
  g_autofree char *session = plain (g_getenv ("XDG_SESSION_TYPE"));
  g_autofree char *language = prolong_engine_dup_language ();
  struct utsname kernel;

  add (text, "Prolong", "%s, %s", PROLONG_VERSION, prolong_is_sandboxed () ? "Flatpak" : "package");
  if (uname (&kernel) == 0)
    add (text, "System", "%s, %s %s %s", system, kernel.sysname, kernel.release, kernel.machine);
  add (text, "Desktop", "%s, %s, language %s", desktop, session, language);
  add (text, "Libraries", "GLib %u.%u.%u, libsoup %u.%u.%u", glib_major_version, glib_minor_version,
       glib_micro_version, soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
}

static void
add_states (GString *text, ProlongEngine *engine, const ProlongDiagnosisDesktop *desktop)
{
  ProlongSettings *settings = prolong_engine_get_settings (engine);
  g_autofree char *now = time_of (prolong_engine_get_system_time (engine));

  add (text, "Time", "%s", now);
  add (text, "Tray", "%s", desktop->tray);
  add (text, "Keyring", "%s", desktop->keyring);
  add (text, "Start at login", "%s", desktop->start_at_login);
  add (text, "Notifications", "%s", prolong_settings_get_notifications (settings) ? "on" : "off");
  add (text, "Storage", "%s", prolong_engine_is_storage_full (engine) ? "storage-full" : "ok");
}

/* The vendor. */

static void
add_vendor (GString *text, ProlongEngine *engine, ProlongVendor *vendor)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (vendor);

  add (text, "Vendor", "%s, service %s, profile %s", profile->id, prolong_vendor_get_service_state (vendor),
       prolong_vendor_is_own (vendor) ? "added" : "installed");
  for (guint i = 0; i < profile->products->len; i++)
    {
      const ProlongProduct *product = profile->products->pdata[i];
      g_autofree char *stated = prolong_engine_dup_product_version (engine, profile->id, product->id);
      g_autofree char *version = plain (stated);

      add (text, "Product", "%s, version %s", product->id, version);
    }
}

static void
add_subscription (GString *text, const ProlongTicket *ticket)
{
  g_autofree char *provider
      = plain (ticket->provider != NULL && *ticket->provider != '\0' ? ticket->provider : "none");

  if (ticket->has_subscription)
    add (text, "  Subscription", "auto-renewal %s, provider %s", ticket->auto_renewal ? "on" : "off",
         provider);
}

static void
add_license (GString *text, ProlongLicense *license)
{
  const ProlongTicket *ticket = prolong_license_get_ticket (license);
  g_autofree char *starts = time_of (ticket->starts);
  g_autofree char *expires = time_of (ticket->expires);
  g_autofree char *grace = time_of (ticket->grace_until);
  g_autofree char *checked = time_of (prolong_license_get_record (license)->checked_at);

  add (text, "License", "%s, %s, %s, days left %u", prolong_license_get_record (license)->product,
       prolong_license_kind_get_name (ticket->kind),
       prolong_state_get_name (prolong_license_get_state (license)), prolong_license_get_days_left (license));
  add (text, "  Term", "%s to %s, grace until %s", starts, expires, grace);
  add (text, "  Devices", "%u of %u", ticket->devices_used, ticket->devices_limit);
  add_subscription (text, ticket);
  add (text, "  Checked", "%s, %s, problem %s", checked,
       prolong_license_is_confirmed (license) ? "confirmed" : "not confirmed",
       name_of (prolong_license_get_check_problem (license)));
  add (text, "  Clock", "%s", prolong_license_is_clock_behind (license) ? "behind" : "ok");
  add (text, "  Further code", "%s", or_none (ticket->add_code));
}

static void
add_reserves (GString *text, ProlongReserves *reserves)
{
  for (guint i = 0; i < prolong_reserves_get_length (reserves); i++)
    {
      ProlongReserve *reserve = prolong_reserves_get (reserves, i);
      g_autofree char *checked = time_of (prolong_reserve_get_record (reserve)->checked_at);

      add (text, "Reserve code", "%s, place %u, checked %s, problem %s%s",
           prolong_reserves_get_product (reserves), i + 1, checked,
           name_of (prolong_reserve_get_problem (reserve)),
           prolong_reserve_get_record (reserve)->refused ? ", refused" : "");
    }
}

static void
add_operation (GString *text, ProlongOperation *operation)
{
  const ProlongIntent *intent = prolong_operation_get_intent (operation);
  const GError *error = prolong_operation_get_error (operation);

  add (text, "Operation", "%s, %s, %s, failures %u, problem %s", prolong_intent_kind_get_name (intent->kind),
       or_none (intent->product), prolong_operation_step_get_name (prolong_operation_get_step (operation)),
       intent->failures, error != NULL ? name_of (error->code) : "none");
}

static void
add_purchase (GString *text, const ProlongPurchaseRecord *record)
{
  g_autofree char *created = time_of (record->created_at);
  gboolean delivered = record->state == PROLONG_PURCHASE_DELIVERED;

  add (text, "Order", "%s, %s, %s%s%s, failures %u, problem %s", or_none (record->product), created,
       prolong_purchase_state_get_name (record->state), delivered ? ", code " : "",
       delivered ? prolong_outcome_get_name (prolong_purchase_record_get_outcome (record)) : "",
       record->failures, or_none (record->problem));
}

static void
add_case (GString *text, const ProlongSupportRecord *record)
{
  g_autofree char *created = time_of (record->created_at);

  add (text, "Support request", "%s, %s, reference %s, failures %u, problem %s", created,
       prolong_support_state_get_name (record->state), or_none (record->reference), record->failures,
       or_none (record->problem));
}

static void
add_recent (GString *text, ProlongEngine *engine, const char *vendor)
{
  const GPtrArray *problems = prolong_recent_list (engine->recent);

  for (guint i = 0; i < problems->len; i++)
    {
      const ProlongRecentProblem *problem = problems->pdata[i];
      g_autofree char *at = time_of (problem->at);

      if (g_str_equal (problem->vendor, vendor))
        add (text, "Problem", "%s, %s, %s, %s", at, prolong_tried_get_name (problem->tried),
             or_none (problem->product), prolong_problem_get_name (problem->problem));
    }
}

static void
add_holdings (GString *text, ProlongEngine *engine, ProlongVendor *vendor)
{
  for (guint i = 0; i < engine->licenses->len; i++)
    if (prolong_license_get_vendor (engine->licenses->pdata[i]) == vendor)
      add_license (text, engine->licenses->pdata[i]);
  for (guint i = 0; i < engine->reserves->len; i++)
    if (prolong_reserves_get_vendor (engine->reserves->pdata[i]) == vendor)
      add_reserves (text, engine->reserves->pdata[i]);
  for (guint i = 0; i < engine->operations->len; i++)
    if (prolong_operation_get_vendor (engine->operations->pdata[i]) == vendor)
      add_operation (text, engine->operations->pdata[i]);
  for (guint i = 0; i < engine->purchases->len; i++)
    if (prolong_purchase_get_vendor (engine->purchases->pdata[i]) == vendor)
      add_purchase (text, prolong_purchase_get_record (engine->purchases->pdata[i]));
  for (guint i = 0; i < engine->support->len; i++)
    if (prolong_support_case_get_vendor (engine->support->pdata[i]) == vendor)
      add_case (text, prolong_support_case_get_record (engine->support->pdata[i]));
}

static void
cut (char *text, gsize max)
{
  char *end;

  if (strlen (text) <= max)
    return;
  text[max] = '\0';
  end = strrchr (text, '\n');
  if (end != NULL)
    end[1] = '\0';
}

char *
prolong_diagnosis_new (ProlongEngine *engine, ProlongVendor *vendor, const ProlongDiagnosisDesktop *desktop)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *redacted;

  add_system (text);
  add_states (text, engine, desktop);
  add_vendor (text, engine, vendor);
  add_holdings (text, engine, vendor);
  add_recent (text, engine, prolong_vendor_get_profile (vendor)->id);
  redacted = prolong_engine_redact_diagnosis (engine, text->str);
  cut (redacted, PROLONG_SUPPORT_MAX_DIAGNOSIS);
  return redacted;
}

/* Names. */

static void
add_name (GStrvBuilder *names, const char *name)
{
  if (name != NULL && g_utf8_strlen (name, -1) >= MIN_NAME)
    g_strv_builder_add (names, name);
}

/* A name as it is, and each of its words. */
static void
add_names (GStrvBuilder *names, const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name != NULL ? name : "", " .,-_@'", -1);

  add_name (names, name);
  for (gsize i = 0; words[i] != NULL; i++)
    add_name (names, words[i]);
}

char **
prolong_diagnosis_list_names (ProlongEngine *engine)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *device = prolong_device_name (prolong_engine_get_settings (engine));
  const char *real = g_get_real_name ();

  add_name (names, g_get_user_name ());
  add_name (names, g_get_home_dir ());
  add_name (names, g_get_host_name ());
  add_names (names, device);
  /* What GLib says of a user without a name. */
  if (!g_str_equal (real, "Unknown"))
    add_names (names, real);
  return g_strv_builder_end (names);
}
