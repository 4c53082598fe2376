/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongProviderCard:
 *
 * What stands in the place of a field for an activation code where a provider renews the license: the reason,
 * and the provider's ways out. Its buttons are actions of the main window.
 */
#define PROLONG_TYPE_PROVIDER_CARD (prolong_provider_card_get_type ())
G_DECLARE_FINAL_TYPE (ProlongProviderCard, prolong_provider_card, PROLONG, PROVIDER_CARD, AdwBin)

GtkWidget *prolong_provider_card_new (ProlongClient *client);

/** prolong_provider_card_governs: whether a provider renews what runs, so that no code is entered. */
gboolean prolong_provider_card_governs (const ProlongChoice *choice);

/** prolong_provider_card_update: @choice: one that a provider governs; while it stays the same the card stays
 * too. */
void prolong_provider_card_update (ProlongProviderCard *self, const ProlongChoice *choice);

/** prolong_provider_card_focus: moves the focus to the heading. */
void prolong_provider_card_focus (ProlongProviderCard *self);

G_END_DECLS
