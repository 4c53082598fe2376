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

/* What became of a code. */

static const struct
{
  ProlongProblem problem;
  ProlongOutcome outcome;
} outcomes[] = {
  { PROLONG_PROBLEM_ALREADY_ADDED, PROLONG_OUTCOME_PRESENT },
  { PROLONG_PROBLEM_SUBSCRIPTION_RUNNING, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_TRIAL_RUNNING, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_LICENSE_RUNNING, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_REQUEST_IN_FLIGHT, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_RATE_LIMITED, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_SERVICE_UNAVAILABLE, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_SERVICE_UNTRUSTED, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_KEYRING_LOCKED, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_KEYRING_UNAVAILABLE, PROLONG_OUTCOME_PENDING },
  { PROLONG_PROBLEM_STORAGE_FULL, PROLONG_OUTCOME_PENDING },
};

static void
note_problem (ProlongPurchase *purchase, guint index, int problem)
{
  ProlongOutcome outcome = PROLONG_OUTCOME_REFUSED;

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if ((int) outcomes[i].problem == problem)
      outcome = outcomes[i].outcome;
  prolong_purchase_note_outcome (purchase, index, outcome, outcome == PROLONG_OUTCOME_PRESENT ? -1 : problem);
}

static void
note_operation (ProlongPurchase *purchase, guint index, ProlongOperation *operation)
{
  const GError *error = prolong_operation_get_error (operation);

  if (prolong_operation_get_step (operation) == PROLONG_OPERATION_DONE)
    prolong_purchase_note_outcome (purchase, index,
                                   prolong_operation_get_intent (operation)->kind == PROLONG_INTENT_RESERVE
                                       ? PROLONG_OUTCOME_RESERVE
                                       : PROLONG_OUTCOME_ACTIVE,
                                   -1);
  else
    note_problem (purchase, index, error != NULL ? error->code : (int) PROLONG_PROBLEM_CANCELLED);
}

static gboolean
is_pending (const ProlongPurchaseCode *code)
{
  return code->outcome == PROLONG_OUTCOME_PENDING;
}

/* Its result stands on the row of the order; one that the person began is also told where that was. */
void
prolong_engine_settle_operation (ProlongEngine *self, ProlongOperation *operation)
{
  const char *id = prolong_operation_get_intent (operation)->id;

  for (guint i = 0; i < self->purchases->len; i++)
    {
      ProlongPurchase *purchase = self->purchases->pdata[i];
      const GPtrArray *codes = prolong_purchase_get_record (purchase)->codes;

      for (guint j = 0; codes != NULL && j < codes->len; j++)
        {
          const ProlongPurchaseCode *code = codes->pdata[j];

          if (!is_pending (code) || !g_str_equal (code->operation, id))
            continue;
          note_operation (purchase, j, operation);
          if (!code->theirs)
            prolong_engine_dismiss (self, operation, NULL);
          return;
        }
    }
}

/* A code that no keyring holds is asked for once more; what was delivered need not be entered by anybody. */
void
prolong_engine_help_operation (ProlongEngine *self, ProlongOperation *operation)
{
  const char *id = prolong_operation_get_intent (operation)->id;

  if (!prolong_operation_waits_for (operation, PROLONG_PROBLEM_KEYRING_UNAVAILABLE))
    return;
  for (guint i = 0; i < self->purchases->len; i++)
    {
      const GPtrArray *codes = prolong_purchase_get_record (self->purchases->pdata[i])->codes;

      for (guint j = 0; codes != NULL && j < codes->len; j++)
        if (g_str_equal (((const ProlongPurchaseCode *) codes->pdata[j])->operation, id))
          prolong_purchase_ask_soon (self->purchases->pdata[i]);
    }
}

static ProlongOperation *
find_operation (ProlongEngine *self, const char *id)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (g_str_equal (prolong_operation_get_intent (self->operations->pdata[i])->id, id))
      return self->operations->pdata[i];
  return NULL;
}

