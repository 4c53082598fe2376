/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"

G_BEGIN_DECLS

/**
 * ProlongBusObjects:
 *
 * The engine on the bus: exports Manager1 and an object for each license and operation, and keeps their
 * properties true. It decides nothing.
 */
#define PROLONG_TYPE_BUS_OBJECTS (prolong_bus_objects_get_type ())
G_DECLARE_FINAL_TYPE (ProlongBusObjects, prolong_bus_objects, PROLONG, BUS_OBJECTS, GObject)

/**
 * prolong_bus_objects_new:
 *
 * Emits `clients-changed` when a client came or went, and `quit` when one wants the agent to end.
 */
ProlongBusObjects *prolong_bus_objects_new (ProlongEngine *engine, ProlongKeyring *keyring);

/** prolong_bus_objects_export: puts everything on @bus. */
gboolean prolong_bus_objects_export (ProlongBusObjects *objects, GDBusConnection *bus, GError **error);

/** prolong_bus_objects_set_tray: the property Tray. */
void prolong_bus_objects_set_tray (ProlongBusObjects *objects, const char *state);

/** prolong_bus_objects_has_clients: whether somebody attached, or waits for an answer. */
gboolean prolong_bus_objects_has_clients (ProlongBusObjects *objects);

/** prolong_bus_objects_ask_to_stay: see prolong_start_at_login_ask_to_stay(). */
void prolong_bus_objects_ask_to_stay (ProlongBusObjects *objects);

G_END_DECLS
