/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/keyring-private.h"

#include <libsecret/secret.h>

#include "bus/sandbox.h"
#include "license/problem.h"

static const SecretSchema schema = {
  "io.github.prolong.Code",
  SECRET_SCHEMA_NONE,
  { { "id", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

enum
{
  READY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongKeyring, prolong_keyring, G_TYPE_OBJECT)

void
prolong_keyring_set_state (ProlongKeyring *keyring, const char *state)
{
  if (g_str_equal (keyring->state, state))
    return;
  keyring->state = state;
  g_object_notify_by_pspec (G_OBJECT (keyring), properties[PROP_STATE]);
}

static void
on_collection_changed (GDBusConnection *bus,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  ProlongKeyring *keyring = user_data;
  g_autoptr (GVariant) changed = NULL;
  gboolean locked;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  if (!g_variant_lookup (changed, "Locked", "b", &locked) || locked)
    return;

  g_dbus_connection_signal_unsubscribe (keyring->bus, keyring->watch);
  keyring->watch = 0;
  prolong_keyring_set_state (keyring, "available");
  g_signal_emit (keyring, signals[READY], 0);
}

void
prolong_keyring_watch_collection (ProlongKeyring *keyring)
{
  if (keyring->watch == 0 && keyring->bus != NULL)
    keyring->watch = g_dbus_connection_signal_subscribe (
        keyring->bus, PROLONG_SECRETS_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", NULL,
        PROLONG_SECRETS_COLLECTION, G_DBUS_SIGNAL_FLAGS_NONE, on_collection_changed, keyring, NULL);
}

static void
on_owner_changed (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  ProlongKeyring *keyring = user_data;
  const char *owner;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sss)")))
    return;
  g_variant_get_child (parameters, 2, "&s", &owner);
  if (*owner == '\0')
    return;

  g_dbus_connection_signal_unsubscribe (keyring->bus, keyring->arrival);
  keyring->arrival = 0;
  prolong_keyring_set_state (keyring, "unknown");
  g_signal_emit (keyring, signals[READY], 0);
}

void
prolong_keyring_watch_arrival (ProlongKeyring *keyring)
{
  if (keyring->arrival == 0 && keyring->bus != NULL)
    keyring->arrival = g_dbus_connection_signal_subscribe (
        keyring->bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
        "/org/freedesktop/DBus", prolong_is_sandboxed () ? PROLONG_PORTAL_NAME : PROLONG_SECRETS_NAME,
        G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, keyring, NULL);
}

static void
succeed (GTask *task)
{
  prolong_keyring_set_state (g_task_get_source_object (task), "available");
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = prolong_keyring_call_take (user_data);
  GError *error = NULL;

  if (task == NULL)
    return;
  if (!secret_password_store_finish (result, &error))
    {
      /* A prompt that the person dismissed may come back without an error of its own. */
      if (error == NULL)
        error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring was not unlocked");
      prolong_keyring_call_fail (task, error);
      return;
    }
  succeed (task);
  g_task_return_boolean (task, TRUE);
}

static void
run_store (GTask *task)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);
  g_autofree char *mask = prolong_code_dup_mask (call->code);
  g_autofree char *label = g_strdup_printf ("Prolong %s", mask);
  GCancellable *cancellable = NULL;
  gpointer attempt = prolong_keyring_call_attempt (task, &cancellable);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, prolong_code_get_text (call->code),
                         cancellable, on_stored, attempt, "id", call->id, NULL);
}

void
prolong_keyring_store_async (ProlongKeyring *keyring,
                             const char *id,
                             ProlongCode *code,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ProlongKeyringCall *call = g_new0 (ProlongKeyringCall, 1);

  call->code = prolong_code_ref (code);
  call->may_prompt = TRUE;
  call->run = run_store;
  call->id = g_strdup (id);
  prolong_keyring_call_start (keyring, call, prolong_keyring_store_async, cancellable, callback, user_data);
}

