/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/keyring.h"
#include "agent/store.h"

G_BEGIN_DECLS

/**
 * ProlongDiscards:
 *
 * Codes that nobody wants any more and that may still be in the keyring: of a reserve code or a license that
 * was removed, or of an activation that was cancelled. Each is noted in the store before it is forgotten
 * elsewhere, and the note goes once the keyring has let go of the code. So neither a kill nor a keyring that
 * does not answer leaves a code there for good.
 */
#define PROLONG_TYPE_DISCARDS (prolong_discards_get_type ())
G_DECLARE_FINAL_TYPE (ProlongDiscards, prolong_discards, PROLONG, DISCARDS, GObject)

/** prolong_discards_new: reads the notes from @store, for the start of the agent. */
ProlongDiscards *prolong_discards_new (ProlongStore *store, ProlongKeyring *keyring);

/** prolong_discards_contains: whether nobody wants the item @code_id of the keyring any more. */
gboolean prolong_discards_contains (ProlongDiscards *discards, const char *code_id);

/** prolong_discards_add: notes it; the note is durable before anything that is written to the store after
 * this call. */
void prolong_discards_add (ProlongDiscards *discards, const char *code_id);

/** prolong_discards_withdraw: the code is wanted after all. */
void prolong_discards_withdraw (ProlongDiscards *discards, const char *code_id);

/**
 * prolong_discards_carry_out_async:
 * @code_id: one that was added
 * @may_prompt: whether the person may be asked to unlock the keyring
 *
 * Takes the code out of the keyring. Where that fails, with an error of #PROLONG_PROBLEM, the note stays for
 * another time.
 */
void prolong_discards_carry_out_async (ProlongDiscards *discards,
                                       const char *code_id,
                                       gboolean may_prompt,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean prolong_discards_carry_out_finish (ProlongDiscards *discards, GAsyncResult *result, GError **error);

/** prolong_discards_carry_out_all: tries to take all of them out of the keyring, without asking the person.
 */
void prolong_discards_carry_out_all (ProlongDiscards *discards);

G_END_DECLS
