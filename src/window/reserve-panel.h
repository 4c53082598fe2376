/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongReservePanel:
 *
 * The Reserve Code panel: the saved codes of a product in the order in which they take over, and a field for
 * one more.
 */
#define PROLONG_TYPE_RESERVE_PANEL (prolong_reserve_panel_get_type ())
G_DECLARE_FINAL_TYPE (ProlongReservePanel, prolong_reserve_panel, PROLONG, RESERVE_PANEL, AdwBin)

/**
 * prolong_reserve_panel_new:
 * @toasts: where it tells things, and offers to undo a removal
 */
GtkWidget *prolong_reserve_panel_new (ProlongClient *client, AdwToastOverlay *toasts);

/**
 * prolong_reserve_panel_update:
 * @snapshot: (nullable): %NULL while the agent cannot be reached
 * @choice: (nullable): the product that is shown
 */
void prolong_reserve_panel_update (ProlongReservePanel *self,
                                   const ProlongSnapshot *snapshot,
                                   const ProlongChoice *choice);

/** prolong_reserve_panel_focus: moves the focus to the heading, or to the button of an empty page. */
void prolong_reserve_panel_focus (ProlongReservePanel *self);

G_END_DECLS
