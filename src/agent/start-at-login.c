/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/start-at-login.h"

#include <errno.h>

#include "agent/background-portal.h"
#include "bus/sandbox.h"
#include "license/problem.h"

#define ENTRY_NAME PROLONG_APP_ID ".Agent.desktop"

struct _ProlongStartAtLogin
{
  GObject parent_instance;
  const char *state;
  char *path;      /* of the autostart entry */
  gboolean known;  /* the person chose, or it was suggested before */
  gboolean asked;  /* the portal, by this process */
  gboolean wanted; /* by the newest call */
  gboolean tried;  /* what the desktop is being asked for */
  GQueue waiting;  /* of GTask: calls that wait for the outcome */
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (ProlongStartAtLogin, prolong_start_at_login, G_TYPE_OBJECT)

static void
set_state (ProlongStartAtLogin *self, const char *state)
{
  if (g_str_equal (self->state, state))
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void try (ProlongStartAtLogin *self);

/* @state is NULL when it stays as it was. */
static void
settle (ProlongStartAtLogin *self, const char *state, const GError *error)
{
  GQueue waiting = self->waiting;
  GTask *task;

  if (self->tried != self->wanted)
    {
      try (self);
      return;
    }
  g_queue_init (&self->waiting);
  if (state != NULL)
    set_state (self, state);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/* Who may not do it was refused; a full disk is another matter. */
static void
refuse (ProlongStartAtLogin *self, const GError *error)
{
  g_autoptr (GError) problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->wanted = self->tried;
      settle (self, NULL, error);
      return;
    }
  g_message ("No start at login: %s", error->message);
  if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    {
      settle (self, prolong_background_portal_denied (error) ? "background-refused" : "refused", NULL);
      return;
    }
  problem = prolong_problem_error_new (PROLONG_PROBLEM_STORAGE_FULL, NULL, "%s", error->message);
  settle (self, NULL, problem);
}

/* Outside a sandbox: an entry in the autostart folder. Switched off, it stays with Hidden=true, so that the
 * choice is remembered and a system-wide entry would be overruled. */

static char *
read_own_program (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

static char *
entry_new (gboolean on)
{
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char *program = read_own_program ();

  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, "Type", "Application");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, "Name", "Prolong");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, "Icon", PROLONG_APP_ID);
  if (program != NULL)
    g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, "Exec", program);
  g_key_file_set_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, "Hidden", !on);
  return g_key_file_to_data (entry, NULL, NULL);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ProlongStartAtLogin *self = source;
  g_autofree char *text = entry_new (GPOINTER_TO_INT (task_data));
  g_autofree char *folder = g_path_get_dirname (self->path);
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      int saved = errno;

      g_task_return_new_error (task, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", folder,
                               g_strerror (saved));
    }
  else if (g_file_set_contents (self->path, text, -1, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    settle (PROLONG_START_AT_LOGIN (source), user_data != NULL ? "on" : "off", NULL);
  else
    refuse (PROLONG_START_AT_LOGIN (source), error);
}

static void
write_entry (ProlongStartAtLogin *self, gboolean on)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_written, GINT_TO_POINTER (on));

  g_task_set_source_tag (task, write_entry);
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  g_task_run_in_thread (task, write_in_thread);
}

/* Inside a sandbox: the Background portal. The portal keeps an entry of its own, which cannot be read from
 * here; the one in the app's own folder starts nothing, and remembers what came of it. */

static void
on_autostart_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongStartAtLogin) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean autostart;

  if (prolong_background_portal_request_finish (result, &autostart, &error))
    write_entry (self, autostart);
  else
    refuse (self, error);
}

static void
on_stay_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongStartAtLogin) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean autostart;

  if (prolong_background_portal_request_finish (result, &autostart, &error))
    return;
  if (prolong_background_portal_denied (error))
    set_state (self, "background-refused");
  else
    g_message ("Whether Prolong may run without a window is not known: %s", error->message);
}

static void
ask_portal (ProlongStartAtLogin *self, gboolean on, GAsyncReadyCallback callback)
{
  g_autofree char *program = read_own_program ();

  self->asked = TRUE;
  prolong_background_portal_request_async (program != NULL ? program : "prolong-agent", on, self->cancellable,
                                           callback, g_object_ref (self));
}

static void
try (ProlongStartAtLogin *self)
{
  self->tried = self->wanted;
  if (prolong_is_sandboxed ())
    ask_portal (self, self->wanted, on_autostart_answered);
  else
    write_entry (self, self->wanted);
}

void
prolong_start_at_login_set_async (ProlongStartAtLogin *self,
                                  gboolean on,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_start_at_login_set_async);
  self->known = TRUE;
  self->wanted = on;
  g_queue_push_tail (&self->waiting, task);
  if (self->waiting.length == 1)
    try (self);
}

gboolean
prolong_start_at_login_set_finish (ProlongStartAtLogin *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
prolong_start_at_login_suggest (ProlongStartAtLogin *self)
{
  if (!self->known)
    prolong_start_at_login_set_async (self, TRUE, NULL, NULL);
}

void
prolong_start_at_login_ask_to_stay (ProlongStartAtLogin *self)
{
  if (prolong_is_sandboxed () && !self->known && !self->asked)
    ask_portal (self, FALSE, on_stay_answered);
}

const char *
prolong_start_at_login_get_state (ProlongStartAtLogin *self)
{
  return self->state;
}

static void
prolong_start_at_login_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_static_string (value, PROLONG_START_AT_LOGIN (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
prolong_start_at_login_dispose (GObject *object)
{
  ProlongStartAtLogin *self = PROLONG_START_AT_LOGIN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (prolong_start_at_login_parent_class)->dispose (object);
}

static void
prolong_start_at_login_class_init (ProlongStartAtLoginClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = prolong_start_at_login_get_property;
  object_class->dispose = prolong_start_at_login_dispose;
  properties[PROP_STATE]
      = g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
prolong_start_at_login_init (ProlongStartAtLogin *self)
{
  g_autoptr (GKeyFile) entry = g_key_file_new ();

  self->path = g_build_filename (g_get_user_config_dir (), "autostart", ENTRY_NAME, NULL);
  self->state = "off";
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
  if (!g_key_file_load_from_file (entry, self->path, G_KEY_FILE_NONE, NULL))
    return;
  self->known = TRUE;
  if (!g_key_file_get_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, "Hidden", NULL))
    self->state = "on";
}

ProlongStartAtLogin *
prolong_start_at_login_new (void)
{
  return g_object_new (PROLONG_TYPE_START_AT_LOGIN, NULL);
}
