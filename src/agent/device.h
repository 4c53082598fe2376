/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/settings.h"

G_BEGIN_DECLS

/**
 * prolong_device_id:
 * @vendor: id of the vendor
 *
 * HMAC-SHA256 keyed by the machine id over vendor and user id (design: device id), so that a reinstall is the
 * same device, two vendors cannot compare notes, and the raw machine id never leaves.
 *
 * Returns: (transfer full): 43 characters of base64url.
 */
char *prolong_device_id (const char *vendor);

/** prolong_device_name: (transfer full): by which a person knows the device: what was chosen, else the host
 * name. */
char *prolong_device_name (ProlongSettings *settings);

/** prolong_random_token: (transfer full): 256 random bits as 43 characters of base64url; NULL when there are
 * none. */
char *prolong_random_token (void);

G_END_DECLS
