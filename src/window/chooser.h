/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * prolong_chooser_new:
 *
 * Returns: a button, to stand behind the name of the product, that opens the list of products.
 */
GtkWidget *prolong_chooser_new (void);

/** prolong_chooser_menu_new: (transfer full): the products with their states, by vendor, for the action
 * win.product. */
GMenuModel *prolong_chooser_menu_new (GArray *choices);

/** prolong_chooser_dup_id: (transfer full): the parameter of win.product for one choice. */
char *prolong_chooser_dup_id (const char *vendor, const char *product);

G_END_DECLS
