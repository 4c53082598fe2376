/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/choice.h"
#include "window/wrap-box.h"

G_BEGIN_DECLS

/**
 * prolong_way_out_update:
 * @box: emptied first
 * @problem: the name of a problem, empty for none
 * @details: (nullable): the facts that came with it
 * @vendor: (nullable)
 *
 * Shows buttons for what a person can do about a problem, as far as the vendor's profile offers it.
 */
void prolong_way_out_update (ProlongWrapBox *box,
                             const char *problem,
                             GVariant *details,
                             const ProlongVendorInfo *vendor);

G_END_DECLS
