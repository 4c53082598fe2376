/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"

static gboolean
on_check_vendor (ProlongBusManager1 *manager,
                 GDBusMethodInvocation *invocation,
                 const char *profile,
                 ProlongBusObjects *self)
{
  GError *error = NULL;
  g_autoptr (GVariant) verdict = prolong_engine_check_vendor (self->engine, profile, &error);

  if (verdict == NULL)
    return prolong_bus_answer_now (invocation, error);
  prolong_bus_manager1_complete_check_vendor (manager, invocation, verdict);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_vendor_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autofree char *id = prolong_engine_add_vendor_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, id != NULL ? g_variant_new ("(s)", id) : NULL, error);
}

static gboolean
on_add_vendor (ProlongBusManager1 *manager,
               GDBusMethodInvocation *invocation,
               const char *profile,
               ProlongBusObjects *self)
{
  prolong_engine_add_vendor_async (self->engine, profile, on_vendor_added,
                                   prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_vendor_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_engine_remove_vendor_finish (PROLONG_ENGINE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_remove_vendor (ProlongBusManager1 *manager,
                  GDBusMethodInvocation *invocation,
                  const char *id,
                  ProlongBusObjects *self)
{
  prolong_engine_remove_vendor_async (self->engine, id, on_vendor_removed,
                                      prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_handle_vendors (ProlongBusObjects *self)
{
  g_signal_connect (self->manager, "handle-check-vendor", G_CALLBACK (on_check_vendor), self);
  g_signal_connect (self->manager, "handle-add-vendor", G_CALLBACK (on_add_vendor), self);
  g_signal_connect (self->manager, "handle-remove-vendor", G_CALLBACK (on_remove_vendor), self);
}
