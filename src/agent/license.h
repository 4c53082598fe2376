/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/record.h"
#include "agent/vendor.h"
#include "license/problem.h"
#include "license/term.h"

G_BEGIN_DECLS

/**
 * ProlongLicense:
 *
 * A license held by this device: its verified ticket, asked for anew every day and whenever a person wants
 * it. Emits `changed` when anything that a client sees is another, `checked` when the service was asked,
 * whatever came of it, and `removed` when the seat was given back.
 */
#define PROLONG_TYPE_LICENSE (prolong_license_get_type ())
G_DECLARE_FINAL_TYPE (ProlongLicense, prolong_license, PROLONG, LICENSE, GObject)

/**
 * prolong_license_new:
 * @record: (transfer full): as in the store
 * @ticket: (transfer full): the verified ticket of @record
 */
ProlongLicense *prolong_license_new (const ProlongContext *context,
                                     ProlongVendor *vendor,
                                     ProlongLicenseRecord *record,
                                     ProlongTicket *ticket);

/** prolong_license_file_name: (transfer full): where the license of a product stands in the store. */
char *prolong_license_file_name (const char *vendor, const char *product);

ProlongVendor *prolong_license_get_vendor (ProlongLicense *license);
const ProlongTicket *prolong_license_get_ticket (ProlongLicense *license);
const ProlongLicenseRecord *prolong_license_get_record (ProlongLicense *license);
ProlongState prolong_license_get_state (ProlongLicense *license);
guint prolong_license_get_days_left (ProlongLicense *license);

/** prolong_license_has_ended: whether it ran out, its grace period included; one that is blocked has not. */
gboolean prolong_license_has_ended (ProlongLicense *license);

/** prolong_license_set_pending: while set, one that has ended shows that its successor is under way. */
void prolong_license_set_pending (ProlongLicense *license, gboolean pending);

/** prolong_license_is_running: whether the person is covered: active, expiring or in grace. */
gboolean prolong_license_is_running (ProlongLicense *license);

/** prolong_license_is_confirmed: whether the newest ticket is as fresh as it asks to be (`check_by`). */
gboolean prolong_license_is_confirmed (ProlongLicense *license);

/** prolong_license_is_clock_behind: whether the clock of this device is set back. */
gboolean prolong_license_is_clock_behind (ProlongLicense *license);

/** prolong_license_get_check_problem: why the newest check failed; -1 when it did not. */
int prolong_license_get_check_problem (ProlongLicense *license);

/**
 * prolong_license_set_superseded:
 *
 * While set, an answer that is still on its way is not written over the record that takes this one's place.
 */
void prolong_license_set_superseded (ProlongLicense *license, gboolean superseded);

/** prolong_license_set_product_version: (nullable): the version sent with the next check. */
void prolong_license_set_product_version (ProlongLicense *license, const char *version);

/** prolong_license_wake: acts on what is due by the clock. */
void prolong_license_wake (ProlongLicense *license);

/** prolong_license_get_alarm: the system time at which prolong_license_wake() is due next. */
gint64 prolong_license_get_alarm (ProlongLicense *license);

/**
 * prolong_license_clear_replaced:
 *
 * Takes the code of the license before this one out of the keyring, unless that is locked; then it is for
 * another time.
 */
void prolong_license_clear_replaced (ProlongLicense *license);

/** prolong_license_check_soon: a check that failed is made again within a minute, since the network is back.
 */
void prolong_license_check_soon (ProlongLicense *license);

/**
 * prolong_license_refresh_async:
 *
 * Asks the service for a fresh ticket. A second call while one is under way shares its outcome. An answer
 * that fails any check changes nothing.
 */
void
prolong_license_refresh_async (ProlongLicense *license, GAsyncReadyCallback callback, gpointer user_data);
gboolean prolong_license_refresh_finish (ProlongLicense *license, GAsyncResult *result, GError **error);

/**
 * prolong_license_set_auto_renewal_async:
 *
 * Has the service switch the auto-renewal of the subscription; the new ticket is held then. Without an answer
 * it is not known whether that was done: the service is asked within a minute.
 */
void prolong_license_set_auto_renewal_async (ProlongLicense *license,
                                             gboolean on,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean prolong_license_set_auto_renewal_finish (ProlongLicense *license,
                                                  GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_license_remove_async: gives the seat back, then forgets ticket and code. */
void prolong_license_remove_async (ProlongLicense *license, GAsyncReadyCallback callback, gpointer user_data);
gboolean prolong_license_remove_finish (ProlongLicense *license, GAsyncResult *result, GError **error);

G_END_DECLS
