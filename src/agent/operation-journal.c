/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/operation-private.h"

#include "agent/schedule.h"
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

/* The end: code and intent are removed, in this order, so that no code is left that no intent knows of. */

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
  if (self->cancelled)
    prolong_operation_set_step (self, PROLONG_OPERATION_CANCELLED);
  else
    prolong_operation_set_step (self, self->error != NULL ? PROLONG_OPERATION_REFUSED : PROLONG_OPERATION_DONE);
}

void
prolong_operation_clear_intent (ProlongOperation *self)
{
  g_autofree char *name = journal_name (self);

  prolong_operation_reach ("clearing");
  prolong_store_write_async (self->context->store, name, NULL, on_intent_removed, g_object_ref (self));
}

static void
on_code_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    g_message ("A code that was not used stays in the keyring: %s", error->message);
  prolong_operation_clear_intent (self);
}

void
prolong_operation_undo (ProlongOperation *self)
{
  self->busy = TRUE;
  if (self->maybe_kept)
    prolong_keyring_clear_async (self->context->keyring, self->intent->code_id, on_code_cleared, g_object_ref (self));
  else
    prolong_operation_clear_intent (self);
}

static void
refuse (ProlongOperation *self, GError *error)
{
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

static gint64
wait_before_retry (ProlongOperation *self, gint64 retry_after)
{
  gint64 wait = prolong_schedule_retry (self->intent->failures, g_random_double ());

  /* A service that names a time is obeyed; a little later, so that not all come back at that second. */
  if (retry_after > 0)
    wait = retry_after + prolong_schedule_soon (g_random_double ());
  return wait;
}

static gboolean
is_for_the_person (const GError *error)
{
  return g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_LOCKED)
         || g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE);
}

void
prolong_operation_wait (ProlongOperation *self, GError *error, gint64 retry_after)
{
  self->may_prompt = FALSE;
  self->intent->failures++;
  self->intent->retry_at = 0;
  if (!is_for_the_person (error))
    self->intent->retry_at = prolong_clock_get_system (self->context->clock) + wait_before_retry (self, retry_after);
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
    refuse (self, g_steal_pointer (&answer->problem));
  else
    {
      /* Only what surely never left this machine may still be cancelled. */
      if (!answer->sent && !self->maybe_sent)
        self->intent->phase = PROLONG_PHASE_READY;
      prolong_operation_wait (self, g_steal_pointer (&answer->problem), answer->retry_after);
    }
}

static void
send (ProlongOperation *self)
{
  ProlongActivationRequest message = { 0 };
  g_autofree char *body = NULL;
  ProlongRequest request = { 0 };

  message.code = (char *) prolong_code_get_text (self->code);
  message.nonce = self->intent->nonce;
  message.device.device = (char *) prolong_vendor_get_device (self->vendor);
  message.device.device_name = self->intent->device_name;
  message.device.product = *self->intent->product != '\0' ? self->intent->product : NULL;
  message.device.product_version = *self->intent->product_version != '\0' ? self->intent->product_version : NULL;
  body = prolong_activation_request_encode (&message);
  request.method = "POST";
  request.service_url = prolong_vendor_get_profile (self->vendor)->service_url;
  request.path = PROLONG_RENEWAL_ACTIVATIONS;
  request.body = body;
  request.key = self->intent->key;
  prolong_operation_reach ("sending");
  prolong_service_call_async (&request, NULL, on_answer, g_object_ref (self));
  prolong_wipe (body, strlen (body));
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

static void
attempt (ProlongOperation *self)
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

/* Step 2: the code into the keyring, or, after a restart, out of it. */

static void
on_code_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean stored = prolong_keyring_store_finish (PROLONG_KEYRING (source), result, &error);

  self->maybe_kept = stored || self->cancelled;
  prolong_operation_reach ("stored");
  if (self->cancelled)
    prolong_operation_undo (self);
  else if (stored || g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE))
    {
      /* Without a keyring the code is held in memory only, and asked for again after a restart. */
      self->intent->phase = PROLONG_PHASE_READY;
      attempt (self);
    }
  else
    refuse (self, g_steal_pointer (&error));
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
on_code_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;
  ProlongCode *code = prolong_keyring_lookup_finish (PROLONG_KEYRING (source), result, &error);

  if (self->cancelled)
    {
      g_clear_error (&error);
      g_clear_pointer (&code, prolong_code_unref);
      prolong_operation_undo (self);
      return;
    }
  if (code == NULL)
    {
      self->maybe_kept = g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_LOCKED);
      prolong_operation_wait (self, error, 0);
      return;
    }
  g_clear_pointer (&self->code, prolong_code_unref);
  self->code = code;
  attempt (self);
}

void
prolong_operation_go_on (ProlongOperation *self)
{
  const ProlongCodeFormat *format = &prolong_vendor_get_profile (self->vendor)->format;

  if (self->code != NULL)
    {
      attempt (self);
      return;
    }
  self->busy = TRUE;
  prolong_operation_set_step (self, PROLONG_OPERATION_STORING);
  prolong_keyring_lookup_async (self->context->keyring, self->intent->code_id, format, self->may_prompt,
                                self->cancellable, on_code_found, g_object_ref (self));
}

/* Step 1 is behind us: the code is well formed and no rule stands against it. */

static void
on_draft_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    refuse (self, error);
  else if (self->cancelled)
    prolong_operation_undo (self);
  else
    store_code (self);
}

void
prolong_operation_begin (ProlongOperation *self)
{
  self->busy = TRUE;
  prolong_operation_reach ("checked");
  write_intent (self, on_draft_written);
}

void
prolong_operation_go_on_with_code (ProlongOperation *self)
{
  /* A code that the service has seen is not stored again: only its answer matters now. */
  if (self->intent->phase == PROLONG_PHASE_SENT)
    attempt (self);
  else
    store_code (self);
}
