/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"

G_BEGIN_DECLS

/** What a code would give a device: the facts that the rules decide on. */
typedef struct
{
  const char *after; /* (nullable) id of the activation that the code is to follow; the caller's */
  ProlongStoreCode *code;
  ProlongStoreActivation *seat; /* (nullable) the device's own, held or released */
  guint used;                   /* seats held now, with the device's own */
  GPtrArray *holders; /* (nullable) (element-type ProlongStoreActivation) when there is no seat left */
  ProlongStoreCode
      *current;          /* (nullable) the license to follow; without @after: one that runs on this device */
  gint64 takes_over;     /* when the current license ends; now when it has ended, is blocked, or is none */
  gint64 starts;         /* then, or at the first activation of the code */
  gboolean has_previous; /* as far as it matters: the license that a renewal code renews was found */
  gboolean shortens;     /* it was not, and the shorter term is taken */
} ProlongOffer;

#define PROLONG_OFFER_INIT                                                                                   \
  {                                                                                                          \
    0                                                                                                        \
  }

void prolong_offer_clear (ProlongOffer *offer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProlongOffer, prolong_offer_clear)

/**
 * prolong_offer_find:
 *
 * Collects the facts of @offer. Refuses only what leaves nothing to judge: a code that is none or unknown, an
 * activation to follow that is not this device's.
 */
gboolean prolong_offer_find (const ProlongOffice *office,
                             ProlongStore *store,
                             const ProlongApplication *application,
                             gint64 now,
                             ProlongOffer *offer,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_rules_check:
 * @offer: with `after` of a preflight, else empty
 *
 * Returns: whether the code of @application may be activated on its device now, or after that activation;
 * @offer then says what it gives.
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
