/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/tray/menu.h"

#include "prolong-tray.h"

#define ROOT 0
#define MENU_VERSION 3 /* from which on hosts call EventGroup and AboutToShowGroup */

struct _ProlongTrayMenu
{
  GObject parent_instance;
  ProlongTrayBusMenu *skeleton;
  GPtrArray *entries; /* (element-type ProlongTrayEntry) */
  guint revision;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongTrayMenu, prolong_tray_menu, G_TYPE_OBJECT)

static const ProlongTrayEntry *
find_in (GPtrArray *entries, gint32 id)
{
  for (guint i = 0; i < entries->len; i++)
    if (((const ProlongTrayEntry *)entries->pdata[i])->id == id)
      return entries->pdata[i];
  return NULL;
}

static const ProlongTrayEntry *
find_entry (ProlongTrayMenu *self, gint32 id)
{
  return find_in (self->entries, id);
}

static gboolean
has_id (ProlongTrayMenu *self, gint32 id)
{
  return id == ROOT || find_entry (self, id) != NULL;
}

/* What hosts read. */

/* An underscore would mark the letter after it as the mnemonic. */
static char *
escape_label (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

static gboolean
is_wanted (const char *name, const char *const *names)
{
  return names == NULL || names[0] == NULL || g_strv_contains (names, name);
}

/* The properties of an item that are asked for; without names all of them. Those that have their usual value
 * are left out, as the protocol has it. */
static GVariant *
properties_new (ProlongTrayMenu *self, gint32 id, const char *const *names)
{
  const ProlongTrayEntry *entry = find_entry (self, id);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (id == ROOT && is_wanted ("children-display", names))
    g_variant_builder_add (&builder, "{sv}", "children-display", g_variant_new_string ("submenu"));
  if (entry != NULL && entry->label == NULL && is_wanted ("type", names))
    g_variant_builder_add (&builder, "{sv}", "type", g_variant_new_string ("separator"));
  if (entry != NULL && entry->label != NULL && is_wanted ("label", names))
    g_variant_builder_add (&builder, "{sv}", "label",
                           g_variant_new_take_string (escape_label (entry->label)));
  /* Without it some hosts go on telling a screen reader the words that the entry had first. */
  if (entry != NULL && entry->label != NULL && is_wanted ("accessible-desc", names))
    g_variant_builder_add (&builder, "{sv}", "accessible-desc", g_variant_new_string (entry->label));
  return g_variant_builder_end (&builder);
}

static GVariant *
layout_new (ProlongTrayMenu *self, gint32 id, int depth, const char *const *names)
{
  GVariantBuilder children;

  g_variant_builder_init (&children, G_VARIANT_TYPE ("av"));
  for (guint i = 0; id == ROOT && depth != 0 && i < self->entries->len; i++)
    {
      const ProlongTrayEntry *entry = self->entries->pdata[i];

      g_variant_builder_add (&children, "v", layout_new (self, entry->id, 0, names));
    }
  return g_variant_new ("(i@a{sv}av)", id, properties_new (self, id, names), &children);
}

static gboolean
refuse_id (GDBusMethodInvocation *invocation, gint32 id)
{
  g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                         "No menu item %d", id);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_layout (ProlongTrayBusMenu *skeleton,
               GDBusMethodInvocation *invocation,
               gint32 parent,
               gint32 depth,
               const char *const *names,
               ProlongTrayMenu *self)
{
  if (!has_id (self, parent))
    return refuse_id (invocation, parent);
  prolong_tray_bus_menu_complete_get_layout (skeleton, invocation, self->revision,
                                             layout_new (self, parent, depth, names));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
add_properties (ProlongTrayMenu *self, GVariantBuilder *builder, gint32 id, const char *const *names)
{
  if (has_id (self, id))
    g_variant_builder_add (builder, "(i@a{sv})", id, properties_new (self, id, names));
}

static gboolean
on_get_group_properties (ProlongTrayBusMenu *skeleton,
                         GDBusMethodInvocation *invocation,
                         GVariant *ids,
                         const char *const *names,
                         ProlongTrayMenu *self)
{
  GVariantBuilder builder;
  gsize n_ids;
  const gint32 *wanted = g_variant_get_fixed_array (ids, &n_ids, sizeof *wanted);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ia{sv})"));
  for (gsize i = 0; i < n_ids; i++)
    add_properties (self, &builder, wanted[i], names);
  if (n_ids == 0)
    add_properties (self, &builder, ROOT, names);
  for (guint i = 0; n_ids == 0 && i < self->entries->len; i++)
    add_properties (self, &builder, ((const ProlongTrayEntry *)self->entries->pdata[i])->id, names);
  prolong_tray_bus_menu_complete_get_group_properties (skeleton, invocation,
                                                       g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_property (ProlongTrayBusMenu *skeleton,
                 GDBusMethodInvocation *invocation,
                 gint32 id,
                 const char *name,
                 ProlongTrayMenu *self)
{
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) value = NULL;

  if (!has_id (self, id))
    return refuse_id (invocation, id);
  properties = g_variant_ref_sink (properties_new (self, id, NULL));
  value = g_variant_lookup_value (properties, name, NULL);
  if (value == NULL)
    {
      g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                             "Menu item %d has no property of that name", id);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  prolong_tray_bus_menu_complete_get_property (skeleton, invocation, g_variant_new_variant (value));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* What hosts tell. */

static void
take_event (ProlongTrayMenu *self, gint32 id, const char *event)
{
  if (id != ROOT && g_str_equal (event, "clicked"))
    g_signal_emit (self, signals[CHOSEN], 0, id);
}

static gboolean
on_event (ProlongTrayBusMenu *skeleton,
          GDBusMethodInvocation *invocation,
          gint32 id,
          const char *event,
          GVariant *data,
          guint32 timestamp,
          ProlongTrayMenu *self)
{
  if (!has_id (self, id))
    return refuse_id (invocation, id);
  /* The answer first: what was chosen may be to quit. */
  prolong_tray_bus_menu_complete_event (skeleton, invocation);
  take_event (self, id, event);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
ids_new (GArray *ids)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, ids->data, ids->len, sizeof (gint32));
}

static gboolean
on_event_group (ProlongTrayBusMenu *skeleton,
                GDBusMethodInvocation *invocation,
                GVariant *events,
                ProlongTrayMenu *self)
{
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GVariant) kept = g_variant_ref (events);
  GVariantIter iter;
  const char *event;
  gint32 id;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(i&svu)", &id, NULL, NULL, NULL))
    if (!has_id (self, id))
      g_array_append_val (unknown, id);
  if (unknown->len > 0 && unknown->len == g_variant_n_children (kept))
    return refuse_id (invocation, g_array_index (unknown, gint32, 0));
  prolong_tray_bus_menu_complete_event_group (skeleton, invocation, ids_new (unknown));
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(i&svu)", &id, &event, NULL, NULL))
    if (has_id (self, id))
      take_event (self, id, event);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The menu is always as it is to be shown. */

static gboolean
on_about_to_show (ProlongTrayBusMenu *skeleton,
                  GDBusMethodInvocation *invocation,
                  gint32 id,
                  ProlongTrayMenu *self)
{
  if (!has_id (self, id))
    return refuse_id (invocation, id);
  prolong_tray_bus_menu_complete_about_to_show (skeleton, invocation, FALSE);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_about_to_show_group (ProlongTrayBusMenu *skeleton,
                        GDBusMethodInvocation *invocation,
                        GVariant *ids,
                        ProlongTrayMenu *self)
{
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint32));
  gsize n_ids;
  const gint32 *shown = g_variant_get_fixed_array (ids, &n_ids, sizeof *shown);

  for (gsize i = 0; i < n_ids; i++)
    if (!has_id (self, shown[i]))
      g_array_append_val (unknown, shown[i]);
  if (n_ids > 0 && unknown->len == n_ids)
    return refuse_id (invocation, shown[0]);
  prolong_tray_bus_menu_complete_about_to_show_group (skeleton, invocation, ids_new (none),
                                                      ids_new (unknown));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Changes. */

static gboolean
is_layout_equal (GPtrArray *before, GPtrArray *after)
{
  if (before->len != after->len)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (((const ProlongTrayEntry *)before->pdata[i])->id != ((const ProlongTrayEntry *)after->pdata[i])->id)
      return FALSE;
  return TRUE;
}

/* Of entries that stay: not every host reads those again when the layout is another. */
static void
tell_labels (ProlongTrayMenu *self, GPtrArray *before)
{
  GVariantBuilder updated;
  gboolean any = FALSE;

  g_variant_builder_init (&updated, G_VARIANT_TYPE ("a(ia{sv})"));
  for (guint i = 0; i < self->entries->len; i++)
    {
      const ProlongTrayEntry *entry = self->entries->pdata[i];
      const ProlongTrayEntry *known = find_in (before, entry->id);

      if (known == NULL || g_strcmp0 (known->label, entry->label) == 0)
        continue;
      add_properties (self, &updated, entry->id, NULL);
      any = TRUE;
    }
  if (any)
    prolong_tray_bus_menu_emit_items_properties_updated (self->skeleton, g_variant_builder_end (&updated),
                                                         g_variant_new ("a(ias)", NULL));
  else
    g_variant_builder_clear (&updated);
}

void
prolong_tray_menu_set_entries (ProlongTrayMenu *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->entries);

  self->entries = g_ptr_array_ref (entries);
  tell_labels (self, before);
  if (is_layout_equal (before, entries))
    return;
  self->revision++;
  prolong_tray_bus_menu_emit_layout_updated (self->skeleton, self->revision, ROOT);
}

gboolean
prolong_tray_menu_export (ProlongTrayMenu *self, GDBusConnection *bus, const char *path, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), bus, path, error);
}

