/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "agent/tray/look.h"

G_BEGIN_DECLS

/** prolong_tray_look_at: what the tray says of everything that @engine holds now. */
ProlongTrayLook *prolong_tray_look_at (ProlongEngine *engine);

G_END_DECLS
