/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"
#include "service/store/support.h"

G_BEGIN_DECLS

/* Requests for support; as in office.h. */

/** A request, with all that can be made ready for it outside of a transaction. */
typedef struct
{
  ProlongSupportRequest request;
  char *reference;
} ProlongSupportCase;

/** prolong_support_case_decode: @error: #PROLONG_JSON_ERROR. On failure to be cleared all the same. */
gboolean prolong_support_case_decode (const char *text,
                                      gsize length,
                                      ProlongSupportCase *support,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_support_case_clear (ProlongSupportCase *support);

/**
 * prolong_support_take:
 *
 * Keeps the request, sealed, and queues the e-mails about it: to the vendor's support, where service.conf
 * names its address, and to the person.
 *
 * Returns: (transfer full): the answer to `POST /v1/support-requests`.
 */
char *prolong_support_take (const ProlongOffice *office,
                            ProlongStore *store,
                            const ProlongSupportCase *support,
                            gint64 now,
                            GError **error);

/** prolong_support_open: @request: (out): what was asked; to be cleared. */
gboolean prolong_support_open (const ProlongOffice *office,
                               const ProlongStoreSupport *kept,
                               ProlongSupportRequest *request,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_support_close: that it was answered; doing it again is no error. */
gboolean prolong_support_close (ProlongStore *store,
                                const ProlongStoreSupport *kept,
                                gint64 now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
