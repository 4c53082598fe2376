/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/client.h"

G_BEGIN_DECLS

/** prolong_quit_costs: whether a reserve code would not take over while the agent does not run. */
gboolean prolong_quit_costs (const ProlongSnapshot *snapshot);

/** prolong_quit_close_windows: from the newest on; %FALSE when one asks first, and stays with those behind
 * it. */
gboolean prolong_quit_close_windows (GtkApplication *application);

/**
 * prolong_quit_agent:
 * @client: (nullable): does nothing more from now on, since it would start the agent again
 *
 * Closes every window, ends the agent, and then this program; nothing of it when a window stays.
 */
void prolong_quit_agent (GtkApplication *application, ProlongClient *client);

G_END_DECLS
