/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/bus-objects.h"
#include "agent/bus-properties.h"
#include "agent/start-at-login.h"

G_BEGIN_DECLS

/* What bus-objects.c (the manager and the operations) and the files for the rest of the bus share. */

struct _ProlongBusObjects
{
  GObject parent_instance;
  ProlongEngine *engine;
  ProlongKeyring *keyring;
  ProlongStartAtLogin *login;
  ProlongBusManager1 *manager;
  GDBusObjectManagerServer *server;
  GHashTable *clients; /* unique name -> watch */
  guint calls;         /* that wait for an answer */
};

/** A method call that is answered later: it keeps the agent until then. */
typedef struct _ProlongBusPending ProlongBusPending;

ProlongBusPending *prolong_bus_pending_new (ProlongBusObjects *objects, GDBusMethodInvocation *invocation);

/** prolong_bus_pending_answer: (transfer full) @error, or, when that is %NULL, a floating @answer; frees
 * @pending. */
void prolong_bus_pending_answer (ProlongBusPending *pending, GVariant *answer, GError *error);

/** prolong_bus_answer_now: (transfer full) @error, or an empty answer; returns that the call was handled. */
gboolean prolong_bus_answer_now (GDBusMethodInvocation *invocation, GError *error);

/* Callbacks of calls about seats; @pending is a #ProlongBusPending. */
void prolong_bus_answer_seats (GObject *engine, GAsyncResult *result, gpointer pending);
void prolong_bus_answer_released (GObject *engine, GAsyncResult *result, gpointer pending);

void
prolong_bus_objects_add_license (ProlongEngine *engine, ProlongLicense *license, ProlongBusObjects *objects);
void prolong_bus_objects_remove_license (ProlongEngine *engine,
                                         ProlongLicense *license,
                                         ProlongBusObjects *objects);
void prolong_bus_objects_add_reserve (ProlongEngine *engine,
                                      ProlongReserves *reserves,
                                      ProlongReserve *reserve,
                                      ProlongBusObjects *objects);
void prolong_bus_objects_remove_reserve (ProlongEngine *engine,
                                         ProlongReserves *reserves,
                                         ProlongReserve *reserve,
                                         ProlongBusObjects *objects);

/** prolong_bus_objects_handle_products: answers the calls of the manager that products make. */
void prolong_bus_objects_handle_products (ProlongBusObjects *objects);

/** prolong_bus_objects_handle_orders: answers the calls of the manager that are about buying. */
void prolong_bus_objects_handle_orders (ProlongBusObjects *objects);

/** prolong_bus_orders_new: a floating `aa{sv}`. */
GVariant *prolong_bus_orders_new (ProlongEngine *engine);

/** prolong_bus_objects_handle_support: answers the calls of the manager that are about support. */
void prolong_bus_objects_handle_support (ProlongBusObjects *objects);

/** prolong_bus_support_new: a floating `aa{sv}`. */
GVariant *prolong_bus_support_new (ProlongEngine *engine);

/** prolong_bus_objects_handle_vendors: answers the calls of the manager that are about profiles. */
void prolong_bus_objects_handle_vendors (ProlongBusObjects *objects);

/** prolong_bus_objects_handle_providers: answers the calls of the manager about where something was bought.
 */
void prolong_bus_objects_handle_providers (ProlongBusObjects *objects);

/** prolong_bus_topics_new: a floating `aa{sv}`: what the vendor's support may be asked about. */
GVariant *prolong_bus_topics_new (const ProlongProfile *profile);

/** prolong_bus_objects_add_settings: puts what the person chose on the manager, with its setters. */
void prolong_bus_objects_add_settings (ProlongBusObjects *objects);

/** prolong_bus_seats_new: a floating `(aa{sv})`. */
GVariant *prolong_bus_seats_new (ProlongEngine *engine, GPtrArray *seats);

G_END_DECLS
