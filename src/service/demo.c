/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/demo.h"

#include "service/subscriptions.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY G_GINT64_CONSTANT (86400)
#define YEAR (365 * DAY)

#define SHORT_SUBSCRIPTION "subscription-two-minutes"

/* So late the demo hears of a renewal, for providers report late. */
#define RENEWAL_DELAY 20

typedef enum
{
  SITUATION_NONE = 0,
  SITUATION_USED = 1 << 0,
  SITUATION_BLOCKED = 1 << 1,
  SITUATION_EXPIRED = 1 << 2,
  SITUATION_UNKNOWN = 1 << 3,
  SITUATION_RENEWAL = 1 << 4,
  SITUATION_USED_BEFORE = 1 << 5,
} Situation;

typedef struct
{
  const char *name;
  const char *product;
  ProlongLicenseKind kind;
  gint64 term;
  guint devices;
  Situation situation;
  const char *min_version;
  const char *description;
} DemoCode;

static const DemoCode first_codes[] = {
  { "one-year", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("365 days on one device") },
  { "three-devices", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 3, SITUATION_NONE, NULL,
    N_ ("365 days on three devices") },
  { "used-up", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_USED, NULL,
    N_ ("its only device is in use elsewhere") },
  { "blocked", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_BLOCKED, NULL,
    N_ ("blocked by the vendor") },
  { "expired", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_EXPIRED, NULL,
    N_ ("its term is over") },
  { "unknown", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_UNKNOWN, NULL,
    N_ ("never issued") },
  { "renewal", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_RENEWAL, NULL,
    N_ ("a renewal, 365 days with an earlier license of this device, 180 without") },
  { "wrong-product", "password-safe", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("for another product, Password Safe") },
  { "newer-version", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, "99.0",
    N_ ("for a newer version of the product") },
  { "subscription", "internet-security", PROLONG_LICENSE_SUBSCRIPTION, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("a subscription that renews by itself") },
  { "subscription-own", "internet-security", PROLONG_LICENSE_SUBSCRIPTION, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("a subscription from the vendor itself, 365 days") },
  { SHORT_SUBSCRIPTION, "internet-security", PROLONG_LICENSE_SUBSCRIPTION, 120, 1, SITUATION_NONE, NULL,
    N_ ("a subscription of two minutes, which renews 20 seconds late") },
  { "subscription-netline", "internet-security", PROLONG_LICENSE_SUBSCRIPTION, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("a subscription from an internet provider, NetLine") },
  { "trial", "internet-security", PROLONG_LICENSE_TRIAL, 30 * DAY, 1, SITUATION_NONE, NULL,
    N_ ("a trial of 30 days") },
  { "two-minutes", "internet-security", PROLONG_LICENSE_COMMERCIAL, 120, 1, SITUATION_NONE, NULL,
    N_ ("ends after two minutes") },
  { "reserve", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("365 days on one device, to keep in reserve") },
  { "reserve-two", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 3, SITUATION_NONE, NULL,
    N_ ("365 days on three devices, to keep in reserve") },
  { "used-before", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 2, SITUATION_USED_BEFORE, NULL,
    N_ ("365 days that began 300 days ago on another device") },
  { "two-minutes-b", "internet-security", PROLONG_LICENSE_COMMERCIAL, 120, 1, SITUATION_NONE, NULL,
    N_ ("ends after two minutes as well") },
  { "blocked-later", "internet-security", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("365 days on one device, to be blocked by the vendor") },
};

static const DemoCode orchard_codes[] = {
  { "one-year", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("365 days on one device") },
  { "two-years", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, 2 * YEAR, 5, SITUATION_NONE, NULL,
    N_ ("730 days on five devices") },
  { "used-up", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_USED, NULL,
    N_ ("its only device is in use elsewhere") },
  { "blocked", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_BLOCKED, NULL,
    N_ ("blocked by the vendor") },
  { "unknown", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_UNKNOWN, NULL,
    N_ ("never issued") },
  { "wrong-product", "sound-orchard", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("for another product, Sound Orchard") },
  { "trial", "photo-orchard", PROLONG_LICENSE_TRIAL, 14 * DAY, 1, SITUATION_NONE, NULL,
    N_ ("a trial of 14 days, during which a reserve code may be added") },
  { "two-minutes", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, 120, 1, SITUATION_NONE, NULL,
    N_ ("ends after two minutes") },
  { "reserve", "photo-orchard", PROLONG_LICENSE_COMMERCIAL, YEAR, 1, SITUATION_NONE, NULL,
    N_ ("365 days on one device, to keep in reserve") },
};

static const struct
{
  const char *vendor;
  const DemoCode *codes;
  gsize n_codes;
} demos[] = {
  { "demo", first_codes, G_N_ELEMENTS (first_codes) },
  { "orchard", orchard_codes, G_N_ELEMENTS (orchard_codes) },
};

/* Who manages the subscriptions that the vendor itself does not. */
static const struct
{
  const char *code;
  const char *provider;
  const char *manage_url;
  const char *status_url;
} providers[] = {
  { "subscription", "Demo Provider", "https://provider.example/manage", "https://provider.example/status" },
  { "subscription-netline", "NetLine", "https://netline.example/subscriptions",
    "https://netline.example/status" },
};

/* How long ago a code in such a situation was first activated. */
static gint64
get_age (const DemoCode *demo)
{
  if (demo->situation & SITUATION_EXPIRED)
    return demo->term + 10 * DAY;
  return (demo->situation & SITUATION_USED_BEFORE) ? 300 * DAY : 0;
}

