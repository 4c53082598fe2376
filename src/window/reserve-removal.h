/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongReserveRemoval:
 *
 * Codes that a person removed but may still bring back. Emits `changed` when one came back, `failed` with a
 * GError when the agent did not remove one.
 */
#define PROLONG_TYPE_RESERVE_REMOVAL (prolong_reserve_removal_get_type ())
G_DECLARE_FINAL_TYPE (ProlongReserveRemoval, prolong_reserve_removal, PROLONG, RESERVE_REMOVAL, GObject)

ProlongReserveRemoval *prolong_reserve_removal_new (ProlongClient *client, AdwToastOverlay *toasts);

/** prolong_reserve_removal_add: removes the code at @path when the toast, which offers to undo it, ends. */
void prolong_reserve_removal_add (ProlongReserveRemoval *self, const char *path);

/** prolong_reserve_removal_hides: whether the code at @path is to be shown no longer. */
gboolean prolong_reserve_removal_hides (ProlongReserveRemoval *self, const char *path);

/** prolong_reserve_removal_flush: removes what waits now; the program stays until the agent has answered. */
void prolong_reserve_removal_flush (ProlongReserveRemoval *self);

G_END_DECLS
