/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/providers.h"
#include "bus/words.h"

G_BEGIN_DECLS

/** prolong_words_provider_kind: (transfer none): what kind of place it is, for example "Internet provider".
 */
const char *prolong_words_provider_kind (ProlongProviderKind kind);

/**
 * prolong_words_for_provider:
 * @vendor: name of the vendor
 *
 * How auto-renewal of what was bought at @provider is turned off: what to do, and how that is done there.
 */
void
prolong_words_for_provider (const ProlongProviderInfo *provider, const char *vendor, ProlongWords *words);

/**
 * prolong_words_provider_scope:
 *
 * Returns: (transfer full): to which products and versions its rules apply (E6), a sentence.
 */
char *prolong_words_provider_scope (const ProlongProviderInfo *provider);

/** prolong_words_for_unknown_order: for an order number that no rule recognises. */
void prolong_words_for_unknown_order (ProlongWords *words);

/** prolong_words_for_double_payment: to whoever is about to buy a code for a license that renews by itself
 * (E7). */
void prolong_words_for_double_payment (ProlongWords *words);

G_END_DECLS
