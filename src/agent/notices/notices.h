/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "agent/notices/notifier.h"

G_BEGIN_DECLS

/**
 * ProlongNotices:
 *
 * Tells the person what matters and nothing else (G3, C7): that a license ends, once for each of its marks,
 * all of a day in one digest; that it ended or is blocked; that a reserve code took over, would not, or did
 * not. Nothing is told twice, and what is no longer true is withdrawn.
 */
#define PROLONG_TYPE_NOTICES (prolong_notices_get_type ())
G_DECLARE_FINAL_TYPE (ProlongNotices, prolong_notices, PROLONG, NOTICES, GObject)

/**
 * prolong_notices_new:
 * @store: where it remembers what it told; read at once, before the main loop runs
 * @bus: (nullable): where the window program is called for what is pressed; %NULL: it is not called
 */
ProlongNotices *prolong_notices_new (ProlongEngine *engine,
                                     ProlongClock *clock,
                                     ProlongStore *store,
                                     ProlongNotifier *notifier,
                                     GDBusConnection *bus);

/** prolong_notices_start: from now on it tells; to be called once the engine has resumed. */
void prolong_notices_start (ProlongNotices *notices);

G_END_DECLS
