/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/client.h"

G_BEGIN_DECLS

/** prolong_support_requests_list: (transfer container): what was written to that vendor's support, the newest
 * first. */
GPtrArray *prolong_support_requests_list (const ProlongSnapshot *snapshot, const char *vendor);

/**
 * prolong_support_requests_fill:
 * @requests: (element-type ProlongSupportInfo)
 *
 * A card for each, with what became of it; while they stay the same they stay, and keep the focus. Their
 * buttons are the actions `support.forget` and `support.copy`.
 */
void prolong_support_requests_fill (GtkBox *box, const ProlongVendorInfo *vendor, GPtrArray *requests);

G_END_DECLS
