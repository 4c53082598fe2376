/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/purchase-private.h"

#include "agent/operation.h"
#include "agent/posting.h"
#include "agent/schedule.h"
#include "agent/service-client.h"

/* Whoever waited for an answer hears of it. */
static void
settle (ProlongPurchase *self, const GError *error)
{
  GQueue waiting = self->waiting;
  GTask *task;

  g_queue_init (&self->waiting);
  self->busy = FALSE;
  prolong_purchase_emit_changed (self);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/* Placing it. */

/* The answer to a new order is the only one that has the token. */
static gboolean
decode_order (const ProlongAnswer *answer, ProlongOrder *order, GError **error)
{
  if (!prolong_order_decode (answer->body, answer->length, order, error))
    return FALSE;
  if (order->token != NULL)
    return TRUE;
  g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_SERVICE_UNAVAILABLE,
                       "The answer is not one of a renewal service");
  return FALSE;
}

static gboolean
take_order (gpointer owner, const ProlongAnswer *answer, GError **error)
{
  ProlongPurchase *self = owner;
  g_auto (ProlongOrder) order = { 0 };

  if (!decode_order (answer, &order, error))
    return FALSE;
  prolong_purchase_record_take_order (self->record, &order);
  self->record->asks = 0;
  prolong_purchase_schedule (self);
  return TRUE;
}

/* Nobody waits for an order that never left: it can be ordered anew. */
static gboolean
is_over (gpointer owner, const ProlongAnswer *answer)
{
  const ProlongPurchase *self = owner;

  return answer->decision || (!answer->sent && self->fresh);
}

static void
wait_for_order (gpointer owner, int problem, gint64 retry_after)
{
  ProlongPurchase *self = owner;

  self->fresh = FALSE;
  prolong_purchase_schedule_retry (self, problem, retry_after);
}

static void
write_order (gpointer owner, GAsyncReadyCallback callback, gpointer user_data)
{
  prolong_purchase_write (owner, callback, user_data);
}

static void
remove_order (gpointer owner, GAsyncReadyCallback callback, gpointer user_data)
{
  prolong_purchase_remove (owner, callback, user_data);
}

static void
settle_order (gpointer owner, const GError *error)
{
  settle (owner, error);
}

static const ProlongPostingKind placing = {
  .path = PROLONG_RENEWAL_ORDERS,
  .points = { "order-wished", "order-sending", "order-answered", "order-placed" },
  .write = write_order,
  .remove = remove_order,
  .is_over = is_over,
  .take = take_order,
  .wait = wait_for_order,
  .settle = settle_order,
};

void
prolong_purchase_place_async (ProlongPurchase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  if (self->busy)
    {
      prolong_posting_refuse (self, callback, user_data);
      return;
    }
  self->busy = TRUE;
  prolong_posting_send_async (self, &placing, prolong_vendor_get_profile (self->vendor)->service_url,
                              self->record->request, self->record->key, !self->fresh, callback, user_data);
}

gboolean
prolong_purchase_place_finish (ProlongPurchase *self, GAsyncResult *result, gboolean *gone, GError **error)
{
  return prolong_posting_send_finish (self, result, gone, error);
}

/* Asking how it stands. */

static void
fail (ProlongPurchase *self, GError *error, gint64 retry_after)
{
  g_autoptr (GError) owned = error;

  prolong_purchase_schedule_retry (self, owned->code, retry_after);
  prolong_purchase_note (self);
  settle (self, owned);
}

typedef struct
{
  ProlongPurchase *self;
  ProlongOrder order;
} News;

static void
news_free (News *news)
{
  prolong_order_clear (&news->order);
  g_object_unref (news->self);
  g_free (news);
}

static void
on_news_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  News *news = user_data;
  ProlongPurchase *self = news->self;
  GError *error = NULL;

  /* A code is added by an operation whose id is on the disk, or it might be added twice. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      fail (self, error, 0);
      news_free (news);
      return;
    }
  prolong_operation_reach ("order-news");
  self->asked_at = prolong_clock_get_system (self->context->clock);
  settle (self, NULL);
  if (self->record->state == PROLONG_PURCHASE_DELIVERED && news->order.codes != NULL
      && !prolong_purchase_record_is_settled (self->record))
    prolong_purchase_emit_delivered (self, news->order.codes);
  news_free (news);
}

static void
take_news (ProlongPurchase *self, const ProlongAnswer *answer)
{
  News *news = g_new0 (News, 1);
  GError *error = NULL;

  news->self = g_object_ref (self);
  if (!prolong_order_decode (answer->body, answer->length, &news->order, &error))
    {
      fail (self, prolong_service_answer_problem (error), 0);
      news_free (news);
      return;
    }
  prolong_purchase_record_take_order (self->record, &news->order);
  prolong_purchase_schedule (self);
  prolong_purchase_write (self, on_news_written, news);
}

static void
on_news (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongPurchase) self = user_data;
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);

  prolong_operation_reach ("order-told");
  if (answer->problem == NULL)
    take_news (self, answer);
  else
    fail (self, g_steal_pointer (&answer->problem), answer->retry_after);
}

static void
ask (ProlongPurchase *self)
{
  g_autofree char *path = g_strconcat (PROLONG_RENEWAL_ORDERS "/", self->record->number, NULL);
  ProlongRequest request = {
    .method = "GET",
    .service_url = prolong_vendor_get_profile (self->vendor)->service_url,
    .path = path,
    .token = self->record->token,
  };

  self->busy = TRUE;
  prolong_service_call_async (&request, NULL, on_news, g_object_ref (self));
}

/* Nobody was there to be told: the row tells it. */
static void
on_placed_late (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ProlongPurchase *self = PROLONG_PURCHASE (source);
  g_autoptr (GError) error = NULL;
  gboolean gone;

  if (!prolong_purchase_place_finish (self, result, &gone, &error) && gone)
    {
      self->record->state = PROLONG_PURCHASE_REFUSED;
      self->record->ask_at = 0;
      g_clear_pointer (&self->record->request, g_free);
      prolong_purchase_set_problem (self, error->code);
      prolong_purchase_note (self);
    }
}

static gboolean
was_just_asked (ProlongPurchase *self)
{
  gint64 now = prolong_clock_get_system (self->context->clock);

  return self->asked_at <= now && now - self->asked_at < PROLONG_SCHEDULE_ORDER_PAUSE;
}

void
prolong_purchase_ask_async (ProlongPurchase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_purchase_ask_async);
  if (prolong_purchase_record_is_settled (self->record) || (!self->busy && was_just_asked (self)))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  if (self->busy)
    return;
  if (self->record->state == PROLONG_PURCHASE_SENDING)
    prolong_purchase_place_async (self, on_placed_late, NULL);
  else
    ask (self);
}

gboolean
prolong_purchase_ask_finish (ProlongPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
