/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "agent/recent.h"
#include "agent/reserves.h"

G_BEGIN_DECLS

/* What the files of the engine share. */

struct _ProlongEngine
{
  GObject parent_instance;
  ProlongContext context;
  ProlongOperationHost host;
  GPtrArray *vendors;
  GPtrArray *licenses;
  GPtrArray *operations;
  GPtrArray *reserves;  /* (element-type ProlongReserves), one for each product that ever had one */
  GPtrArray *purchases; /* (element-type ProlongPurchase), the oldest first */
  GPtrArray *support;   /* (element-type ProlongSupportCase), the oldest first */
  ProlongRecent *recent;
  GHashTable *due;      /* ProlongReserves -> system time of the hand-over, a gint64 */
  GHashTable *checking; /* vendors of which a reserve code is being checked by the clock, one at a time */
  ProlongStore *own_profiles;
  GHashTable *leaving;    /* ids of vendors whose profile is being removed */
  gboolean loaded;        /* from then on a vendor that comes brings its files with it */
  gboolean resumed;       /* from then on things are begun */
  GPtrArray *carried_out; /* names of files that only remain to be removed */
  GKeyFile *products;     /* registered versions: a group for each vendor, a key for each product */
  GNetworkMonitor *network;
  const ProlongEngineFollower *follower;
  const char *service_state;
};

ProlongVendor *prolong_engine_find_vendor (ProlongEngine *engine, const char *id);
ProlongLicense *prolong_engine_find_license (ProlongEngine *engine, const char *vendor, const char *product);
/**
 * prolong_engine_choose_vendor:
 * @id: empty for the only one that has @product and whose codes look like @text
 * @product: may be empty
 *
 * No service is asked about the code of another vendor: where several could have issued it, one must be
 * named.
 *
 * Returns: (transfer none): the vendor.
 */
ProlongVendor *prolong_engine_choose_vendor (ProlongEngine *engine,
                                             const char *id,
                                             const char *product,
                                             const char *text,
                                             GError **error);

/** prolong_engine_parse_code: a code that is not well formed is %PROLONG_PROBLEM_CODE_MALFORMED. */
ProlongCode *prolong_engine_parse_code (ProlongVendor *vendor, const char *text, GError **error);
void prolong_engine_add_operation (ProlongEngine *engine, ProlongOperation *operation);

/** prolong_engine_note_service: the newest experience with a vendor's service; a negative @problem is a good
 * one. */
void prolong_engine_note_service (ProlongEngine *engine, ProlongVendor *vendor, int problem);

/** prolong_engine_add_license: takes over @record and @ticket. */
void prolong_engine_add_license (ProlongEngine *engine,
                                 ProlongVendor *vendor,
                                 ProlongLicenseRecord *record,
                                 ProlongTicket *ticket);

/** prolong_engine_clear_carried_out: removes the journals of activations whose license is here already, and
 * what is left of a removal that the end of the agent cut short. */
void prolong_engine_clear_carried_out (ProlongEngine *engine);

void prolong_engine_load_products (ProlongEngine *engine);

/** prolong_engine_load_files: what the state directory holds of @vendor and is not here yet; %NULL for all
 * vendors. */
void prolong_engine_load_files (ProlongEngine *engine, const char *vendor);

/**
 * prolong_engine_has_strange_files:
 *
 * Returns: whether the state directory holds something of that vendor, but no license that its keys have
 * signed.
 */
gboolean prolong_engine_has_strange_files (ProlongEngine *engine, const ProlongProfile *profile);

/* Reserve codes (engine-reserves.c, engine-reserve-checks.c). */

/** prolong_engine_find_reserves: (nullable): the list of a product. */
ProlongReserves *
prolong_engine_find_reserves (ProlongEngine *engine, const char *vendor, const char *product);

/** prolong_engine_find_license_of: (transfer none) (nullable): the license that the codes of @reserves
 * follow. */
ProlongLicense *prolong_engine_find_license_of (ProlongEngine *engine, ProlongReserves *reserves);

/** prolong_engine_add_reserves: puts a list that was read from the store in place. */
ProlongReserves *
prolong_engine_add_reserves (ProlongEngine *engine, ProlongVendor *vendor, ProlongReservesRecord *record);

/** prolong_engine_lay_out: reckons when each reserve code of a product takes over, and until when it is
 * covered. */
void prolong_engine_lay_out (ProlongEngine *engine, ProlongReserves *reserves);
void prolong_engine_fill_host_for_reserves (ProlongOperationHost *host);

