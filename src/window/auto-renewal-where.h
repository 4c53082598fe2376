/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/providers.h"

G_BEGIN_DECLS

/**
 * ProlongAutoRenewalWhere:
 *
 * Asks where a subscription was bought, by its order number or by a list. Emits `order-number` when another
 * number stands in the field, and `chosen` when the person goes on.
 */
#define PROLONG_TYPE_AUTO_RENEWAL_WHERE (prolong_auto_renewal_where_get_type ())
G_DECLARE_FINAL_TYPE (ProlongAutoRenewalWhere,
                      prolong_auto_renewal_where,
                      PROLONG,
                      AUTO_RENEWAL_WHERE,
                      AdwBin)

/**
 * prolong_auto_renewal_where_show:
 * @name: of the product
 * @providers: (element-type ProlongProviderInfo)
 * @known: (nullable): the one that the license names
 */
void prolong_auto_renewal_where_show (ProlongAutoRenewalWhere *self,
                                      const char *name,
                                      GPtrArray *providers,
                                      const ProlongProviderInfo *known);

/** prolong_auto_renewal_where_tell: @found: (nullable): whose order number stands in the field; %NULL: it is
 * not recognised. */
void prolong_auto_renewal_where_tell (ProlongAutoRenewalWhere *self, const ProlongProviderInfo *found);

/** prolong_auto_renewal_where_dup_order_number: (transfer full): without space around it. */
char *prolong_auto_renewal_where_dup_order_number (ProlongAutoRenewalWhere *self);

/** prolong_auto_renewal_where_get_chosen: (nullable): id of the one that is marked. */
const char *prolong_auto_renewal_where_get_chosen (ProlongAutoRenewalWhere *self);

/** prolong_auto_renewal_where_focus: moves the focus to the heading. */
void prolong_auto_renewal_where_focus (ProlongAutoRenewalWhere *self);

G_END_DECLS
