/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal/messages.h"
#include "service/limiter.h"
#include "service/orders.h"
#include "service/setup.h"
#include "service/support.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The service's own limit; SoupServer would buffer any body. */
#define PROLONG_BODY_MAX (64 * 1024)

/* Errors that are no decision about a license: the code is the HTTP status, told as a problem `about:blank`.
 */
#define PROLONG_HTTP_ERROR (prolong_http_error_quark ())
GQuark prolong_http_error_quark (void);

/**
 * ProlongExchange:
 *
 * One request and its answer. The main context makes it and sends the answer; in between it belongs to a
 * worker.
 */
typedef struct
{
  SoupServerMessage *message;
  gconstpointer call;                 /* which call it is; the maker's */
  gpointer owner;                     /* the maker */
  ProlongSetup *setup;                /* with which it is answered */
  char *id;                           /* (nullable) in the path */
  char *token;                        /* (nullable) seat token; a secret */
  gboolean has_key;                   /* the two hashes below are set */
  guint8 key[PROLONG_KEYS_BYTES];     /* of the call and its idempotency key */
  guint8 request[PROLONG_KEYS_BYTES]; /* of everything that was asked */
  ProlongApplication application;
  ProlongTicketRequest ticket;
  ProlongSeatsRequest seats;
  ProlongNumberRequest number;
  ProlongCheckout checkout;
  ProlongLicenseMailRequest license_mail;
  ProlongPaymentRequest payment;
  ProlongAutoRenewalRequest auto_renewal;
  ProlongSupportCase support;
  GHashTable *query; /* (nullable) of the address; only while the request is read */
  ProlongCatalogQuery catalog;
  guint status;
  char *answer; /* (nullable) JSON */
  gsize answer_length;
  gboolean unknown_code; /* it counts as a guess */
  gboolean created;      /* it counts for a limit, which an answer that is given again does not */
} ProlongExchange;

ProlongExchange *prolong_exchange_new (SoupServerMessage *message);
void prolong_exchange_free (ProlongExchange *exchange);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongExchange, prolong_exchange_free)

/** prolong_exchange_read_token: takes the Bearer token; 401 when there is none. */
gboolean prolong_exchange_read_token (ProlongExchange *exchange, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_exchange_read_key: hashes Idempotency-Key and request; 400 when it is no UUID, or missing and
 * @required. */
gboolean prolong_exchange_read_key (ProlongExchange *exchange,
                                    ProlongKeys *keys,
                                    gboolean required,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_exchange_check_json: 415 when the body is not said to be JSON. */
gboolean prolong_exchange_check_json (ProlongExchange *exchange, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_exchange_set_answer: @text: (transfer full) (nullable). */
void prolong_exchange_set_answer (ProlongExchange *exchange, guint status, char *text);

/** prolong_exchange_set_error: makes the problem document for @error; what is no refusal becomes a 503. */
void prolong_exchange_set_error (ProlongExchange *exchange, const GError *error);

/** prolong_exchange_send: puts the answer into the message, which then may go on. */
void prolong_exchange_send (ProlongExchange *exchange);

/** prolong_message_set_error: answers @message with @error at once. */
void prolong_message_set_error (SoupServerMessage *message, const GError *error);

/** prolong_message_set_limit: RateLimit and RateLimit-Policy fields of the limit @name. */
void
prolong_message_set_limit (SoupServerMessage *message, const char *name, const ProlongLimiterState *state);

/** prolong_message_dup_address: (transfer full): of the client; @forwarded: trust the proxy in front. */
char *prolong_message_dup_address (SoupServerMessage *message, gboolean forwarded);

/** prolong_message_cap_body: from its headers on, keeps the body of @message below the limit, else answers
 * 413. */
void prolong_message_cap_body (SoupServerMessage *message);

G_END_DECLS
