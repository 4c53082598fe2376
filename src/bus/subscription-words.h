/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/client.h"

G_BEGIN_DECLS

/** prolong_license_info_is_calm: whether it renews by itself, so that its end is no cause for alarm (E1). */
gboolean prolong_license_info_is_calm (const ProlongLicenseInfo *license);

/** prolong_license_info_forbids_code: whether the vendor takes no further code while it runs. */
gboolean prolong_license_info_forbids_code (const ProlongLicenseInfo *license);

/**
 * prolong_words_subscription:
 * @now: seconds UTC
 *
 * Returns: (transfer full): what comes next of a subscription, and from when on an activation code can be
 * entered; empty for a license that is none.
 */
char *prolong_words_subscription (const ProlongLicenseInfo *license, gint64 now);

/** prolong_words_auto_renewal_off: (transfer full): until when it works without auto-renewal, and what then.
 */
char *prolong_words_auto_renewal_off (const ProlongLicenseInfo *license);

G_END_DECLS
