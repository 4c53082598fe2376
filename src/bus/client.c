/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/client.h"

#include "bus/contract.h"
#include "bus/read-private.h"

/* An agent that dies at every start is started this often, and then only when the person asks again. */
#define MAX_FAILED_STARTS 3

enum
{
  SUBSCRIPTION_PROPERTIES,
  SUBSCRIPTION_OBJECTS,
  SUBSCRIPTION_OWNER,
  N_SUBSCRIPTIONS
};

struct _ProlongClient
{
  GObject parent_instance;

  GDBusConnection *bus;
  GCancellable *cancellable;
  guint subscriptions[N_SUBSCRIPTIONS];

  ProlongSnapshot *snapshot;
  GVariant *objects; /* what the snapshot was made of */
  GVariant *manager;
  GError *error;

  gboolean reading;
  gboolean stale; /* something changed since the reading under way was sent */
  gboolean attached;
  guint n_failed;
};

G_DEFINE_FINAL_TYPE (ProlongClient, prolong_client, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void start_reading (ProlongClient *self);

static gboolean
is_known (ProlongClient *self, GVariant *objects, GVariant *manager)
{
  return self->snapshot != NULL && self->error == NULL && g_variant_equal (self->objects, objects)
         && g_variant_equal (self->manager, manager);
}

/* Returns whether anything is other than before. */
static gboolean
take_answer (ProlongClient *self, GVariant *objects, GVariant *manager)
{
  self->n_failed = 0;
  if (is_known (self, objects, manager))
    return FALSE;

  g_clear_error (&self->error);
  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->manager, g_variant_unref);
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  self->objects = g_variant_ref (objects);
  self->manager = g_variant_ref (manager);
  self->snapshot = prolong_snapshot_new (objects, manager);
  return TRUE;
}

static gboolean
may_read_again (ProlongClient *self)
{
  return self->stale && self->n_failed < MAX_FAILED_STARTS;
}

/* Returns whether the error is one to be told: the next reading, already due, may be better. */
static gboolean
take_error (ProlongClient *self, GError *error)
{
  self->attached = FALSE;
  self->n_failed++;
  g_dbus_error_strip_remote_error (error);
  g_clear_error (&self->error);
  self->error = error;
  return !may_read_again (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ProlongClient *self = user_data;
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GVariant) manager = NULL;
  g_autoptr (GError) error = NULL;
  gboolean answered = prolong_read_finish (result, &objects, &manager, &error);
  gboolean changed;

  /* Cancelled means disposed of: there is no client any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_object_ref (self);
  self->reading = FALSE;
  changed = answered ? take_answer (self, objects, manager) : take_error (self, g_steal_pointer (&error));
  if (may_read_again (self))
    start_reading (self);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);
}

static void
start_reading (ProlongClient *self)
{
  gboolean attach = !self->attached;

  if (self->reading)
    {
      self->stale = TRUE;
      return;
    }
  self->reading = TRUE;
  self->stale = FALSE;
  self->attached = TRUE;
  prolong_read_async (self->bus, attach, self->cancellable, read_cb, self);
}

static void
something_changed_cb (GDBusConnection *bus,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer user_data)
{
  if (g_str_equal (path, PROLONG_BUS_PATH) || g_str_has_prefix (path, PROLONG_BUS_PATH "/"))
    start_reading (PROLONG_CLIENT (user_data));
}

static void
owner_changed_cb (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  ProlongClient *self = PROLONG_CLIENT (user_data);
  const char *old_owner, *new_owner;
  gboolean left, came;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sss)")))
    return;

  g_variant_get (parameters, "(&s&s&s)", NULL, &old_owner, &new_owner);
  left = *old_owner != '\0';
  came = *new_owner != '\0';
  if (left)
    self->attached = FALSE;
  if (!came && self->n_failed >= MAX_FAILED_STARTS)
    return;

  /* The calls of a reading under way are what starts the agent, and reach it after it has its name. */
  if (left || !self->reading)
    start_reading (self);
}

static void
prolong_client_dispose (GObject *object)
{
  ProlongClient *self = PROLONG_CLIENT (object);

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < N_SUBSCRIPTIONS; i++)
    if (self->subscriptions[i] != 0)
      g_dbus_connection_signal_unsubscribe (self->bus, self->subscriptions[i]);
  memset (self->subscriptions, 0, sizeof self->subscriptions);

  G_OBJECT_CLASS (prolong_client_parent_class)->dispose (object);
}

static void
prolong_client_finalize (GObject *object)
{
  ProlongClient *self = PROLONG_CLIENT (object);

  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->manager, g_variant_unref);
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (prolong_client_parent_class)->finalize (object);
}

static void
prolong_client_class_init (ProlongClientClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = prolong_client_dispose;
  object_class->finalize = prolong_client_finalize;

  /** ProlongClient::changed: there is a new snapshot or error. */
  signals[CHANGED]
      = g_signal_new ("changed", PROLONG_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
prolong_client_init (ProlongClient *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
subscribe (ProlongClient *self)
{
  static const struct
  {
    const char *sender, *interface, *signal, *path, *argument;
    GDBusSignalCallback callback;
  } table[N_SUBSCRIPTIONS] = {
    [SUBSCRIPTION_PROPERTIES] = { PROLONG_BUS_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                  NULL, NULL, something_changed_cb },
    [SUBSCRIPTION_OBJECTS] = { PROLONG_BUS_NAME, "org.freedesktop.DBus.ObjectManager", NULL, PROLONG_BUS_PATH,
                               NULL, something_changed_cb },
    [SUBSCRIPTION_OWNER] = { "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
                             "/org/freedesktop/DBus", PROLONG_BUS_NAME, owner_changed_cb },
  };

  for (guint i = 0; i < N_SUBSCRIPTIONS; i++)
    self->subscriptions[i] = g_dbus_connection_signal_subscribe (
        self->bus, table[i].sender, table[i].interface, table[i].signal, table[i].path, table[i].argument,
        G_DBUS_SIGNAL_FLAGS_NONE, table[i].callback, self, NULL);
}

ProlongClient *
prolong_client_new (GDBusConnection *bus)
{
  ProlongClient *self = g_object_new (PROLONG_TYPE_CLIENT, NULL);

  self->bus = g_object_ref (bus);
  subscribe (self);
  start_reading (self);
  return self;
}

const ProlongSnapshot *
prolong_client_get_snapshot (ProlongClient *client)
{
  g_return_val_if_fail (PROLONG_IS_CLIENT (client), NULL);
  return client->snapshot;
}

const GError *
prolong_client_get_error (ProlongClient *client)
{
  g_return_val_if_fail (PROLONG_IS_CLIENT (client), NULL);
  return client->error;
}

void
prolong_client_retry (ProlongClient *client)
{
  g_return_if_fail (PROLONG_IS_CLIENT (client));
  client->n_failed = 0;
  /* An agent that is attached to looks for products that were installed since. */
  client->attached = FALSE;
  start_reading (client);
}

static void
call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    {
      g_dbus_error_strip_remote_error (error);
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, answer, (GDestroyNotify)g_variant_unref);
}

void
prolong_client_call (ProlongClient *client,
                     const char *path,
                     const char *interface,
                     const char *method,
                     GVariant *arguments,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PROLONG_IS_CLIENT (client));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, prolong_client_call);
  g_dbus_connection_call (client->bus, PROLONG_BUS_NAME, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, cancellable, call_cb, task);
}

GVariant *
prolong_client_call_finish (ProlongClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
