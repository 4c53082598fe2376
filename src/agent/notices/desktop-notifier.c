/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/notices/desktop-notifier.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

/* What Notify understands by "as long as the service thinks right" and "until it is closed". */
#define EXPIRE_DEFAULT -1
#define EXPIRE_NEVER 0

/* The key that the protocol gives to a press on the notice itself. */
#define DEFAULT_KEY "default"

struct _ProlongDesktopNotifier
{
  ProlongNotifier parent_instance;
  GDBusConnection *bus;
  ProlongNotifierState state;
  guint watch;
  char *run;
  gboolean asking;
  gboolean has_buttons;
  gboolean has_markup;
  gboolean has_body;
  guint signals;
  char *token_handle; /* the notice for which the newest activation token came */
  char *token;
};

G_DEFINE_TYPE (ProlongDesktopNotifier, prolong_desktop_notifier, PROLONG_TYPE_NOTIFIER)

static void
set_state (ProlongDesktopNotifier *self, ProlongNotifierState state)
{
  self->state = state;
  prolong_notifier_emit_changed (PROLONG_NOTIFIER (self));
}

/* Whether it is there. */

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ProlongDesktopNotifier *self = user_data;
  g_autofree char *run = g_strconcat (g_dbus_connection_get_guid (bus), " ", owner, NULL);

  if (g_strcmp0 (self->run, run) == 0)
    return;
  g_free (self->run);
  self->run = g_steal_pointer (&run);
  /* Its capabilities may come before its name, when it was started to be asked for them. */
  set_state (self, self->state == PROLONG_NOTIFIER_READY ? PROLONG_NOTIFIER_READY : PROLONG_NOTIFIER_UNKNOWN);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ProlongDesktopNotifier *self = user_data;

  g_clear_pointer (&self->run, g_free);
  /* One that could not be started is not started again because it went away. */
  set_state (self,
             self->state == PROLONG_NOTIFIER_ABSENT ? PROLONG_NOTIFIER_ABSENT : PROLONG_NOTIFIER_UNKNOWN);
}

static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongDesktopNotifier) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree const char **names = NULL;

  self->asking = FALSE;
  if (answer == NULL)
    {
      g_debug ("No notifications: %s", error->message);
      set_state (self, PROLONG_NOTIFIER_ABSENT);
      return;
    }
  g_variant_get (answer, "(^a&s)", &names);
  self->has_buttons = g_strv_contains (names, "actions");
  self->has_markup = g_strv_contains (names, "body-markup");
  self->has_body = g_strv_contains (names, "body");
  self->state = PROLONG_NOTIFIER_READY;
  if (self->run != NULL)
    set_state (self, PROLONG_NOTIFIER_READY);
}

static void
ask_capabilities (ProlongDesktopNotifier *self)
{
  if (self->asking || self->state == PROLONG_NOTIFIER_READY)
    return;
  self->asking = TRUE;
  g_dbus_connection_call (self->bus, NAME, PATH, NAME, "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_capabilities, g_object_ref (self));
}

static void
desktop_look (ProlongNotifier *notifier, gboolean start)
{
  ProlongDesktopNotifier *self = PROLONG_DESKTOP_NOTIFIER (notifier);

  if (self->watch == 0)
    self->watch = g_bus_watch_name_on_connection (self->bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared,
                                                  on_vanished, self, NULL);
  if (start)
    ask_capabilities (self);
}

static ProlongNotifierState
desktop_get_state (ProlongNotifier *notifier)
{
  ProlongDesktopNotifier *self = PROLONG_DESKTOP_NOTIFIER (notifier);

  return self->state == PROLONG_NOTIFIER_READY && self->run == NULL ? PROLONG_NOTIFIER_UNKNOWN : self->state;
}

static const char *
desktop_get_run (ProlongNotifier *notifier)
{
  return PROLONG_DESKTOP_NOTIFIER (notifier)->run;
}

static gboolean
desktop_has_buttons (ProlongNotifier *notifier)
{
  return PROLONG_DESKTOP_NOTIFIER (notifier)->has_buttons;
}

/* What becomes of notices. These signals may be about those of any program. */

static void
take_token (ProlongDesktopNotifier *self, const char *handle, const char *token)
{
  g_free (self->token_handle);
  g_free (self->token);
  self->token_handle = g_strdup (handle);
  self->token = g_strdup (token);
}

static void
on_signal (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer user_data)
{
  ProlongDesktopNotifier *self = user_data;
  g_autofree char *handle = NULL;
  const char *text = NULL;
  guint32 id, reason;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    g_variant_get (parameters, "(u&s)", &id, &text);
  else if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uu)")))
    g_variant_get (parameters, "(uu)", &id, &reason);
  else
    return;
  handle = g_strdup_printf ("%u", id);
  if (text == NULL && g_str_equal (signal, "NotificationClosed"))
    prolong_notifier_emit_closed (PROLONG_NOTIFIER (self), handle);
  else if (text != NULL && g_str_equal (signal, "ActivationToken"))
    take_token (self, handle, text);
  else if (text != NULL && g_str_equal (signal, "ActionInvoked"))
    prolong_notifier_emit_pressed (PROLONG_NOTIFIER (self), handle,
                                   g_str_equal (text, DEFAULT_KEY) ? NULL : text,
                                   g_strcmp0 (self->token_handle, handle) == 0 ? self->token : NULL);
}

