/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"

G_BEGIN_DECLS

/* What engine.c shares with engine-codes.c, engine-load.c and engine-products.c. */

struct _ProlongEngine
{
  GObject parent_instance;
  ProlongContext context;
  ProlongOperationHost host;
  GPtrArray *vendors;
  GPtrArray *licenses;
  GPtrArray *operations;
  GPtrArray *carried_out; /* names of journals that only remain to be cleared */
  GKeyFile *products; /* registered versions: a group for each vendor, a key for each product */
  GNetworkMonitor *network;
  const char *service_state;
};

ProlongVendor *prolong_engine_find_vendor (ProlongEngine *engine, const char *id);
ProlongLicense *prolong_engine_find_license (ProlongEngine *engine, const char *vendor, const char *product);
void prolong_engine_add_operation (ProlongEngine *engine, ProlongOperation *operation);

/** prolong_engine_note_service: the newest experience with a service; a negative @problem is a good one. */
void prolong_engine_note_service (ProlongEngine *engine, int problem);

/** prolong_engine_add_license: takes over @record and @ticket. */
void prolong_engine_add_license (ProlongEngine *engine, ProlongVendor *vendor, ProlongLicenseRecord *record,
                                 ProlongTicket *ticket);

/** prolong_engine_clear_carried_out: removes the journals of activations whose license is here already. */
void prolong_engine_clear_carried_out (ProlongEngine *engine);

void prolong_engine_load_products (ProlongEngine *engine);

G_END_DECLS
