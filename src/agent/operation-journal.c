/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/operation-private.h"

#include "agent/schedule.h"
#include "bus/sandbox.h"
#include "renewal/messages.h"

static char *
journal_name (ProlongOperation *self)
{
  return g_strconcat (self->intent->id, PROLONG_JOURNAL_SUFFIX, NULL);
}

static void
write_intent (ProlongOperation *self, GAsyncReadyCallback callback)
{
  g_autofree char *name = journal_name (self);
  g_autoptr (GBytes) bytes = prolong_intent_encode (self->intent);

  prolong_store_write_async (self->context->store, name, bytes, callback, g_object_ref (self));
}

/* The end: code and intent are removed, in this order, so that no code is left that no intent knows of; of
 * what was cancelled a note takes the place of the intent. */

static void
on_intent_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  /* An intent that cannot be removed is carried out again after a restart, with the same outcome. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
  self->busy = FALSE;
  prolong_operation_reach ("cleared");
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_pointer (&self->previous_code, prolong_code_unref);
  if (self->cancelled)
    prolong_operation_set_step (self, PROLONG_OPERATION_CANCELLED);
  else
    prolong_operation_set_step (self,
                                self->error != NULL ? PROLONG_OPERATION_REFUSED : PROLONG_OPERATION_DONE);
}

static void
write_intent_away (ProlongOperation *self)
{
  g_autofree char *name = journal_name (self);

  prolong_operation_reach ("clearing");
  prolong_store_write_async (self->context->store, name, NULL, on_intent_removed, g_object_ref (self));
}

static void
on_previous_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    prolong_discards_add (self->context->discards, self->intent->previous_id);
  write_intent_away (self);
}

void
prolong_operation_clear_intent (ProlongOperation *self)
{
  if (*self->intent->previous_id != '\0')
    prolong_keyring_clear_async (self->context->keyring, self->intent->previous_id, TRUE, on_previous_cleared,
                                 g_object_ref (self));
  else
    write_intent_away (self);
}

static void
on_code_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    prolong_discards_add (self->context->discards, self->intent->code_id);
  prolong_operation_clear_intent (self);
}

static void
discard (ProlongOperation *self, const char *code_id)
{
  if (*code_id == '\0')
    return;
  prolong_discards_add (self->context->discards, code_id);
  prolong_discards_carry_out_async (self->context->discards, code_id, FALSE, NULL, NULL);
}

void
prolong_operation_undo (ProlongOperation *self)
{
  /* The code of a hand-over is on the list of reserve codes and stays there. */
  gboolean clear = self->maybe_kept && self->intent->kind != PROLONG_INTENT_HAND_OVER;

  self->busy = TRUE;
  if (self->cancelled)
    {
      /* Nobody waits for a keyring that does not answer. */
      if (clear)
        {
          discard (self, self->intent->code_id);
          discard (self, self->intent->previous_id);
        }
      write_intent_away (self);
    }
  else if (clear)
    prolong_keyring_clear_async (self->context->keyring, self->intent->code_id, TRUE, on_code_cleared,
                                 g_object_ref (self));
  else
    prolong_operation_clear_intent (self);
}

void
prolong_operation_refuse (ProlongOperation *self, GError *error)
{
  if (self->intent->kind == PROLONG_INTENT_HAND_OVER)
    {
      prolong_operation_give_up (self, error);
      return;
    }
  prolong_operation_set_error (self, error);
  prolong_operation_undo (self);
}

/* Waiting. */

static void
on_wait_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  /* The wait is then as long as it was before, after a restart; nothing else is lost. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
  if (self->cancelled)
    {
      prolong_operation_undo (self);
      return;
    }
  self->busy = FALSE;
  prolong_operation_set_step (self, PROLONG_OPERATION_WAITING);
}

/* A request that was cut off by the end of the agent is answered as soon as the service is done with it. */
#define IN_FLIGHT_SECONDS 5
#define IN_FLIGHT_ATTEMPTS 5

static gint64
wait_before_retry (ProlongOperation *self, const GError *error, gint64 retry_after)
{
  double chance = prolong_schedule_chance ();

  /* A service that names a time is obeyed; a little later, so that not all come back at that second. */
  if (retry_after > 0)
    return retry_after + prolong_schedule_soon (chance);
  if (error->code == PROLONG_PROBLEM_REQUEST_IN_FLIGHT && self->intent->failures <= IN_FLIGHT_ATTEMPTS)
    return IN_FLIGHT_SECONDS;
  return prolong_schedule_retry (self->intent->failures, chance);
}

