/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongActivateProgress:
 *
 * The steps of an activation, where it is, and why it waits when it does.
 */
#define PROLONG_TYPE_ACTIVATE_PROGRESS (prolong_activate_progress_get_type ())
G_DECLARE_FINAL_TYPE (ProlongActivateProgress, prolong_activate_progress, PROLONG, ACTIVATE_PROGRESS, AdwBin)

/**
 * prolong_activate_progress_update:
 * @operation: (nullable): %NULL while the agent has not told of it yet
 * @product: the name of what is activated
 * @kind: of the operation
 */
void prolong_activate_progress_update (ProlongActivateProgress *self,
                                       const ProlongOperationInfo *operation,
                                       const char *product,
                                       ProlongOperationKind kind);

/** prolong_activate_progress_focus: moves the focus to the heading. */
void prolong_activate_progress_focus (ProlongActivateProgress *self);

G_END_DECLS
