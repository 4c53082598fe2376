/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "license/profile.h"

G_BEGIN_DECLS

/**
 * prolong_profiles_read:
 *
 * Reads the vendor profiles of `prolong/vendors` in the user's data directory and the system's ones, and of
 * `/etc/prolong/vendors.d`; the first file with an id wins. A file that is no profile is passed over with a warning.
 *
 * Returns: (transfer full) (element-type ProlongProfile): the profiles, ordered by id.
 */
GPtrArray *prolong_profiles_read (void);

G_END_DECLS
