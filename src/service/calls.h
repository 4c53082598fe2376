/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/exchange.h"
#include "service/office.h"

G_BEGIN_DECLS

#define PROLONG_CALL_BASE "/v1"
#define PROLONG_CALL_ID "{id}"

typedef enum
{
  PROLONG_CALL_WRITES = 1 << 0,     /* runs on the writer; else on the reader */
  PROLONG_CALL_TAKES_CODE = 1 << 1, /* guessing is limited */
  PROLONG_CALL_TAKES_TOKEN = 1 << 2,
  PROLONG_CALL_TAKES_KEY = 1 << 3, /* an idempotency key is honoured */
  PROLONG_CALL_NEEDS_KEY = 1 << 4, /* and required */
  PROLONG_CALL_HAS_BODY = 1 << 5,
  PROLONG_CALL_SHOP = 1 << 6,   /* there where something is sold; what it writes concerns orders */
  PROLONG_CALL_ORDERS = 1 << 7, /* each sends mail to whatever address is given: ordering is limited */
  PROLONG_CALL_ASKS = 1 << 8,   /* so does each request for support */
} ProlongCallFlags;

/**
 * ProlongCall:
 * @path: `{id}` stands for one segment
 * @decode: (nullable): reads the body, in the main context
 * @run: does the call in a transaction; an error of PROLONG_PROBLEM is its answer
 */
typedef struct
{
  const char *method;
  const char *path;
  ProlongCallFlags flags;
  gboolean (*decode) (const ProlongOffice *office,
                      ProlongExchange *exchange,
                      const char *text,
                      gsize length,
                      GError **error);
  gboolean (*run) (const ProlongOffice *office,
                   ProlongStore *store,
                   ProlongExchange *exchange,
                   GError **error);
} ProlongCall;

/**
 * prolong_call_find:
 * @id: (out): the segment of `{id}`
 * @error: 404, or 405; then @allow has the methods of the path
 *
 * Returns: (transfer none): the call for @method and @path.
 */
const ProlongCall *
prolong_call_find (const char *method, const char *path, char **id, char **allow, GError **error);

/**
 * prolong_call_run:
 *
 * Runs @call within a transaction: gives the answer that its idempotency key had before, or does it and keeps
 * the answer.
 *
 * Returns: whether the exchange has an answer; else the transaction is to be undone.
 */
gboolean prolong_call_run (const ProlongCall *call,
                           const ProlongOffice *office,
                           ProlongStore *store,
                           ProlongExchange *exchange,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_calls_get_shop: (transfer none): the @n calls about buying, a part of the table. */
const ProlongCall *prolong_calls_get_shop (guint *n);

G_END_DECLS
