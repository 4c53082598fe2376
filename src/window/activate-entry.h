/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/words.h"
#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongActivateEntry:
 *
 * The first step of the wizard: the field for the code, help to find it, and what was wrong with the last
 * one.
 */
#define PROLONG_TYPE_ACTIVATE_ENTRY (prolong_activate_entry_get_type ())
G_DECLARE_FINAL_TYPE (ProlongActivateEntry, prolong_activate_entry, PROLONG, ACTIVATE_ENTRY, AdwBin)

/** prolong_activate_entry_update: shows for which product the code must be. */
void prolong_activate_entry_update (ProlongActivateEntry *self, const ProlongChoice *choice);

/** prolong_activate_entry_read: (transfer full) (nullable): the code; %NULL after telling what is wrong. */
ProlongCode *prolong_activate_entry_read (ProlongActivateEntry *self);

/**
 * prolong_activate_entry_refuse:
 * @code: the masked code, told when the field no longer holds it
 * @choice: (nullable): the product that it was entered for
 *
 * Tells why a code was refused, and offers the ways out.
 */
void prolong_activate_entry_refuse (ProlongActivateEntry *self,
                                    const char *problem,
                                    GVariant *details,
                                    const char *code,
                                    const ProlongChoice *choice);

/** prolong_activate_entry_ask_again: asks for the code of an operation that lost it; @code is masked, or
 * %NULL. */
void prolong_activate_entry_ask_again (ProlongActivateEntry *self, const char *code);
gboolean prolong_activate_entry_is_empty (ProlongActivateEntry *self);
void prolong_activate_entry_clear (ProlongActivateEntry *self);
void prolong_activate_entry_focus (ProlongActivateEntry *self);
GtkWidget *prolong_activate_entry_get_button (ProlongActivateEntry *self);

G_END_DECLS
