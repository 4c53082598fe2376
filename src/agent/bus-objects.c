/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/bus-private.h"

#include "bus/contract.h"

enum
{
  CLIENTS_CHANGED,
  QUIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongBusObjects, prolong_bus_objects, G_TYPE_OBJECT)

static void
clients_changed (ProlongBusObjects *self)
{
  g_signal_emit (self, signals[CLIENTS_CHANGED], 0);
}

/* A method call that is answered later: it keeps the agent until then. */
struct _ProlongBusPending
{
  ProlongBusObjects *self;
  GDBusMethodInvocation *invocation;
};

ProlongBusPending *
prolong_bus_pending_new (ProlongBusObjects *self, GDBusMethodInvocation *invocation)
{
  ProlongBusPending *pending = g_new (ProlongBusPending, 1);

  pending->self = g_object_ref (self);
  pending->invocation = invocation;
  self->calls++;
  return pending;
}

void
prolong_bus_pending_answer (ProlongBusPending *pending, GVariant *answer, GError *error)
{
  if (error != NULL)
    g_dbus_method_invocation_take_error (pending->invocation, error);
  else
    g_dbus_method_invocation_return_value (pending->invocation, answer);
  pending->self->calls--;
  clients_changed (pending->self);
  g_object_unref (pending->self);
  g_free (pending);
}

gboolean
prolong_bus_answer_now (GDBusMethodInvocation *invocation, GError *error)
{
  if (error != NULL)
    g_dbus_method_invocation_take_error (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Operations. */

static void
on_operation_changed (ProlongOperation *operation, ProlongBusOperation1 *skeleton)
{
  prolong_bus_operation_update (skeleton, operation);
}

static ProlongOperation *
operation_of (ProlongBusOperation1 *skeleton)
{
  return g_object_get_data (G_OBJECT (skeleton), "operation");
}

static gboolean
on_cancel (ProlongBusOperation1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  GError *error = NULL;

  prolong_operation_cancel (operation_of (skeleton), &error);
  return prolong_bus_answer_now (invocation, error);
}

static gboolean
on_retry (ProlongBusOperation1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  prolong_operation_retry (operation_of (skeleton));
  return prolong_bus_answer_now (invocation, NULL);
}

static gboolean
on_provide_code (ProlongBusOperation1 *skeleton,
                 GDBusMethodInvocation *invocation,
                 const char *code,
                 ProlongBusObjects *self)
{
  GError *error = NULL;

  prolong_operation_provide_code (operation_of (skeleton), code, &error);
  return prolong_bus_answer_now (invocation, error);
}

static gboolean
on_dismiss (ProlongBusOperation1 *skeleton, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  GError *error = NULL;

  prolong_engine_dismiss (self->engine, operation_of (skeleton), &error);
  return prolong_bus_answer_now (invocation, error);
}

static void
on_operation_added (ProlongEngine *engine, ProlongOperation *operation, ProlongBusObjects *self)
{
  g_autofree char *path = prolong_bus_operation_path (operation);
  g_autoptr (ProlongBusObjectSkeleton) object = prolong_bus_object_skeleton_new (path);
  g_autoptr (ProlongBusOperation1) skeleton = prolong_bus_operation1_skeleton_new ();

  g_object_set_data_full (G_OBJECT (skeleton), "operation", g_object_ref (operation), g_object_unref);
  prolong_bus_operation_update (skeleton, operation);
  g_signal_connect_object (operation, "changed", G_CALLBACK (on_operation_changed), skeleton, 0);
  g_signal_connect_object (skeleton, "handle-cancel", G_CALLBACK (on_cancel), self, 0);
  g_signal_connect_object (skeleton, "handle-retry", G_CALLBACK (on_retry), self, 0);
  g_signal_connect_object (skeleton, "handle-provide-code", G_CALLBACK (on_provide_code), self, 0);
  g_signal_connect_object (skeleton, "handle-dismiss", G_CALLBACK (on_dismiss), self, 0);
  prolong_bus_object_skeleton_set_operation1 (object, skeleton);
  g_dbus_object_manager_server_export (self->server, G_DBUS_OBJECT_SKELETON (object));
}

static void
on_operation_removed (ProlongEngine *engine, ProlongOperation *operation, ProlongBusObjects *self)
{
  g_autofree char *path = prolong_bus_operation_path (operation);

  g_dbus_object_manager_server_unexport (self->server, path);
}

/* The manager. */

static void
on_engine_changed (ProlongEngine *engine, ProlongBusObjects *self)
{
  prolong_bus_manager1_set_vendors (self->manager, prolong_bus_vendors_new (engine));
  prolong_bus_manager1_set_orders (self->manager, prolong_bus_orders_new (engine));
  prolong_bus_manager1_set_support_requests (self->manager, prolong_bus_support_new (engine));
  prolong_bus_manager1_set_service (self->manager, prolong_engine_get_service_state (engine));
  prolong_bus_manager1_set_storage (self->manager,
                                    prolong_engine_is_storage_full (engine) ? "storage-full" : "ok");
}

static void
on_keyring_changed (ProlongKeyring *keyring, GParamSpec *pspec, ProlongBusObjects *self)
{
  prolong_bus_manager1_set_keyring (self->manager, prolong_keyring_get_state (keyring));
}

static void
on_client_gone (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ProlongBusObjects *self = user_data;

  g_hash_table_remove (self->clients, name);
  clients_changed (self);
}

static gboolean
on_attach (ProlongBusManager1 *manager, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);

  if (!g_hash_table_contains (self->clients, sender))
    {
      guint watch
          = g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (invocation), sender,
                                            G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_client_gone, self, NULL);

      g_hash_table_insert (self->clients, g_strdup (sender), GUINT_TO_POINTER (watch));
    }
  /* Somebody looks: the time to see whether a vendor's profile was installed since, or an order was paid. */
  prolong_engine_read_profiles (self->engine);
  prolong_engine_check_order_async (self->engine, "", NULL, NULL);
  prolong_engine_send_support_soon (self->engine);
  clients_changed (self);
  return prolong_bus_answer_now (invocation, NULL);
}

