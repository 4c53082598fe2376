/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/tray/tray.h"

#include "agent/tray/facts.h"
#include "agent/tray/item.h"
#include "agent/window-caller.h"

/* What changes together is told together, for hosts show a burst of changes as flicker; short enough that a
 * change is on the panel within 100 ms. */
#define UPDATE_DELAY_MS 20

struct _ProlongTray
{
  GObject parent_instance;
  ProlongEngine *engine;
  ProlongSettings *settings;
  GDBusConnection *bus;
  guint watch;           /* for the watcher, while the person wants the icon */
  ProlongTrayItem *item; /* (nullable) while there is a watcher */
  ProlongTrayLook *look; /* (nullable) what the item shows */
  guint update;
  const char *state;
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

enum
{
  QUIT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongTray, prolong_tray, G_TYPE_OBJECT)

gboolean
prolong_tray_is_shown (ProlongTray *self)
{
  return self->item != NULL && prolong_tray_item_is_hosted (self->item);
}

const char *
prolong_tray_get_state (ProlongTray *self)
{
  return self->state;
}

static void
update_state (ProlongTray *self)
{
  const char *state = prolong_tray_is_shown (self)                 ? "shown"
                      : prolong_settings_get_tray (self->settings) ? "unavailable"
                                                                   : "off";

  if (g_str_equal (self->state, state))
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* What it says. */

static gboolean
on_update (gpointer user_data)
{
  ProlongTray *self = user_data;
  g_autoptr (ProlongTrayLook) before = NULL;

  self->update = 0;
  if (self->item == NULL)
    return G_SOURCE_REMOVE;
  before = g_steal_pointer (&self->look);
  self->look = prolong_tray_look_at (self->engine);
  prolong_tray_item_update (self->item, before, self->look);
  return G_SOURCE_REMOVE;
}

static void
schedule_update (ProlongTray *self)
{
  if (self->item != NULL && self->update == 0)
    self->update = g_timeout_add (UPDATE_DELAY_MS, on_update, self);
}

static void
follow (ProlongTray *self, gpointer object)
{
  g_signal_connect_object (object, "changed", G_CALLBACK (schedule_update), self, G_CONNECT_SWAPPED);
  schedule_update (self);
}

static void
on_license_added (ProlongEngine *engine, ProlongLicense *license, ProlongTray *self)
{
  follow (self, license);
}

static void
on_operation_added (ProlongEngine *engine, ProlongOperation *operation, ProlongTray *self)
{
  follow (self, operation);
}

static void
on_reserve_added (ProlongEngine *engine,
                  ProlongReserves *reserves,
                  ProlongReserve *reserve,
                  ProlongTray *self)
{
  follow (self, reserve);
}

static void
follow_engine (ProlongTray *self)
{
  GPtrArray *licenses = prolong_engine_get_licenses (self->engine);
  GPtrArray *operations = prolong_engine_get_operations (self->engine);
  GPtrArray *reserves = prolong_engine_get_reserves (self->engine);
  const char *const removals[] = { "license-removed", "operation-removed", "reserve-removed" };

  follow (self, self->engine);
  for (guint i = 0; i < licenses->len; i++)
    follow (self, licenses->pdata[i]);
  for (guint i = 0; i < operations->len; i++)
    follow (self, operations->pdata[i]);
  for (guint i = 0; i < reserves->len; i++)
    for (guint j = 0; j < prolong_reserves_get_length (reserves->pdata[i]); j++)
      follow (self, prolong_reserves_get (reserves->pdata[i], j));
  g_signal_connect_object (self->engine, "license-added", G_CALLBACK (on_license_added), self, 0);
  g_signal_connect_object (self->engine, "operation-added", G_CALLBACK (on_operation_added), self, 0);
  g_signal_connect_object (self->engine, "reserve-added", G_CALLBACK (on_reserve_added), self, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (removals); i++)
    g_signal_connect_object (self->engine, removals[i], G_CALLBACK (schedule_update), self,
                             G_CONNECT_SWAPPED);
}

/* What the person does. */

static void
on_activated (ProlongTrayItem *item, const char *token, ProlongTray *self)
{
  prolong_window_caller_activate (self->bus, NULL, NULL, token);
}

static void
on_quit_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongTray) self = user_data;

