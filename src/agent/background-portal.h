/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * prolong_background_portal_request_async: asks the Background portal to let the agent run without a window,
 * and to start PROGRAM with the session or not. The desktop may ask the person.
 */
void prolong_background_portal_request_async (const char *program,
                                              gboolean autostart,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);

/**
 * prolong_background_portal_request_finish:
 * @autostart: (out): what the desktop made of it
 * @error: from the G_IO_ERROR or G_DBUS_ERROR domain: the person or the desktop refused, or there is no such
 * portal
 *
 * Returns: whether the agent may run without a window
 */
gboolean prolong_background_portal_request_finish (GAsyncResult *result, gboolean *autostart, GError **error);

/** prolong_background_portal_denied: whether @error says that person or desktop refused. */
gboolean prolong_background_portal_denied (const GError *error);

G_END_DECLS
