/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"

G_BEGIN_DECLS

/** What a code would give a device. */
typedef struct
{
  ProlongStoreCode *code;
  ProlongStoreActivation *seat; /* (nullable) the device's own, held or released */
  guint used;                   /* seats held now, with the device's own */
  gint64 starts;
} ProlongOffer;

#define PROLONG_OFFER_INIT                                                                                   \
  {                                                                                                          \
    NULL, NULL, 0, 0                                                                                         \
  }

void prolong_offer_clear (ProlongOffer *offer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProlongOffer, prolong_offer_clear)

/**
 * prolong_rules_check:
 *
 * Returns: whether the code of @application may be activated on its device now; @offer then says what it
 * gives.
 */
gboolean prolong_rules_check (const ProlongOffice *office,
                              ProlongStore *store,
                              const ProlongApplication *application,
                              gint64 now,
                              ProlongOffer *offer,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_rules_get_product_name: (transfer none): as people read it; its id when the profile does not know
 * it. */
const char *prolong_rules_get_product_name (const ProlongOffice *office, const char *product);

G_END_DECLS
