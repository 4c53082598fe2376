/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/client.h"

G_BEGIN_DECLS

/** prolong_vendors_window_show: the vendors that are known here; those that the person added can be removed.
 */
void prolong_vendors_window_show (GtkWindow *parent, ProlongClient *client);

G_END_DECLS
