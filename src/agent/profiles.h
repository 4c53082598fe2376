/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "license/profile.h"

G_BEGIN_DECLS

/** A vendor profile as it was found on this device. */
typedef struct
{
  ProlongProfile *profile;
  gboolean own; /* from the person's directory, and so the person may remove it */
} ProlongInstalledProfile;

/**
 * prolong_profiles_read:
 *
 * Reads the vendor profiles of `prolong/vendors` in the user's data directory and the system's ones, and of
 * `/etc/prolong/vendors.d`; the first file with an id wins. In the user's directory a file is called after
 * its vendor, `ID.conf`. A file that is no profile is passed over with a warning.
 *
 * Returns: (transfer full) (element-type ProlongInstalledProfile): the profiles, ordered by id.
 */
GPtrArray *prolong_profiles_read (void);

/** prolong_profiles_is_system: whether the system has a profile with @id, whatever the person's directory
 * has. */
gboolean prolong_profiles_is_system (const char *id);

/** prolong_profiles_dup_own_directory: (transfer full): where the profiles that a person added are. */
char *prolong_profiles_dup_own_directory (void);

/** prolong_profiles_dup_file_name: (transfer full): of the profile of vendor @id there. */
char *prolong_profiles_dup_file_name (const char *id);

G_END_DECLS
