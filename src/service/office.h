/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/profile.h"
#include "renewal/messages.h"
#include "service/catalog.h"
#include "service/keys.h"
#include "service/policy.h"
#include "service/store/store.h"

G_BEGIN_DECLS

/*
 * The rules: which code gives which device what. The functions run inside a transaction of @store, which is
 * not theirs to end. A refusal is an error of the domain PROLONG_PROBLEM and has changed nothing; any other
 * error is a failure of the service. Times are seconds UTC.
 */

/** What the rules need to know of the vendor; belongs to the caller and is used by several threads at once.
 */
typedef struct
{
  const ProlongProfile *profile;
  ProlongKeys *keys;
  const ProlongPolicy *policy;
  const ProlongCatalog *catalog; /* (nullable) it sells nothing */
  const char *shop_url;          /* of the web shop, without a slash at the end; only a server needs it */
  const char *support_email;     /* (nullable) where requests for support go to as well */
  gboolean demo;                 /* it renews its own subscriptions */
  GKeyFile *names;               /* (nullable) the profile with its names in all languages; likewise */
} ProlongOffice;

/** A request for a code, with all that can be made ready for it outside of a transaction. */
typedef struct
{
  ProlongActivationRequest request;
  gboolean well_formed; /* the code looks like one of the vendor's, and lookup is set */
  guint8 lookup[PROLONG_STORE_HASH_BYTES];
  char *id;    /* for a new seat */
  char *token; /* for the seat; a secret */
  guint8 token_hash[PROLONG_STORE_HASH_BYTES];
} ProlongApplication;

/** prolong_application_decode: @error: #PROLONG_JSON_ERROR. On failure to be cleared all the same. */
gboolean prolong_application_decode (const ProlongOffice *office,
                                     const char *text,
                                     gsize length,
                                     ProlongApplication *application,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_application_clear (ProlongApplication *application);

/** prolong_office_preflight: (transfer full): the answer to `POST /v1/preflights`, which changes nothing. */
char *prolong_office_preflight (const ProlongOffice *office,
                                ProlongStore *store,
                                const ProlongApplication *application,
                                gint64 now,
                                GError **error);

/**
 * prolong_office_activate:
 *
 * Gives the device a seat on the license of the code, or the seat that it has, with a new seat token; the
 * token before it is void.
 *
 * Returns: (transfer full): the answer to `POST /v1/activations`; holds a secret.
 */
char *prolong_office_activate (const ProlongOffice *office,
                               ProlongStore *store,
                               const ProlongApplication *application,
                               gint64 now,
                               GError **error);

/** prolong_office_refresh: (transfer full): the answer to `POST /v1/activations/{id}/tickets`. */
char *prolong_office_refresh (const ProlongOffice *office,
                              ProlongStore *store,
                              const char *id,
                              const char *token,
                              const ProlongTicketRequest *request,
                              gint64 now,
                              GError **error);

/** prolong_office_set_auto_renewal: (transfer full): the answer to `PUT /v1/activations/{id}/auto-renewal`.
 */
char *prolong_office_set_auto_renewal (const ProlongOffice *office,
                                       ProlongStore *store,
                                       const char *id,
                                       const char *token,
                                       const ProlongAutoRenewalRequest *request,
                                       gint64 now,
                                       GError **error);

/** prolong_office_release: frees the seat; doing it again is no error, for the answer may have been lost. */
gboolean prolong_office_release (const ProlongOffice *office,
                                 ProlongStore *store,
                                 const char *id,
                                 const char *token,
                                 gint64 now,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_office_query_seats:
 *
 * Who knows the code may know who holds its seats, also without holding one.
 *
 * Returns: (transfer full): the answer to `POST /v1/seats/query`.
 */
char *prolong_office_query_seats (const ProlongOffice *office,
                                  ProlongStore *store,
                                  const ProlongSeatsRequest *request,
                                  GError **error);

/**
 * prolong_office_release_seat:
 *
 * Does `POST /v1/seats/release`: frees a seat of the code, also one of another device. That device is told
 * `no-license` when it asks for its next ticket, and may activate the code again while there is a seat. A
 * seat that is free already is no error, for the answer may have been lost.
 */
gboolean prolong_office_release_seat (const ProlongOffice *office,
                                      ProlongStore *store,
                                      const ProlongSeatsRequest *request,
                                      gint64 now,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_office_get_code:
 * @text: as a person typed it
 *
 * Returns: (transfer full): the code as it was issued; refuses what is no code or was never issued.
 */
ProlongStoreCode *
prolong_office_get_code (const ProlongOffice *office, ProlongStore *store, const char *text, GError **error);

/** prolong_office_refuse: sets @error to @problem without details. Returns: %FALSE. */
gboolean prolong_office_refuse (ProlongProblem problem, const char *detail, GError **error);

/** prolong_office_find_code: (transfer full) (nullable): the code as it was issued. */
ProlongStoreCode *prolong_office_find_code (const ProlongOffice *office,
                                            ProlongStore *store,
                                            const ProlongCode *code,
                                            GError **error);

/** prolong_office_issue: saves @code with what @grant says; sets lookup, sealed copy, number and time of
 * @grant. */
gboolean prolong_office_issue (const ProlongOffice *office,
                               ProlongStore *store,
                               const ProlongCode *code,
                               ProlongStoreCode *grant,
                               gint64 now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_office_new_code: (transfer full): a random code of the vendor's format. */
ProlongCode *prolong_office_new_code (const ProlongOffice *office);

G_END_DECLS