static void
desktop_listen (ProlongNotifier *notifier, gboolean on)
{
  ProlongDesktopNotifier *self = PROLONG_DESKTOP_NOTIFIER (notifier);

  if (on == (self->signals != 0))
    return;
  if (on)
    {
      self->signals = g_dbus_connection_signal_subscribe (self->bus, NAME, NAME, NULL, PATH, NULL,
                                                          G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
      return;
    }
  g_dbus_connection_signal_unsubscribe (self->bus, self->signals);
  self->signals = 0;
  take_token (self, NULL, NULL);
}

/* Showing. */

static void
add_buttons (ProlongDesktopNotifier *self, const ProlongNotice *notice, GVariantBuilder *actions)
{
  for (guint i = 0; i < notice->buttons->len && self->has_buttons; i++)
    {
      const ProlongNoticeButton *button = notice->buttons->pdata[i];
      g_autofree char *key = prolong_notice_button_get_key (button);

      g_variant_builder_add (actions, "s", button->label != NULL ? key : DEFAULT_KEY);
      g_variant_builder_add (actions, "s", button->label != NULL ? button->label : "");
    }
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint32 id;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_variant_get (answer, "(u)", &id);
  g_task_return_pointer (task, g_strdup_printf ("%u", id), g_free);
}

static guint32
id_of (const char *handle)
{
  return handle != NULL ? (guint32)g_ascii_strtoull (handle, NULL, 10) : 0;
}

static void
desktop_show (ProlongNotifier *notifier, const ProlongNotice *notice, const char *handle, GTask *task)
{
  ProlongDesktopNotifier *self = PROLONG_DESKTOP_NOTIFIER (notifier);
  g_autofree char *escaped = self->has_markup ? g_markup_escape_text (notice->body, -1) : NULL;
  const char *body = escaped != NULL ? escaped : notice->body;
  GVariantBuilder actions, hints;

  g_variant_builder_init (&actions, G_VARIANT_TYPE_STRING_ARRAY);
  add_buttons (self, notice, &actions);
  g_variant_builder_init (&hints, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&hints, "{sv}", "urgency", g_variant_new_byte (notice->urgency));
  g_variant_builder_add (&hints, "{sv}", "desktop-entry", g_variant_new_string (PROLONG_APP_ID));
  g_dbus_connection_call (self->bus, NAME, PATH, NAME, "Notify",
                          g_variant_new ("(susssasa{sv}i)", "Prolong", id_of (handle), PROLONG_APP_ID,
                                         notice->title, self->has_body ? body : "", &actions, &hints,
                                         notice->stays ? EXPIRE_NEVER : EXPIRE_DEFAULT),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_shown, task);
}

static void
desktop_withdraw (ProlongNotifier *notifier, const char *handle)
{
  /* One that is gone already is an error that nobody needs to hear of. */
  g_dbus_connection_call (PROLONG_DESKTOP_NOTIFIER (notifier)->bus, NAME, PATH, NAME, "CloseNotification",
                          g_variant_new ("(u)", id_of (handle)), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          NULL, NULL, NULL);
}

static void
prolong_desktop_notifier_dispose (GObject *object)
{
  ProlongDesktopNotifier *self = PROLONG_DESKTOP_NOTIFIER (object);

  desktop_listen (PROLONG_NOTIFIER (self), FALSE);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->run, g_free);
  G_OBJECT_CLASS (prolong_desktop_notifier_parent_class)->dispose (object);
}

static void
prolong_desktop_notifier_class_init (ProlongDesktopNotifierClass *class)
{
  ProlongNotifierClass *notifier_class = PROLONG_NOTIFIER_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = prolong_desktop_notifier_dispose;
  notifier_class->look = desktop_look;
  notifier_class->get_state = desktop_get_state;
  notifier_class->get_run = desktop_get_run;
  notifier_class->has_buttons = desktop_has_buttons;
  notifier_class->listen = desktop_listen;
  notifier_class->show = desktop_show;
  notifier_class->withdraw = desktop_withdraw;
}

static void
prolong_desktop_notifier_init (ProlongDesktopNotifier *self)
{
}

ProlongNotifier *
prolong_desktop_notifier_new (GDBusConnection *bus)
{
  ProlongDesktopNotifier *self = g_object_new (PROLONG_TYPE_DESKTOP_NOTIFIER, NULL);

  self->bus = g_object_ref (bus);
  return PROLONG_NOTIFIER (self);
}
