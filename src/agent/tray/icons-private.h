/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/tray/look.h"

G_BEGIN_DECLS

/* What pixmaps.py makes of the icons in data/icons. */

#define PROLONG_TRAY_N_SIZES 5

typedef struct
{
  int size;
  const guint8 *coverage; /* a byte for each pixel */
} ProlongTrayPixmap;

extern const ProlongTrayPixmap prolong_tray_pixmaps[PROLONG_TRAY_N_ICONS][PROLONG_TRAY_N_SIZES];

G_END_DECLS
