/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal/shop.h"
#include "service/office.h"
#include "service/store/mails.h"

G_BEGIN_DECLS

/**
 * prolong_mail_ask_again:
 *
 * Does `POST /v1/license-mails`: notes the wish that license e-mails are sent again. Whether there are such
 * is looked up later, by a courier, so that nobody can tell from the answer or its time.
 */
gboolean prolong_mail_ask_again (const ProlongOffice *office,
                                 ProlongStore *store,
                                 const ProlongLicenseMailRequest *request,
                                 gint64 now,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_mail_answer_request:
 * @mail: such a wish
 *
 * Queues the license e-mails that it asks for, to the addresses that the orders have. One that went out a
 * short while ago does not go out again, so that nobody can fill the letter box of another.
 */
gboolean prolong_mail_answer_request (const ProlongOffice *office,
                                      ProlongStore *store,
                                      const ProlongStoreMail *mail,
                                      gint64 now,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_mail_make_id: (transfer full): the Message-ID of an e-mail, the same at every attempt. */
char *prolong_mail_make_id (ProlongKeys *keys, const char *from, gint64 id);

/** prolong_mail_kind_get_name: for the command line. */
const char *prolong_mail_kind_get_name (ProlongMailKind kind);
const char *prolong_mail_state_get_name (ProlongMailState state);

G_END_DECLS
