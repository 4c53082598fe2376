/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/background-portal.h"

#include <glib/gi18n-lib.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Background"
#define PORTAL_REQUEST "org.freedesktop.portal.Request"

typedef struct
{
  char *program;
  gboolean autostart;
  GDBusConnection *bus;
  guint response; /* subscription to the portal's answer */
} Request;

static void
stop_listening (Request *request)
{
  if (request->response != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->response);
  request->response = 0;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  stop_listening (request);
  g_clear_object (&request->bus);
  g_free (request->program);
  g_free (request);
}

static void
on_response (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean background = FALSE;
  guint32 response = 2;

  stop_listening (request);
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0)
    {
      request->autostart = FALSE;
      g_variant_lookup (results, "background", "b", &background);
      g_variant_lookup (results, "autostart", "b", &request->autostart);
    }
  if (background)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The desktop refused");
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    return; /* The task goes on with the answer, which comes as a signal. */
  stop_listening (g_task_get_task_data (task));
  g_task_return_error (task, error);
}

/* Where the answer will come from: known before the call, so that it cannot be missed. */
static char *
request_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');

  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
}

static GVariant *
arguments_new (const Request *request, const char *token)
{
  const char *const command[] = { request->program, NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("A reserve code takes over when your license ends.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (request->autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  return g_variant_new ("(sa{sv})", "", &options);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("prolong%u", g_random_int ());
  g_autofree char *path = NULL;
  GError *error = NULL;

  request->bus = g_bus_get_finish (result, &error);
  if (request->bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  path = request_path (request->bus, token);
  request->response = g_dbus_connection_signal_subscribe (request->bus, PORTAL_NAME, PORTAL_REQUEST,
                                                          "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                          on_response, g_object_ref (task), g_object_unref);
  g_dbus_connection_call (request->bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "RequestBackground",
                          arguments_new (request, token), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), on_requested, g_object_ref (task));
}

void
prolong_background_portal_request_async (const char *program,
                                         gboolean autostart,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->program = g_strdup (program);
  request->autostart = autostart;
  g_task_set_source_tag (task, prolong_background_portal_request_async);
  g_task_set_task_data (task, request, request_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus, task);
}

gboolean
prolong_background_portal_denied (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

gboolean
prolong_background_portal_request_finish (GAsyncResult *result, gboolean *autostart, GError **error)
{
  gboolean background = g_task_propagate_boolean (G_TASK (result), error);

  *autostart = background && ((Request *)g_task_get_task_data (G_TASK (result)))->autostart;
  return background;
}
