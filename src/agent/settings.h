/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/store.h"

G_BEGIN_DECLS

/**
 * ProlongSettings:
 *
 * What the person chose in the preferences, kept in the state directory. Emits `changed` once a choice is
 * durable.
 */
#define PROLONG_TYPE_SETTINGS (prolong_settings_get_type ())
G_DECLARE_FINAL_TYPE (ProlongSettings, prolong_settings, PROLONG, SETTINGS, GObject)

/** prolong_settings_new: reads them from @store, for the start of the agent; what cannot be read is as it was
 * first. */
ProlongSettings *prolong_settings_new (ProlongStore *store);

/** prolong_settings_get_tray: whether the person wants the icon in the tray. */
gboolean prolong_settings_get_tray (ProlongSettings *settings);

/** prolong_settings_get_notifications: whether the person wants to be told of what ends. */
gboolean prolong_settings_get_notifications (ProlongSettings *settings);

/**
 * prolong_settings_get_notification_days:
 * @n: (out): their number; 0: as each vendor's profile says
 *
 * Returns: (transfer none) (array length=n): days before the end, descending; until `changed`.
 */
const guint *prolong_settings_get_notification_days (ProlongSettings *settings, gsize *n);

/** prolong_settings_get_device_name: (transfer none): empty for the host name; see prolong_device_name(). */
const char *prolong_settings_get_device_name (ProlongSettings *settings);

/** prolong_settings_get_email: (transfer none): kept for the next order; empty for none. */
const char *prolong_settings_get_email (ProlongSettings *settings);

/*
 * The setters. They answer once the choice is durable; until then, and when that fails, all is as it was.
 * Errors: %PROLONG_PROBLEM_STORAGE_FULL, and %G_DBUS_ERROR_INVALID_ARGS for a value that cannot be.
 */

void prolong_settings_set_tray_async (ProlongSettings *settings,
                                      gboolean on,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void prolong_settings_set_notifications_async (ProlongSettings *settings,
                                               gboolean on,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);

/** prolong_settings_set_notification_days_async: from 1 to 3650, 32 at most, in any order; @n 0: as the
 * profiles say. */
void prolong_settings_set_notification_days_async (ProlongSettings *settings,
                                                   const guint *days,
                                                   gsize n,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data);

/** prolong_settings_set_device_name_async: at most 256 bytes, no control characters; empty for the host name.
 */
void prolong_settings_set_device_name_async (ProlongSettings *settings,
                                             const char *name,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);

/** prolong_settings_set_email_async: an address as license/email.h takes it; empty for none. */
void prolong_settings_set_email_async (ProlongSettings *settings,
                                       const char *email,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean prolong_settings_set_finish (ProlongSettings *settings,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
