/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/jws.h"

G_BEGIN_DECLS

#define PROLONG_TICKET_TYP "prolong-ticket+jwt"
#define PROLONG_TICKET_AUDIENCE "io.github.prolong.Prolong"

typedef enum
{
  PROLONG_LICENSE_TRIAL,
  PROLONG_LICENSE_COMMERCIAL,
  PROLONG_LICENSE_SUBSCRIPTION,
} ProlongLicenseKind;

typedef enum
{
  PROLONG_LICENSE_ACTIVE,
  PROLONG_LICENSE_GRACE,
  PROLONG_LICENSE_EXPIRED,
  PROLONG_LICENSE_BLOCKED,
} ProlongLicenseStatus;

const char *prolong_license_kind_get_name (ProlongLicenseKind kind);
gboolean prolong_license_kind_from_name (const char *name,
                                         ProlongLicenseKind *kind) G_GNUC_WARN_UNUSED_RESULT;
const char *prolong_license_status_get_name (ProlongLicenseStatus status);
gboolean prolong_license_status_from_name (const char *name,
                                           ProlongLicenseStatus *status) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ProlongTicket:
 *
 * The signed statement of a license for one device. All times are seconds UTC since 1970; a time that does
 * not apply is 0. Strings are never %NULL unless marked.
 */
typedef struct
{
  char *iss;     /* vendor id of the profile */
  char *sub;     /* activation id */
  char *device;  /* device id */
  char *nonce;   /* of the request that this ticket answers */
  gint64 serial; /* grows with every ticket of an activation */
  gint64 iat;
  gint64 check_by;

  char *number;
  char *product;
  char *name;
  ProlongLicenseKind kind;
  ProlongLicenseStatus status;
  gint64 starts;
  gint64 expires;
  gint64 grace_until; /* at least expires */
  gint64 activated;
  guint devices_used;
  guint devices_limit;

  gboolean has_subscription;
  char *provider; /* (nullable) */
  gboolean auto_renewal;
  char *manage_url; /* (nullable) */
  char *status_url; /* (nullable) */

  char *add_code; /* "allowed", or the name of the problem that forbids a further code */
} ProlongTicket;

typedef enum
{
  PROLONG_TICKET_ERROR_CLAIMS,  /* a claim is missing, of the wrong type, out of range or contradicts another
                                 */
  PROLONG_TICKET_ERROR_ISSUER,  /* iss or aud is not the expected one */
  PROLONG_TICKET_ERROR_DEVICE,  /* made out to another device */
  PROLONG_TICKET_ERROR_NONCE,   /* answers another request */
  PROLONG_TICKET_ERROR_SUBJECT, /* another activation or product than asked for */
  PROLONG_TICKET_ERROR_OLDER,   /* older than the ticket held */
} ProlongTicketError;

#define PROLONG_TICKET_ERROR (prolong_ticket_error_quark ())
GQuark prolong_ticket_error_quark (void);

/**
 * prolong_ticket_verify:
 * @jws: bytes from outside
 * @keys: (element-type utf8 GBytes): the profile's pinned keys
 * @issuer: the vendor id of the profile
 * @device: this device's id for that vendor
 * @error: #PROLONG_JWS_ERROR, #PROLONG_JSON_ERROR or #PROLONG_TICKET_ERROR
 *
 * Verifies signature, issuer, audience and device, and then parses (design: the ticket).
 *
 * Returns: (transfer full): the ticket.
 */
ProlongTicket *prolong_ticket_verify (const char *jws,
                                      gsize length,
                                      GHashTable *keys,
                                      const char *issuer,
                                      const char *device,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_ticket_check_answer:
 * @ticket: a verified ticket
 * @nonce: of the request
 * @held: (nullable): the ticket held of the same activation
 * @error: #PROLONG_TICKET_ERROR
 *
 * Returns: whether @ticket answers that request and does not go back behind @held.
 */
gboolean prolong_ticket_check_answer (const ProlongTicket *ticket,
                                      const char *nonce,
                                      const ProlongTicket *held,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_ticket_new: an empty ticket to be filled in by the service; strings are set with g_strdup(). */
ProlongTicket *prolong_ticket_new (void);

/**
 * prolong_ticket_sign:
 *
 * Returns: (transfer full): @ticket as a signed compact JWS.
 */
char *prolong_ticket_sign (const ProlongTicket *ticket, const ProlongSigningKey *key);

void prolong_ticket_free (ProlongTicket *ticket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongTicket, prolong_ticket_free)

G_END_DECLS
