/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"

ProlongPurchase *
prolong_engine_find_purchase (ProlongEngine *self, const char *id)
{
  for (guint i = 0; i < self->purchases->len; i++)
    if (g_str_equal (prolong_purchase_get_record (self->purchases->pdata[i])->id, id))
      return self->purchases->pdata[i];
  return NULL;
}

/* The list. */

static void
on_changed (ProlongPurchase *purchase, ProlongEngine *self)
{
  const char *problem = prolong_purchase_get_record (purchase)->problem;
  ProlongProblem known;

  /* That the network comes back is only noticed once a service was out of reach. */
  if (!prolong_problem_from_name (problem, &known))
    known = PROLONG_N_PROBLEMS;
  else
    prolong_recent_note (self->recent, PROLONG_TRIED_ORDER, prolong_purchase_get_record (purchase)->vendor,
                         prolong_purchase_get_record (purchase)->product, (int)known,
                         prolong_engine_get_system_time (self));
  if (known == PROLONG_PROBLEM_SERVICE_UNAVAILABLE)
    prolong_engine_note_service (self, prolong_purchase_get_vendor (purchase), known);
  prolong_engine_set_alarm (self);
  g_signal_emit_by_name (self, "changed");
  if (self->follower != NULL)
    self->follower->look (self->follower->data);
}

void
prolong_engine_add_purchase (ProlongEngine *self, ProlongPurchase *purchase)
{
  g_signal_connect (purchase, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (purchase, "delivered", G_CALLBACK (prolong_engine_take_codes), self);
  g_ptr_array_add (self->purchases, g_object_ref (purchase));
}

static void
drop (ProlongEngine *self, ProlongPurchase *purchase)
{
  g_signal_handlers_disconnect_by_data (purchase, self);
  g_ptr_array_remove (self->purchases, purchase);
  prolong_engine_set_alarm (self);
  g_signal_emit_by_name (self, "changed");
}

void
prolong_engine_resume_purchases (ProlongEngine *self)
{
  for (guint i = 0; i < self->purchases->len; i++)
    {
      ProlongPurchase *purchase = self->purchases->pdata[i];
      const ProlongPurchaseRecord *record = prolong_purchase_get_record (purchase);

      prolong_engine_recall_codes (self, purchase);
      /* Without a time it was cut off while it was being sent. */
      if (record->ask_at == 0)
        prolong_purchase_ask_async (purchase, NULL, NULL);
      else
        prolong_purchase_wake (purchase);
    }
}

/* Placing one. */

static void
on_placed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  ProlongPurchase *purchase = PROLONG_PURCHASE (source);
  GError *error = NULL;
  gboolean gone;

  if (prolong_purchase_place_finish (purchase, result, &gone, &error))
    {
      prolong_engine_note_service (self, prolong_purchase_get_vendor (purchase), -1);
      g_task_return_pointer (task, g_object_ref (purchase), g_object_unref);
      return;
    }
  if (gone && error->domain == PROLONG_PROBLEM && error->code == PROLONG_PROBLEM_SERVICE_UNAVAILABLE)
    prolong_engine_note_service (self, prolong_purchase_get_vendor (purchase), error->code);
  if (gone)
    drop (self, purchase);
  g_task_return_error (task, error);
}

static ProlongPurchase *
find_same (ProlongEngine *self, ProlongPurchase *wanted)
{
  for (guint i = 0; i < self->purchases->len; i++)
    if (prolong_purchase_is_same (self->purchases->pdata[i], wanted))
      return self->purchases->pdata[i];
  return NULL;
}

void
prolong_engine_order_async (ProlongEngine *self,
                            const char *vendor_id,
                            const char *product,
                            const ProlongOrderRequest *request,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  ProlongVendor *vendor = prolong_engine_choose_shop (self, vendor_id, &error);
  g_autoptr (ProlongPurchase) purchase = NULL;
  ProlongPurchase *same;

  g_task_set_source_tag (task, prolong_engine_order_async);
  if (vendor == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  purchase = prolong_purchase_new (&self->context, vendor, product, request);
  same = find_same (self, purchase);
  if (same != NULL)
    g_set_object (&purchase, same);
  else
    prolong_engine_add_purchase (self, purchase);
  prolong_purchase_place_async (purchase, on_placed, g_steal_pointer (&task));
}

ProlongPurchase *
prolong_engine_order_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Asking. */

typedef struct
{
  guint n_waiting;
  GError *error;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_error (&asking->error);
  g_free (asking);
}

static void
finish_asking (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (--asking->n_waiting > 0)
    return;
  if (asking->error != NULL)
    g_task_return_error (task, g_steal_pointer (&asking->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (prolong_purchase_ask_finish (PROLONG_PURCHASE (source), result, &error))
    prolong_engine_note_service (g_task_get_source_object (task),
                                 prolong_purchase_get_vendor (PROLONG_PURCHASE (source)), -1);
  else if (asking->error == NULL)
    asking->error = g_steal_pointer (&error);
  finish_asking (task);
}

void
prolong_engine_check_order_async (ProlongEngine *self,
                                  const char *id,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, prolong_engine_check_order_async);
  g_task_set_task_data (task, asking, asking_free);
  if (*id != '\0' && prolong_engine_find_purchase (self, id) == NULL)
    {
      g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_ORDER_UNKNOWN,
                               "No such order was placed here");
      return;
    }
  asking->n_waiting = 1;
  for (guint i = 0; i < self->purchases->len; i++)
    {
      ProlongPurchase *purchase = self->purchases->pdata[i];

      if (*id != '\0' && !g_str_equal (prolong_purchase_get_record (purchase)->id, id))
        continue;
      if (*id != '\0')
        prolong_purchase_retry_codes (purchase);
      asking->n_waiting++;
      prolong_purchase_ask_async (purchase, on_asked, g_object_ref (task));
    }
  finish_asking (task);
}

gboolean
prolong_engine_check_order_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Forgetting. */

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!prolong_purchase_forget_finish (PROLONG_PURCHASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  drop (g_task_get_source_object (task), PROLONG_PURCHASE (source));
  g_task_return_boolean (task, TRUE);
}

/* What was paid brings a code; that the person waits for it is no wish of the moment. */
static gboolean
may_forget (const ProlongPurchaseRecord *record)
{
  return prolong_purchase_record_is_settled (record)
         || (record->state != PROLONG_PURCHASE_PAID && record->state != PROLONG_PURCHASE_DELIVERED);
}

void
prolong_engine_forget_order_async (ProlongEngine *self,
                                   const char *id,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (ProlongPurchase) purchase = NULL;

  g_task_set_source_tag (task, prolong_engine_forget_order_async);
  g_set_object (&purchase, prolong_engine_find_purchase (self, id));
  if (purchase == NULL)
    g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_ORDER_UNKNOWN,
                             "No such order was placed here");
  else if (!may_forget (prolong_purchase_get_record (purchase)))
    g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT,
                             "Its code is still to come");
  else
    prolong_purchase_forget_async (purchase, on_forgotten, g_steal_pointer (&task));
}

gboolean
prolong_engine_forget_order_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