static gboolean
is_reserve (ProlongEngine *self, const char *operation)
{
  for (guint i = 0; i < self->reserves->len; i++)
    if (prolong_reserves_find (self->reserves->pdata[i], operation) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_license (ProlongEngine *self, const char *operation)
{
  for (guint i = 0; i < self->licenses->len; i++)
    if (g_str_equal (prolong_license_get_record (self->licenses->pdata[i])->operation, operation))
      return TRUE;
  return FALSE;
}

/* Whether the code at @index is added already, or on its way; the agent may have ended before it wrote so. */
static gboolean
is_taken (ProlongEngine *self, ProlongPurchase *purchase, guint index)
{
  const ProlongPurchaseCode *code = prolong_purchase_get_record (purchase)->codes->pdata[index];
  ProlongOperation *operation = find_operation (self, code->operation);

  if (!is_pending (code))
    return TRUE;
  if (operation != NULL && !prolong_operation_has_ended (operation))
    return TRUE;
  if (operation != NULL)
    prolong_engine_settle_operation (self, operation);
  else if (is_reserve (self, code->operation))
    prolong_purchase_note_outcome (purchase, index, PROLONG_OUTCOME_RESERVE, -1);
  else if (is_license (self, code->operation))
    prolong_purchase_note_outcome (purchase, index, PROLONG_OUTCOME_ACTIVE, -1);
  else
    return FALSE;
  return TRUE;
}

/* Its operation began before a restart, and the code was not in the keyring yet. */
static void
provide_code (ProlongEngine *self, const ProlongPurchaseCode *code, const ProlongOrderCode *delivered)
{
  ProlongOperation *operation = is_pending (code) ? find_operation (self, code->operation) : NULL;
  g_autoptr (GError) error = NULL;

  if (operation != NULL && prolong_operation_waits_for (operation, PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
      && !prolong_operation_provide_code (operation, delivered->code, &error))
    g_message ("The code of an order: %s", error->message);
}

/* Codes that were delivered go the way of one that a person enters. */

typedef struct
{
  ProlongPurchase *purchase;
  guint index;
} Taking;

static void
on_code_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taking *taking = user_data;
  ProlongEngine *self = PROLONG_ENGINE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongOperation) operation = prolong_engine_add_code_finish (self, result, &error);

  if (operation != NULL)
    {
      prolong_purchase_note_operation (taking->purchase, taking->index, prolong_operation_get_intent (operation)->id);
      if (prolong_operation_has_ended (operation))
        prolong_engine_settle_operation (self, operation);
    }
  else if (error->domain == PROLONG_PROBLEM)
    note_problem (taking->purchase, taking->index, error->code);
  else
    note_problem (taking->purchase, taking->index, PROLONG_PROBLEM_CODE_WRONG_PRODUCT);
  g_object_unref (taking->purchase);
  g_free (taking);
}

static void
take_code (ProlongEngine *self, ProlongPurchase *purchase, guint index, const ProlongOrderCode *delivered)
{
  const ProlongPurchaseRecord *record = prolong_purchase_get_record (purchase);
  const ProlongPurchaseCode *code = record->codes->pdata[index];
  const ProlongProfile *profile = prolong_vendor_get_profile (prolong_purchase_get_vendor (purchase));
  gboolean known = prolong_profile_find_product (profile, delivered->product) != NULL;
  Taking *taking = g_new0 (Taking, 1);
  ProlongCodeWish wish = {
    .vendor = record->vendor,
    .product = known ? delivered->product : "",
    .text = delivered->code,
    .operation = code->operation,
  };

  taking->purchase = g_object_ref (purchase);
  taking->index = index;
  prolong_engine_add_code_async (self, &wish, on_code_added, taking);
}

static void
on_delivered (ProlongPurchase *purchase, GPtrArray *codes, ProlongEngine *self)
{
  const GPtrArray *known = prolong_purchase_get_record (purchase)->codes;

  for (guint i = 0; i < codes->len && i < known->len; i++)
    if (is_taken (self, purchase, i))
      provide_code (self, known->pdata[i], codes->pdata[i]);
    else
      take_code (self, purchase, i, codes->pdata[i]);
}

/* What stands in the way. */

static gboolean
is_under_way (ProlongEngine *self, ProlongVendor *vendor)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (prolong_operation_get_vendor (self->operations->pdata[i]) == vendor
        && !prolong_operation_has_ended (self->operations->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
stands (ProlongEngine *self, ProlongPurchase *purchase, int obstacle)
{
  const ProlongPurchaseRecord *record = prolong_purchase_get_record (purchase);
  ProlongLicense *license = prolong_engine_find_license (self, record->vendor, record->product);

  if (prolong_obstacle_ends_with_license (obstacle))
    return license != NULL && prolong_license_is_running (license);
  return obstacle != PROLONG_PROBLEM_REQUEST_IN_FLIGHT || is_under_way (self, prolong_purchase_get_vendor (purchase));
}

void
prolong_engine_consider_purchases (ProlongEngine *self)
{
  for (guint i = 0; i < self->purchases->len; i++)
    {
      int obstacle = prolong_purchase_get_obstacle (self->purchases->pdata[i]);

      if (obstacle >= 0 && !stands (self, self->purchases->pdata[i], obstacle))
        prolong_purchase_clear_obstacle (self->purchases->pdata[i]);
    }
}

void
prolong_engine_unlock_purchases (ProlongEngine *self)
{
  for (guint i = 0; i < self->purchases->len; i++)
    {
      int obstacle = prolong_purchase_get_obstacle (self->purchases->pdata[i]);

      if (obstacle == PROLONG_PROBLEM_KEYRING_LOCKED || obstacle == PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
        prolong_purchase_clear_obstacle (self->purchases->pdata[i]);
    }
}

/* The list. */

static void
on_changed (ProlongPurchase *purchase, ProlongEngine *self)
{
  const char *problem = prolong_purchase_get_record (purchase)->problem;
  ProlongProblem known;

  /* That the network comes back is only noticed once a service was out of reach. */
  if (prolong_problem_from_name (problem, &known) && known == PROLONG_PROBLEM_SERVICE_UNAVAILABLE)
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
  g_signal_connect (purchase, "delivered", G_CALLBACK (on_delivered), self);
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

      for (guint j = 0; record->codes != NULL && j < record->codes->len; j++)
        is_taken (self, purchase, j);
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
prolong_engine_order_async (ProlongEngine *self, const char *vendor_id, const char *product,
                            const ProlongOrderRequest *request, GAsyncReadyCallback callback, gpointer user_data)
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
prolong_engine_check_order_async (ProlongEngine *self, const char *id, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, prolong_engine_check_order_async);
  g_task_set_task_data (task, asking, asking_free);
  if (*id != '\0' && prolong_engine_find_purchase (self, id) == NULL)
    {
      g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_ORDER_UNKNOWN, "No such order was placed here");
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
prolong_engine_forget_order_async (ProlongEngine *self, const char *id, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (ProlongPurchase) purchase = NULL;

  g_task_set_source_tag (task, prolong_engine_forget_order_async);
  g_set_object (&purchase, prolong_engine_find_purchase (self, id));
  if (purchase == NULL)
    g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_ORDER_UNKNOWN, "No such order was placed here");
  else if (!may_forget (prolong_purchase_get_record (purchase)))
    g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT, "Its code is still to come");
  else
    prolong_purchase_forget_async (purchase, on_forgotten, g_steal_pointer (&task));
}

gboolean
prolong_engine_forget_order_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
