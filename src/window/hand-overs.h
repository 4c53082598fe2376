/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/activate-panel.h"

G_BEGIN_DECLS

/**
 * prolong_hand_overs_tell:
 * @wizard: (nullable): what it shows is left to it
 *
 * Tells of reserve codes that have taken over since, and takes what has ended off the bus.
 */
void prolong_hand_overs_tell (ProlongClient *client,
                              const ProlongSnapshot *snapshot,
                              ProlongActivatePanel *wizard,
                              AdwToastOverlay *toasts);

/** prolong_hand_overs_leave: whether there is an operation beside those that prolong_hand_overs_tell() ends.
 */
gboolean prolong_hand_overs_leave (const ProlongSnapshot *snapshot);

G_END_DECLS
