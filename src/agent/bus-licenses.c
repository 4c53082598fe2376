/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"

static void
on_license_changed (ProlongLicense *license, ProlongBusLicense1 *skeleton)
{
  ProlongBusObjects *self = g_object_get_data (G_OBJECT (skeleton), "objects");

  prolong_bus_license_update (skeleton, self->engine, license);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_license_refresh_finish (PROLONG_LICENSE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_refresh (ProlongBusLicense1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  ProlongLicense *license = g_object_get_data (G_OBJECT (skeleton), "license");

  prolong_license_refresh_async (license, on_refreshed, prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_switched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean switched = prolong_engine_set_auto_renewal_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, NULL, switched ? NULL : error);
}

static gboolean
on_set_auto_renewal (ProlongBusLicense1 *skeleton,
                     GDBusMethodInvocation *invocation,
                     gboolean on,
                     ProlongBusObjects *self)
{
  ProlongLicense *license = g_object_get_data (G_OBJECT (skeleton), "license");

  prolong_engine_set_auto_renewal_async (self->engine, license, on, on_switched,
                                         prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_remove_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_license_remove_finish (PROLONG_LICENSE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_remove (ProlongBusLicense1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  ProlongLicense *license = g_object_get_data (G_OBJECT (skeleton), "license");

  prolong_license_remove_async (license, on_remove_done, prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_query_seats (ProlongBusLicense1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  ProlongLicense *license = g_object_get_data (G_OBJECT (skeleton), "license");

  prolong_engine_query_seats_async (self->engine, license, NULL, NULL, prolong_bus_answer_seats,
                                    prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_release_seat (ProlongBusLicense1 *skeleton,
                 GDBusMethodInvocation *invocation,
                 const char *seat,
                 ProlongBusObjects *self)
{
  ProlongLicense *license = g_object_get_data (G_OBJECT (skeleton), "license");

  prolong_engine_release_seat_async (self->engine, license, NULL, NULL, seat, prolong_bus_answer_released,
                                     prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_add_license (ProlongEngine *engine, ProlongLicense *license, ProlongBusObjects *self)
{
  g_autofree char *path = prolong_bus_license_path (license);
  g_autoptr (ProlongBusObjectSkeleton) object = prolong_bus_object_skeleton_new (path);
  g_autoptr (ProlongBusLicense1) skeleton = prolong_bus_license1_skeleton_new ();

  g_object_set_data_full (G_OBJECT (skeleton), "license", g_object_ref (license), g_object_unref);
  g_object_set_data (G_OBJECT (skeleton), "objects", self);
  prolong_bus_license_update (skeleton, engine, license);
  g_signal_connect_object (license, "changed", G_CALLBACK (on_license_changed), skeleton, 0);
  g_signal_connect_object (skeleton, "handle-refresh", G_CALLBACK (on_refresh), self, 0);
  g_signal_connect_object (skeleton, "handle-query-seats", G_CALLBACK (on_query_seats), self, 0);
  g_signal_connect_object (skeleton, "handle-release-seat", G_CALLBACK (on_release_seat), self, 0);
  g_signal_connect_object (skeleton, "handle-set-auto-renewal", G_CALLBACK (on_set_auto_renewal), self, 0);
  g_signal_connect_object (skeleton, "handle-remove", G_CALLBACK (on_remove), self, 0);
  prolong_bus_object_skeleton_set_license1 (object, skeleton);
  g_dbus_object_manager_server_export (self->server, G_DBUS_OBJECT_SKELETON (object));
}

void
prolong_bus_objects_remove_license (ProlongEngine *engine, ProlongLicense *license, ProlongBusObjects *self)
{
  g_autofree char *path = prolong_bus_license_path (license);

  g_dbus_object_manager_server_unexport (self->server, path);
}
