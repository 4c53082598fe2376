/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/client.h"

G_BEGIN_DECLS

/* The vendors of a snapshot (snapshot-vendors.c). */

/** prolong_vendor_info_new: (transfer full): a vendor as the agent describes it; what is missing is empty. */
ProlongVendorInfo *prolong_vendor_info_new (GVariant *dictionary);
void prolong_vendor_info_free (gpointer vendor);

G_END_DECLS
