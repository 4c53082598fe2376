/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/profile.h"
#include "service/catalog.h"
#include "service/keys.h"
#include "service/mail/settings.h"
#include "service/policy.h"

G_BEGIN_DECLS

typedef enum
{
  PROLONG_DIRECTORY_ERROR_EXISTS, /* there is a service in this directory already */
  PROLONG_DIRECTORY_ERROR_VALUE,  /* service.conf or the profile say what cannot be */
} ProlongDirectoryError;

#define PROLONG_DIRECTORY_ERROR (prolong_directory_error_quark ())
GQuark prolong_directory_error_quark (void);

/**
 * ProlongDirectory:
 *
 * All that one service owns on disk: `store.db`, `keys/`, `service.conf`, `catalog.conf` and the vendor
 * profile `ID.conf`, which is handed out to customers and tells the service its own name, code format and
 * products.
 */
typedef struct
{
  char *path;
  char *store; /* path of the database */
  char *listen;
  guint wrong_codes_per_minute; /* for each client address; 0: no limit */
  guint orders_per_minute;      /* likewise */
  guint support_per_minute;     /* likewise */
  gboolean forwarded_for;       /* a proxy in front tells the client address */
  ProlongPolicy policy;
  ProlongMailSettings mail;
  ProlongProfile *profile;
  ProlongKeys *keys;
  ProlongCatalog *catalog; /* (nullable) what is sold; without catalog.conf, nothing */
  gboolean demo;           /* customers reach it where it listens, and not where the profile says */
} ProlongDirectory;

/** What `init` is told. */
typedef struct
{
  const char *vendor;
  const char *name;
  const char *url;
  const char *const *products; /* (nullable): `ID` or `ID=NAME`; none: one product, called as the vendor */
} ProlongDirectoryPlan;

gboolean prolong_directory_create (const char *path,
                                   const ProlongDirectoryPlan *plan,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_directory_load: what is in @path, which may also be that of the demo. */
ProlongDirectory *prolong_directory_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_directory_new_demo:
 * @vendor: (nullable): id of a demo vendor; %NULL for the one that the directory is of, which is `demo` at
 * first
 *
 * The directory of a demo: its keys and its profile are the same everywhere, and so @path gets only the
 * store, a `catalog.conf`, and a `service.conf`, by which `codes` knows it again.
 */
ProlongDirectory *
prolong_directory_new_demo (const char *path, const char *vendor, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_directory_free (ProlongDirectory *directory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongDirectory, prolong_directory_free)

/**
 * prolong_directory_rotate:
 *
 * Makes a new signing key: the profile pins it beside the older ones, and it signs from the next start on.
 *
 * Returns: (transfer full): the id of the new key.
 */
char *prolong_directory_rotate (const ProlongDirectory *directory, GError **error);

/**
 * prolong_directory_dup_profile:
 * @url: where the service listens, for a demo
 *
 * Returns: (transfer full): the text of the vendor profile, as customers get it.
 */
char *prolong_directory_dup_profile (const ProlongDirectory *directory, const char *url, GError **error);

/** prolong_demo_profile: (transfer full): the profile of a demo vendor, with another @url when not %NULL. */
char *prolong_demo_profile (const char *vendor, const char *url, GError **error);

/** prolong_demo_port: where a demo vendor listens as its profile says; 0 when there is no such demo vendor.
 */
guint prolong_demo_port (const char *vendor);

G_END_DECLS
