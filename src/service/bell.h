/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a command tells a service that runs on the same store that it has changed something (`orders paid`): it
 * opens a file beside the store, and the service hears that the file is closed. The kernel closes it for a
 * command that is killed, so that nothing lies between a commit and the bell. A bell that nobody hears does
 * no harm.
 */

/** prolong_bell_hold: @store: path of the database. Before the transaction; it rings when it is let go.
 * Returns: for prolong_bell_release(). */
int prolong_bell_hold (const char *store);
void prolong_bell_release (int bell);

/** prolong_bell_ring: at once, after the commit. */
void prolong_bell_ring (const char *store);

/** ProlongBell: what listens. */
typedef struct _ProlongBell ProlongBell;

/**
 * prolong_bell_watch:
 * @heard: called in the main context, once or more for each ring
 *
 * Returns: (nullable): to be freed when nobody listens any more; %NULL where the kernel lets nobody listen.
 */
ProlongBell *prolong_bell_watch (const char *store, void (*heard) (gpointer data), gpointer data);
void prolong_bell_free (ProlongBell *bell);

G_END_DECLS
