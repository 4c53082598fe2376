/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/clock.h"
#include "license/profile.h"

G_BEGIN_DECLS

/**
 * ProlongVendor:
 *
 * A vendor on this device: its profile, the device id that it knows, and its time.
 */
#define PROLONG_TYPE_VENDOR (prolong_vendor_get_type ())
G_DECLARE_FINAL_TYPE (ProlongVendor, prolong_vendor, PROLONG, VENDOR, GObject)

/** prolong_vendor_new: @own tells whether the person added the profile, and so may remove it. */
ProlongVendor *prolong_vendor_new (ProlongProfile *profile, gboolean own);

/** prolong_vendor_get_profile: (transfer none). */
const ProlongProfile *prolong_vendor_get_profile (ProlongVendor *vendor);

/** prolong_vendor_set_profile: takes a newer version of the profile with the same id. */
void prolong_vendor_set_profile (ProlongVendor *vendor, ProlongProfile *profile, gboolean own);
gboolean prolong_vendor_is_own (ProlongVendor *vendor);

/** prolong_vendor_get_service_state: `unknown`, `ok` or the name of the newest problem with the vendor's
 * service. */
const char *prolong_vendor_get_service_state (ProlongVendor *vendor);

/** prolong_vendor_set_service_state: @state is static. */
void prolong_vendor_set_service_state (ProlongVendor *vendor, const char *state);

/** prolong_vendor_get_device: the device id (see prolong_device_id()). */
const char *prolong_vendor_get_device (ProlongVendor *vendor);

/**
 * prolong_vendor_learn_time:
 * @service: a signed service time
 * @boot_id: the run of the machine in which it came
 * @boot: boot time at that instant
 *
 * Keeps the newest; one vendor's wrong time touches no other vendor.
 */
void prolong_vendor_learn_time (ProlongVendor *vendor, gint64 service, const char *boot_id, gint64 boot);

/**
 * prolong_vendor_get_now:
 * @behind: (out) (optional): whether the system clock is set back
 *
 * Returns: the instant that counts for this vendor's licenses (design: now), seconds UTC.
 */
gint64 prolong_vendor_get_now (ProlongVendor *vendor, ProlongClock *clock, gboolean *behind);

G_END_DECLS