static ProlongCode *
make_code (const ProlongOffice *office, const DemoCode *demo)
{
  guint8 random[2 * PROLONG_KEYS_BYTES];
  g_autofree char *text = g_strconcat ("demo code ", demo->name, NULL);

  prolong_keys_hash (office->keys, text, "1", 1, random);
  prolong_keys_hash (office->keys, text, "2", 1, random + PROLONG_KEYS_BYTES);
  return prolong_code_generate (&office->profile->format, random, sizeof random);
}

static gboolean
occupy (ProlongStore *store,
        const DemoCode *demo,
        const ProlongStoreCode *code,
        gint64 since,
        gint64 now,
        GError **error)
{
  g_autoptr (ProlongStoreActivation) seat = g_new0 (ProlongStoreActivation, 1);

  seat->id = g_strconcat ("demo-", demo->name, NULL);
  seat->code = code->id;
  seat->device = g_strdup ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  seat->device_name = g_strdup ("Old laptop");
  seat->serial = 1;
  seat->activated = since;
  seat->last_seen = now;
  prolong_random (seat->token, sizeof seat->token);
  return prolong_store_add_activation (store, seat, error)
         && prolong_store_set_first_activated (store, code->id, since, error);
}

static void
set_provider (ProlongStoreCode *grant, const char *name)
{
  grant->provider = g_strdup ("");
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_str_equal (providers[i].code, name))
      {
        g_free (grant->provider);
        grant->provider = g_strdup (providers[i].provider);
        grant->manage_url = g_strdup (providers[i].manage_url);
        grant->status_url = g_strdup (providers[i].status_url);
      }
}

static gboolean
issue (const ProlongOffice *office,
       ProlongStore *store,
       const ProlongCode *code,
       const DemoCode *demo,
       gint64 now,
       GError **error)
{
  g_autoptr (ProlongStoreCode) grant = g_new0 (ProlongStoreCode, 1);

  grant->product = g_strdup (demo->product);
  grant->kind = demo->kind;
  grant->term = demo->term;
  grant->devices = demo->devices;
  grant->min_version = g_strdup (demo->min_version);
  grant->blocked = (demo->situation & SITUATION_BLOCKED) != 0;
  grant->renewal = (demo->situation & SITUATION_RENEWAL) != 0;
  grant->shorter_term = grant->renewal ? 180 * DAY : 0;
  grant->first_activated = get_age (demo) ? now - get_age (demo) : 0;
  grant->has_subscription = demo->kind == PROLONG_LICENSE_SUBSCRIPTION;
  if (grant->has_subscription)
    set_provider (grant, demo->name);
  return prolong_office_issue (office, store, code, grant, now, error)
         && (!(demo->situation & (SITUATION_USED | SITUATION_USED_BEFORE))
             || occupy (store, demo, grant, now - get_age (demo), now, error));
}

static gboolean
ensure (const ProlongOffice *office,
        ProlongStore *store,
        const ProlongCode *code,
        const DemoCode *demo,
        gint64 now,
        GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreCode) known = NULL;

  if (demo->situation & SITUATION_UNKNOWN)
    return TRUE;
  known = prolong_office_find_code (office, store, code, &failure);
  if (known)
    return TRUE;
  if (!failure)
    return issue (office, store, code, demo, now, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
fill (const ProlongOffice *office,
      ProlongStore *store,
      const DemoCode *codes,
      gsize n_codes,
      gint64 now,
      GError **error)
{
  for (gsize i = 0; i < n_codes; i++)
    {
      g_autoptr (ProlongCode) code = make_code (office, &codes[i]);

      if (!ensure (office, store, code, &codes[i], now, error))
        return FALSE;
      g_print ("%s\t%s\t%s\n", codes[i].name, prolong_code_get_text (code), _ (codes[i].description));
    }
  return TRUE;
}

static gboolean
fill_for_vendor (const ProlongOffice *office, ProlongStore *store, gint64 now, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (demos); i++)
    if (g_str_equal (demos[i].vendor, office->profile->id))
      return fill (office, store, demos[i].codes, demos[i].n_codes, now, error);
  return TRUE;
}

gboolean
prolong_demo_fill (const ProlongOffice *office, ProlongStore *store, gint64 now, GError **error)
{
  if (!prolong_store_begin (store, error))
    return FALSE;
  if (fill_for_vendor (office, store, now, error))
    return prolong_store_commit (store, error);
  prolong_store_rollback (store);
  return FALSE;
}

static const DemoCode *
find_short_subscription (const ProlongOffice *office)
{
  for (gsize i = 0; i < G_N_ELEMENTS (first_codes); i++)
    if (g_str_equal (office->profile->id, demos[0].vendor)
        && g_str_equal (first_codes[i].name, SHORT_SUBSCRIPTION))
      return &first_codes[i];
  return NULL;
}

static gboolean
renew_late (ProlongStore *store, ProlongStoreCode *code, gint64 now, gint64 *next, GError **error)
{
  gboolean known = FALSE;

  while (code->first_activated && !code->blocked && prolong_subscription_goes_on (code)
         && prolong_subscription_get_state (code, now) != PROLONG_SUBSCRIPTION_ENDED)
    {
      gint64 due = code->first_activated + code->term + RENEWAL_DELAY;

      if (due > now)
        {
          *next = *next ? MIN (*next, due) : due;
          return TRUE;
        }
      if (!prolong_subscriptions_report (store, code, PROLONG_SUBSCRIPTION_RENEW, NULL, now, &known, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
prolong_demo_renew (const ProlongOffice *office,
                    ProlongStore *store,
                    gint64 now,
                    gint64 *next,
                    GError **error)
{
  const DemoCode *demo = find_short_subscription (office);
  g_autoptr (ProlongCode) code = demo ? make_code (office, demo) : NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreCode) known = code ? prolong_office_find_code (office, store, code, &failure) : NULL;

  if (known)
    return renew_late (store, known, now, next, error);
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
