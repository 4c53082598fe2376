/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/tray/item.h"

#include "agent/tray/icons.h"
#include "agent/tray/menu.h"
#include "prolong-tray.h"

#define ITEM_PATH "/StatusNotifierItem"
#define MENU_PATH "/StatusNotifierItem/Menu"
#define WATCHER_PATH "/StatusNotifierWatcher"

struct _ProlongTrayItem
{
  GObject parent_instance;
  GCancellable *cancellable;
  GDBusConnection *bus; /* (nullable) until it is open */
  guint hosts;          /* subscription to their coming and going */
  ProlongTrayBusItem *skeleton;
  ProlongTrayMenu *menu;
  char *token; /* (nullable) of the click that comes next */
  gboolean registered;
  gboolean host;
};

enum
{
  PROP_0,
  PROP_HOSTED,
  N_PROPS
};

enum
{
  ACTIVATED,
  CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongTrayItem, prolong_tray_item, G_TYPE_OBJECT)

gboolean
prolong_tray_item_is_hosted (ProlongTrayItem *self)
{
  return self->registered && self->host;
}

/* What the person does. */

static gboolean
on_activate (ProlongTrayBusItem *skeleton,
             GDBusMethodInvocation *invocation,
             int x,
             int y,
             ProlongTrayItem *self)
{
  g_autofree char *token = g_steal_pointer (&self->token);

  g_dbus_method_invocation_return_value (invocation, NULL);
  g_signal_emit (self, signals[ACTIVATED], 0, token);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The host shows the menu, and scrolling means nothing here. */
static gboolean
on_context_menu (ProlongTrayBusItem *skeleton,
                 GDBusMethodInvocation *invocation,
                 int x,
                 int y,
                 ProlongTrayItem *self)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_scroll (ProlongTrayBusItem *skeleton,
           GDBusMethodInvocation *invocation,
           int delta,
           const char *orientation,
           ProlongTrayItem *self)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_token (ProlongTrayBusItem *skeleton,
          GDBusMethodInvocation *invocation,
          const char *token,
          ProlongTrayItem *self)
{
  g_free (self->token);
  self->token = g_strdup (token);
  g_dbus_method_invocation_return_value (invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_chosen (ProlongTrayMenu *menu, int id, ProlongTrayItem *self)
{
  g_autofree char *token = g_steal_pointer (&self->token);

  g_signal_emit (self, signals[CHOSEN], 0, id, token);
}

/* What it looks like. */

static const char *
get_status (const ProlongTrayLook *look)
{
  return look->urgent ? "NeedsAttention" : "Active";
}

static void
show_icon (ProlongTrayItem *self, const ProlongTrayLook *look)
{
  g_autoptr (GVariant) pixmaps = g_variant_ref_sink (prolong_tray_icon_pixmaps_new (look->icon));
  const char *name = prolong_tray_icon_get_name (look->icon);

  g_object_set (self->skeleton, "icon-name", name, "icon-pixmap", pixmaps, "attention-icon-name", name,
                "attention-icon-pixmap", pixmaps, NULL);
}

/* Hosts read both as markup. */
static void
show_tool_tip (ProlongTrayItem *self, const ProlongTrayLook *look)
{
  g_autofree char *title = g_markup_escape_text (look->label, -1);
  g_autofree char *text = g_markup_escape_text (look->details != NULL ? look->details : "", -1);

  prolong_tray_bus_item_set_tool_tip (
      self->skeleton, g_variant_new ("(s@a(iiay)ss)", "", g_variant_new ("a(iiay)", NULL), title, text));
}

void
prolong_tray_item_update (ProlongTrayItem *self, const ProlongTrayLook *before, const ProlongTrayLook *look)
{
  gboolean words
      = g_strcmp0 (before->label, look->label) != 0 || g_strcmp0 (before->details, look->details) != 0;

  if (before->icon != look->icon)
    {
      show_icon (self, look);
      prolong_tray_bus_item_emit_new_icon (self->skeleton);
      prolong_tray_bus_item_emit_new_attention_icon (self->skeleton);
    }
  if (before->urgent != look->urgent)
    {
      prolong_tray_bus_item_set_status (self->skeleton, get_status (look));
      prolong_tray_bus_item_emit_new_status (self->skeleton, get_status (look));
    }
  if (words)
    {
      show_tool_tip (self, look);
      prolong_tray_bus_item_emit_new_tool_tip (self->skeleton);
    }
  prolong_tray_menu_set_entries (self->menu, look->entries);
}

/* The way into the tray. */

static void
set_host (ProlongTrayItem *self, gboolean host)
{
  if (self->host == host)
    return;
  self->host = host;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOSTED]);
}

static void
on_host_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongTrayItem) self = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) value = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_host (self, value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
                      && g_variant_get_boolean (value));
}

static void
ask_for_host (ProlongTrayItem *self)
{
  g_dbus_connection_call (
      self->bus, PROLONG_TRAY_WATCHER, WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", PROLONG_TRAY_WATCHER, "IsStatusNotifierHostRegistered"), G_VARIANT_TYPE ("(v)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_host_known, g_object_ref (self));
}

