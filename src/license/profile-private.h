/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/profile.h"

G_BEGIN_DECLS

/* What the files that read a profile share. */

/** A value of the file and its place in a record. */
typedef struct
{
  const char *key;
  gsize offset;                    /* of a string, of a strv (@list) or of an enumeration (@names) */
  gboolean (*test) (const char *); /* of a string, or of each in a list */
  const char *must_be;
  const char *const *names; /* (nullable) of an enumeration, ended by NULL */
  gboolean required;
  gboolean localized;
  gboolean list;
} ProlongProfileValue;

#define PROLONG_PROFILE_URL_WORDS "must be an https address (http only to this machine), without a user name"
#define PROLONG_PROFILE_ID_WORDS "must be 1 to 32 of a-z, 0-9 and -"
#define PROLONG_PROFILE_PATTERN_WORDS                                                                        \
  "must have 8 to 64 visible ASCII characters, X for a symbol and 9 for a digit"

/** prolong_profile_fail: sets an error that names group and key; returns %FALSE. */
gboolean prolong_profile_fail (GError **error,
                               ProlongProfileError code,
                               const char *group,
                               const char *key,
                               const char *what);

/** prolong_profile_read_values: reads @values, ended by an empty one, into @record, which the caller clears.
 */
gboolean prolong_profile_read_values (GKeyFile *file,
                                      const char *group,
                                      const ProlongProfileValue *values,
                                      gpointer record,
                                      GError **error);

/** prolong_profile_clear_values: frees what was read into @record. */
void prolong_profile_clear_values (const ProlongProfileValue *values, gpointer record);

/** prolong_profile_read_sections: reads the groups of which there may be several, such as products. */
gboolean prolong_profile_read_sections (GKeyFile *file, ProlongProfile *profile, GError **error);
void prolong_profile_init_sections (ProlongProfile *profile);
void prolong_profile_clear_sections (ProlongProfile *profile);

/* What a value must be. */
gboolean prolong_profile_is_id (const char *text);
gboolean prolong_profile_is_line (const char *text);
gboolean prolong_profile_is_version (const char *text);
gboolean prolong_profile_is_email (const char *text);
gboolean prolong_profile_is_service (const char *text);
gboolean prolong_profile_is_link (const char *text);
gboolean prolong_profile_is_pattern (const char *text);
gboolean prolong_profile_is_country (const char *text);
gboolean prolong_profile_is_phone (const char *text);

G_END_DECLS
