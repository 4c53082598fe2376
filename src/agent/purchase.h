/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/purchase-record.h"
#include "agent/vendor.h"

G_BEGIN_DECLS

/**
 * ProlongPurchase:
 *
 * An order that was placed from this device, from the wish to the codes (D6). It is durable, with the
 * idempotency key and the bytes of its request, before it is sent; so no kill and no lost answer orders
 * twice. From then on the service is asked how it stands, by prolong_schedule_order(), until it is settled.
 *
 * Emits `changed` after any change, and `delivered` (a #GPtrArray of #ProlongOrderCode, secret, for the time
 * of the signal) whenever the service told codes of which some are not settled; what becomes of each is
 * durable before that.
 */
#define PROLONG_TYPE_PURCHASE (prolong_purchase_get_type ())
G_DECLARE_FINAL_TYPE (ProlongPurchase, prolong_purchase, PROLONG, PURCHASE, GObject)

/** prolong_purchase_new: (transfer full): @product of the first item; may be empty. */
ProlongPurchase *prolong_purchase_new (const ProlongContext *context,
                                       ProlongVendor *vendor,
                                       const char *product,
                                       const ProlongOrderRequest *request);

/** prolong_purchase_resume: (transfer full): @record as in the store. */
ProlongPurchase *
prolong_purchase_resume (const ProlongContext *context, ProlongVendor *vendor, ProlongPurchaseRecord *record);

const ProlongPurchaseRecord *prolong_purchase_get_record (ProlongPurchase *purchase);
ProlongVendor *prolong_purchase_get_vendor (ProlongPurchase *purchase);

/** prolong_purchase_is_same: whether it is the same wish, and not known to have reached the service. */
gboolean prolong_purchase_is_same (ProlongPurchase *purchase, const ProlongPurchase *other);

/**
 * prolong_purchase_place_async:
 *
 * Sends it; also again, after an attempt whose answer was lost.
 */
void
prolong_purchase_place_async (ProlongPurchase *purchase, GAsyncReadyCallback callback, gpointer user_data);

/**
 * prolong_purchase_place_finish:
 * @gone: (out): whether nothing was ordered, and nothing of it is kept
 *
 * Returns: whether the service has it. Without @gone, after a failure, it is tried again by itself.
 */
gboolean prolong_purchase_place_finish (ProlongPurchase *purchase,
                                        GAsyncResult *result,
                                        gboolean *gone,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_purchase_ask_async: asks the service now how it stands; a question under way is shared. */
void prolong_purchase_ask_async (ProlongPurchase *purchase, GAsyncReadyCallback callback, gpointer user_data);
gboolean prolong_purchase_ask_finish (ProlongPurchase *purchase, GAsyncResult *result, GError **error);

/** prolong_purchase_visit: the person goes to the payment page: the answer is expected soon. */
void prolong_purchase_visit (ProlongPurchase *purchase);

/** prolong_purchase_ask_soon: something changed that lets an answer, or its codes, be expected; within a
 * minute. */
void prolong_purchase_ask_soon (ProlongPurchase *purchase);

/** prolong_purchase_wake: asks when it is due. */
void prolong_purchase_wake (ProlongPurchase *purchase);

/** prolong_purchase_get_alarm: system time of the next question; %G_MAXINT64 for none. */
gint64 prolong_purchase_get_alarm (ProlongPurchase *purchase);

/** prolong_purchase_retry_codes: the person asks: also just after an answer, and for codes that were refused.
 */
void prolong_purchase_retry_codes (ProlongPurchase *purchase);

/** prolong_purchase_note_operation: the code at @index is added by an operation that the person began. */
void prolong_purchase_note_operation (ProlongPurchase *purchase, guint index, const char *operation);

/**
 * prolong_purchase_note_outcome:
 * @problem: why it waits or was refused; negative for none
 * @watched: whether the caller sees when that is over, and then calls prolong_purchase_try_again()
 *
 * What became of the code at @index. One that waits for what nobody sees is asked for again in time.
 */
void prolong_purchase_note_outcome (ProlongPurchase *purchase,
                                    guint index,
                                    ProlongOutcome outcome,
                                    int problem,
                                    gboolean watched);

/** prolong_purchase_try_again: what the code at @index waits for may be over: it is asked for within a
 * minute. */
void prolong_purchase_try_again (ProlongPurchase *purchase, guint index);

/** prolong_purchase_forget_async: removes what is kept of it. */
void
prolong_purchase_forget_async (ProlongPurchase *purchase, GAsyncReadyCallback callback, gpointer user_data);
gboolean prolong_purchase_forget_finish (ProlongPurchase *purchase,
                                         GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
