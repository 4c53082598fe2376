/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * prolong_read_async:
 * @attach: whether the agent shall stay until this connection closes
 *
 * Sends the calls of one snapshot together, starting the agent when needed. The callback runs once all have
 * come to an end.
 */
void prolong_read_async (GDBusConnection *bus,
                         gboolean attach,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** prolong_read_finish: whether there are answers, as prolong_snapshot_new() takes them. */
gboolean prolong_read_finish (GAsyncResult *result, GVariant **objects, GVariant **manager, GError **error);

G_END_DECLS
