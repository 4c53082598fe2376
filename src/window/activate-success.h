/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongActivateSuccess:
 *
 * The last step of the wizard: what is now true.
 */
#define PROLONG_TYPE_ACTIVATE_SUCCESS (prolong_activate_success_get_type ())
G_DECLARE_FINAL_TYPE (ProlongActivateSuccess, prolong_activate_success, PROLONG, ACTIVATE_SUCCESS, AdwBin)

/** prolong_activate_success_update: @license is nullable. */
void prolong_activate_success_update (ProlongActivateSuccess *self, const ProlongLicenseInfo *license);

/**
 * prolong_activate_success_update_reserve:
 * @reserve: (nullable): the code that was saved
 * @start_at_login: as the agent says it
 */
void prolong_activate_success_update_reserve (ProlongActivateSuccess *self,
                                              const ProlongReserveInfo *reserve,
                                              const char *start_at_login);

/** prolong_activate_success_clear: what is told next is about another code. */
void prolong_activate_success_clear (ProlongActivateSuccess *self);

/** prolong_activate_success_focus: moves the focus to the heading. */
void prolong_activate_success_focus (ProlongActivateSuccess *self);
GtkWidget *prolong_activate_success_get_button (ProlongActivateSuccess *self);

G_END_DECLS
