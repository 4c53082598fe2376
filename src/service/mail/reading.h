/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/mail/letter.h"
#include "service/orders.h"

G_BEGIN_DECLS

/**
 * prolong_mail_is_wanted:
 *
 * Returns: whether an e-mail of @kind still tells the truth about an order in @state. So no code leaves that
 * is not paid.
 */
gboolean prolong_mail_is_wanted (ProlongMailKind kind, ProlongOrderState state);

/** prolong_letter_read: (transfer full): what there is to be said of @order now. */
ProlongLetter *prolong_letter_read (const ProlongOffice *office,
                                    ProlongStore *store,
                                    const ProlongStoreOrder *order,
                                    gint64 now,
                                    GError **error);

G_END_DECLS
