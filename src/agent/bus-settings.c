/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"

#include "agent/device.h"

static void
on_settings_changed (ProlongSettings *settings, ProlongBusObjects *self)
{
  g_autofree char *name = prolong_device_name (settings);
  const guint *days;
  gsize n;

  days = prolong_settings_get_notification_days (settings, &n);
  prolong_bus_manager1_set_device_name (self->manager, name);
  prolong_bus_manager1_set_email (self->manager, prolong_settings_get_email (settings));
  prolong_bus_manager1_set_notifications (self->manager, prolong_settings_get_notifications (settings));
  prolong_bus_manager1_set_notification_days (
      self->manager, g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, days, n, sizeof *days));
}

static void
on_login_changed (ProlongStartAtLogin *login, GParamSpec *pspec, ProlongBusObjects *self)
{
  prolong_bus_manager1_set_start_at_login (self->manager, prolong_start_at_login_get_state (login));
}

static void
on_login_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_start_at_login_set_finish (PROLONG_START_AT_LOGIN (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_set_start_at_login (ProlongBusManager1 *manager,
                       GDBusMethodInvocation *invocation,
                       gboolean on,
                       ProlongBusObjects *self)
{
  prolong_start_at_login_set_async (self->login, on, on_login_set,
                                    prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean set = prolong_settings_set_finish (PROLONG_SETTINGS (source), result, &error);

  prolong_bus_pending_answer (user_data, NULL, set ? NULL : error);
}

static gboolean
on_set_tray (ProlongBusManager1 *manager,
             GDBusMethodInvocation *invocation,
             gboolean on,
             ProlongBusObjects *self)
{
  prolong_settings_set_tray_async (prolong_engine_get_settings (self->engine), on, on_set,
                                   prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_set_device_name (ProlongBusManager1 *manager,
                    GDBusMethodInvocation *invocation,
                    const char *name,
                    ProlongBusObjects *self)
{
  prolong_settings_set_device_name_async (prolong_engine_get_settings (self->engine), name, on_set,
                                          prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_set_email (ProlongBusManager1 *manager,
              GDBusMethodInvocation *invocation,
              const char *email,
              ProlongBusObjects *self)
{
  prolong_settings_set_email_async (prolong_engine_get_settings (self->engine), email, on_set,
                                    prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_set_notifications (ProlongBusManager1 *manager,
                      GDBusMethodInvocation *invocation,
                      gboolean on,
                      ProlongBusObjects *self)
{
  prolong_settings_set_notifications_async (prolong_engine_get_settings (self->engine), on, on_set,
                                            prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_set_notification_days (ProlongBusManager1 *manager,
                          GDBusMethodInvocation *invocation,
                          GVariant *days,
                          ProlongBusObjects *self)
{
  gsize n;
  const guint *numbers = g_variant_get_fixed_array (days, &n, sizeof *numbers);

  prolong_settings_set_notification_days_async (prolong_engine_get_settings (self->engine), numbers, n,
                                                on_set, prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_add_settings (ProlongBusObjects *self)
{
  ProlongSettings *settings = prolong_engine_get_settings (self->engine);

  on_settings_changed (settings, self);
  on_login_changed (self->login, NULL, self);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_settings_changed), self, 0);
  g_signal_connect_object (self->login, "notify::state", G_CALLBACK (on_login_changed), self, 0);
  g_signal_connect (self->manager, "handle-set-start-at-login", G_CALLBACK (on_set_start_at_login), self);
  g_signal_connect (self->manager, "handle-set-tray", G_CALLBACK (on_set_tray), self);
  g_signal_connect (self->manager, "handle-set-device-name", G_CALLBACK (on_set_device_name), self);
  g_signal_connect (self->manager, "handle-set-email", G_CALLBACK (on_set_email), self);
  g_signal_connect (self->manager, "handle-set-notifications", G_CALLBACK (on_set_notifications), self);
  g_signal_connect (self->manager, "handle-set-notification-days", G_CALLBACK (on_set_notification_days),
                    self);
}
