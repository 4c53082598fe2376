/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/portal-notifier.h"

#define NAME "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define INTERFACE "org.freedesktop.portal.Notification"

/* An action with this prefix is called on the window program, any other is told here. */
#define WINDOW_PREFIX "app."

struct _ProlongPortalNotifier
{
  ProlongNotifier parent_instance;
  GDBusConnection *bus;
  guint signal;
};

G_DEFINE_TYPE (ProlongPortalNotifier, prolong_portal_notifier, PROLONG_TYPE_NOTIFIER)

/* The bus finds the portal when it is called. */
static void
portal_look (ProlongNotifier *notifier, gboolean start)
{
}

static ProlongNotifierState
portal_get_state (ProlongNotifier *notifier)
{
  return PROLONG_NOTIFIER_READY;
}

static const char *
portal_get_run (ProlongNotifier *notifier)
{
  return g_dbus_connection_get_guid (PROLONG_PORTAL_NOTIFIER (notifier)->bus);
}

static gboolean
portal_has_buttons (ProlongNotifier *notifier)
{
  return TRUE;
}

static void
on_action (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer user_data)
{
  const char *id, *action;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssav)")))
    return;
  g_variant_get_child (parameters, 0, "&s", &id);
  g_variant_get_child (parameters, 1, "&s", &action);
  prolong_notifier_emit_pressed (PROLONG_NOTIFIER (user_data), id, action, NULL);
}

static void
portal_listen (ProlongNotifier *notifier, gboolean on)
{
  ProlongPortalNotifier *self = PROLONG_PORTAL_NOTIFIER (notifier);

  if (on && self->signal == 0)
    self->signal = g_dbus_connection_signal_subscribe (self->bus, NAME, INTERFACE, "ActionInvoked", PATH,
                                                       NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_action, self, NULL);
  else if (!on && self->signal != 0)
    {
      g_dbus_connection_signal_unsubscribe (self->bus, self->signal);
      self->signal = 0;
    }
}

static void
add_action (GVariantDict *dict,
            const ProlongNoticeButton *button,
            const char *action_name,
            const char *target_name)
{
  g_autofree char *action = g_strconcat (button->opens ? WINDOW_PREFIX : "", button->action, NULL);

  g_variant_dict_insert (dict, action_name, "s", action);
  if (button->target != NULL)
    g_variant_dict_insert_value (dict, target_name, button->target);
}

static GVariant *
notification_new (const ProlongNotice *notice)
{
  GVariantDict dict;
  GVariantBuilder buttons;

  g_variant_dict_init (&dict, NULL);
  g_variant_builder_init (&buttons, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_dict_insert (&dict, "title", "s", notice->title);
  g_variant_dict_insert (&dict, "body", "s", notice->body);
  g_variant_dict_insert (&dict, "priority", "s", notice->urgency == PROLONG_URGENCY_LOW ? "low" : "normal");
  for (guint i = 0; i < notice->buttons->len; i++)
    {
      const ProlongNoticeButton *button = notice->buttons->pdata[i];
      GVariantDict row;

      if (button->label == NULL)
        {
          add_action (&dict, button, "default-action", "default-action-target");
          continue;
        }
      g_variant_dict_init (&row, NULL);
      g_variant_dict_insert (&row, "label", "s", button->label);
      add_action (&row, button, "action", "target");
      g_variant_builder_add_value (&buttons, g_variant_dict_end (&row));
    }
  g_variant_dict_insert_value (&dict, "buttons", g_variant_builder_end (&buttons));
  return g_variant_dict_end (&dict);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
}

static void
portal_show (ProlongNotifier *notifier, const ProlongNotice *notice, const char *handle, GTask *task)
{
  g_task_set_task_data (task, g_strdup (notice->slot), g_free);
  g_dbus_connection_call (PROLONG_PORTAL_NOTIFIER (notifier)->bus, NAME, PATH, INTERFACE, "AddNotification",
                          g_variant_new ("(s@a{sv})", notice->slot, notification_new (notice)), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_shown, task);
}

static void
portal_withdraw (ProlongNotifier *notifier, const char *handle)
{
  g_dbus_connection_call (PROLONG_PORTAL_NOTIFIER (notifier)->bus, NAME, PATH, INTERFACE,
                          "RemoveNotification", g_variant_new ("(s)", handle), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void
prolong_portal_notifier_dispose (GObject *object)
{
  ProlongPortalNotifier *self = PROLONG_PORTAL_NOTIFIER (object);

  portal_listen (PROLONG_NOTIFIER (self), FALSE);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (prolong_portal_notifier_parent_class)->dispose (object);
}

static void
prolong_portal_notifier_class_init (ProlongPortalNotifierClass *class)
{
  ProlongNotifierClass *notifier_class = PROLONG_NOTIFIER_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = prolong_portal_notifier_dispose;
  notifier_class->look = portal_look;
  notifier_class->get_state = portal_get_state;
  notifier_class->get_run = portal_get_run;
  notifier_class->has_buttons = portal_has_buttons;
  notifier_class->listen = portal_listen;
  notifier_class->show = portal_show;
  notifier_class->withdraw = portal_withdraw;
}

static void
prolong_portal_notifier_init (ProlongPortalNotifier *self)
{
}

ProlongNotifier *
prolong_portal_notifier_new (GDBusConnection *bus)
{
  ProlongPortalNotifier *self = g_object_new (PROLONG_TYPE_PORTAL_NOTIFIER, NULL);

  self->bus = g_object_ref (bus);
  return PROLONG_NOTIFIER (self);
}
