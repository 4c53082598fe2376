/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/tray/look.h"

G_BEGIN_DECLS

/**
 * prolong_tray_icon_pixmaps_new:
 *
 * Returns: a floating `a(iiay)`: the icon in several sizes, ARGB in network byte order, for hosts that do not
 * find it by its name. It is drawn in a colour that reads on light and dark panels alike.
 */
GVariant *prolong_tray_icon_pixmaps_new (ProlongTrayIcon icon);

G_END_DECLS
