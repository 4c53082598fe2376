/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/client.h"
#include "bus/providers.h"
#include "window/guide.h"

G_BEGIN_DECLS

/**
 * prolong_auto_renewal_way_show:
 * @order_number: or empty
 * @vendor: (nullable)
 *
 * Fills @guide with how auto-renewal is turned off at @provider. Its buttons are the actions `renewal.*`.
 */
void prolong_auto_renewal_way_show (ProlongGuide *guide,
                                    const ProlongProviderInfo *provider,
                                    const ProlongLicenseInfo *license,
                                    const ProlongVendorInfo *vendor,
                                    const char *order_number);

/**
 * prolong_auto_renewal_way_show_state:
 * @changed: whether the person has just switched it
 *
 * Fills @guide with what holds now, and what follows from it.
 */
void prolong_auto_renewal_way_show_state (ProlongGuide *guide,
                                          const ProlongLicenseInfo *license,
                                          gboolean changed);

G_END_DECLS
