/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/window-caller.h"

#define WINDOW_PATH "/io/github/prolong/Prolong"
#define APPLICATION "org.freedesktop.Application"

/* The newer name of the token and the older one; a toolkit reads the one that it knows. */
static GVariant *
platform_data_new (const char *activation_token)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (activation_token != NULL && *activation_token != '\0')
    {
      g_variant_builder_add (&builder, "{sv}", "activation-token", g_variant_new_string (activation_token));
      g_variant_builder_add (&builder, "{sv}", "desktop-startup-id", g_variant_new_string (activation_token));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
arguments_new (const char *action, GVariant *parameter, const char *activation_token)
{
  GVariantBuilder parameters;

  if (action == NULL)
    return g_variant_new ("(@a{sv})", platform_data_new (activation_token));
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  if (parameter != NULL)
    g_variant_builder_add (&parameters, "v", parameter);
  return g_variant_new ("(sav@a{sv})", action, &parameters, platform_data_new (activation_token));
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_message ("The window does not come: %s", error->message);
}

void
prolong_window_caller_activate (GDBusConnection *bus,
                                const char *action,
                                GVariant *parameter,
                                const char *activation_token)
{
  g_dbus_connection_call (bus, PROLONG_APP_ID, WINDOW_PATH, APPLICATION,
                          action != NULL ? "ActivateAction" : "Activate",
                          arguments_new (action, parameter, activation_token), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, on_called, NULL);
}

void
prolong_window_caller_activate_running (GDBusConnection *bus,
                                        const char *action,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_dbus_connection_call (bus, PROLONG_APP_ID, WINDOW_PATH, APPLICATION, "ActivateAction",
                          arguments_new (action, NULL, NULL), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                          callback, user_data);
}

gboolean
prolong_window_caller_activate_running_finish (GDBusConnection *bus, GAsyncResult *result)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (bus, result, NULL);

  return answer != NULL;
}
