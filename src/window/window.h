/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongWindow:
 *
 * The window: panels, and the button at the bottom that tells how long the license lasts.
 */
#define PROLONG_TYPE_WINDOW (prolong_window_get_type ())
G_DECLARE_FINAL_TYPE (ProlongWindow, prolong_window, PROLONG, WINDOW, AdwApplicationWindow)

/**
 * prolong_window_new:
 * @client: (nullable): %NULL where there is no session bus
 */
ProlongWindow *prolong_window_new (GtkApplication *application, ProlongClient *client);

/** prolong_window_dup_products: (transfer full): the menu of the products to choose from. */
GMenuModel *prolong_window_dup_products (ProlongWindow *self);

G_END_DECLS
