/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/notices/notifier.h"

G_BEGIN_DECLS

/**
 * ProlongDesktopNotifier:
 *
 * org.freedesktop.Notifications. Called directly and not through #GNotification, which cannot withdraw what
 * an earlier run of the agent has shown.
 */
#define PROLONG_TYPE_DESKTOP_NOTIFIER (prolong_desktop_notifier_get_type ())
G_DECLARE_FINAL_TYPE (ProlongDesktopNotifier,
                      prolong_desktop_notifier,
                      PROLONG,
                      DESKTOP_NOTIFIER,
                      ProlongNotifier)

ProlongNotifier *prolong_desktop_notifier_new (GDBusConnection *bus);

G_END_DECLS
