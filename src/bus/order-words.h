/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/catalog.h"
#include "bus/client.h"

G_BEGIN_DECLS

/**
 * prolong_words_money:
 * @amount: in the minor unit of @currency
 * @currency: ISO 4217
 *
 * Returns: (transfer full): for example "€49.95", as the language writes it.
 */
char *prolong_words_money (gint64 amount, const char *currency);

/** prolong_words_devices: (transfer full): for example "3 devices". */
char *prolong_words_devices (guint devices);

/** prolong_words_years: (transfer full): for example "2 years". */
char *prolong_words_years (guint years);

/** prolong_words_offer: (transfer full): for example "Internet Security · 3 devices · 2 years". */
char *prolong_words_offer (const char *name, guint devices, guint years);

/** prolong_words_discount: (transfer full): what a renewal saves; empty for nothing. */
char *prolong_words_discount (const ProlongOfferInfo *offer, const char *currency);

/** prolong_words_payment_method: (transfer full): the name of one; of one that is not known here its id. */
char *prolong_words_payment_method (const char *id);

/** prolong_words_delivery: (transfer none): when the code of a renewal comes; see #ProlongCatalogInfo. */
const char *prolong_words_delivery (const char *delivery);

/** prolong_words_order: (transfer full): what was ordered, for example "Internet Security · 3 devices · 2
 * years". */
char *prolong_words_order (const ProlongOrderInfo *order);

/** prolong_words_order_stage: (transfer full): how far an order is and what comes next, one or two sentences.
 */
char *prolong_words_order_stage (const ProlongOrderInfo *order);

G_END_DECLS
