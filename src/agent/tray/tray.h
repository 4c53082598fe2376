/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "agent/settings.h"

G_BEGIN_DECLS

/**
 * ProlongTray:
 *
 * The icon in the tray: there while the person wants it and the desktop has a tray, and always as the engine
 * is. Emits `notify::state`, and `quit` when the person chose that and nothing is to be asked.
 */
#define PROLONG_TYPE_TRAY (prolong_tray_get_type ())
G_DECLARE_FINAL_TYPE (ProlongTray, prolong_tray, PROLONG, TRAY, GObject)

ProlongTray *prolong_tray_new (ProlongEngine *engine, ProlongSettings *settings, GDBusConnection *bus);

/** prolong_tray_get_state: (transfer none): the property Tray of Manager1. */
const char *prolong_tray_get_state (ProlongTray *tray);

/** prolong_tray_is_shown: whether the person sees it, and so a reason to stay. */
gboolean prolong_tray_is_shown (ProlongTray *tray);

G_END_DECLS
