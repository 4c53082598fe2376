/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/support-record.h"
#include "agent/vendor.h"
#include "renewal/support.h"

G_BEGIN_DECLS

/**
 * ProlongSupportCase:
 *
 * What a person wrote to a vendor's support (F2), from the wish to the reference under which the vendor has
 * it. It is durable before it is sent, and is tried again until the vendor has taken or refused it. Then
 * nothing of what was written is left on this device; the reference stays for thirty days.
 *
 * Emits `changed` after any change.
 */
#define PROLONG_TYPE_SUPPORT_CASE (prolong_support_case_get_type ())
G_DECLARE_FINAL_TYPE (ProlongSupportCase, prolong_support_case, PROLONG, SUPPORT_CASE, GObject)

/**
 * prolong_support_case_new:
 * @codes_hidden: secrets that were taken out of @request
 *
 * Returns: (transfer full) (nullable): %NULL when the renewal protocol would not carry @request.
 */
ProlongSupportCase *prolong_support_case_new (const ProlongContext *context,
                                              ProlongVendor *vendor,
                                              const ProlongSupportRequest *request,
                                              guint codes_hidden);

/** prolong_support_case_resume: (transfer full): @record as in the store. */
ProlongSupportCase *prolong_support_case_resume (const ProlongContext *context,
                                                 ProlongVendor *vendor,
                                                 ProlongSupportRecord *record);

const ProlongSupportRecord *prolong_support_case_get_record (ProlongSupportCase *self);
ProlongVendor *prolong_support_case_get_vendor (ProlongSupportCase *self);

/** prolong_support_case_is_same: whether it says the same, and is not settled. */
gboolean prolong_support_case_is_same (ProlongSupportCase *self, const ProlongSupportCase *other);

/** prolong_support_case_send_async: sends it now; an attempt under way is shared. */
void
prolong_support_case_send_async (ProlongSupportCase *self, GAsyncReadyCallback callback, gpointer user_data);

/**
 * prolong_support_case_send_finish:
 *
 * Returns: whether the vendor has it, or it is kept to be sent again; else nothing of it is kept.
 */
gboolean prolong_support_case_send_finish (ProlongSupportCase *self,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_support_case_send_soon: the network is back, or somebody looks: within a minute, unless the vendor
 * is busy. */
void prolong_support_case_send_soon (ProlongSupportCase *self);

/** prolong_support_case_wake: sends it, or lets go of it, when that is due. Returns whether it is to be
 * forgotten. */
gboolean prolong_support_case_wake (ProlongSupportCase *self);

/** prolong_support_case_get_alarm: system time of the next such thing; %G_MAXINT64 for none. */
gint64 prolong_support_case_get_alarm (ProlongSupportCase *self);

/** prolong_support_case_forget_async: removes what is kept of it. */
void prolong_support_case_forget_async (ProlongSupportCase *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean prolong_support_case_forget_finish (ProlongSupportCase *self,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
