/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that could stand in prolongctl's place: GIO, the session bus, one call to the agent, its answer
 * printed. */

#include <gio/gio.h>

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *text = NULL;

  if (bus != NULL)
    answer = g_dbus_connection_call_sync (bus, "io.github.prolong.Prolong.Agent",
                                          "/io/github/prolong/Prolong/Agent",
                                          "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
                                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  if (answer == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  text = g_variant_print (answer, FALSE);
  g_print ("%s\n", text);
  return 0;
}
