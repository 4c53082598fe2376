/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/keyring-private.h"

#include <libsecret/secret.h>

#include "bus/sandbox.h"
#include "license/problem.h"

/* A keyring daemon answers within milliseconds; one that was just started by the call, within a second or
 * two. */
#define TIME_LIMIT_SECONDS 20

/* Inside a sandbox the keyring of the desktop is out of sight: whether its password is being asked for cannot
 * be told, and a portal that is just being started looks for its backends first. */
#define PROMPT_LIMIT_SECONDS 120

/* Once the portal has answered, nothing is waited for but a file. */
#define ANSWERED_LIMIT_SECONDS 3

#define DEFAULT_COLLECTION "/org/freedesktop/secrets/aliases/default"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Secret"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

static void
call_free (gpointer data)
{
  ProlongKeyringCall *call = data;

  call->keyring->calls = g_list_remove (call->keyring->calls, call);
  g_clear_handle_id (&call->limit, g_source_remove);
  g_clear_handle_id (&call->giving_up, g_source_remove);
  g_object_unref (call->inner);
  g_object_unref (call->keyring);
  g_free (call->id);
  g_clear_pointer (&call->code, prolong_code_unref);
  g_free (call);
}

static gboolean
on_time_limit (gpointer user_data)
{
  ProlongKeyringCall *call = user_data;

  call->limit = 0;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

/* In a sandbox the person's answer to the prompt of the keyring is all that is seen of a locked one. */
static gboolean
is_locked (const ProlongKeyringCall *call, const GError *error)
{
  return call->access == PROLONG_ACCESS_LOCKED
         || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
         || (prolong_is_sandboxed () && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             && !g_cancellable_is_cancelled (call->inner));
}

static void carry_out (GTask *task);

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Takes the task back from an attempt, whose callback then finds none. */
static gboolean
on_give_up (gpointer user_data)
{
  ProlongKeyringCall *call = user_data;
  GTask **attempt = g_steal_pointer (&call->attempt);
  g_autoptr (GTask) task = g_steal_pointer (attempt);

  call->giving_up = 0;
  prolong_keyring_call_fail (
      task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The portal does not answer"));
  return G_SOURCE_REMOVE;
}

/* libsecret before 0.21 blocks for good when it is cancelled while it waits for the portal. */
static void
on_inner_cancelled (GCancellable *inner, gpointer user_data)
{
  ProlongKeyringCall *call = user_data;

  if (call->attempt != NULL && call->giving_up == 0)
    call->giving_up = g_idle_add (on_give_up, call);
}

gpointer
prolong_keyring_call_attempt (GTask *task, GCancellable **cancellable)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);
  GTask **attempt = g_new (GTask *, 1);

  *attempt = task;
  *cancellable = prolong_is_sandboxed () ? NULL : call->inner;
  if (prolong_is_sandboxed ())
    call->attempt = attempt;
  return attempt;
}

GTask *
prolong_keyring_call_take (gpointer attempt)
{
  g_autofree GTask **owned = attempt;
  ProlongKeyringCall *call;

  if (*owned == NULL)
    return NULL;
  call = g_task_get_task_data (*owned);
  call->attempt = NULL;
  g_clear_handle_id (&call->giving_up, g_source_remove);
  return *owned;
}

/* Gives the call a cancellable of its own, which ends with the caller's. */
static void
renew_inner (ProlongKeyringCall *call, GCancellable *cancellable)
{
  g_clear_object (&call->inner);
  call->inner = g_cancellable_new ();
  if (prolong_is_sandboxed ())
    g_signal_connect (call->inner, "cancelled", G_CALLBACK (on_inner_cancelled), call);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), call->inner, 0);
}

/* Returns: whether @task is carried out once more, because the answer of the portal was lost. */
static gboolean
try_again (GTask *task)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (!call->answered || call->limit != 0 || g_cancellable_is_cancelled (cancellable))
    return FALSE;
  call->answered = FALSE;
  renew_inner (call, cancellable);
  carry_out (g_object_ref (task));
  return TRUE;
}

void
prolong_keyring_call_fail (GTask *task, GError *error)
{
  ProlongKeyring *keyring = g_task_get_source_object (task);
  ProlongKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;
  ProlongProblem problem = PROLONG_PROBLEM_KEYRING_UNAVAILABLE;

  if (try_again (task))
    return;
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    problem = PROLONG_PROBLEM_CANCELLED;
  else if (is_locked (call, owned))
    problem = PROLONG_PROBLEM_KEYRING_LOCKED;

  if (problem == PROLONG_PROBLEM_KEYRING_LOCKED)
    {
      prolong_keyring_set_state (keyring, "locked");
      prolong_keyring_watch_collection (keyring);
    }
  else if (problem == PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
    {
      prolong_keyring_set_state (keyring, "unavailable");
      prolong_keyring_watch_arrival (keyring);
      /* The secret service may have been started anew, and knows nothing of the session that was open with
       * it. */
      secret_service_disconnect ();
    }
  g_task_return_error (task, prolong_problem_error_new (problem, NULL, "%s", owned->message));
}

static ProlongAccess
access_from_error (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name != NULL
      && (g_str_equal (name, "org.freedesktop.DBus.Error.UnknownObject")
          || g_str_equal (name, "org.freedesktop.DBus.Error.UnknownMethod")
          || g_str_equal (name, "org.freedesktop.DBus.Error.UnknownInterface")))
    return PROLONG_ACCESS_NO_KEYRING;
  return PROLONG_ACCESS_UNKNOWN;
}

