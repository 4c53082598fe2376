/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/application.h"

#include <glib-unix.h>

#include "agent/bus-objects.h"
#include "agent/deployment.h"
#include "agent/engine.h"
#include "agent/notices/notices.h"
#include "agent/tray/tray.h"
#include "bus/contract.h"

/* Long enough that the calls of one visit find one agent. */
#define INACTIVITY_MS (30 * 1000)

struct _ProlongAgentApplication
{
  GApplication parent_instance;
  ProlongEngine *engine;
  ProlongBusObjects *objects;
  ProlongDeployment *deployment;
  ProlongNotices *notices;
  ProlongTray *tray; /* (nullable) from startup on */
  gboolean held;
  gboolean updated; /* a newer version goes on in this one's place */
};

G_DEFINE_TYPE (ProlongAgentApplication, prolong_agent_application, G_TYPE_APPLICATION)

/* The agent stays while there is a license, an operation, a tray or a client (design: the agent). */
static void
update_hold (ProlongAgentApplication *self)
{
  gboolean work = prolong_engine_has_work (self->engine);
  gboolean hold = work || prolong_bus_objects_has_clients (self->objects)
                  || (self->tray != NULL && prolong_tray_is_shown (self->tray));

  if (work)
    prolong_bus_objects_ask_to_stay (self->objects);
  if (hold == self->held)
    return;
  self->held = hold;
  if (hold)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static gboolean
on_signal (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* The journal goes on from any point, so there is nothing to wait for. */
static void
on_replaced (ProlongAgentApplication *self)
{
  self->updated = prolong_deployment_was_updated (self->deployment);
  g_application_quit (G_APPLICATION (self));
}

static void
on_tray_changed (ProlongAgentApplication *self)
{
  prolong_bus_objects_set_tray (self->objects, prolong_tray_get_state (self->tray));
  update_hold (self);
}

static void
show_tray (ProlongAgentApplication *self)
{
  self->tray = prolong_tray_new (self->engine, prolong_engine_get_settings (self->engine),
                                 g_application_get_dbus_connection (G_APPLICATION (self)));
  g_signal_connect_object (self->tray, "notify::state", G_CALLBACK (on_tray_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tray, "quit", G_CALLBACK (g_application_quit), self, G_CONNECT_SWAPPED);
  on_tray_changed (self);
}

static void
build (ProlongAgentApplication *self, GDBusConnection *bus)
{
  g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "prolong", NULL);
  g_autoptr (ProlongClock) clock = prolong_clock_new ();
  g_autoptr (ProlongStore) store = prolong_store_new (directory);
  g_autoptr (ProlongKeyring) keyring = prolong_keyring_new ();
  g_autoptr (ProlongNotifier) notifier = prolong_notifier_new_for_desktop (bus);

  self->engine = prolong_engine_new (clock, store, keyring);
  prolong_engine_load (self->engine);
  self->objects = prolong_bus_objects_new (self->engine, keyring);
  self->notices = prolong_notices_new (self->engine, clock, store, notifier, bus);
  g_signal_connect_object (self->engine, "changed", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "operation-added", G_CALLBACK (update_hold), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->objects, "clients-changed", G_CALLBACK (update_hold), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->objects, "quit", G_CALLBACK (g_application_quit), self, G_CONNECT_SWAPPED);
  self->deployment = prolong_deployment_new ();
  g_signal_connect_object (self->deployment, "replaced", G_CALLBACK (on_replaced), self, G_CONNECT_SWAPPED);
}

/* Exported here and not in startup: the name is not ours before this returns, so the first call finds
 * everything. But whether this is the only agent is not known yet, so nothing here writes or sends. */
static gboolean
prolong_agent_application_dbus_register (GApplication *application,
                                         GDBusConnection *bus,
                                         const char *path,
                                         GError **error)
{
  ProlongAgentApplication *self = PROLONG_AGENT_APPLICATION (application);

  if (!G_APPLICATION_CLASS (prolong_agent_application_parent_class)
           ->dbus_register (application, bus, path, error))
    return FALSE;
  build (self, bus);
  return prolong_bus_objects_export (self->objects, bus, error);
}

static void
prolong_agent_application_dbus_unregister (GApplication *application, GDBusConnection *bus, const char *path)
{
  ProlongAgentApplication *self = PROLONG_AGENT_APPLICATION (application);

  if (self->tray != NULL)
    g_object_run_dispose (G_OBJECT (self->tray));
  g_clear_object (&self->tray);
  g_clear_object (&self->deployment);
  g_clear_object (&self->notices);
  g_clear_object (&self->objects);
  g_clear_object (&self->engine);
  G_APPLICATION_CLASS (prolong_agent_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
prolong_agent_application_startup (GApplication *application)
{
  ProlongAgentApplication *self = PROLONG_AGENT_APPLICATION (application);

  G_APPLICATION_CLASS (prolong_agent_application_parent_class)->startup (application);
  g_application_set_inactivity_timeout (application, INACTIVITY_MS);
  /* The time to leave starts when a hold ends, so there must have been one. */
  g_application_hold (application);
  if (self->engine != NULL)
    {
      prolong_engine_resume (self->engine);
      prolong_notices_start (self->notices);
      show_tray (self);
    }
  g_application_release (application);
}

/* A start while an agent runs, and the start by the bus: nothing to show. */
static void
prolong_agent_application_activate (GApplication *application)
{
}

static void
prolong_agent_application_class_init (ProlongAgentApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  application_class->dbus_register = prolong_agent_application_dbus_register;
  application_class->dbus_unregister = prolong_agent_application_dbus_unregister;
  application_class->startup = prolong_agent_application_startup;
  application_class->activate = prolong_agent_application_activate;
}

static void
prolong_agent_application_init (ProlongAgentApplication *self)
{
  /* Before the name is on the bus, so that whoever sees it can end the agent in an orderly way. */
  g_unix_signal_add (SIGTERM, on_signal, self);
  g_unix_signal_add (SIGINT, on_signal, self);
}

GApplication *
prolong_agent_application_new (void)
{
  return g_object_new (PROLONG_TYPE_AGENT_APPLICATION, "application-id", PROLONG_BUS_NAME, "flags",
                       G_APPLICATION_DEFAULT_FLAGS, NULL);
}

void
prolong_agent_application_start_successor (ProlongAgentApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (!self->updated)
    return;
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (bus != NULL)
    answer = g_dbus_connection_call_sync (
        bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "StartServiceByName",
        g_variant_new ("(su)", PROLONG_BUS_NAME, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  if (answer == NULL)
    g_warning ("The newer version does not start: %s", error->message);
}
