/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/client.h"

G_BEGIN_DECLS

/** prolong_partners_copy: (transfer full): the shops of a snapshot, to be kept longer than that. */
GPtrArray *prolong_partners_copy (GPtrArray *partners);

/**
 * prolong_partners_fill:
 * @box: emptied first
 * @country: ISO 3166; empty for unknown
 *
 * Shows the shops in @country, and those that are everywhere; where there are none, @box is hidden.
 */
void prolong_partners_fill (GtkBox *box, GPtrArray *partners, const char *country);

G_END_DECLS
