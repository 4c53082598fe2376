/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongPreferences:
 *
 * The preferences, in a window of their own. Everything applies at once; what could not be kept is told
 * beside it, and goes back to what it was.
 */
#define PROLONG_TYPE_PREFERENCES (prolong_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ProlongPreferences, prolong_preferences, PROLONG, PREFERENCES, AdwPreferencesWindow)

/**
 * prolong_preferences_show:
 * @parent: the window that it belongs to; one that is open already comes to the front
 * @client: (nullable): without a session bus there is none
 */
void prolong_preferences_show (GtkWindow *parent, ProlongClient *client);

G_END_DECLS