static void
on_hosts_changed (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  if (g_str_has_prefix (signal, "StatusNotifierHost"))
    ask_for_host (user_data);
}

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongTrayItem) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL)
    {
      g_message ("No icon in the tray: %s", error->message);
      return;
    }
  self->registered = TRUE;
  ask_for_host (self);
}

static gboolean export(ProlongTrayItem *self, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), self->bus, ITEM_PATH,
                                           error)
         && prolong_tray_menu_export (self->menu, self->bus, MENU_PATH, error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongTrayItem) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_dbus_connection_new_for_address_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->bus = g_steal_pointer (&bus);
  if (self->bus == NULL || !export(self, &error))
    {
      g_message ("No icon in the tray: %s", error->message);
      return;
    }
  self->hosts = g_dbus_connection_signal_subscribe (self->bus, PROLONG_TRAY_WATCHER, PROLONG_TRAY_WATCHER,
                                                    NULL, WATCHER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                    on_hosts_changed, self, NULL);
  /* By its path: each host then knows it by the name of this connection. */
  g_dbus_connection_call (self->bus, PROLONG_TRAY_WATCHER, WATCHER_PATH, PROLONG_TRAY_WATCHER,
                          "RegisterStatusNotifierItem", g_variant_new ("(s)", ITEM_PATH), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_registered,
                          g_object_ref (self));
}

static void
open_bus (ProlongTrayItem *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  if (address == NULL)
    {
      g_message ("No icon in the tray: %s", error->message);
      return;
    }
  g_dbus_connection_new_for_address (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, self->cancellable, on_connected, g_object_ref (self));
}

static void
prolong_tray_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_HOSTED)
    g_value_set_boolean (value, prolong_tray_item_is_hosted (PROLONG_TRAY_ITEM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
prolong_tray_item_dispose (GObject *object)
{
  ProlongTrayItem *self = PROLONG_TRAY_ITEM (object);

  g_cancellable_cancel (self->cancellable);
  if (self->bus != NULL && self->hosts != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->hosts);
  self->hosts = 0;
  if (self->skeleton != NULL
      && g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_clear_object (&self->skeleton);
  if (self->menu != NULL)
    g_object_run_dispose (G_OBJECT (self->menu));
  g_clear_object (&self->menu);
  if (self->bus != NULL)
    g_dbus_connection_close (self->bus, NULL, NULL, NULL);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (prolong_tray_item_parent_class)->dispose (object);
}

static void
prolong_tray_item_finalize (GObject *object)
{
  ProlongTrayItem *self = PROLONG_TRAY_ITEM (object);

  g_object_unref (self->cancellable);
  g_free (self->token);
  G_OBJECT_CLASS (prolong_tray_item_parent_class)->finalize (object);
}

static void
prolong_tray_item_class_init (ProlongTrayItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = prolong_tray_item_get_property;
  object_class->dispose = prolong_tray_item_dispose;
  object_class->finalize = prolong_tray_item_finalize;
  properties[PROP_HOSTED]
      = g_param_spec_boolean ("hosted", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
prolong_tray_item_init (ProlongTrayItem *self)
{
  GVariant *none = g_variant_new ("a(iiay)", NULL);

  self->cancellable = g_cancellable_new ();
  self->menu = prolong_tray_menu_new ();
  self->skeleton = prolong_tray_bus_item_skeleton_new ();
  g_object_set (self->skeleton, "category", "ApplicationStatus", "id", PROLONG_APP_ID, "title", "Prolong",
                "icon-theme-path", "", "overlay-icon-name", "", "overlay-icon-pixmap", none,
                "attention-movie-name", "", "item-is-menu", FALSE, "menu", MENU_PATH, NULL);
  g_signal_connect_object (self->skeleton, "handle-activate", G_CALLBACK (on_activate), self, 0);
  g_signal_connect_object (self->skeleton, "handle-secondary-activate", G_CALLBACK (on_activate), self, 0);
  g_signal_connect_object (self->skeleton, "handle-context-menu", G_CALLBACK (on_context_menu), self, 0);
  g_signal_connect_object (self->skeleton, "handle-scroll", G_CALLBACK (on_scroll), self, 0);
  g_signal_connect_object (self->skeleton, "handle-provide-xdg-activation-token", G_CALLBACK (on_token), self,
                           0);
  g_signal_connect_object (self->menu, "chosen", G_CALLBACK (on_chosen), self, 0);
}

ProlongTrayItem *
prolong_tray_item_new (const ProlongTrayLook *look)
{
  ProlongTrayItem *self = g_object_new (PROLONG_TYPE_TRAY_ITEM, NULL);

  show_icon (self, look);
  show_tool_tip (self, look);
  prolong_tray_bus_item_set_status (self->skeleton, get_status (look));
  prolong_tray_menu_set_entries (self->menu, look->entries);
  open_bus (self);
  return self;
}
