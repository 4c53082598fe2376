/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongActivatePanel:
 *
 * The Activate wizard: the code, the steps, and what is true afterwards. It follows an operation of the
 * agent, so that it shows the same after it was closed and opened again. Emits `activated (vendor, product)`
 * for the license that an activation led to.
 */
#define PROLONG_TYPE_ACTIVATE_PANEL (prolong_activate_panel_get_type ())
G_DECLARE_FINAL_TYPE (ProlongActivatePanel, prolong_activate_panel, PROLONG, ACTIVATE_PANEL, AdwBin)

GtkWidget *prolong_activate_panel_new (ProlongClient *client);

/**
 * prolong_activate_panel_new_reserve:
 *
 * Returns: the same wizard without its first step, for a panel that has a field of its own and saves reserve
 * codes only. It emits `refused (problem, details)` when the code goes back to that field, and `left (done)`
 * when it has nothing more to show.
 */
GtkWidget *prolong_activate_panel_new_reserve (ProlongClient *client);

/** prolong_activate_panel_save: begins to save @code as a reserve code. */
void prolong_activate_panel_save (ProlongActivatePanel *self, ProlongCode *code);

/** prolong_activate_panel_follows: whether the operation with this path is the one that is shown. */
gboolean prolong_activate_panel_follows (ProlongActivatePanel *self, const char *path);

/**
 * prolong_activate_panel_update:
 * @snapshot: (nullable): %NULL while the agent cannot be reached
 * @choice: (nullable): the product that is activated
 */
void prolong_activate_panel_update (ProlongActivatePanel *self,
                                    const ProlongSnapshot *snapshot,
                                    const ProlongChoice *choice);

/** prolong_activate_panel_enter: leaves what is shown of an activation that has ended, for the field. */
void prolong_activate_panel_enter (ProlongActivatePanel *self);

/** prolong_activate_panel_focus: moves the focus to the field or heading of the step that is shown. */
void prolong_activate_panel_focus (ProlongActivatePanel *self);

G_END_DECLS
