/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * prolong_license_notices_update:
 * @box: a box that holds nothing else; hidden while there is nothing to tell
 *
 * Shows what a person must know about a license beyond its dates, each with the way out.
 */
void prolong_license_notices_update (GtkBox *box, const ProlongChoice *choice);

G_END_DECLS
