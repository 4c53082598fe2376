/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/mail/letter.h"
#include "service/orders.h"
#include "service/support.h"

G_BEGIN_DECLS

/**
 * prolong_mail_is_wanted:
 *
 * Returns: whether an e-mail of @kind still tells the truth about an order in @state. So no code leaves that
 * is not paid.
 */
gboolean prolong_mail_is_wanted (ProlongMailKind kind, ProlongOrderState state);

/** prolong_mail_is_wanted_of: as above, of a subscription. */
gboolean prolong_mail_is_wanted_of (ProlongMailKind kind, const ProlongStoreCode *code);

/** prolong_letter_read_subscription: (transfer full): what there is to be said of @code now. */
ProlongLetter *prolong_letter_read_subscription (const ProlongOffice *office, const ProlongStoreCode *code);

/** prolong_letter_read_support: (transfer full): what there is to be said of a request, to the vendor's
 * support or to whoever made it. */
ProlongLetter *prolong_letter_read_support (const ProlongOffice *office,
                                            const ProlongStoreSupport *kept,
                                            ProlongMailKind kind,
                                            GError **error);

/** prolong_letter_read: (transfer full): what there is to be said of @order now. */
ProlongLetter *prolong_letter_read (const ProlongOffice *office,
                                    ProlongStore *store,
                                    const ProlongStoreOrder *order,
                                    gint64 now,
                                    GError **error);

G_END_DECLS
