/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/contract.h"
#include "prolong-bus.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * An agent of the simplest kind, started by the bus, that does what the test of the client asks for:
 *
 *   PEER_STARTS  a file that grows by a byte at every start
 *   PEER_DIES    set: dies when it is asked for its objects
 */

#define CONTROL                                                                                              \
  "<node><interface name='io.github.prolong.TestPeer'>"                                                      \
  "<method name='SetDays'><arg type='u' direction='in'/></method>"                                           \
  "<method name='Burst'><arg type='u' direction='in'/></method>"                                             \
  "<method name='Die'/>"                                                                                     \
  "<method name='Count'><arg type='u' direction='out'/><arg type='u' direction='out'/></method>"             \
  "</interface></node>"

static GDBusObjectManagerServer *objects;
static ProlongBusLicense1 *license;
static guint n_attached;
static int n_reads; /* atomic */

static GDBusMessage *
count_reads (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (incoming && g_strcmp0 (g_dbus_message_get_member (message), "GetManagedObjects") == 0)
    {
      if (g_getenv ("PEER_DIES") != NULL)
        _exit (1);
      g_atomic_int_inc (&n_reads);
    }
  return message;
}

static gboolean
attach_cb (ProlongBusManager1 *manager, GDBusMethodInvocation *invocation)
{
  n_attached++;
  prolong_bus_manager1_complete_attach (manager, invocation);
  return TRUE;
}

static gboolean
add_code_cb (ProlongBusManager1 *manager, GDBusMethodInvocation *invocation)
{
  g_dbus_method_invocation_return_error_literal (invocation, PROLONG_PROBLEM, PROLONG_PROBLEM_CODE_UNKNOWN,
                                                 "No.");
  return TRUE;
}

static void
burst (GDBusConnection *bus, guint n)
{
  for (guint i = 0; i < n; i++)
    g_dbus_connection_emit_signal (
        bus, NULL, PROLONG_BUS_LICENSES "/one", "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new_parsed ("(%s, @a{sv} {}, @as [])", PROLONG_BUS_LICENSE), NULL);
}

static void
control_cb (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *method,
            GVariant *arguments,
            GDBusMethodInvocation *invocation,
            gpointer user_data)
{
  GVariant *answer = NULL;
  guint number = 0;

  if (g_str_equal (method, "Die"))
    _exit (1);
  if (g_str_equal (method, "Count"))
    answer = g_variant_new ("(uu)", n_attached, (guint)g_atomic_int_get (&n_reads));
  else
    g_variant_get (arguments, "(u)", &number);
  if (g_str_equal (method, "SetDays"))
    prolong_bus_license1_set_days_left (license, number);
  if (g_str_equal (method, "Burst"))
    burst (bus, number);
  g_dbus_method_invocation_return_value (invocation, answer);
}

static void export(GDBusConnection *bus)
{
  static const GDBusInterfaceVTable vtable = { .method_call = control_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (CONTROL, NULL);
  ProlongBusManager1 *manager = prolong_bus_manager1_skeleton_new ();
  g_autoptr (ProlongBusObjectSkeleton) object = prolong_bus_object_skeleton_new (PROLONG_BUS_LICENSES "/one");

  prolong_bus_manager1_set_keyring (manager, "available");
  g_signal_connect (manager, "handle-attach", G_CALLBACK (attach_cb), NULL);
  g_signal_connect (manager, "handle-add-code", G_CALLBACK (add_code_cb), NULL);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (manager), bus, PROLONG_BUS_PATH, NULL);

  license = prolong_bus_license1_skeleton_new ();
  prolong_bus_license1_set_id (license, "one");
  prolong_bus_license1_set_days_left (license, 365);
  prolong_bus_object_skeleton_set_license1 (object, license);
  objects = g_dbus_object_manager_server_new (PROLONG_BUS_PATH);
  g_dbus_object_manager_server_export (objects, G_DBUS_OBJECT_SKELETON (object));
  g_dbus_object_manager_server_set_connection (objects, bus);

  g_dbus_connection_register_object (bus, "/control", node->interfaces[0], &vtable, NULL, NULL, NULL);
  g_dbus_connection_add_filter (bus, count_reads, NULL, NULL);
}

static void
note_start (void)
{
  int file = open (g_getenv ("PEER_STARTS"), O_WRONLY | O_CREAT | O_APPEND, 0600);

  if (file >= 0 && write (file, "x", 1) == 1)
    close (file);
}

static void
lost_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  _exit (0);
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  /* The bus may be gone before the peer is up. */
  if (bus == NULL)
    return 1;
  note_start ();
  prolong_bus_errors_init ();
  export(bus);
  g_bus_own_name_on_connection (bus, PROLONG_BUS_NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, lost_cb, NULL,
                                NULL);
  g_main_loop_run (loop);
  return 0;
}
