/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/choice.h"

G_BEGIN_DECLS

/** prolong_license_orders_update: shows in @box the orders of the product, each with what can be done about
 * it. */
void prolong_license_orders_update (GtkBox *box, const ProlongChoice *choice);

/** prolong_license_orders_ask: has the agent ask how the orders stand, where one of them is still to be paid
 * or to come. */
void prolong_license_orders_ask (ProlongClient *client);

G_END_DECLS
