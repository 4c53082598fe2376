/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongReserveList:
 *
 * The rows of the saved codes, and what their buttons do. A code that is removed goes at once; the agent is
 * told when the time to undo that is over, or when the window goes.
 */
#define PROLONG_TYPE_RESERVE_LIST (prolong_reserve_list_get_type ())
G_DECLARE_FINAL_TYPE (ProlongReserveList, prolong_reserve_list, PROLONG, RESERVE_LIST, AdwBin)

/** prolong_reserve_list_set_up: @toasts is where it tells things. */
void prolong_reserve_list_set_up (ProlongReserveList *self, ProlongClient *client, AdwToastOverlay *toasts);

/** prolong_reserve_list_update: returns how many rows are shown; both may be %NULL. */
guint prolong_reserve_list_update (ProlongReserveList *self,
                                   const ProlongSnapshot *snapshot,
                                   const ProlongChoice *choice);

G_END_DECLS