/* Outside a sandbox the keyring is seen when it comes; inside, only the portal in front of it is. */
static gboolean
is_for_the_person (const GError *error)
{
  return g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_LOCKED)
         || (g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
             && !prolong_is_sandboxed ());
}

void
prolong_operation_wait (ProlongOperation *self, GError *error, gint64 retry_after)
{
  self->may_prompt = FALSE;
  self->intent->failures++;
  self->intent->retry_at = 0;
  if (!is_for_the_person (error))
    self->intent->retry_at
        = prolong_clock_get_system (self->context->clock) + wait_before_retry (self, error, retry_after);
  self->end_reached = FALSE;
  prolong_operation_set_error (self, error);
  write_intent (self, on_wait_written);
}

/* Step 4: send. */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);

  prolong_operation_reach ("answered");
  if (answer->problem == NULL)
    prolong_operation_take_answer (self, answer);
  else if (answer->decision)
    prolong_operation_refuse (self, g_steal_pointer (&answer->problem));
  else
    {
      /* Only what surely never left this machine may still be cancelled. */
      if (!answer->sent && !self->maybe_sent)
        self->intent->phase = PROLONG_PHASE_READY;
      prolong_operation_wait (self, g_steal_pointer (&answer->problem), answer->retry_after);
    }
}

void
prolong_operation_fill_request (ProlongOperation *self, ProlongCodeRequest *request)
{
  request->code = prolong_code_get_text (self->code);
  request->nonce = self->intent->nonce;
  request->device_name = self->intent->device_name;
  request->product = self->intent->product;
  request->product_version = self->intent->product_version;
  request->previous_code = self->previous_code != NULL ? prolong_code_get_text (self->previous_code) : NULL;
  request->accept_shorter_term = self->intent->accept_shorter_term;
}

static void
send (ProlongOperation *self)
{
  ProlongCodeRequest request = { 0 };

  prolong_operation_fill_request (self, &request);
  prolong_operation_reach ("sending");
  prolong_code_request_call_async (&request, self->vendor, PROLONG_RENEWAL_ACTIVATIONS, self->intent->key,
                                   NULL, on_answer, g_object_ref (self));
}

/* Step 3: the intent, durable, before the first byte is sent. */

static void
on_intent_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      self->intent->phase = PROLONG_PHASE_READY;
      prolong_operation_wait (self, error, 0);
      return;
    }
  prolong_operation_reach ("intended");
  send (self);
}

void
prolong_operation_attempt (ProlongOperation *self)
{
  self->busy = TRUE;
  self->intent->retry_at = 0;
  g_clear_error (&self->error);
  self->maybe_sent = self->intent->phase == PROLONG_PHASE_SENT;
  if (self->maybe_sent)
    {
      prolong_operation_set_step (self, PROLONG_OPERATION_SENDING);
      send (self);
      return;
    }
  self->intent->phase = PROLONG_PHASE_SENT;
  prolong_operation_set_step (self, PROLONG_OPERATION_SENDING);
  prolong_operation_reach ("intending");
  write_intent (self, on_intent_saved);
}

/* Step 2: the codes into the keyring, or, after a restart, out of it. */

void
prolong_operation_use_code (ProlongOperation *self)
{
  if (self->intent->kind == PROLONG_INTENT_RESERVE)
    prolong_operation_keep (self);
  else
    prolong_operation_attempt (self);
}

static void
take_stored (ProlongOperation *self, gboolean stored, GError *error)
{
  g_autoptr (GError) owned = error;
  /* Without a keyring a code is held in memory only, and asked for again after a restart. One that is to be
   * used some day cannot be held that way. */
  gboolean without = g_error_matches (owned, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
                     && self->intent->kind != PROLONG_INTENT_RESERVE;

  if (self->cancelled)
    prolong_operation_undo (self);
  else if (stored || without)
    {
      self->intent->phase = PROLONG_PHASE_READY;
      prolong_operation_use_code (self);
    }
  else
    prolong_operation_refuse (self, g_steal_pointer (&owned));
}

static void
on_previous_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;
  gboolean stored = prolong_keyring_store_finish (PROLONG_KEYRING (source), result, &error);

  take_stored (self, stored, error);
}

