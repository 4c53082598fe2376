/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that could stand in the agent's place: GLib with libsoup and libsecret linked, on the bus,
 * waiting. With an address, it first gets that. */

#include <libsecret/secret.h>
#include <libsoup/soup.h>

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (body != NULL)
    g_print ("answered\n");
  else
    g_printerr ("%s\n", error->message);
  g_object_unref (source);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  G_GNUC_UNUSED g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  g_assert (bus != NULL);
  /* Both libraries stay linked because something of each is used. */
  g_assert (secret_error_get_quark () != 0 && soup_get_major_version () == 3);
  if (argc > 1)
    {
      SoupMessage *message = soup_message_new ("GET", argv[1]);

      soup_session_send_and_read_async (soup_session_new (), message, G_PRIORITY_DEFAULT, NULL, on_answer,
                                        NULL);
      g_object_unref (message);
    }
  g_main_loop_run (loop);
  return 0;
}
