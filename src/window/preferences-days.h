/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongPreferencesDays:
 *
 * The rows with the days of the notifications: one for those of the vendors, and one for each day. Emits
 * `chosen` with the days that the person wants, an `au`, empty for those of the vendors.
 */
#define PROLONG_TYPE_PREFERENCES_DAYS (prolong_preferences_days_get_type ())
G_DECLARE_FINAL_TYPE (ProlongPreferencesDays, prolong_preferences_days, PROLONG, PREFERENCES_DAYS, GObject)

/** prolong_preferences_days_new: puts its rows into @group. */
ProlongPreferencesDays *prolong_preferences_days_new (AdwPreferencesGroup *group);

void prolong_preferences_days_update (ProlongPreferencesDays *days, const ProlongSnapshot *snapshot);

G_END_DECLS
