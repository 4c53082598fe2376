/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/words.h"

G_BEGIN_DECLS

/**
 * prolong_words_support_field:
 * @field: what a support request may say: `name`, `email`, `message`, `topic`, `purchase-date`,
 * `order-number`, `license-number` or `diagnosis`
 *
 * Returns: (transfer none): for example "Date of purchase"; empty for one that is not known.
 */
const char *prolong_words_support_field (const char *field);

/**
 * prolong_words_support_state:
 *
 * Returns: (transfer full): how far a request is, one or two sentences, for example "Sent. Reference:
 * SR-2026-4KD7Q".
 */
char *prolong_words_support_state (const ProlongSupportInfo *request, gint64 now);

G_END_DECLS