/* The answer stands before the end in the queue, and the queue is emptied before the end. */
static gboolean
on_quit (ProlongBusManager1 *manager, GDBusMethodInvocation *invocation, ProlongBusObjects *self)
{
  prolong_bus_answer_now (invocation, NULL);
  g_signal_emit (self, signals[QUIT], 0);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_set_tray (ProlongBusObjects *self, const char *state)
{
  prolong_bus_manager1_set_tray (self->manager, state);
}

static void
on_code_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (ProlongOperation) operation
      = prolong_engine_add_code_finish (PROLONG_ENGINE (source), result, &error);
  g_autofree char *path = operation != NULL ? prolong_bus_operation_path (operation) : NULL;

  prolong_bus_pending_answer (user_data, path != NULL ? g_variant_new ("(o)", path) : NULL, error);
}

static gboolean
on_add_code (ProlongBusManager1 *manager,
             GDBusMethodInvocation *invocation,
             const char *vendor,
             const char *product,
             const char *code,
             GVariant *options,
             ProlongBusObjects *self)
{
  ProlongCodeWish wish = { .vendor = vendor, .product = product, .text = code };

  g_variant_lookup (options, "previous_code", "&s", &wish.previous);
  g_variant_lookup (options, "accept_shorter_term", "b", &wish.accept_shorter_term);
  g_variant_lookup (options, "reserve", "b", &wish.only_reserve);
  prolong_engine_add_code_async (self->engine, &wish, on_code_added,
                                 prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_preflight_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) verdict = prolong_engine_preflight_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, verdict != NULL ? g_variant_new ("(@a{sv})", verdict) : NULL, error);
}

