/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "agent/tray/look.h"

G_BEGIN_DECLS

#define PROLONG_TRAY_WATCHER "org.kde.StatusNotifierWatcher"

/**
 * ProlongTrayItem:
 *
 * The icon on the bus, as org.kde.StatusNotifierItem, with its menu. It has a connection of its own, for a
 * tray takes an icon away only when its connection goes: so it lives as long as this object.
 *
 * Emits `activated` with the activation token (nullable) when the icon is clicked, `chosen` with the id of
 * the entry of the menu and the token, and `notify::hosted`.
 */
#define PROLONG_TYPE_TRAY_ITEM (prolong_tray_item_get_type ())
G_DECLARE_FINAL_TYPE (ProlongTrayItem, prolong_tray_item, PROLONG, TRAY_ITEM, GObject)

/** prolong_tray_item_new: puts an icon that looks like @look (transfer none) into the tray whose watcher is
 * there. */
ProlongTrayItem *prolong_tray_item_new (const ProlongTrayLook *look);

/** prolong_tray_item_update: tells what is other than in @before, and nothing else. */
void
prolong_tray_item_update (ProlongTrayItem *item, const ProlongTrayLook *before, const ProlongTrayLook *look);

/** prolong_tray_item_is_hosted: whether a tray shows it. */
gboolean prolong_tray_item_is_hosted (ProlongTrayItem *item);

G_END_DECLS