gboolean
prolong_keyring_store_finish (ProlongKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A locked item answers a look-up the same way as none; a search tells them apart. */
static void
search (GTask *task, GAsyncReadyCallback callback)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = NULL;
  gpointer attempt = prolong_keyring_call_attempt (task, &cancellable);

  secret_password_search (&schema, SECRET_SEARCH_NONE, cancellable, callback, attempt, "id", call->id, NULL);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = prolong_keyring_call_take (user_data);
  ProlongKeyringCall *call;
  GError *error = NULL;
  GList *items;

  if (task == NULL)
    return;
  call = g_task_get_task_data (task);
  items = secret_password_search_finish (result, &error);
  /* An item that is there but gave no secret is locked, whatever the default collection said. */
  if (items != NULL)
    call->access = PROLONG_ACCESS_LOCKED;
  g_list_free_full (items, g_object_unref);
  if (error == NULL && items == NULL)
    {
      succeed (task);
      g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE,
                               "The code is not in the keyring");
      return;
    }
  if (error == NULL)
    error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked");
  prolong_keyring_call_fail (task, error);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = prolong_keyring_call_take (user_data);
  GError *error = NULL;
  char *text;
  g_autoptr (ProlongCode) code = NULL;

  if (task == NULL)
    return;
  text = secret_password_lookup_finish (result, &error);
  if (error != NULL)
    {
      prolong_keyring_call_fail (task, error);
      return;
    }
  if (text == NULL)
    {
      search (g_steal_pointer (&task), on_searched);
      return;
    }

  code = prolong_code_restore (text, &error);
  secret_password_free (text);
  if (code == NULL)
    {
      prolong_keyring_call_fail (task, error);
      return;
    }
  succeed (task);
  g_task_return_pointer (task, g_steal_pointer (&code), (GDestroyNotify)prolong_code_unref);
}

static void
run_lookup (GTask *task)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = NULL;
  gpointer attempt = prolong_keyring_call_attempt (task, &cancellable);

  secret_password_lookup (&schema, cancellable, on_looked_up, attempt, "id", call->id, NULL);
}

void
prolong_keyring_lookup_async (ProlongKeyring *keyring,
                              const char *id,
                              gboolean may_prompt,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ProlongKeyringCall *call = g_new0 (ProlongKeyringCall, 1);

  call->may_prompt = may_prompt;
  call->run = run_lookup;
  call->id = g_strdup (id);
  prolong_keyring_call_start (keyring, call, prolong_keyring_lookup_async, cancellable, callback, user_data);
}

ProlongCode *
prolong_keyring_lookup_finish (ProlongKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_searched_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = prolong_keyring_call_take (user_data);
  ProlongKeyringCall *call;
  GError *error = NULL;
  GList *items;

  if (task == NULL)
    return;
  call = g_task_get_task_data (task);
  items = secret_password_search_finish (result, &error);
  if (items != NULL && error == NULL)
    {
      call->access = PROLONG_ACCESS_LOCKED;
      error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked");
    }
  g_list_free_full (items, g_object_unref);
  if (error != NULL)
    prolong_keyring_call_fail (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = prolong_keyring_call_take (user_data);
  GError *error = NULL;
  gboolean cleared;

  if (task == NULL)
    return;
  cleared = secret_password_clear_finish (result, &error);
  if (error != NULL)
    prolong_keyring_call_fail (task, error);
  else if (cleared)
    g_task_return_boolean (task, TRUE);
  else
    search (g_steal_pointer (&task), on_searched_cleared);
}

static void
run_clear (GTask *task)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = NULL;
  gpointer attempt = prolong_keyring_call_attempt (task, &cancellable);

  secret_password_clear (&schema, cancellable, on_cleared, attempt, "id", call->id, NULL);
}

void
prolong_keyring_clear_async (ProlongKeyring *keyring,
                             const char *id,
                             gboolean may_prompt,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ProlongKeyringCall *call = g_new0 (ProlongKeyringCall, 1);

  call->may_prompt = may_prompt;
  call->run = run_clear;
  call->id = g_strdup (id);
  prolong_keyring_call_start (keyring, call, prolong_keyring_clear_async, NULL, callback, user_data);
}

gboolean
prolong_keyring_clear_finish (ProlongKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
prolong_keyring_get_state (ProlongKeyring *keyring)
{
  return keyring->state;
}

static void
prolong_keyring_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ProlongKeyring *keyring = PROLONG_KEYRING (object);

  if (prop_id == PROP_STATE)
    g_value_set_static_string (value, keyring->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
prolong_keyring_dispose (GObject *object)
{
  ProlongKeyring *keyring = PROLONG_KEYRING (object);

  if (keyring->watch != 0)
    g_dbus_connection_signal_unsubscribe (keyring->bus, keyring->watch);
  if (keyring->arrival != 0)
    g_dbus_connection_signal_unsubscribe (keyring->bus, keyring->arrival);
  if (keyring->answers != 0)
    g_dbus_connection_signal_unsubscribe (keyring->bus, keyring->answers);
  keyring->watch = keyring->arrival = keyring->answers = 0;
  g_clear_object (&keyring->bus);
  G_OBJECT_CLASS (prolong_keyring_parent_class)->dispose (object);
}

static void
prolong_keyring_class_init (ProlongKeyringClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = prolong_keyring_get_property;
  object_class->dispose = prolong_keyring_dispose;

  properties[PROP_STATE]
      = g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
prolong_keyring_init (ProlongKeyring *keyring)
{
  keyring->state = "unknown";
}

ProlongKeyring *
prolong_keyring_new (void)
{
  return g_object_new (PROLONG_TYPE_KEYRING, NULL);
}
