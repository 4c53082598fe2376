/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "license/term.h"

G_BEGIN_DECLS

/**
 * ProlongRing:
 *
 * A ring that empties as time passes, around a child that says the same in words.
 */
#define PROLONG_TYPE_RING (prolong_ring_get_type ())
G_DECLARE_FINAL_TYPE (ProlongRing, prolong_ring, PROLONG, RING, GtkWidget)

/**
 * prolong_ring_show:
 * @fraction: how much is left, from 0 to 1
 * @colour: (nullable): the semantic colour of libadwaita: `success`, `warning` or `error`
 * @words: the accessible name
 */
void prolong_ring_show (ProlongRing *self, double fraction, const char *colour, const char *words);

G_END_DECLS
