/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/keyring.h"

#include <libsecret/secret.h>

#include "bus/sandbox.h"
#include "license/problem.h"

/* A keyring daemon answers within milliseconds; one that was just started by the call, within a second or two. */
#define TIME_LIMIT_SECONDS 20

/* Inside a sandbox the keyring of the desktop is out of sight: whether its password is being asked for cannot be told,
 * and a portal that is just being started looks for its backends first. */
#define PROMPT_LIMIT_SECONDS 120

#define SECRETS_NAME "org.freedesktop.secrets"
#define DEFAULT_COLLECTION "/org/freedesktop/secrets/aliases/default"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Secret"

static const SecretSchema schema = {
  "io.github.prolong.Code",
  SECRET_SCHEMA_NONE,
  { { "id", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

struct _ProlongKeyring
{
  GObject parent_instance;
  const char *state;
  GDBusConnection *bus;
  guint watch;   /* while the keyring was found locked */
  guint arrival; /* while there was none */
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

typedef enum
{
  ACCESS_OPEN,
  ACCESS_LOCKED,     /* a prompt may come */
  ACCESS_NO_KEYRING, /* a prompt to make one may come */
  ACCESS_UNKNOWN,    /* no Secret Service on this bus, or a slow one */
} Access;

typedef struct
{
  char *id;
  ProlongCode *code;
  gboolean may_prompt;
  Access access;
  GCancellable *inner; /* ends with the caller's cancellable or the time limit */
  guint limit;
  void (*run) (GTask *task);
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->id);
  g_clear_pointer (&call->code, prolong_code_unref);
  g_clear_handle_id (&call->limit, g_source_remove);
  g_object_unref (call->inner);
  g_free (call);
}

static void
set_state (ProlongKeyring *keyring, const char *state)
{
  if (g_str_equal (keyring->state, state))
    return;
  keyring->state = state;
  g_object_notify_by_pspec (G_OBJECT (keyring), properties[PROP_STATE]);
}

static void
on_collection_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                       const char *signal, GVariant *parameters, gpointer user_data)
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
  set_state (keyring, "available");
  g_signal_emit (keyring, signals[READY], 0);
}

static void
watch_collection (ProlongKeyring *keyring)
{
  if (keyring->watch == 0 && keyring->bus != NULL)
    keyring->watch = g_dbus_connection_signal_subscribe (keyring->bus, SECRETS_NAME, "org.freedesktop.DBus.Properties",
                                                         "PropertiesChanged", NULL, COLLECTION_INTERFACE,
                                                         G_DBUS_SIGNAL_FLAGS_NONE, on_collection_changed, keyring,
                                                         NULL);
}

static void
on_owner_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
                  GVariant *parameters, gpointer user_data)
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
  set_state (keyring, "unknown");
  g_signal_emit (keyring, signals[READY], 0);
}

static void
watch_arrival (ProlongKeyring *keyring)
{
  if (keyring->arrival == 0 && keyring->bus != NULL)
    keyring->arrival = g_dbus_connection_signal_subscribe (
        keyring->bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", "/org/freedesktop/DBus",
        prolong_is_sandboxed () ? PORTAL_NAME : SECRETS_NAME, G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, keyring, NULL);
}

static gboolean
on_time_limit (gpointer user_data)
{
  Call *call = user_data;

  call->limit = 0;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

/* In a sandbox the person's answer to the prompt of the keyring is all that is seen of a locked one. */
static gboolean
is_locked (const Call *call, const GError *error)
{
  return call->access == ACCESS_LOCKED || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
         || (prolong_is_sandboxed () && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             && !g_cancellable_is_cancelled (call->inner));
}

static void
fail (GTask *task, GError *error)
{
  ProlongKeyring *keyring = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;
  ProlongProblem problem = PROLONG_PROBLEM_KEYRING_UNAVAILABLE;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    problem = PROLONG_PROBLEM_CANCELLED;
  else if (is_locked (call, owned))
    problem = PROLONG_PROBLEM_KEYRING_LOCKED;

  if (problem == PROLONG_PROBLEM_KEYRING_LOCKED)
    {
      set_state (keyring, "locked");
      watch_collection (keyring);
    }
  else if (problem == PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
    {
      set_state (keyring, "unavailable");
      watch_arrival (keyring);
      /* The secret service may have been started anew, and knows nothing of the session that was open with it. */
      secret_service_disconnect ();
    }
  g_task_return_error (task, prolong_problem_error_new (problem, NULL, "%s", owned->message));
}

static Access
access_from_error (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name != NULL
      && (g_str_equal (name, "org.freedesktop.DBus.Error.UnknownObject")
          || g_str_equal (name, "org.freedesktop.DBus.Error.UnknownMethod")
          || g_str_equal (name, "org.freedesktop.DBus.Error.UnknownInterface")))
    return ACCESS_NO_KEYRING;
  return ACCESS_UNKNOWN;
}

/* What may come to a prompt takes as long as the person does. */
static void
carry_out (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  if (call->access == ACCESS_OPEN || call->access == ACCESS_UNKNOWN)
    call->limit = g_timeout_add_seconds (call->may_prompt && prolong_is_sandboxed () ? PROMPT_LIMIT_SECONDS
                                                                                    : TIME_LIMIT_SECONDS,
                                         on_time_limit, call);
  call->run (task);
}

static void
on_locked_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    call->access = access_from_error (error);
  else
    {
      g_autoptr (GVariant) value = NULL;

      g_variant_get (answer, "(v)", &value);
      call->access = g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value)
                         ? ACCESS_LOCKED
                         : ACCESS_OPEN;
    }

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!call->may_prompt && (call->access == ACCESS_LOCKED || call->access == ACCESS_NO_KEYRING))
    {
      fail (task, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked"));
      return;
    }
  carry_out (g_steal_pointer (&task));
}

