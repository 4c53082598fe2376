/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The window program, called over org.freedesktop.Application. */

/**
 * prolong_window_caller_activate:
 * @action: (nullable): one of the actions of src/window/application.c; %NULL brings the window to the front
 * @parameter: (nullable): of the action; a floating reference is taken
 * @activation_token: (nullable): what the desktop gave for the click, so that the window may take the focus
 *
 * Calls the window program, which the bus starts when it does not run. That it cannot be called is logged:
 * there is nobody else to tell.
 */
void prolong_window_caller_activate (GDBusConnection *bus,
                                     const char *action,
                                     GVariant *parameter,
                                     const char *activation_token);

/** prolong_window_caller_activate_running: as prolong_window_caller_activate(), but starts no program. */
void prolong_window_caller_activate_running (GDBusConnection *bus,
                                             const char *action,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);

/** prolong_window_caller_activate_running_finish: whether there was a program to call. */
gboolean prolong_window_caller_activate_running_finish (GDBusConnection *bus, GAsyncResult *result);

G_END_DECLS
