/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongPreferencesCheck:
 *
 * The row that asks the services of all licenses now, and tells what came of it.
 */
#define PROLONG_TYPE_PREFERENCES_CHECK (prolong_preferences_check_get_type ())
G_DECLARE_FINAL_TYPE (ProlongPreferencesCheck,
                      prolong_preferences_check,
                      PROLONG,
                      PREFERENCES_CHECK,
                      AdwActionRow)

/** prolong_preferences_check_update: @client is the one that @snapshot is of. */
void prolong_preferences_check_update (ProlongPreferencesCheck *check,
                                       ProlongClient *client,
                                       const ProlongSnapshot *snapshot);

G_END_DECLS