static void
prolong_tray_menu_dispose (GObject *object)
{
  ProlongTrayMenu *self = PROLONG_TRAY_MENU (object);

  if (self->skeleton != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->skeleton, self);
      if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
        g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
    }
  g_clear_object (&self->skeleton);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (prolong_tray_menu_parent_class)->dispose (object);
}

static void
prolong_tray_menu_class_init (ProlongTrayMenuClass *class)
{
  G_OBJECT_CLASS (class)->dispose = prolong_tray_menu_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
prolong_tray_menu_init (ProlongTrayMenu *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } handlers[] = {
    { "handle-get-layout", G_CALLBACK (on_get_layout) },
    { "handle-get-group-properties", G_CALLBACK (on_get_group_properties) },
    { "handle-get-property", G_CALLBACK (on_get_property) },
    { "handle-event", G_CALLBACK (on_event) },
    { "handle-event-group", G_CALLBACK (on_event_group) },
    { "handle-about-to-show", G_CALLBACK (on_about_to_show) },
    { "handle-about-to-show-group", G_CALLBACK (on_about_to_show_group) },
  };
  const char *const no_paths[] = { NULL };

  self->entries = g_ptr_array_new ();
  self->skeleton = prolong_tray_bus_menu_skeleton_new ();
  prolong_tray_bus_menu_set_version (self->skeleton, MENU_VERSION);
  prolong_tray_bus_menu_set_text_direction (self->skeleton, "ltr");
  prolong_tray_bus_menu_set_status (self->skeleton, "normal");
  prolong_tray_bus_menu_set_icon_theme_path (self->skeleton, no_paths);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (self->skeleton, handlers[i].signal, handlers[i].handler, self);
}

ProlongTrayMenu *
prolong_tray_menu_new (void)
{
  return g_object_new (PROLONG_TYPE_TRAY_MENU, NULL);
}
