/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/start-at-login.h"

#include <glib/gi18n-lib.h>

#define ENTRY_NAME PROLONG_APP_ID ".Agent.desktop"
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_REQUEST "org.freedesktop.portal.Request"

struct _ProlongStartAtLogin
{
  GObject parent_instance;
  const char *state;
  char *path;     /* of the autostart entry */
  gboolean known; /* the person chose, or it was suggested before */
  GDBusConnection *bus;
  guint response; /* subscription to the portal's answer */
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

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* Outside a sandbox: an entry in the autostart folder. Switched off, it stays with Hidden=true, so that the choice is
 * remembered and a system-wide entry would be overruled. */

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

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_file_set_contents (self->path, text, -1, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The autostart folder cannot be made");
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    set_state (PROLONG_START_AT_LOGIN (source), user_data != NULL ? "on" : "off");
  else
    {
      g_message ("No start at login: %s", error->message);
      set_state (PROLONG_START_AT_LOGIN (source), "refused");
    }
}

static void
write_entry (ProlongStartAtLogin *self, gboolean on)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_written, GINT_TO_POINTER (on));

  g_task_set_source_tag (task, write_entry);
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  g_task_run_in_thread (task, write_in_thread);
}

/* Inside a sandbox: the Background portal, which may ask the person. */

static void
on_response (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
             GVariant *parameters, gpointer user_data)
{
  ProlongStartAtLogin *self = user_data;
  g_autoptr (GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint32 response = 2;

  g_dbus_connection_signal_unsubscribe (bus, self->response);
  self->response = 0;
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    {
      g_variant_get (parameters, "(u@a{sv})", &response, &results);
      g_variant_lookup (results, "autostart", "b", &autostart);
    }
  set_state (self, response != 0 ? "refused" : autostart ? "on" : "off");
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongStartAtLogin) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    return;
  g_message ("No start at login: %s", error->message);
  set_state (self, "refused");
}

static char *
request_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');

  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongStartAtLogin *self = g_task_get_source_object (task);
  const char *const command[] = { "prolong-agent", NULL };
  g_autofree char *token = g_strdup_printf ("prolong%u", g_random_int ());
  g_autofree char *path = NULL;
  GVariantBuilder options;

  g_clear_object (&self->bus);
  self->bus = g_bus_get_finish (result, NULL);
  if (self->bus == NULL)
    {
      set_state (self, "refused");
      return;
    }
  path = request_path (self->bus, token);
  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response);
  self->response = g_dbus_connection_signal_subscribe (self->bus, PORTAL_NAME, PORTAL_REQUEST, "Response", path, NULL,
                                                       G_DBUS_SIGNAL_FLAGS_NONE, on_response, self, NULL);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("A reserve code takes over when your license ends.")));
  g_variant_builder_add (&options, "{sv}", "autostart",
                         g_variant_new_boolean (GPOINTER_TO_INT (g_task_get_task_data (task))));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_dbus_connection_call (self->bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background",
                          "RequestBackground", g_variant_new ("(sa{sv})", "", &options), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, on_requested, g_object_ref (self));
}

static void
ask_portal (ProlongStartAtLogin *self, gboolean on)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, ask_portal);
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, task);
}

void
prolong_start_at_login_set (ProlongStartAtLogin *self, gboolean on)
{
  self->known = TRUE;
  if (is_sandboxed ())
    ask_portal (self, on);
  else
    write_entry (self, on);
}

void
prolong_start_at_login_suggest (ProlongStartAtLogin *self)
{
  if (!self->known)
    prolong_start_at_login_set (self, TRUE);
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

  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response);
  self->response = 0;
  g_clear_object (&self->bus);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (prolong_start_at_login_parent_class)->dispose (object);
}

static void
prolong_start_at_login_class_init (ProlongStartAtLoginClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = prolong_start_at_login_get_property;
  object_class->dispose = prolong_start_at_login_dispose;
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
prolong_start_at_login_init (ProlongStartAtLogin *self)
{
  g_autoptr (GKeyFile) entry = g_key_file_new ();

  self->path = g_build_filename (g_get_user_config_dir (), "autostart", ENTRY_NAME, NULL);
  self->state = "off";
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
