/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProlongDeployment:
 *
 * The installed version that this process runs from. Flatpak leaves a running process its files when it
 * updates or removes the app, and says so by a file among them; outside a sandbox nothing is ever said. The
 * signal `replaced` comes once, from the main loop.
 */
#define PROLONG_TYPE_DEPLOYMENT (prolong_deployment_get_type ())
G_DECLARE_FINAL_TYPE (ProlongDeployment, prolong_deployment, PROLONG, DEPLOYMENT, GObject)

ProlongDeployment *prolong_deployment_new (void);

/** prolong_deployment_was_updated: whether a newer version stands ready; FALSE also when the app was removed.
 */
gboolean prolong_deployment_was_updated (ProlongDeployment *deployment);

G_END_DECLS