  if (!prolong_window_caller_activate_running_finish (G_DBUS_CONNECTION (source), result))
    g_signal_emit (self, signals[QUIT], 0);
}

/* A window that is open would start the agent again, so it is the one to quit. */
static void
quit (ProlongTray *self, const char *token)
{
  if (self->look->asks)
    prolong_window_caller_activate (self->bus, "confirm-quit", NULL, token);
  else
    prolong_window_caller_activate_running (self->bus, "confirm-quit", on_quit_called, g_object_ref (self));
}

static void
on_chosen (ProlongTrayItem *item, int id, const char *token, ProlongTray *self)
{
  static const char *const actions[] = {
    [PROLONG_TRAY_OPEN_PANEL] = "show-panel",     [PROLONG_TRAY_OPEN_LICENSE] = "show-license",
    [PROLONG_TRAY_ENTER_CODE] = "enter-code",     [PROLONG_TRAY_RENEW] = "renew",
    [PROLONG_TRAY_CHECK_STATUS] = "check-status", [PROLONG_TRAY_PREFERENCES] = "preferences",
  };
  const ProlongTrayEntry *entry = prolong_tray_look_find (self->look, id);
  GVariant *parameter = NULL;

  if (entry == NULL || entry->action == PROLONG_TRAY_SEPARATOR)
    return;
  if (entry->action == PROLONG_TRAY_QUIT)
    {
      quit (self, token);
      return;
    }
  if (entry->product != NULL)
    parameter = g_variant_new ("(ss)", entry->target, entry->product);
  else if (entry->target != NULL)
    parameter = g_variant_new_string (entry->target);
  prolong_window_caller_activate (self->bus, actions[entry->action], parameter, token);
}

/* The tray comes and goes. */

static void
drop_item (ProlongTray *self)
{
  g_clear_handle_id (&self->update, g_source_remove);
  if (self->item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->item, self);
  g_object_run_dispose (G_OBJECT (self->item));
  g_clear_object (&self->item);
  g_clear_pointer (&self->look, prolong_tray_look_free);
}

/* The same name may have another owner now, and the new one knows nothing of the icon. */
static void
on_watcher_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  ProlongTray *self = user_data;

  drop_item (self);
  self->look = prolong_tray_look_at (self->engine);
  self->item = prolong_tray_item_new (self->look);
  g_signal_connect (self->item, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect (self->item, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->item, "notify::hosted", G_CALLBACK (update_state), self);
  update_state (self);
}

static void
on_watcher_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  drop_item (user_data);
  update_state (user_data);
}

static void
on_settings_changed (ProlongTray *self)
{
  gboolean wanted = prolong_settings_get_tray (self->settings);

  if (wanted && self->watch == 0)
    self->watch
        = g_bus_watch_name_on_connection (self->bus, PROLONG_TRAY_WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_watcher_appeared, on_watcher_vanished, self, NULL);
  if (!wanted)
    {
      g_clear_handle_id (&self->watch, g_bus_unwatch_name);
      drop_item (self);
    }
  update_state (self);
}

static void
prolong_tray_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_static_string (value, PROLONG_TRAY (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
prolong_tray_dispose (GObject *object)
{
  ProlongTray *self = PROLONG_TRAY (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  drop_item (self);
  g_clear_object (&self->engine);
  g_clear_object (&self->settings);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (prolong_tray_parent_class)->dispose (object);
}

static void
prolong_tray_class_init (ProlongTrayClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = prolong_tray_get_property;
  object_class->dispose = prolong_tray_dispose;
  properties[PROP_STATE]
      = g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
prolong_tray_init (ProlongTray *self)
{
  self->state = "unavailable";
}

ProlongTray *
prolong_tray_new (ProlongEngine *engine, ProlongSettings *settings, GDBusConnection *bus)
{
  ProlongTray *self = g_object_new (PROLONG_TYPE_TRAY, NULL);

  self->engine = g_object_ref (engine);
  self->settings = g_object_ref (settings);
  self->bus = g_object_ref (bus);
  follow_engine (self);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  on_settings_changed (self);
  return self;
}