/*
 * libsecret before 0.21 listens for the answer of the portal only once it has read the reply to its call, and
 * then waits for good for one that came sooner. A call that an answer does not end is carried out once more.
 */
static void
on_portal_answer (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  ProlongKeyring *keyring = user_data;
  const char *token = strrchr (path, '/') + 1;

  /* The name of its requests, which older ones leave to the portal. */
  if (!g_str_equal (token, "t") && !g_str_has_prefix (token, "libsecret"))
    return;
  for (GList *link = keyring->calls; link != NULL; link = link->next)
    {
      ProlongKeyringCall *call = link->data;

      call->answered = TRUE;
      g_clear_handle_id (&call->limit, g_source_remove);
      call->limit = g_timeout_add_seconds (ANSWERED_LIMIT_SECONDS, on_time_limit, call);
    }
}

static void
watch_answers (ProlongKeyring *keyring)
{
  if (keyring->answers == 0)
    keyring->answers = g_dbus_connection_signal_subscribe (
        keyring->bus, PROLONG_PORTAL_NAME, REQUEST_INTERFACE, "Response", NULL, NULL,
        G_DBUS_SIGNAL_FLAGS_NO_MATCH_RULE, on_portal_answer, keyring, NULL);
}

/* What may come to a prompt takes as long as the person does. */
static void
carry_out (GTask *task)
{
  ProlongKeyringCall *call = g_task_get_task_data (task);

  if (call->access == PROLONG_ACCESS_OPEN || call->access == PROLONG_ACCESS_UNKNOWN)
    call->limit = g_timeout_add_seconds (call->may_prompt && prolong_is_sandboxed () ? PROMPT_LIMIT_SECONDS
                                                                                     : TIME_LIMIT_SECONDS,
                                         on_time_limit, call);
  call->run (task);
}

static void
on_locked_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    call->access = access_from_error (error);
  else
    {
      g_autoptr (GVariant) value = NULL;

      g_variant_get (answer, "(v)", &value);
      call->access = g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value)
                         ? PROLONG_ACCESS_LOCKED
                         : PROLONG_ACCESS_OPEN;
    }

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!call->may_prompt
      && (call->access == PROLONG_ACCESS_LOCKED || call->access == PROLONG_ACCESS_NO_KEYRING))
    {
      prolong_keyring_call_fail (
          task, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked"));
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
    prolong_keyring_call_fail (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    carry_out (g_steal_pointer (&task));
}

static void
ask_whether_locked (GTask *task, GDBusConnection *bus, GCancellable *cancellable)
{
  g_dbus_connection_call (bus, PROLONG_SECRETS_NAME, DEFAULT_COLLECTION, "org.freedesktop.DBus.Properties",
                          "Get", g_variant_new ("(ss)", PROLONG_SECRETS_COLLECTION, "Locked"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, TIME_LIMIT_SECONDS * 1000,
                          cancellable, on_locked_read, task);
}

/* libsecret looks once whether there is a portal, blocks until it answers, and without one takes the Secret
 * Service, which is out of reach, for good. So nothing is asked of it before the portal is there. */
static void
ask_for_portal (GTask *task, GDBusConnection *bus, GCancellable *cancellable)
{
  g_dbus_connection_call (bus, PROLONG_PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", PORTAL_INTERFACE, "version"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, PROMPT_LIMIT_SECONDS * 1000, cancellable, on_portal_read,
                          task);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongKeyring *keyring = g_task_get_source_object (task);
  ProlongKeyringCall *call = g_task_get_task_data (task);
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      call->access = PROLONG_ACCESS_UNKNOWN;
      call->run (task);
      return;
    }
  g_set_object (&keyring->bus, bus);
  if (prolong_is_sandboxed ())
    {
      watch_answers (keyring);
      ask_for_portal (task, bus, call->inner);
    }
  else
    ask_whether_locked (task, bus, call->inner);
}

void
prolong_keyring_call_start (ProlongKeyring *keyring,
                            ProlongKeyringCall *call,
                            gpointer tag,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (keyring, cancellable, callback, user_data);

  call->keyring = g_object_ref (keyring);
  keyring->calls = g_list_prepend (keyring->calls, call);
  renew_inner (call, cancellable);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, call_free);
  g_bus_get (G_BUS_TYPE_SESSION, call->inner, on_bus, task);
}