static void
on_code_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;
  gboolean stored = prolong_keyring_store_finish (PROLONG_KEYRING (source), result, &error);

  self->maybe_kept = stored || self->cancelled;
  prolong_operation_reach ("stored");
  if (stored && !self->cancelled && self->previous_code != NULL)
    prolong_keyring_store_async (self->context->keyring, self->intent->previous_id, self->previous_code,
                                 self->cancellable, on_previous_stored, g_object_ref (self));
  else
    take_stored (self, stored, error);
}

static void
store_code (ProlongOperation *self)
{
  self->busy = TRUE;
  prolong_operation_set_step (self, PROLONG_OPERATION_STORING);
  prolong_operation_reach ("storing");
  prolong_keyring_store_async (self->context->keyring, self->intent->code_id, self->code, self->cancellable,
                               on_code_stored, g_object_ref (self));
}

static void
take_found (ProlongOperation *self, ProlongCode **field, ProlongCode *code, GError *error)
{
  if (error != NULL && !self->cancelled)
    {
      self->maybe_kept = g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_LOCKED);
      prolong_operation_wait (self, error, 0);
      return;
    }
  g_clear_error (&error);
  g_clear_pointer (field, prolong_code_unref);
  *field = code;
  if (self->cancelled)
    prolong_operation_undo (self);
  else
    prolong_operation_go_on (self);
}

static void
on_code_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;
  ProlongCode *code = prolong_keyring_lookup_finish (PROLONG_KEYRING (source), result, &error);

  take_found (self, &self->code, code, error);
}

static void
on_previous_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;
  ProlongCode *code = prolong_keyring_lookup_finish (PROLONG_KEYRING (source), result, &error);

  if (g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE))
    {
      /* The agent ended before it was kept: the service asks for it once more, and so does the person's
       * program. */
      g_clear_error (&error);
      g_free (self->intent->previous_id);
      self->intent->previous_id = g_strdup ("");
    }
  take_found (self, &self->previous_code, code, error);
}

static void
look_up (ProlongOperation *self, const char *id, GAsyncReadyCallback callback)
{
  self->busy = TRUE;
  prolong_operation_set_step (self, PROLONG_OPERATION_STORING);
  prolong_keyring_lookup_async (self->context->keyring, id, self->may_prompt, self->cancellable, callback,
                                g_object_ref (self));
}

void
prolong_operation_go_on (ProlongOperation *self)
{
  gboolean unsure
      = self->intent->kind == PROLONG_INTENT_HAND_OVER && self->intent->phase != PROLONG_PHASE_SENT;

  /* A hand-over that has not been sent asks first, at each attempt, whether it is due at all. */
  if (unsure && !self->end_reached)
    prolong_operation_confirm_end (self);
  else if (self->code == NULL)
    look_up (self, self->intent->code_id, on_code_found);
  else if (self->previous_code == NULL && *self->intent->previous_id != '\0')
    look_up (self, self->intent->previous_id, on_previous_found);
  else
    prolong_operation_use_code (self);
}

void
prolong_operation_go_on_with_code (ProlongOperation *self)
{
  /* A code that the service has seen is not stored again: only its answer matters now. */
  if (self->intent->phase == PROLONG_PHASE_SENT)
    prolong_operation_attempt (self);
  else
    store_code (self);
}

/* Step 1 is behind us: the code is well formed and no rule stands against it. */

static void
on_draft_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    prolong_operation_refuse (self, error);
  else if (self->cancelled)
    prolong_operation_undo (self);
  else if (self->intent->kind == PROLONG_INTENT_HAND_OVER)
    prolong_operation_go_on (self);
  else
    store_code (self);
}

void
prolong_operation_write_draft (ProlongOperation *self)
{
  self->busy = TRUE;
  prolong_operation_reach ("checked");
  write_intent (self, on_draft_written);
}

void
prolong_operation_begin (ProlongOperation *self)
{
  if (self->intent->kind == PROLONG_INTENT_RESERVE)
    prolong_operation_ask_first (self);
  else
    prolong_operation_write_draft (self);
}
