/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/code.h"
#include "license/provider.h"

G_BEGIN_DECLS

#define PROLONG_PROFILE_MAX_BYTES (256 * 1024)
#define PROLONG_PROFILE_MAX_REMINDERS 32
#define PROLONG_PROFILE_MAX_REMINDER_DAYS 3650 /* before the end */

typedef struct
{
  char *id;
  char *name;        /* in the language of the session */
  char *version;     /* (nullable) the version that the vendor's package installed with the profile */
  char *min_version; /* (nullable) */
  char *max_version; /* (nullable) */
} ProlongProduct;

/** A shop near people that sells licenses of the vendor. */
typedef struct
{
  char *id;
  char *name;
  char *url;        /* https */
  char **countries; /* (nullable) ISO 3166; NULL: everywhere */
} ProlongPartner;

/** What a person may ask the vendor's support about. */
typedef struct
{
  char *id;
  char *name;    /* in the language of the session */
  char **fields; /* (nullable) of %prolong_topic_fields: what is asked beside name, e-mail and message */
} ProlongTopic;

extern const char *const prolong_topic_fields[];

/**
 * ProlongProfile:
 *
 * A vendor profile, immutable. Strings belong to the profile.
 */
typedef struct
{
  char *id;          /* [a-z0-9-]{1,32} */
  char *name;        /* in the language of the session */
  char *service_url; /* without a slash at the end; https, or http to a loopback address */
  GHashTable *keys;  /* (element-type utf8 GBytes) Ed25519 public keys by key id */
  ProlongCodeFormat format;
  GPtrArray *products;   /* (element-type ProlongProduct), at least one */
  GArray *reminder_days; /* (element-type guint) descending */
  char *support_url;     /* (nullable) */
  char *support_email;   /* (nullable) */
  char *shop_url;        /* (nullable) */
  GPtrArray *partners;   /* (element-type ProlongPartner) */
  GPtrArray *providers; /* (element-type ProlongProvider), in the order in which they are offered and tried */
  GPtrArray *topics;    /* (element-type ProlongTopic) of support */
} ProlongProfile;

typedef enum
{
  PROLONG_PROFILE_ERROR_TOO_LARGE, /* more than %PROLONG_PROFILE_MAX_BYTES */
  PROLONG_PROFILE_ERROR_SYNTAX,    /* not a key file in UTF-8 */
  PROLONG_PROFILE_ERROR_MISSING,   /* a key that must be there is not */
  PROLONG_PROFILE_ERROR_VALUE,     /* a value is not what it must be */
  PROLONG_PROFILE_ERROR_ADDRESS,   /* codes may not be sent to the service at that address */
  PROLONG_PROFILE_N_ERRORS
} ProlongProfileError;

#define PROLONG_PROFILE_ERROR (prolong_profile_error_quark ())
GQuark prolong_profile_error_quark (void);

#define PROLONG_TYPE_PROFILE (prolong_profile_get_type ())
GType prolong_profile_get_type (void);

/**
 * prolong_profile_parse:
 * @data: the bytes of a profile file
 * @error: #PROLONG_PROFILE_ERROR; its message names group and key
 *
 * Returns: (transfer full): the profile.
 */
ProlongProfile *
prolong_profile_parse (const char *data, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
ProlongProfile *prolong_profile_ref (ProlongProfile *profile);
void prolong_profile_unref (ProlongProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongProfile, prolong_profile_unref)

/** prolong_profile_find_product: (transfer none) (nullable): the product with @id. */
const ProlongProduct *prolong_profile_find_product (const ProlongProfile *profile, const char *id);

/** prolong_profile_shares_key: whether a key with the same id is in both, as in two versions of one profile.
 */
gboolean prolong_profile_shares_key (const ProlongProfile *a, const ProlongProfile *b);

/** prolong_profile_get_first_reminder: days before the end from which a license counts as expiring. */
guint prolong_profile_get_first_reminder (const ProlongProfile *profile);

/**
 * prolong_url_is_safe:
 *
 * Returns: whether codes may be sent to @url: https, or http to 127.0.0.0/8, [::1] or localhost; no user name
 * in it.
 */
gboolean prolong_url_is_safe (const char *url);

/**
 * prolong_version_compare:
 *
 * Compares versions part by part, numbers as numbers (21.10 is newer than 21.9).
 *
 * Returns: less than, equal to or greater than 0.
 */
int prolong_version_compare (const char *a, const char *b);

G_END_DECLS
