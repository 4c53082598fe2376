/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/problem.h"
#include "license/ticket.h"
#include "renewal/shop.h"
#include "renewal/support.h"

G_BEGIN_DECLS

/*
 * The messages of the renewal protocol, version 1 (openapi.yaml beside this file is the contract). Client and
 * service encode and decode with the same functions. Strings of a decoded message are never %NULL unless
 * marked; free a message with its prolong_*_clear() function.
 */

#define PROLONG_RENEWAL_MAX_CODE 64
#define PROLONG_RENEWAL_MAX_NAME 256
#define PROLONG_RENEWAL_MAX_ID 128
#define PROLONG_RENEWAL_MAX_PROVIDER 128
#define PROLONG_RENEWAL_MAX_URL 2048

/** The device that asks, and the product on it. */
typedef struct
{
  char *device;          /* device id: 43 characters of base64url */
  char *device_name;     /* as a person reads it */
  char *product;         /* (nullable) product id; NULL: whatever the code is for */
  char *product_version; /* (nullable) */
} ProlongRenewalDevice;

/** `POST /v1/preflights` and `POST /v1/activations`. */
typedef struct
{
  char *code;
  char *nonce; /* 43 characters of base64url, fresh for every request; comes back in the ticket */
  ProlongRenewalDevice device;
  char *after;                  /* (nullable) for a preflight: id of the activation that it is to follow */
  char *previous_code;          /* (nullable) of the previous license, which a renewal code needs */
  gboolean accept_shorter_term; /* there is no previous license; what the service offered instead is taken */
} ProlongActivationRequest;

/** What a code would give this device now (`POST /v1/preflights`), using nothing. */
typedef struct
{
  char *product;
  char *name; /* of the license, for people */
  ProlongLicenseKind kind;
  gint64 term;   /* seconds that the code grants */
  gint64 starts; /* when it were activated now, or at the end of the activation that it is to follow */
  gint64 expires;
  gint64 first_activated; /* 0 when no device has used it; else the term counts from there (S3) */
  guint devices_used;
  guint devices_limit;
} ProlongPreflight;

/** The answer to `POST /v1/activations`. */
typedef struct
{
  char *activation; /* id, the `sub` of its tickets */
  char *seat_token; /* Bearer for /activations/{id}; a secret */
  char *ticket;     /* compact JWS */
} ProlongActivation;

/** `POST /v1/activations/{id}/tickets`. */
typedef struct
{
  char *nonce;
  char *device_name;
  char *product_version; /* (nullable) */
} ProlongTicketRequest;

/** `PUT /v1/activations/{id}/auto-renewal`, answered as the above. */
typedef struct
{
  gboolean on;
  ProlongTicketRequest ticket;
} ProlongAutoRenewalRequest;

/** A holder of a seat; also part of `code-exhausted` as the member `seats`. */
typedef struct
{
  char *id; /* opaque */
  char *device_name;
  gint64 last_seen;
  gboolean this_device;
} ProlongSeat;

/** `POST /v1/seats/query` and, with @seat, `POST /v1/seats/release` (answered with no content). */
typedef struct
{
  char *code;
  char *device;
  char *seat; /* (nullable) */
} ProlongSeatsRequest;

gboolean prolong_activation_request_decode (const char *text,
                                            gsize length,
                                            ProlongActivationRequest *request,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_activation_request_encode (const ProlongActivationRequest *request);
void prolong_activation_request_clear (ProlongActivationRequest *request);

gboolean prolong_preflight_decode (const char *text,
                                   gsize length,
                                   ProlongPreflight *preflight,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_preflight_encode (const ProlongPreflight *preflight);
void prolong_preflight_clear (ProlongPreflight *preflight);

gboolean prolong_activation_decode (const char *text,
                                    gsize length,
                                    ProlongActivation *activation,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_activation_encode (const ProlongActivation *activation);
void prolong_activation_clear (ProlongActivation *activation);

gboolean prolong_ticket_request_decode (const char *text,
                                        gsize length,
                                        ProlongTicketRequest *request,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_ticket_request_encode (const ProlongTicketRequest *request);
void prolong_ticket_request_clear (ProlongTicketRequest *request);

PROLONG_DECLARE_MESSAGE (ProlongAutoRenewalRequest, auto_renewal_request)

gboolean prolong_seats_request_decode (const char *text,
                                       gsize length,
                                       ProlongSeatsRequest *request,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_seats_request_encode (const ProlongSeatsRequest *request);
void prolong_seats_request_clear (ProlongSeatsRequest *request);

/**
 * prolong_seats_decode:
 *
 * Returns: (transfer full) (element-type ProlongSeat): the seats in an answer
 *   `{"seats": [...], "used": …, "limit": …}`.
 */
GPtrArray *prolong_seats_decode (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_seats_encode (GPtrArray *seats, guint used, guint limit);
void prolong_seat_free (ProlongSeat *seat);

/**
 * prolong_ticket_answer_decode:
 *
 * Returns: (transfer full): the compact JWS in an answer `{"ticket": …}`.
 */
char *prolong_ticket_answer_decode (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_ticket_answer_encode (const char *ticket);

/**
 * prolong_problem_document_decode:
 * @status: the HTTP status
 * @text: the body of an `application/problem+json` answer (RFC 9457)
 *
 * Members that a problem is known to carry (`seats`, `expires`, `current_expires`, `limit`, `used`,
 * `product`, `product_name`, `min_version`, `max_version`, `retry_after`, `shorter_term`,
 * `first_activated`, `total`, `offers`, `provider`, `manage_url`) become its details; others are passed over.
 *
 * Returns: (transfer full): an error of the domain #PROLONG_PROBLEM. What is no problem document of a known
 * type is %PROLONG_PROBLEM_SERVICE_UNAVAILABLE.
 */
GError *prolong_problem_document_decode (guint status, const char *text, gsize length);

/**
 * prolong_problem_document_encode:
 *
 * Returns: (transfer full): @error, of the domain #PROLONG_PROBLEM, as a problem document with its details.
 */
char *prolong_problem_document_encode (const GError *error, guint status);

/** prolong_problem_get_http_status: the status with which the service tells @problem, always 4xx or 5xx. */
guint prolong_problem_get_http_status (ProlongProblem problem);

/**
 * prolong_answer_is_decision:
 *
 * Returns: whether an answer with @status and @problem settles the request: a 4xx with a known problem other
 * than `request-in-flight` and `rate-limited`. Everything else means "try later" with the same idempotency
 * key.
 */
gboolean prolong_answer_is_decision (guint status, ProlongProblem problem);

/* Paths below the service URL of the profile, which ends in /v1. */
#define PROLONG_RENEWAL_PREFLIGHTS "/preflights"
#define PROLONG_RENEWAL_ACTIVATIONS "/activations"
#define PROLONG_RENEWAL_TICKETS "/tickets"           /* below /activations/{id} */
#define PROLONG_RENEWAL_AUTO_RENEWAL "/auto-renewal" /* likewise */
#define PROLONG_RENEWAL_SEATS_QUERY "/seats/query"
#define PROLONG_RENEWAL_SEATS_RELEASE "/seats/release"
#define PROLONG_RENEWAL_HEALTH "/health"

G_END_DECLS
