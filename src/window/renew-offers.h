/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/catalog.h"
#include "bus/client.h"
#include "bus/words.h"

G_BEGIN_DECLS

/**
 * ProlongRenewOffers:
 *
 * What a person chooses to renew a license: product, devices, years, and how it is paid. The price follows at
 * once. Emits `country-changed` when the offers of another country are wanted, and `check-out`.
 */
#define PROLONG_TYPE_RENEW_OFFERS (prolong_renew_offers_get_type ())
G_DECLARE_FINAL_TYPE (ProlongRenewOffers, prolong_renew_offers, PROLONG, RENEW_OFFERS, AdwBin)

GtkWidget *prolong_renew_offers_new (void);

/**
 * prolong_renew_offers_start:
 * @license: (nullable): the one to renew
 * @email: remembered; or empty
 *
 * Whom and what it is about; before the first offers.
 */
void prolong_renew_offers_start (ProlongRenewOffers *self,
                                 const ProlongVendorInfo *vendor,
                                 const char *product,
                                 const char *name,
                                 const ProlongLicenseInfo *license,
                                 const char *email);

/** prolong_renew_offers_take_back_warning: of double payment, since auto-renewal is off. */
void prolong_renew_offers_take_back_warning (ProlongRenewOffers *self);

/** prolong_renew_offers_show: (transfer full) @catalog: with at least one offer; what was chosen stays
 * chosen. */
void prolong_renew_offers_show (ProlongRenewOffers *self, ProlongCatalogInfo *catalog);

/** prolong_renew_offers_tell: (nullable) @words: under the total. */
void prolong_renew_offers_tell (ProlongRenewOffers *self, const ProlongWords *words);

/** prolong_renew_offers_tell_no_discount: the vendor does not know the license, so that its prices are the
 * full ones. */
void prolong_renew_offers_tell_no_discount (ProlongRenewOffers *self);

/** prolong_renew_offers_set_busy: the vendor is being asked. */
void prolong_renew_offers_set_busy (ProlongRenewOffers *self, gboolean busy);

/** prolong_renew_offers_get_country: the one that is chosen, ISO 3166; empty before the first offers. */
const char *prolong_renew_offers_get_country (ProlongRenewOffers *self);
const char *prolong_renew_offers_get_email (ProlongRenewOffers *self);
gboolean prolong_renew_offers_get_remember (ProlongRenewOffers *self);

/** prolong_renew_offers_get_order: a floating `(sa{sv})` for Order; @number of the license, or empty. */
GVariant *prolong_renew_offers_get_order (ProlongRenewOffers *self, const char *number);

void prolong_renew_offers_focus (ProlongRenewOffers *self);

/** prolong_renew_offers_refuse_email: marks the address and moves the focus to it. */
void prolong_renew_offers_refuse_email (ProlongRenewOffers *self);

G_END_DECLS