/** prolong_engine_check_reserves: asks the service about those whose check is due (C7). */
void prolong_engine_check_reserves (ProlongEngine *engine);

/** prolong_engine_get_check_alarm: system time of the next such check. */
gint64 prolong_engine_get_check_alarm (ProlongEngine *engine);

/* Orders (engine-orders.c, engine-order-codes.c, engine-shop.c). */

/** prolong_engine_choose_shop: (transfer none): the vendor called @id; empty for the only one. */
ProlongVendor *prolong_engine_choose_shop (ProlongEngine *engine, const char *id, GError **error);

/** prolong_engine_add_purchase: puts an order that was read from the store in place, or one that was placed.
 */
void prolong_engine_add_purchase (ProlongEngine *engine, ProlongPurchase *purchase);

/** prolong_engine_resume_purchases: goes on with those that were under way. */
void prolong_engine_resume_purchases (ProlongEngine *engine);

/** prolong_engine_take_codes: @codes of @purchase go the way of one that a person enters; ones that did
 * already stay. */
void prolong_engine_take_codes (ProlongPurchase *purchase, GPtrArray *codes, ProlongEngine *engine);

/** prolong_engine_recall_codes: finds out what became of codes that were added before the agent ended. */
void prolong_engine_recall_codes (ProlongEngine *engine, ProlongPurchase *purchase);

/** prolong_engine_consider_purchases: tries again what no longer has anything in its way. */
void prolong_engine_consider_purchases (ProlongEngine *engine);

/** prolong_engine_settle_operation: @operation has ended; it may have added a code of an order. */
void prolong_engine_settle_operation (ProlongEngine *engine, ProlongOperation *operation);

/** prolong_engine_help_operation: @operation waits; if for a code that was delivered, that is got once more.
 */
void prolong_engine_help_operation (ProlongEngine *engine, ProlongOperation *operation);

/** prolong_engine_unlock_purchases: the keyring answers again. */
void prolong_engine_unlock_purchases (ProlongEngine *engine);

/* Support (engine-support.c). */

/** prolong_engine_find_support_case: (transfer none) (nullable). */
ProlongSupportCase *prolong_engine_find_support_case (ProlongEngine *engine, const char *id);

/** prolong_engine_add_support_case: puts one that was read from the store in place, or one that was written.
 */
void prolong_engine_add_support_case (ProlongEngine *engine, ProlongSupportCase *letter);

/** prolong_engine_wake_support: sends what is due, and forgets what was kept long enough. */
void prolong_engine_wake_support (ProlongEngine *engine);

/** prolong_engine_redact_diagnosis: (transfer full): @text without secrets, numbers, names and addresses. */
char *prolong_engine_redact_diagnosis (ProlongEngine *engine, const char *text);

/* Hand-over (engine-hand-over.c). */

void prolong_engine_confirm_end (gpointer engine,
                                 const ProlongIntent *intent,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
ProlongEnd prolong_engine_confirm_end_finish (gpointer engine, GAsyncResult *result, GError **error);

/** prolong_engine_hand_over: begins what is due, and works out what is due next. */
void prolong_engine_hand_over (ProlongEngine *engine);

/** prolong_engine_get_hand_over_alarm: system time at which the next one is due. */
gint64 prolong_engine_get_hand_over_alarm (ProlongEngine *engine);

/** prolong_engine_hold_hand_over: the license runs on for @seconds, whatever the clock of this device says.
 */
void prolong_engine_hold_hand_over (ProlongEngine *engine, ProlongReserves *reserves, gint64 seconds);

/** prolong_engine_start_hand_over: (transfer none): begins the activation of a reserve code. */
ProlongOperation *
prolong_engine_start_hand_over (ProlongEngine *engine, ProlongReserves *reserves, ProlongReserve *reserve);

/** prolong_engine_find_operation_for: (nullable): the operation under way that concerns a product. */
ProlongOperation *
prolong_engine_find_operation_for (ProlongEngine *engine, ProlongVendor *vendor, const char *product);

/**
 * prolong_engine_abandon_hand_over:
 *
 * Returns: whether nothing activates @reserve any more; what was sent to the service cannot be stopped.
 */
gboolean prolong_engine_abandon_hand_over (ProlongEngine *engine, ProlongReserve *reserve);

/** prolong_engine_update: works out what follows from a change: what is due, what is shown, when to wake. */
void prolong_engine_update (ProlongEngine *engine);

G_END_DECLS
