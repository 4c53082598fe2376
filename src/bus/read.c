/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/read-private.h"

#include "bus/client.h"
#include "bus/contract.h"

typedef struct
{
  guint n_waiting;
  GVariant *objects;
  GVariant *manager;
  GError *error; /* the first */
} Read;

static void
read_free (gpointer data)
{
  Read *self = data;

  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->manager, g_variant_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
call_ended (GTask *task, GError *error)
{
  Read *self = g_task_get_task_data (task);

  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_clear_error (&error);

  if (--self->n_waiting > 0)
    return;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
objects_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->objects = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  call_ended (task, error);
}

static void
manager_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->manager = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  call_ended (task, error);
}

static void
attach_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) answer = NULL;
  GError *error = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  call_ended (task, error);
}

static void
call (GTask *task,
      const char *interface,
      const char *method,
      GVariant *arguments,
      GAsyncReadyCallback callback)
{
  Read *self = g_task_get_task_data (task);

  self->n_waiting++;
  g_dbus_connection_call (G_DBUS_CONNECTION (g_task_get_source_object (task)), PROLONG_BUS_NAME,
                          PROLONG_BUS_PATH, interface, method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), callback, g_object_ref (task));
}

void
prolong_read_async (GDBusConnection *bus,
                    gboolean attach,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (bus, cancellable, callback, user_data);

  g_task_set_source_tag (task, prolong_read_async);
  g_task_set_task_data (task, g_new0 (Read, 1), read_free);
  if (attach)
    call (task, PROLONG_BUS_MANAGER, "Attach", NULL, attach_cb);
  call (task, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL, objects_cb);
  call (task, "org.freedesktop.DBus.Properties", "GetAll", g_variant_new ("(s)", PROLONG_BUS_MANAGER),
        manager_cb);
}

gboolean
prolong_read_finish (GAsyncResult *result, GVariant **objects, GVariant **manager, GError **error)
{
  GTask *task = G_TASK (result);
  Read *self = g_task_get_task_data (task);

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  *objects = g_steal_pointer (&self->objects);
  *manager = g_steal_pointer (&self->manager);
  return TRUE;
}

static void
read_sync_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

ProlongSnapshot *
prolong_snapshot_read_sync (GDBusConnection *bus, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GVariant) manager = NULL;

  g_main_context_push_thread_default (context);
  prolong_read_async (bus, FALSE, cancellable, read_sync_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  if (!prolong_read_finish (result, &objects, &manager, error))
    {
      if (error != NULL)
        g_dbus_error_strip_remote_error (*error);
      return NULL;
    }
  return prolong_snapshot_new (objects, manager);
}