static gboolean
on_preflight (ProlongBusManager1 *manager,
              GDBusMethodInvocation *invocation,
              const char *vendor,
              const char *product,
              const char *code,
              ProlongBusObjects *self)
{
  prolong_engine_preflight_async (self->engine, vendor, product, code, on_preflight_done,
                                  prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_answer_seats (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) seats = prolong_engine_query_seats_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (
      user_data, seats != NULL ? prolong_bus_seats_new (PROLONG_ENGINE (source), seats) : NULL, error);
}

static gboolean
on_query_seats (ProlongBusManager1 *manager,
                GDBusMethodInvocation *invocation,
                const char *vendor,
                const char *code,
                ProlongBusObjects *self)
{
  prolong_engine_query_seats_async (self->engine, NULL, vendor, code, prolong_bus_answer_seats,
                                    prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_answer_released (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_engine_release_seat_finish (PROLONG_ENGINE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_release_seat (ProlongBusManager1 *manager,
                 GDBusMethodInvocation *invocation,
                 const char *vendor,
                 const char *code,
                 const char *seat,
                 ProlongBusObjects *self)
{
  prolong_engine_release_seat_async (self->engine, NULL, vendor, code, seat, prolong_bus_answer_released,
                                     prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
prolong_bus_objects_has_clients (ProlongBusObjects *self)
{
  return self->calls > 0 || g_hash_table_size (self->clients) > 0;
}

void
prolong_bus_objects_ask_to_stay (ProlongBusObjects *self)
{
  prolong_start_at_login_ask_to_stay (self->login);
}

gboolean
prolong_bus_objects_export (ProlongBusObjects *self, GDBusConnection *bus, GError **error)
{
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->manager), bus, PROLONG_BUS_PATH,
                                         error))
    return FALSE;
  g_dbus_object_manager_server_set_connection (self->server, bus);
  return TRUE;
}

static void
unwatch (gpointer data)
{
  g_bus_unwatch_name (GPOINTER_TO_UINT (data));
}

static void
prolong_bus_objects_dispose (GObject *object)
{
  ProlongBusObjects *self = PROLONG_BUS_OBJECTS (object);

  g_hash_table_remove_all (self->clients);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->manager)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->manager));
  g_dbus_object_manager_server_set_connection (self->server, NULL);
  G_OBJECT_CLASS (prolong_bus_objects_parent_class)->dispose (object);
}

static void
prolong_bus_objects_finalize (GObject *object)
{
  ProlongBusObjects *self = PROLONG_BUS_OBJECTS (object);

  g_hash_table_unref (self->clients);
  g_object_unref (self->manager);
  g_object_unref (self->server);
  g_object_unref (self->engine);
  g_object_unref (self->keyring);
  g_object_unref (self->login);
  G_OBJECT_CLASS (prolong_bus_objects_parent_class)->finalize (object);
}

static void
prolong_bus_objects_class_init (ProlongBusObjectsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = prolong_bus_objects_dispose;
  G_OBJECT_CLASS (class)->finalize = prolong_bus_objects_finalize;
  signals[CLIENTS_CHANGED] = g_signal_new ("clients-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
prolong_bus_objects_init (ProlongBusObjects *self)
{
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unwatch);
  self->manager = prolong_bus_manager1_skeleton_new ();
  self->server = g_dbus_object_manager_server_new (PROLONG_BUS_PATH);
  prolong_bus_manager1_set_version (self->manager, 3);
  g_signal_connect (self->manager, "handle-attach", G_CALLBACK (on_attach), self);
  g_signal_connect (self->manager, "handle-quit", G_CALLBACK (on_quit), self);
  g_signal_connect (self->manager, "handle-add-code", G_CALLBACK (on_add_code), self);
  g_signal_connect (self->manager, "handle-preflight", G_CALLBACK (on_preflight), self);
  g_signal_connect (self->manager, "handle-query-seats", G_CALLBACK (on_query_seats), self);
  g_signal_connect (self->manager, "handle-release-seat", G_CALLBACK (on_release_seat), self);
  prolong_bus_objects_handle_products (self);
  prolong_bus_objects_handle_vendors (self);
  prolong_bus_objects_handle_orders (self);
  prolong_bus_objects_handle_providers (self);
  prolong_bus_objects_handle_support (self);
}

ProlongBusObjects *
prolong_bus_objects_new (ProlongEngine *engine, ProlongKeyring *keyring)
{
  ProlongBusObjects *self = g_object_new (PROLONG_TYPE_BUS_OBJECTS, NULL);
  GPtrArray *licenses = prolong_engine_get_licenses (engine);
  GPtrArray *operations = prolong_engine_get_operations (engine);
  GPtrArray *reserves = prolong_engine_get_reserves (engine);

  self->engine = g_object_ref (engine);
  self->keyring = g_object_ref (keyring);
  self->login = prolong_start_at_login_new ();
  for (guint i = 0; i < licenses->len; i++)
    prolong_bus_objects_add_license (engine, licenses->pdata[i], self);
  for (guint i = 0; i < operations->len; i++)
    on_operation_added (engine, operations->pdata[i], self);
  on_engine_changed (engine, self);
  on_keyring_changed (keyring, NULL, self);
  prolong_bus_objects_add_settings (self);
  for (guint i = 0; i < reserves->len; i++)
    for (guint j = 0; j < prolong_reserves_get_length (reserves->pdata[i]); j++)
      prolong_bus_objects_add_reserve (engine, reserves->pdata[i],
                                       prolong_reserves_get (reserves->pdata[i], j), self);

  g_signal_connect_object (engine, "license-added", G_CALLBACK (prolong_bus_objects_add_license), self, 0);
  g_signal_connect_object (engine, "license-removed", G_CALLBACK (prolong_bus_objects_remove_license), self,
                           0);
  g_signal_connect_object (engine, "operation-added", G_CALLBACK (on_operation_added), self, 0);
  g_signal_connect_object (engine, "operation-removed", G_CALLBACK (on_operation_removed), self, 0);
  g_signal_connect_object (engine, "reserve-added", G_CALLBACK (prolong_bus_objects_add_reserve), self, 0);
  g_signal_connect_object (engine, "reserve-removed", G_CALLBACK (prolong_bus_objects_remove_reserve), self,
                           0);
  g_signal_connect_object (engine, "changed", G_CALLBACK (on_engine_changed), self, 0);
  g_signal_connect_object (keyring, "notify::state", G_CALLBACK (on_keyring_changed), self, 0);
  return self;
}
