/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/service-client.h"
#include "agent/vendor.h"

G_BEGIN_DECLS

/**
 * ProlongCodeRequest:
 *
 * What is asked of the service about a code, by a preflight or an activation. Strings that do not apply are
 * %NULL or empty. Nothing is owned.
 */
typedef struct
{
  const char *code;
  const char *nonce;
  const char *device_name;
  const char *product;
  const char *product_version;
  const char *after; /* id of the activation that it is to follow */
  const char *previous_code;
  gboolean accept_shorter_term;
} ProlongCodeRequest;

/**
 * prolong_code_request_call_async:
 * @path: %PROLONG_RENEWAL_PREFLIGHTS or %PROLONG_RENEWAL_ACTIVATIONS
 * @key: (nullable): idempotency key
 *
 * The same @request gives the same bytes. Ends as prolong_service_call_async() does.
 */
void prolong_code_request_call_async (const ProlongCodeRequest *request,
                                      ProlongVendor *vendor,
                                      const char *path,
                                      const char *key,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

G_END_DECLS
