/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/json.h"
#include "service/catalog.h"

G_BEGIN_DECLS

/* An empty catalog, to be filled by prolong_catalog_parse(). */
ProlongCatalog *prolong_catalog_new (void);
void prolong_catalog_offer_free (ProlongCatalogOffer *offer);

G_END_DECLS
