/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/record.h"
#include "agent/vendor.h"
#include "license/coverage.h"
#include "license/problem.h"
#include "renewal/messages.h"

G_BEGIN_DECLS

/**
 * ProlongReserve:
 *
 * A reserve code: what is known of it beside the code itself, which is in the keyring. Emits `changed`.
 */
#define PROLONG_TYPE_RESERVE (prolong_reserve_get_type ())
G_DECLARE_FINAL_TYPE (ProlongReserve, prolong_reserve, PROLONG, RESERVE, GObject)

const ProlongReserveRecord *prolong_reserve_get_record (ProlongReserve *reserve);

/** prolong_reserve_get_problem: the problem that stands against it, by the word of the service or in its
 * place; -1 for none. */
int prolong_reserve_get_problem (ProlongReserve *reserve);

/** prolong_reserve_get_details: (transfer full) (nullable): an `a{sv}` with facts about the problem. */
GVariant *prolong_reserve_get_details (ProlongReserve *reserve);

/** When it takes over and until when what it gives lasts, as far as known; set by the engine (see
 * license/coverage.h). */
void prolong_reserve_set_coverage (ProlongReserve *reserve, const ProlongCoverage *coverage);
gint64 prolong_reserve_get_starts (ProlongReserve *reserve);
gint64 prolong_reserve_get_expires (ProlongReserve *reserve);

/** The id of the operation that activates it; %NULL for none; set by the engine. */
void prolong_reserve_set_operation (ProlongReserve *reserve, const char *operation);
const char *prolong_reserve_get_operation (ProlongReserve *reserve);

/**
 * ProlongReserves:
 *
 * The reserve codes of one product, in the order in which they take over (C8). Every change is durable before
 * it is told. Emits `added` and `removed` (#ProlongReserve), and `changed` after any change.
 */
#define PROLONG_TYPE_RESERVES (prolong_reserves_get_type ())
G_DECLARE_FINAL_TYPE (ProlongReserves, prolong_reserves, PROLONG, RESERVES, GObject)

/** prolong_reserves_new: (transfer full) @record: as in the store, or one without reserve codes. */
ProlongReserves *
prolong_reserves_new (const ProlongContext *context, ProlongVendor *vendor, ProlongReservesRecord *record);

ProlongVendor *prolong_reserves_get_vendor (ProlongReserves *reserves);
const char *prolong_reserves_get_product (ProlongReserves *reserves);
guint prolong_reserves_get_length (ProlongReserves *reserves);
ProlongReserve *prolong_reserves_get (ProlongReserves *reserves, guint position);
ProlongReserve *prolong_reserves_find (ProlongReserves *reserves, const char *id);

/** prolong_reserves_find_code: by the id of the item in the keyring. */
ProlongReserve *prolong_reserves_find_code (ProlongReserves *reserves, const char *code_id);
guint prolong_reserves_get_position (ProlongReserves *reserves, ProlongReserve *reserve);

/** prolong_reserves_get_next: (nullable): the first one that no activation has refused. */
ProlongReserve *prolong_reserves_get_next (ProlongReserves *reserves);

/**
 * prolong_reserves_forget_code:
 *
 * Takes the one whose code is @code_id off the list in memory, for a start after the agent ended between
 * taking it over and writing so. prolong_reserves_write_forgotten() makes it durable once the agent may
 * write.
 */
void prolong_reserves_forget_code (ProlongReserves *reserves, const char *code_id);
void prolong_reserves_write_forgotten (ProlongReserves *reserves);

/* Changes. Each ends with prolong_reserves_change_finish(), and has changed nothing when that is %FALSE. */

/** prolong_reserves_add_async: (transfer full) @record. */
void prolong_reserves_add_async (ProlongReserves *reserves,
                                 ProlongReserveRecord *record,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void prolong_reserves_remove_async (ProlongReserves *reserves,
                                    ProlongReserve *reserve,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void prolong_reserves_move_async (ProlongReserves *reserves,
                                  ProlongReserve *reserve,
                                  guint position,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/** prolong_reserves_note_preflight_async: what the service said that it would give. */
void prolong_reserves_note_preflight_async (ProlongReserves *reserves,
                                            ProlongReserve *reserve,
                                            const ProlongPreflight *preflight,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

/**
 * prolong_reserves_note_problem_async:
 * @problem: why it would not be, or was not, activated; %NULL: the person wants to try again
 * @refused: whether an activation was refused
 */
void prolong_reserves_note_problem_async (ProlongReserves *reserves,
                                          ProlongReserve *reserve,
                                          const GError *problem,
                                          gboolean refused,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

/** prolong_reserves_note_failure_async: the service could not be asked. */
void prolong_reserves_note_failure_async (ProlongReserves *reserves,
                                          ProlongReserve *reserve,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean prolong_reserves_change_finish (ProlongReserves *reserves, GAsyncResult *result, GError **error);

/** prolong_preflight_note: (inout) @record: takes over what @preflight says. */
void prolong_reserve_record_note_preflight (ProlongReserveRecord *record,
                                            const ProlongPreflight *preflight,
                                            gint64 now);

G_END_DECLS
