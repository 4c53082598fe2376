/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/purchase-private.h"

#include "agent/operation.h"
#include "agent/schedule.h"
#include "license/code.h"

G_DEFINE_TYPE (ProlongPurchase, prolong_purchase, G_TYPE_OBJECT)

enum
{
  CHANGED,
  DELIVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The file. Its name begins with the vendor, like those of licenses (see prolong_engine_has_strange_files()).
 */

static char *
file_name (ProlongPurchase *self)
{
  return g_strconcat (self->record->vendor, ".", self->record->id, PROLONG_PURCHASE_SUFFIX, NULL);
}

static void
drop_secret (char **secret)
{
  if (*secret != NULL)
    prolong_wipe (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

/* What is settled needs no word with the service any more; only a code that was refused may be asked for
 * again. */
static void
tidy (ProlongPurchaseRecord *record)
{
  if (!prolong_purchase_record_is_settled (record)
      || prolong_purchase_record_get_outcome (record) == PROLONG_OUTCOME_REFUSED)
    return;
  drop_secret (&record->token);
  drop_secret (&record->payment_url);
}

void
prolong_purchase_write (ProlongPurchase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *name = file_name (self);
  g_autoptr (GBytes) bytes = NULL;

  tidy (self->record);
  /* An answer that was on its way brings nothing back that was forgotten. */
  if (!self->forgotten)
    bytes = prolong_purchase_record_encode (self->record);
  prolong_store_write_async (self->context->store, name, bytes, callback, user_data);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* What is not on the disk is found out once more after a restart: nothing is ordered or added twice for
   * that. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
  prolong_operation_reach ("order-noted");
}

void
prolong_purchase_note (ProlongPurchase *self)
{
  prolong_purchase_write (self, on_noted, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
prolong_purchase_emit_changed (ProlongPurchase *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
prolong_purchase_emit_delivered (ProlongPurchase *self, GPtrArray *codes)
{
  g_signal_emit (self, signals[DELIVERED], 0, codes);
}

/* When the service is asked next. */

static gint64
get_now (ProlongPurchase *self)
{
  return prolong_clock_get_system (self->context->clock);
}

void
prolong_purchase_set_problem (ProlongPurchase *self, int problem)
{
  g_free (self->record->problem);
  self->record->problem = problem >= 0 ? g_strdup (prolong_problem_get_name (problem)) : NULL;
}

/* A code on its way is told by its operation; one that waits is asked for again once a day, and at each
 * occasion. */
static gint64
wait_for_news (ProlongPurchase *self)
{
  const ProlongPurchaseRecord *record = self->record;
  double chance = prolong_schedule_chance ();
  gint64 now = get_now (self);

  if (prolong_purchase_record_is_settled (record))
    return 0;
  if (record->state == PROLONG_PURCHASE_DELIVERED)
    return prolong_schedule_check (chance);
  if (record->state == PROLONG_PURCHASE_PAID && record->delivers_at > now)
    return MIN (record->delivers_at - now + prolong_schedule_return (chance),
                prolong_schedule_check (chance));
  return prolong_schedule_order (self->record->asks++, chance);
}

void
prolong_purchase_schedule (ProlongPurchase *self)
{
  gint64 wait = wait_for_news (self);

  self->record->ask_at = wait > 0 ? get_now (self) + wait : 0;
}

void
prolong_purchase_schedule_retry (ProlongPurchase *self, int problem, gint64 retry_after)
{
  self->record->failures++;
  prolong_purchase_set_problem (self, problem);
  self->record->ask_at
      = get_now (self)
        + prolong_schedule_after (self->record->failures, retry_after, prolong_schedule_chance ());
}

void
prolong_purchase_visit (ProlongPurchase *self)
{
  if (prolong_purchase_record_is_settled (self->record))
    return;
  self->record->asks = 0;
  prolong_purchase_schedule (self);
  prolong_purchase_note (self);
}

void
prolong_purchase_ask_soon (ProlongPurchase *self)
{
  gint64 soon = get_now (self) + prolong_schedule_return (prolong_schedule_chance ());

  if (prolong_purchase_record_is_settled (self->record)
      || (self->record->ask_at != 0 && self->record->ask_at <= soon))
    return;
  self->record->ask_at = soon;
  prolong_purchase_emit_changed (self);
}

void
prolong_purchase_wake (ProlongPurchase *self)
{
  if (self->record->ask_at == 0 || self->record->ask_at > get_now (self) || self->busy)
    return;
  prolong_purchase_ask_async (self, NULL, NULL);
}

gint64
prolong_purchase_get_alarm (ProlongPurchase *self)
{
  gboolean waits
      = self->record->ask_at != 0 && !self->busy && !prolong_purchase_record_is_settled (self->record);

  return waits ? self->record->ask_at : G_MAXINT64;
}

/* Codes. */

void
prolong_purchase_retry_codes (ProlongPurchase *self)
{
  self->asked_at = 0;
  for (guint i = 0; self->record->codes != NULL && i < self->record->codes->len; i++)
    {
      ProlongPurchaseCode *code = self->record->codes->pdata[i];

      if (code->outcome != PROLONG_OUTCOME_REFUSED)
        continue;
      /* The operation that was refused stays what it is; this is another one. */
      g_free (code->operation);
      code->operation = g_uuid_string_random ();
      code->outcome = PROLONG_OUTCOME_PENDING;
      code->theirs = FALSE;
    }
}

void
prolong_purchase_note_operation (ProlongPurchase *self, guint index, const char *operation)
{
  ProlongPurchaseCode *code = self->record->codes->pdata[index];

  if (g_str_equal (code->operation, operation))
    return;
  g_free (code->operation);
  code->operation = g_strdup (operation);
  code->theirs = TRUE;
  prolong_purchase_note (self);
}

void
prolong_purchase_try_again (ProlongPurchase *self, guint index)
{
  ((ProlongPurchaseCode *)self->record->codes->pdata[index])->watched = FALSE;
  prolong_purchase_ask_soon (self);
}

void
prolong_purchase_note_outcome (ProlongPurchase *self,
                               guint index,
                               ProlongOutcome outcome,
                               int problem,
                               gboolean watched)
{
  ProlongPurchaseCode *code = self->record->codes->pdata[index];

  code->outcome = outcome;
  code->watched = watched;
  g_free (code->problem);
  code->problem = problem >= 0 ? g_strdup (prolong_problem_get_name (problem)) : NULL;
  if (outcome == PROLONG_OUTCOME_PENDING && problem >= 0 && !watched)
    prolong_purchase_schedule_retry (self, -1, 0);
  if (prolong_purchase_record_is_settled (self->record))
    self->record->ask_at = 0;
  prolong_operation_reach ("order-taking");
  prolong_purchase_note (self);
}

/* The end. */

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  PROLONG_PURCHASE (g_task_get_source_object (task))->forgotten = FALSE;
  g_task_return_error (task, error);
}

void
prolong_purchase_remove (ProlongPurchase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *name = file_name (self);

  prolong_store_write_async (self->context->store, name, NULL, callback, user_data);
}

void
prolong_purchase_forget_async (ProlongPurchase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_purchase_forget_async);
  self->forgotten = TRUE;
  prolong_purchase_remove (self, on_removed, task);
}

gboolean
prolong_purchase_forget_finish (ProlongPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The object. */

const ProlongPurchaseRecord *
prolong_purchase_get_record (ProlongPurchase *self)
{
  return self->record;
}

ProlongVendor *
prolong_purchase_get_vendor (ProlongPurchase *self)
{
  return self->vendor;
}

gboolean
prolong_purchase_is_same (ProlongPurchase *self, const ProlongPurchase *other)
{
  return self->record->state == PROLONG_PURCHASE_SENDING && self->vendor == other->vendor
         && g_strcmp0 (self->record->request, other->record->request) == 0;
}

static void
prolong_purchase_finalize (GObject *object)
{
  ProlongPurchase *self = PROLONG_PURCHASE (object);

  g_object_unref (self->vendor);
  prolong_purchase_record_free (self->record);
  G_OBJECT_CLASS (prolong_purchase_parent_class)->finalize (object);
}

static void
prolong_purchase_class_init (ProlongPurchaseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_purchase_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[DELIVERED] = g_signal_new ("delivered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
prolong_purchase_init (ProlongPurchase *self)
{
  g_queue_init (&self->waiting);
}

ProlongPurchase *
prolong_purchase_resume (const ProlongContext *context, ProlongVendor *vendor, ProlongPurchaseRecord *record)
{
  ProlongPurchase *self = g_object_new (PROLONG_TYPE_PURCHASE, NULL);

  self->context = context;
  self->vendor = g_object_ref (vendor);
  self->record = record;
  /* What a code waits for may have ended while the agent was away. */
  for (guint i = 0; record->codes != NULL && i < record->codes->len; i++)
    ((ProlongPurchaseCode *)record->codes->pdata[i])->watched = TRUE;
  return self;
}

ProlongPurchase *
prolong_purchase_new (const ProlongContext *context,
                      ProlongVendor *vendor,
                      const char *product,
                      const ProlongOrderRequest *request)
{
  ProlongPurchaseRecord *record = g_new0 (ProlongPurchaseRecord, 1);
  ProlongPurchase *self;

  record->id = g_uuid_string_random ();
  record->vendor = g_strdup (prolong_vendor_get_profile (vendor)->id);
  record->product = g_strdup (product);
  record->license = g_strdup (request->number);
  record->key = g_uuid_string_random ();
  record->request = prolong_order_request_encode (request);
  record->total = request->total;
  record->created_at = prolong_clock_get_system (context->clock);
  self = prolong_purchase_resume (context, vendor, record);
  self->fresh = TRUE;
  return self;
}
