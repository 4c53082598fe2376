/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "agent/tray/look.h"

G_BEGIN_DECLS

/**
 * ProlongTrayMenu:
 *
 * The menu on the bus, as com.canonical.dbusmenu: all seven methods, for hosts differ in which of them they
 * call. Emits `chosen` with the id of the entry that the person chose.
 */
#define PROLONG_TYPE_TRAY_MENU (prolong_tray_menu_get_type ())
G_DECLARE_FINAL_TYPE (ProlongTrayMenu, prolong_tray_menu, PROLONG, TRAY_MENU, GObject)

ProlongTrayMenu *prolong_tray_menu_new (void);

gboolean
prolong_tray_menu_export (ProlongTrayMenu *menu, GDBusConnection *bus, const char *path, GError **error);

/**
 * prolong_tray_menu_set_entries:
 * @entries: (element-type ProlongTrayEntry): from now on
 *
 * Tells what is other than before: the words of entries, or, when there are others, the layout.
 */
void prolong_tray_menu_set_entries (ProlongTrayMenu *menu, GPtrArray *entries);

G_END_DECLS
