/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/notices/notifier.h"

G_BEGIN_DECLS

/**
 * ProlongPortalNotifier:
 *
 * org.freedesktop.portal.Notification, for a sandbox. The desktop itself calls the window program for what
 * opens it; a handle is the name of the slot. What becomes of a notice that nobody presses is not told.
 */
#define PROLONG_TYPE_PORTAL_NOTIFIER (prolong_portal_notifier_get_type ())
G_DECLARE_FINAL_TYPE (ProlongPortalNotifier,
                      prolong_portal_notifier,
                      PROLONG,
                      PORTAL_NOTIFIER,
                      ProlongNotifier)

ProlongNotifier *prolong_portal_notifier_new (GDBusConnection *bus);

G_END_DECLS
