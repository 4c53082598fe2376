/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"

G_BEGIN_DECLS

/**
 * prolong_engine_find_provider:
 * @id: of a vendor; empty for the only one whose rules recognise @order_number
 * @provider: (out) (transfer none) (nullable): where that was ordered; %NULL when no rule recognises it
 *
 * Returns: whether the question can be answered.
 */
gboolean prolong_engine_find_provider (ProlongEngine *engine,
                                       const char *id,
                                       const char *order_number,
                                       ProlongVendor **vendor,
                                       const ProlongProvider **provider,
                                       GError **error);

/** prolong_engine_choose_seller: (transfer none): the vendor called @id; empty for the only one that has
 * @product. */
ProlongVendor *
prolong_engine_choose_seller (ProlongEngine *engine, const char *id, const char *product, GError **error);

G_END_DECLS
