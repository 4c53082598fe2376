/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "prolong-bus.h"

G_BEGIN_DECLS

/* What a client reads: properties made of licenses, operations and vendors. */

char *prolong_bus_license_path (ProlongLicense *license);
void
prolong_bus_license_update (ProlongBusLicense1 *skeleton, ProlongEngine *engine, ProlongLicense *license);

char *prolong_bus_operation_path (ProlongOperation *operation);
void prolong_bus_operation_update (ProlongBusOperation1 *skeleton, ProlongOperation *operation);

/** prolong_bus_reserve_path: (nullable) @id: "/" for none. */
char *prolong_bus_reserve_path (const char *id);
void
prolong_bus_reserve_update (ProlongBusReserve1 *skeleton, ProlongReserves *reserves, ProlongReserve *reserve);

/** prolong_bus_vendors_new: a floating `aa{sv}` for the property Vendors. */
GVariant *prolong_bus_vendors_new (ProlongEngine *engine);

G_END_DECLS
