/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * How a command tells a service that runs on the same store that it has changed something (`orders paid`): it
 * touches a file beside the store, which the service watches. A bell that nobody hears does no harm.
 */

/** prolong_bell_ring: @store: path of the database. Call it after the commit. */
void prolong_bell_ring (const char *store);

/**
 * prolong_bell_watch:
 * @heard: called in the main context, once or more for each ring
 *
 * Returns: (transfer full): to be released when nobody listens any more.
 */
GFileMonitor *prolong_bell_watch (const char *store, void (*heard) (gpointer data), gpointer data);

G_END_DECLS
