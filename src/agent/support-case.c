/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/support-case.h"

#include "agent/posting.h"
#include "agent/schedule.h"
#include "license/json.h"
#include "license/problem.h"
#include "license/term.h"

/* Long enough for the vendor's answer to come by e-mail. */
#define KEPT_SECONDS (30 * PROLONG_SECONDS_PER_DAY)

struct _ProlongSupportCase
{
  GObject parent_instance;
  const ProlongContext *context;
  ProlongVendor *vendor;
  ProlongSupportRecord *record;
  gboolean busy;
  gboolean fresh; /* never sent, and not yet on the disk */
  gboolean forgotten;
  gint64 not_before; /* system time until which the vendor wants to be left alone */
  GQueue waiting;    /* of GTask, who want to know whether it was taken */
};

G_DEFINE_TYPE (ProlongSupportCase, prolong_support_case, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
get_now (ProlongSupportCase *self)
{
  return prolong_clock_get_system (self->context->clock);
}

/* The file. Its name begins with the vendor, like those of licenses (see prolong_engine_has_strange_files()).
 */

static void
write_record (ProlongSupportCase *self, gboolean keep, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *name
      = g_strconcat (self->record->vendor, ".", self->record->id, PROLONG_SUPPORT_SUFFIX, NULL);
  g_autoptr (GBytes) bytes = keep ? prolong_support_record_encode (self->record) : NULL;

  prolong_store_write_async (self->context->store, name, bytes, callback, user_data);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* What is not on the disk is sent once more after a restart, under the same key. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

/* Nothing that the person wrote stays on the disk, whatever came of it. */
static void
close_case (ProlongSupportCase *self, ProlongSupportState state)
{
  ProlongSupportRecord *record = self->record;

  record->state = state;
  record->settled_at = get_now (self);
  record->retry_at = 0;
  if (record->request != NULL)
    prolong_wipe (record->request, strlen (record->request));
  g_clear_pointer (&record->request, g_free);
}

static void
set_problem (ProlongSupportCase *self, int problem)
{
  g_free (self->record->problem);
  self->record->problem = problem >= 0 ? g_strdup (prolong_problem_get_name (problem)) : NULL;
}

/* Sending (agent/posting.h). */

static void
write_case (gpointer owner, GAsyncReadyCallback callback, gpointer user_data)
{
  ProlongSupportCase *self = owner;

  /* An answer that was on its way brings nothing back that was forgotten. */
  write_record (self, !self->forgotten, callback, user_data);
}

static void
remove_case (gpointer owner, GAsyncReadyCallback callback, gpointer user_data)
{
  write_record (owner, FALSE, callback, user_data);
}

static gboolean
is_over (gpointer owner, const ProlongAnswer *answer)
{
  return answer->decision;
}

static gboolean
take_answer (gpointer owner, const ProlongAnswer *answer, GError **error)
{
  ProlongSupportCase *self = owner;
  g_auto (ProlongSupportAnswer) message = { 0 };

  if (!prolong_support_answer_decode (answer->body, answer->length, &message, error))
    return FALSE;
  self->record->reference = g_steal_pointer (&message.reference);
  set_problem (self, -1);
  close_case (self, PROLONG_SUPPORT_SENT);
  return TRUE;
}

static void
wait_for_next (gpointer owner, int problem, gint64 retry_after)
{
  ProlongSupportCase *self = owner;

  set_problem (self, problem);
  self->fresh = FALSE;
  self->record->state = PROLONG_SUPPORT_WAITING;
  self->record->failures++;
  self->not_before = retry_after > 0 ? get_now (self) + retry_after : 0;
  self->record->retry_at
      = get_now (self)
        + prolong_schedule_after (self->record->failures, retry_after, prolong_schedule_chance ());
}

static void
settle (gpointer owner, const GError *error)
{
  PROLONG_SUPPORT_CASE (owner)->busy = FALSE;
}

static const ProlongPostingKind sending = {
  .path = PROLONG_RENEWAL_SUPPORT_REQUESTS,
  .points = { "support-wished", "support-sending", "support-answered", "support-placed" },
  .write = write_case,
  .remove = remove_case,
  .is_over = is_over,
  .take = take_answer,
  .wait = wait_for_next,
  .settle = settle,
};

/* Nobody was there to be told: the row tells it. */
static void
note_refusal (ProlongSupportCase *self, int problem)
{
  set_problem (self, problem);
  close_case (self, PROLONG_SUPPORT_REFUSED);
  write_case (self, on_noted, NULL);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ProlongSupportCase *self = PROLONG_SUPPORT_CASE (source);
  g_autoptr (GError) error = NULL;
  GQueue waiting = self->waiting;
  gboolean gone, refused;
  GTask *task;

  refused = !prolong_posting_send_finish (self, result, &gone, &error) && gone;
  g_queue_init (&self->waiting);
  if (refused && waiting.length == 0)
    note_refusal (self, error->code);
  g_signal_emit (self, signals[CHANGED], 0);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (refused)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
send (ProlongSupportCase *self)
{
  if (self->busy || prolong_support_record_is_settled (self->record))
    return;
  self->busy = TRUE;
  prolong_posting_send_async (self, &sending, prolong_vendor_get_profile (self->vendor)->service_url,
                              self->record->request, self->record->key, !self->fresh, on_sent, NULL);
}

void
prolong_support_case_send_async (ProlongSupportCase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_support_case_send_async);
  g_queue_push_tail (&self->waiting, task);
  send (self);
}

gboolean
prolong_support_case_send_finish (ProlongSupportCase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
prolong_support_case_send_soon (ProlongSupportCase *self)
{
  gint64 soon = MAX (get_now (self) + prolong_schedule_return (prolong_schedule_chance ()), self->not_before);

  if (self->record->retry_at <= soon)
    return;
  self->record->retry_at = soon;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
prolong_support_case_wake (ProlongSupportCase *self)
{
  const ProlongSupportRecord *record = self->record;

  if (prolong_support_record_is_settled (record))
    return record->settled_at + KEPT_SECONDS <= get_now (self);
  /* Without a time it was cut off while it was being sent. */
  if (record->retry_at <= get_now (self))
    send (self);
  return FALSE;
}

gint64
prolong_support_case_get_alarm (ProlongSupportCase *self)
{
  if (prolong_support_record_is_settled (self->record))
    return self->record->settled_at + KEPT_SECONDS;
  return self->busy ? G_MAXINT64 : self->record->retry_at;
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
  PROLONG_SUPPORT_CASE (g_task_get_source_object (task))->forgotten = FALSE;
  g_task_return_error (task, error);
}

void
prolong_support_case_forget_async (ProlongSupportCase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_support_case_forget_async);
  self->forgotten = TRUE;
  write_record (self, FALSE, on_removed, task);
}

gboolean
prolong_support_case_forget_finish (ProlongSupportCase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The object. */

const ProlongSupportRecord *
prolong_support_case_get_record (ProlongSupportCase *self)
{
  return self->record;
}

ProlongVendor *
prolong_support_case_get_vendor (ProlongSupportCase *self)
{
  return self->vendor;
}

gboolean
prolong_support_case_is_same (ProlongSupportCase *self, const ProlongSupportCase *other)
{
  return self->record->request != NULL && self->vendor == other->vendor
         && g_strcmp0 (self->record->request, other->record->request) == 0;
}

static void
prolong_support_case_finalize (GObject *object)
{
  ProlongSupportCase *self = PROLONG_SUPPORT_CASE (object);

  g_object_unref (self->vendor);
  prolong_support_record_free (self->record);
  G_OBJECT_CLASS (prolong_support_case_parent_class)->finalize (object);
}

static void
prolong_support_case_class_init (ProlongSupportCaseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_support_case_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
prolong_support_case_init (ProlongSupportCase *self)
{
  g_queue_init (&self->waiting);
}

ProlongSupportCase *
prolong_support_case_resume (const ProlongContext *context,
                             ProlongVendor *vendor,
                             ProlongSupportRecord *record)
{
  ProlongSupportCase *self = g_object_new (PROLONG_TYPE_SUPPORT_CASE, NULL);

  self->context = context;
  self->vendor = g_object_ref (vendor);
  self->record = record;
  return self;
}

/* What the renewal protocol would not carry, or this device could not read again, is no request. */
static gboolean
is_sound (const ProlongSupportRecord *record)
{
  g_autoptr (GBytes) bytes = prolong_support_record_encode (record);
  g_auto (ProlongSupportRequest) read = { 0 };

  return g_bytes_get_size (bytes) <= PROLONG_JSON_MAX_BYTES
         && prolong_support_request_decode (record->request, strlen (record->request), &read, NULL);
}

ProlongSupportCase *
prolong_support_case_new (const ProlongContext *context,
                          ProlongVendor *vendor,
                          const ProlongSupportRequest *request,
                          guint codes_hidden)
{
  g_autoptr (ProlongSupportRecord) record = g_new0 (ProlongSupportRecord, 1);
  ProlongSupportCase *self;

  record->id = g_uuid_string_random ();
  record->vendor = g_strdup (prolong_vendor_get_profile (vendor)->id);
  record->topic = g_strdup (request->topic);
  record->key = g_uuid_string_random ();
  record->request = prolong_support_request_encode (request);
  record->codes_hidden = codes_hidden;
  record->created_at = prolong_clock_get_system (context->clock);
  if (!is_sound (record))
    return NULL;
  self = prolong_support_case_resume (context, vendor, g_steal_pointer (&record));
  self->fresh = TRUE;
  return self;
}
