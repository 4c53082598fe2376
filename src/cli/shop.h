/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/catalog.h"
#include "cli/cli.h"

G_BEGIN_DECLS

/** What the verbs about buying share. */
typedef struct
{
  const ProlongCli *cli;
  GDBusConnection *bus;
  ProlongSnapshot *snapshot;
  const ProlongLicenseInfo *license; /* (nullable) the only one that the options name */
  const char *vendor;
} ProlongShop;

void prolong_shop_clear (ProlongShop *shop);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProlongShop, prolong_shop_clear)

/** prolong_shop_open: reads the agent and finds out who is meant; with %FALSE the person was told what is
 * missing. */
gboolean prolong_shop_open (ProlongShop *shop, const ProlongCli *cli, ProlongExit *status);

/** prolong_shop_get_number: the license number that was stated, else that of the license; or empty. */
const char *prolong_shop_get_number (const ProlongShop *shop);

/** prolong_shop_get_offers: (transfer full): the answer of GetOffers. */
GVariant *prolong_shop_get_offers (const ProlongShop *shop, GError **error);

G_END_DECLS
