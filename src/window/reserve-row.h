/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongReserveRow:
 *
 * A saved reserve code. Its buttons are the actions `reserve.*` of the panel, with the object path; Alt+Up
 * and Alt+Down move it.
 */
#define PROLONG_TYPE_RESERVE_ROW (prolong_reserve_row_get_type ())
G_DECLARE_FINAL_TYPE (ProlongReserveRow, prolong_reserve_row, PROLONG, RESERVE_ROW, GtkListBoxRow)

GtkWidget *prolong_reserve_row_new (const char *path);
const char *prolong_reserve_row_get_path (ProlongReserveRow *self);
guint prolong_reserve_row_get_position (ProlongReserveRow *self);

/**
 * prolong_reserve_row_update:
 * @reserve: what is now known about it
 * @choice: its product
 * @operation: (nullable): what activates it
 * @place: its place among the rows that are shown, from 0
 * @n_places: how many are shown
 * @checking: whether the service is being asked about it
 */
void prolong_reserve_row_update (ProlongReserveRow *self,
                                 const ProlongReserveInfo *reserve,
                                 const ProlongChoice *choice,
                                 const ProlongOperationInfo *operation,
                                 guint place,
                                 guint n_places,
                                 gboolean checking);

G_END_DECLS
