/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a product asks whether it may run: exits with 0 when it is licensed, 3 when not, 4 when that cannot be
 * told. */
#include <gio/gio.h>

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL, license = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  gboolean licensed;
  guint days = 0;

  if (bus != NULL)
    answer = g_dbus_connection_call_sync (
        bus, "io.github.prolong.Prolong.Agent", "/io/github/prolong/Prolong/Agent",
        "io.github.prolong.Manager1", "CheckProduct", g_variant_new ("(ss)", "demo", "internet-security"),
        G_VARIANT_TYPE ("(ba{sv})"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  if (answer == NULL)
    return g_printerr ("%s\n", error->message), 4;
  g_variant_get (answer, "(b@a{sv})", &licensed, &license);
  g_variant_lookup (license, "days_left", "u", &days);
  g_print (licensed ? "Licensed, days left: %u\n" : "Not licensed\n", days);
  return licensed ? 0 : 3;
}
