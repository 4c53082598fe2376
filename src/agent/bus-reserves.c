/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"

/* What an exported reserve code stands for. */
typedef struct
{
  ProlongReserves *reserves;
  ProlongReserve *reserve;
} Subject;

static void
subject_free (gpointer data)
{
  Subject *subject = data;

  g_object_unref (subject->reserves);
  g_object_unref (subject->reserve);
  g_free (subject);
}

static Subject *
subject_of (ProlongBusReserve1 *skeleton)
{
  return g_object_get_data (G_OBJECT (skeleton), "subject");
}

static void
on_changed (ProlongReserves *reserves, ProlongBusReserve1 *skeleton)
{
  prolong_bus_reserve_update (skeleton, subject_of (skeleton)->reserves, subject_of (skeleton)->reserve);
}

static void
on_reserve_changed (ProlongReserve *reserve, ProlongBusReserve1 *skeleton)
{
  on_changed (NULL, skeleton);
}

static gboolean
on_activate (ProlongBusReserve1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  Subject *subject = subject_of (skeleton);
  GError *error = NULL;
  ProlongOperation *operation
      = prolong_engine_activate_reserve (self->engine, subject->reserves, subject->reserve, &error);
  g_autofree char *path = operation != NULL ? prolong_bus_operation_path (operation) : NULL;

  if (path == NULL)
    return prolong_bus_answer_now (invocation, error);
  prolong_bus_reserve1_complete_activate (skeleton, invocation, path);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_check_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_engine_check_reserve_finish (PROLONG_ENGINE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_check (ProlongBusReserve1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  Subject *subject = subject_of (skeleton);

  prolong_engine_check_reserve_async (self->engine, subject->reserves, subject->reserve, on_check_done,
                                      prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_move_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_reserves_change_finish (PROLONG_RESERVES (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_move (ProlongBusReserve1 *skeleton,
         GDBusMethodInvocation *invocation,
         guint position,
         ProlongBusObjects *self)
{
  Subject *subject = subject_of (skeleton);

  prolong_reserves_move_async (subject->reserves, subject->reserve, position, on_move_done,
                               prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_remove_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_engine_remove_reserve_finish (PROLONG_ENGINE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_remove (ProlongBusReserve1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  Subject *subject = subject_of (skeleton);

  prolong_engine_remove_reserve_async (self->engine, subject->reserves, subject->reserve, on_remove_done,
                                       prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_add_reserve (ProlongEngine *engine,
                                 ProlongReserves *reserves,
                                 ProlongReserve *reserve,
                                 ProlongBusObjects *self)
{
  g_autofree char *path = prolong_bus_reserve_path (prolong_reserve_get_record (reserve)->id);
  g_autoptr (ProlongBusObjectSkeleton) object = prolong_bus_object_skeleton_new (path);
  g_autoptr (ProlongBusReserve1) skeleton = prolong_bus_reserve1_skeleton_new ();
  Subject *subject = g_new (Subject, 1);

  subject->reserves = g_object_ref (reserves);
  subject->reserve = g_object_ref (reserve);
  g_object_set_data_full (G_OBJECT (skeleton), "subject", subject, subject_free);
  prolong_bus_reserve_update (skeleton, reserves, reserve);
  g_signal_connect_object (reserve, "changed", G_CALLBACK (on_reserve_changed), skeleton, 0);
  g_signal_connect_object (reserves, "changed", G_CALLBACK (on_changed), skeleton, 0);
  g_signal_connect_object (skeleton, "handle-activate", G_CALLBACK (on_activate), self, 0);
  g_signal_connect_object (skeleton, "handle-check", G_CALLBACK (on_check), self, 0);
  g_signal_connect_object (skeleton, "handle-move", G_CALLBACK (on_move), self, 0);
  g_signal_connect_object (skeleton, "handle-remove", G_CALLBACK (on_remove), self, 0);
  prolong_bus_object_skeleton_set_reserve1 (object, skeleton);
  g_dbus_object_manager_server_export (self->server, G_DBUS_OBJECT_SKELETON (object));
  prolong_start_at_login_suggest (self->login);
}

void
prolong_bus_objects_remove_reserve (ProlongEngine *engine,
                                    ProlongReserves *reserves,
                                    ProlongReserve *reserve,
                                    ProlongBusObjects *self)
{
  g_autofree char *path = prolong_bus_reserve_path (prolong_reserve_get_record (reserve)->id);

  g_dbus_object_manager_server_unexport (self->server, path);
}
