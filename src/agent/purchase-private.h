/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/purchase.h"
#include "license/problem.h"

G_BEGIN_DECLS

/* What purchase.c (the object, and when the service is asked) and purchase-wire.c (asking it) share. */

struct _ProlongPurchase
{
  GObject parent_instance;
  const ProlongContext *context;
  ProlongVendor *vendor;
  ProlongPurchaseRecord *record;
  gboolean fresh; /* no attempt before this one can have reached the service */
  gboolean busy;  /* a question, or what follows from its answer, is under way */
  GQueue waiting; /* of GTask, who want to know how it stands */
  gboolean forgotten;
  gint64 asked_at; /* system time of the newest answer in this run */
};

/** prolong_purchase_write: ends as prolong_store_write_async() does. */
void prolong_purchase_write (ProlongPurchase *purchase, GAsyncReadyCallback callback, gpointer user_data);

/** prolong_purchase_remove: removes the file; ends as prolong_store_write_async() does. */
void prolong_purchase_remove (ProlongPurchase *purchase, GAsyncReadyCallback callback, gpointer user_data);

/** prolong_purchase_note: writes it, and tells that it changed; what is lost by a kill is found out again. */
void prolong_purchase_note (ProlongPurchase *purchase);
void prolong_purchase_emit_changed (ProlongPurchase *purchase);
void prolong_purchase_emit_delivered (ProlongPurchase *purchase, GPtrArray *codes);

/** prolong_purchase_set_problem: negative for none. */
void prolong_purchase_set_problem (ProlongPurchase *purchase, int problem);

/** prolong_purchase_schedule: when the service is asked next, after an answer. */
void prolong_purchase_schedule (ProlongPurchase *purchase);

/** prolong_purchase_schedule_retry: the same after none; @retry_after in seconds, 0 for unstated. */
void prolong_purchase_schedule_retry (ProlongPurchase *purchase, int problem, gint64 retry_after);

G_END_DECLS
