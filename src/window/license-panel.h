/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongLicensePanel:
 *
 * The License panel: a license, or one sentence and one button that say why there is none.
 */
#define PROLONG_TYPE_LICENSE_PANEL (prolong_license_panel_get_type ())
G_DECLARE_FINAL_TYPE (ProlongLicensePanel, prolong_license_panel, PROLONG, LICENSE_PANEL, AdwBin)

/**
 * prolong_license_panel_update:
 * @snapshot: (nullable): what the agent said; %NULL while it has said nothing
 * @failed: whether the agent cannot be reached
 * @choice: (nullable): the product that is shown
 * @chooser: whether there are other products to choose
 * @refreshing: whether the service is being asked at this moment
 */
void prolong_license_panel_update (ProlongLicensePanel *self,
                                   const ProlongSnapshot *snapshot,
                                   gboolean failed,
                                   const ProlongChoice *choice,
                                   gboolean chooser,
                                   gboolean refreshing);

/** prolong_license_panel_focus: moves the focus to what a person looks for first. */
void prolong_license_panel_focus (ProlongLicensePanel *self);

G_END_DECLS