static void
on_portal_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    fail (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    carry_out (g_steal_pointer (&task));
}

static void
ask_whether_locked (GTask *task, GDBusConnection *bus, GCancellable *cancellable)
{
  g_dbus_connection_call (bus, SECRETS_NAME, DEFAULT_COLLECTION, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", COLLECTION_INTERFACE, "Locked"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, TIME_LIMIT_SECONDS * 1000, cancellable, on_locked_read, task);
}

/* libsecret looks once whether there is a portal, blocks until it answers, and without one takes the Secret Service,
 * which is out of reach, for good. So nothing is asked of it before the portal is there. */
static void
ask_for_portal (GTask *task, GDBusConnection *bus, GCancellable *cancellable)
{
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", PORTAL_INTERFACE, "version"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, PROMPT_LIMIT_SECONDS * 1000, cancellable, on_portal_read, task);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongKeyring *keyring = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      call->access = ACCESS_UNKNOWN;
      call->run (task);
      return;
    }
  g_set_object (&keyring->bus, bus);
  if (prolong_is_sandboxed ())
    ask_for_portal (task, bus, call->inner);
  else
    ask_whether_locked (task, bus, call->inner);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
start (ProlongKeyring *keyring, Call *call, const char *id, gpointer tag, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (keyring, cancellable, callback, user_data);

  call->id = g_strdup (id);
  call->inner = g_cancellable_new ();
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, call_free);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), call->inner, 0);
  g_bus_get (G_BUS_TYPE_SESSION, call->inner, on_bus, task);
}

static void
succeed (GTask *task)
{
  set_state (g_task_get_source_object (task), "available");
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      /* A prompt that the person dismissed may come back without an error of its own. */
      if (error == NULL)
        error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring was not unlocked");
      fail (task, error);
      return;
    }
  succeed (task);
  g_task_return_boolean (task, TRUE);
}

static void
run_store (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  g_autofree char *mask = prolong_code_dup_mask (call->code);
  g_autofree char *label = g_strdup_printf ("Prolong %s", mask);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, prolong_code_get_text (call->code), call->inner,
                         on_stored, task, "id", call->id, NULL);
}

void
prolong_keyring_store_async (ProlongKeyring *keyring, const char *id, ProlongCode *code, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->code = prolong_code_ref (code);
  call->may_prompt = TRUE;
  call->run = run_store;
  start (keyring, call, id, prolong_keyring_store_async, cancellable, callback, user_data);
}

gboolean
prolong_keyring_store_finish (ProlongKeyring *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  /* An item that is there but gave no secret is locked, whatever the default collection said. */
  if (items != NULL)
    call->access = ACCESS_LOCKED;
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
  fail (task, error);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  char *text = secret_password_lookup_finish (result, &error);
  g_autoptr (ProlongCode) code = NULL;

  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (text == NULL)
    {
      /* A locked item answers the same way as none. */
      secret_password_search (&schema, SECRET_SEARCH_NONE, call->inner, on_searched, g_steal_pointer (&task), "id",
                              call->id, NULL);
      return;
    }

  code = prolong_code_restore (text, &error);
  secret_password_free (text);
  if (code == NULL)
    {
      fail (task, error);
      return;
    }
  succeed (task);
  g_task_return_pointer (task, g_steal_pointer (&code), (GDestroyNotify) prolong_code_unref);
}

static void
run_lookup (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_password_lookup (&schema, call->inner, on_looked_up, task, "id", call->id, NULL);
}

void
prolong_keyring_lookup_async (ProlongKeyring *keyring, const char *id, gboolean may_prompt,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->may_prompt = may_prompt;
  call->run = run_lookup;
  start (keyring, call, id, prolong_keyring_lookup_async, cancellable, callback, user_data);
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
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (items != NULL && error == NULL)
    {
      call->access = ACCESS_LOCKED;
      error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked");
    }
  g_list_free_full (items, g_object_unref);
  if (error != NULL)
    fail (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean cleared = secret_password_clear_finish (result, &error);

  if (error != NULL)
    fail (task, error);
  else if (cleared)
    g_task_return_boolean (task, TRUE);
  else
    /* None was there, or it is locked: both are told the same way. */
    secret_password_search (&schema, SECRET_SEARCH_NONE, call->inner, on_searched_cleared, g_steal_pointer (&task),
                            "id", call->id, NULL);
}

static void
run_clear (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_password_clear (&schema, call->inner, on_cleared, task, "id", call->id, NULL);
}

void
prolong_keyring_clear_async (ProlongKeyring *keyring, const char *id, gboolean may_prompt,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->may_prompt = may_prompt;
  call->run = run_clear;
  start (keyring, call, id, prolong_keyring_clear_async, NULL, callback, user_data);
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
  keyring->watch = keyring->arrival = 0;
  g_clear_object (&keyring->bus);
  G_OBJECT_CLASS (prolong_keyring_parent_class)->dispose (object);
}

static void
prolong_keyring_class_init (ProlongKeyringClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = prolong_keyring_get_property;
  object_class->dispose = prolong_keyring_dispose;

  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[READY]
      = g_signal_new ("ready", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
