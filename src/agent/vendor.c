/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/vendor.h"

#include "agent/device.h"
#include "license/term.h"

struct _ProlongVendor
{
  GObject parent_instance;
  ProlongProfile *profile;
  gboolean own;
  const char *service_state;
  char *device;
  gint64 service_time;
  char *boot_id;
  gint64 boot_time;
};

G_DEFINE_TYPE (ProlongVendor, prolong_vendor, G_TYPE_OBJECT)

const ProlongProfile *
prolong_vendor_get_profile (ProlongVendor *vendor)
{
  return vendor->profile;
}

void
prolong_vendor_set_profile (ProlongVendor *vendor, ProlongProfile *profile, gboolean own)
{
  g_return_if_fail (g_str_equal (vendor->profile->id, profile->id));

  prolong_profile_ref (profile);
  prolong_profile_unref (vendor->profile);
  vendor->profile = profile;
  vendor->own = own;
}

gboolean
prolong_vendor_is_own (ProlongVendor *vendor)
{
  return vendor->own;
}

const char *
prolong_vendor_get_service_state (ProlongVendor *vendor)
{
  return vendor->service_state;
}

void
prolong_vendor_set_service_state (ProlongVendor *vendor, const char *state)
{
  vendor->service_state = state;
}

const char *
prolong_vendor_get_device (ProlongVendor *vendor)
{
  return vendor->device;
}

void
prolong_vendor_learn_time (ProlongVendor *vendor, gint64 service, const char *boot_id, gint64 boot)
{
  if (service < vendor->service_time)
    return;
  vendor->service_time = service;
  vendor->boot_time = boot;
  g_free (vendor->boot_id);
  vendor->boot_id = g_strdup (boot_id);
}

gint64
prolong_vendor_get_now (ProlongVendor *vendor, ProlongClock *clock, gboolean *behind)
{
  gint64 elapsed = 0;

  if (g_strcmp0 (vendor->boot_id, prolong_clock_get_boot_id (clock)) == 0)
    elapsed = MAX (prolong_clock_get_boot (clock) - vendor->boot_time, 0);
  return prolong_now (prolong_clock_get_system (clock), vendor->service_time, elapsed, behind);
}

static void
prolong_vendor_finalize (GObject *object)
{
  ProlongVendor *vendor = PROLONG_VENDOR (object);

  prolong_profile_unref (vendor->profile);
  g_free (vendor->device);
  g_free (vendor->boot_id);
  G_OBJECT_CLASS (prolong_vendor_parent_class)->finalize (object);
}

static void
prolong_vendor_class_init (ProlongVendorClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_vendor_finalize;
}

static void
prolong_vendor_init (ProlongVendor *vendor)
{
  vendor->service_state = "unknown";
}

ProlongVendor *
prolong_vendor_new (ProlongProfile *profile, gboolean own)
{
  ProlongVendor *vendor = g_object_new (PROLONG_TYPE_VENDOR, NULL);

  vendor->profile = prolong_profile_ref (profile);
  vendor->own = own;
  vendor->device = prolong_device_id (profile->id);
  return vendor;
}
