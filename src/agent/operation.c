/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/operation.h"

#include "agent/device.h"
#include "agent/schedule.h"
#include "agent/service-client.h"
#include "renewal/messages.h"

struct _ProlongOperation
{
  GObject parent_instance;
  const ProlongContext *context;
  const ProlongOperationHost *host;
  ProlongVendor *vendor;
  ProlongIntent *intent;
  ProlongCode *code; /* NULL after a restart, until it is looked up */

  ProlongOperationStep step;
  GError *error;
  GCancellable *cancellable;
  gboolean cancelled;
  gboolean busy;       /* a step is under way and will call back */
  gboolean may_prompt; /* the person is there */
  gboolean maybe_kept; /* the code may be in the keyring */
  gboolean maybe_sent; /* an attempt before this one may have reached the service */

  /* Between the answer and the durable record. */
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongOperation, prolong_operation, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  double progress;
} steps[] = {
  [PROLONG_OPERATION_CHECKING] = { "checking", 0.05 },   [PROLONG_OPERATION_STORING] = { "storing", 0.2 },
  [PROLONG_OPERATION_SENDING] = { "sending", 0.4 },      [PROLONG_OPERATION_VERIFYING] = { "verifying", 0.8 },
  [PROLONG_OPERATION_SAVING] = { "saving", 0.9 },        [PROLONG_OPERATION_WAITING] = { "waiting", 0.4 },
  [PROLONG_OPERATION_DONE] = { "done", 1.0 },            [PROLONG_OPERATION_REFUSED] = { "refused", 0.0 },
  [PROLONG_OPERATION_CANCELLED] = { "cancelled", 0.0 },
};

static void (*observer) (const char *point);

void
prolong_operation_set_observer (void (*function) (const char *point))
{
  observer = function;
}

static void
reach (const char *point)
{
  if (observer != NULL)
    observer (point);
}

const char *
prolong_operation_step_get_name (ProlongOperationStep step)
{
  return steps[step].name;
}

static void
set_step (ProlongOperation *self, ProlongOperationStep step)
{
  self->step = step;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_error (ProlongOperation *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_free (self->intent->problem);
  self->intent->problem = g_strdup (error != NULL ? prolong_problem_get_name (error->code) : "");
}

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
  reach ("cleared");
  g_clear_pointer (&self->code, prolong_code_unref);
  if (self->cancelled)
    set_step (self, PROLONG_OPERATION_CANCELLED);
  else
    set_step (self, self->error != NULL ? PROLONG_OPERATION_REFUSED : PROLONG_OPERATION_DONE);
}

static void
remove_intent (ProlongOperation *self)
{
  g_autofree char *name = journal_name (self);

  reach ("clearing");
  prolong_store_write_async (self->context->store, name, NULL, on_intent_removed, g_object_ref (self));
}

static void
on_code_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    g_message ("A code that was not used stays in the keyring: %s", error->message);
  remove_intent (self);
}

static void
undo (ProlongOperation *self)
{
  self->busy = TRUE;
  if (self->maybe_kept)
    prolong_keyring_clear_async (self->context->keyring, self->intent->code_id, on_code_cleared, g_object_ref (self));
  else
    remove_intent (self);
}

static void
refuse (ProlongOperation *self, GError *error)
{
  set_error (self, error);
  undo (self);
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
      undo (self);
      return;
    }
  self->busy = FALSE;
  set_step (self, PROLONG_OPERATION_WAITING);
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

static void
wait_with (ProlongOperation *self, GError *error, gint64 retry_after)
{
  self->may_prompt = FALSE;
  self->intent->failures++;
  self->intent->retry_at = 0;
  if (!is_for_the_person (error))
    self->intent->retry_at = prolong_clock_get_system (self->context->clock) + wait_before_retry (self, retry_after);
  set_error (self, error);
  write_intent (self, on_wait_written);
}

/* Steps 5 to 7: verify, save, clear. */

static void
on_record_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  ProlongLicense *held = self->host->find_license (self->host->data, self->vendor, self->ticket->product);
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      if (held != NULL)
        prolong_license_set_superseded (held, FALSE);
      g_clear_pointer (&self->record, prolong_license_record_free);
      g_clear_pointer (&self->ticket, prolong_ticket_free);
      wait_with (self, error, 0);
      return;
    }
  reach ("saved");
  g_free (self->intent->product);
  self->intent->product = g_strdup (self->ticket->product);
  self->host->adopt (self->host->data, self->vendor, g_steal_pointer (&self->record), g_steal_pointer (&self->ticket));
  remove_intent (self);
}

static void
save (ProlongOperation *self)
{
  ProlongLicense *held = self->host->find_license (self->host->data, self->vendor, self->ticket->product);
  g_autofree char *name = prolong_license_file_name (self->record->vendor, self->record->product);
  g_autoptr (GBytes) bytes = prolong_license_record_encode (self->record);

  if (held != NULL)
    prolong_license_set_superseded (held, TRUE);
  set_step (self, PROLONG_OPERATION_SAVING);
  reach ("saving");
  prolong_store_write_async (self->context->store, name, bytes, on_record_written, g_object_ref (self));
}

static gboolean
check_product (ProlongOperation *self, const ProlongTicket *ticket, GError **error)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (self->vendor);
  const char *asked = self->intent->product;

  if (prolong_profile_find_product (profile, ticket->product) != NULL
      && (*asked == '\0' || g_str_equal (asked, ticket->product)))
    return TRUE;
  g_set_error_literal (error, PROLONG_TICKET_ERROR, PROLONG_TICKET_ERROR_SUBJECT, "The ticket is for another product");
  return FALSE;
}

static gboolean
verify (ProlongOperation *self, const ProlongActivation *activation, GError **error)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (self->vendor);
  g_autoptr (ProlongTicket) ticket = NULL;
  ProlongLicense *held;
  const ProlongTicket *older = NULL;

  ticket = prolong_ticket_verify (activation->ticket, strlen (activation->ticket), profile->keys, profile->id,
                                  prolong_vendor_get_device (self->vendor), error);
  if (ticket == NULL || !check_product (self, ticket, error))
    return FALSE;
  if (!g_str_equal (ticket->sub, activation->activation))
    {
      g_set_error_literal (error, PROLONG_TICKET_ERROR, PROLONG_TICKET_ERROR_SUBJECT,
                           "The ticket is for another activation");
      return FALSE;
    }
  held = self->host->find_license (self->host->data, self->vendor, ticket->product);
  if (held != NULL && g_str_equal (prolong_license_get_ticket (held)->sub, ticket->sub))
    older = prolong_license_get_ticket (held);
  /* A ticket held already answers this very request when the agent ended between saving and clearing. */
  if (older != NULL && older->serial == ticket->serial && g_str_equal (older->nonce, ticket->nonce))
    older = NULL;
  if (!prolong_ticket_check_answer (ticket, self->intent->nonce, older, error))
    return FALSE;
  self->ticket = g_steal_pointer (&ticket);
  return TRUE;
}

static void
take_answer (ProlongOperation *self, const ProlongAnswer *answer)
{
  ProlongActivation activation = { 0 };
  ProlongClock *clock = self->context->clock;
  GError *error = NULL;

  set_step (self, PROLONG_OPERATION_VERIFYING);
  reach ("verifying");
  if (!prolong_activation_decode (answer->body, answer->length, &activation, &error)
      || !verify (self, &activation, &error))
    {
      prolong_activation_clear (&activation);
      wait_with (self, prolong_service_answer_problem (error), 0);
      return;
    }
  reach ("verified");
  self->record = g_new0 (ProlongLicenseRecord, 1);
  self->record->vendor = g_strdup (self->intent->vendor);
  self->record->product = g_strdup (self->ticket->product);
  self->record->ticket = g_steal_pointer (&activation.ticket);
  self->record->seat_token = g_steal_pointer (&activation.seat_token);
  self->record->code_id = self->maybe_kept ? g_strdup (self->intent->code_id) : NULL;
  self->record->operation = g_strdup (self->intent->id);
  self->record->checked_at = prolong_clock_get_system (clock);
  self->record->service_time = self->ticket->iat;
  self->record->boot_id = g_strdup (prolong_clock_get_boot_id (clock));
  self->record->boot_time = prolong_clock_get_boot (clock);
  prolong_activation_clear (&activation);
  save (self);
}

/* Step 4: send. */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);

  reach ("answered");
  if (answer->problem == NULL)
    take_answer (self, answer);
  else if (answer->decision)
    refuse (self, g_steal_pointer (&answer->problem));
  else
    {
      /* Only what surely never left this machine may still be cancelled. */
      if (!answer->sent && !self->maybe_sent)
        self->intent->phase = PROLONG_PHASE_READY;
      wait_with (self, g_steal_pointer (&answer->problem), answer->retry_after);
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
  reach ("sending");
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
      wait_with (self, error, 0);
      return;
    }
  reach ("intended");
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
      set_step (self, PROLONG_OPERATION_SENDING);
      send (self);
      return;
    }
  self->intent->phase = PROLONG_PHASE_SENT;
  set_step (self, PROLONG_OPERATION_SENDING);
  reach ("intending");
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
  reach ("stored");
  if (self->cancelled)
    undo (self);
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
  set_step (self, PROLONG_OPERATION_STORING);
  reach ("storing");
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
      undo (self);
      return;
    }
  if (code == NULL)
    {
      self->maybe_kept = g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_LOCKED);
      wait_with (self, error, 0);
      return;
    }
  g_clear_pointer (&self->code, prolong_code_unref);
  self->code = code;
  attempt (self);
}

static void
go_on (ProlongOperation *self)
{
  const ProlongCodeFormat *format = &prolong_vendor_get_profile (self->vendor)->format;

  if (self->code != NULL)
    {
      attempt (self);
      return;
    }
  self->busy = TRUE;
  set_step (self, PROLONG_OPERATION_STORING);
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
    undo (self);
  else
    store_code (self);
}

static GError *
problem_of_intent (const ProlongIntent *intent)
{
  ProlongProblem problem;

  if (!prolong_problem_from_name (intent->problem, &problem))
    problem = PROLONG_PROBLEM_SERVICE_UNAVAILABLE;
  return prolong_problem_error_new (problem, NULL, "Waiting since before the restart");
}

void
prolong_operation_start (ProlongOperation *self)
{
  if (self->intent->retry_at > prolong_clock_get_system (self->context->clock))
    {
      set_error (self, problem_of_intent (self->intent));
      set_step (self, PROLONG_OPERATION_WAITING);
    }
  else if (self->code == NULL)
    go_on (self);
  else
    {
      self->busy = TRUE;
      reach ("checked");
      write_intent (self, on_draft_written);
    }
}

void
prolong_operation_wake (ProlongOperation *self)
{
  if (self->step == PROLONG_OPERATION_WAITING && self->intent->retry_at != 0
      && self->intent->retry_at <= prolong_clock_get_system (self->context->clock))
    go_on (self);
}

gint64
prolong_operation_get_alarm (ProlongOperation *self)
{
  gboolean waits = self->step == PROLONG_OPERATION_WAITING && self->intent->retry_at != 0;

  return waits ? self->intent->retry_at : G_MAXINT64;
}

void
prolong_operation_retry (ProlongOperation *self)
{
  if (self->step != PROLONG_OPERATION_WAITING)
    return;
  self->may_prompt = TRUE;
  go_on (self);
}

void
prolong_operation_retry_soon (ProlongOperation *self)
{
  gint64 soon = prolong_clock_get_system (self->context->clock) + prolong_schedule_soon (g_random_double ());

  if (self->step == PROLONG_OPERATION_WAITING && (self->intent->retry_at == 0 || soon < self->intent->retry_at))
    {
      self->intent->retry_at = soon;
      set_step (self, PROLONG_OPERATION_WAITING);
    }
}

gboolean
prolong_operation_waits_for (ProlongOperation *self, ProlongProblem problem)
{
  return self->step == PROLONG_OPERATION_WAITING && g_error_matches (self->error, PROLONG_PROBLEM, (int) problem);
}

gboolean
prolong_operation_provide_code (ProlongOperation *self, const char *text, GError **error)
{
  const ProlongCodeFormat *format = &prolong_vendor_get_profile (self->vendor)->format;
  g_autoptr (ProlongCode) code = prolong_code_parse (text, format, error);
  g_autofree char *mask = NULL;

  if (code == NULL)
    return FALSE;
  mask = prolong_code_dup_mask (code);
  if (!g_str_equal (mask, self->intent->mask))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_CODE_UNKNOWN,
                           "This is not the code whose activation is under way");
      return FALSE;
    }
  if (self->step != PROLONG_OPERATION_WAITING || self->code != NULL)
    return TRUE;
  self->code = g_steal_pointer (&code);
  /* A code that the service has seen is not stored again: only its answer matters now. */
  if (self->intent->phase == PROLONG_PHASE_SENT)
    attempt (self);
  else
    store_code (self);
  return TRUE;
}

gboolean
prolong_operation_cancel (ProlongOperation *self, GError **error)
{
  if (!prolong_operation_is_cancellable (self))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT, "The code was sent already");
      return FALSE;
    }
  self->cancelled = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (!self->busy)
    undo (self);
  return TRUE;
}

const ProlongIntent *
prolong_operation_get_intent (ProlongOperation *self)
{
  return self->intent;
}

ProlongVendor *
prolong_operation_get_vendor (ProlongOperation *self)
{
  return self->vendor;
}

ProlongOperationStep
prolong_operation_get_step (ProlongOperation *self)
{
  return self->step;
}

double
prolong_operation_get_progress (ProlongOperation *self)
{
  return steps[self->step].progress;
}

gboolean
prolong_operation_has_ended (ProlongOperation *self)
{
  return self->step >= PROLONG_OPERATION_DONE;
}

gboolean
prolong_operation_is_cancellable (ProlongOperation *self)
{
  return !prolong_operation_has_ended (self) && !self->cancelled && self->intent->phase != PROLONG_PHASE_SENT;
}

const GError *
prolong_operation_get_error (ProlongOperation *self)
{
  return self->error;
}

gboolean
prolong_operation_has_code (ProlongOperation *self, ProlongCode *code)
{
  g_autofree char *mask = NULL;

  if (self->code != NULL)
    return prolong_code_equal (self->code, code);
  mask = prolong_code_dup_mask (code);
  return g_str_equal (mask, self->intent->mask);
}

static void
prolong_operation_finalize (GObject *object)
{
  ProlongOperation *self = PROLONG_OPERATION (object);

  g_object_unref (self->vendor);
  g_object_unref (self->cancellable);
  prolong_intent_free (self->intent);
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_pointer (&self->record, prolong_license_record_free);
  g_clear_pointer (&self->ticket, prolong_ticket_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (prolong_operation_parent_class)->finalize (object);
}

static void
prolong_operation_class_init (ProlongOperationClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_operation_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
prolong_operation_init (ProlongOperation *self)
{
  self->cancellable = g_cancellable_new ();
}

ProlongOperation *
prolong_operation_resume (const ProlongContext *context, const ProlongOperationHost *host, ProlongVendor *vendor,
                          ProlongIntent *intent)
{
  ProlongOperation *self = g_object_new (PROLONG_TYPE_OPERATION, NULL);

  self->context = context;
  self->host = host;
  self->vendor = g_object_ref (vendor);
  self->intent = intent;
  self->maybe_kept = TRUE;
  return self;
}

ProlongOperation *
prolong_operation_new (const ProlongContext *context, const ProlongOperationHost *host, ProlongVendor *vendor,
                       const char *product, const char *version, ProlongCode *code)
{
  ProlongIntent *intent = g_new0 (ProlongIntent, 1);
  ProlongOperation *self;

  intent->id = g_uuid_string_random ();
  intent->vendor = g_strdup (prolong_vendor_get_profile (vendor)->id);
  intent->product = g_strdup (product);
  intent->code_id = g_uuid_string_random ();
  intent->mask = prolong_code_dup_mask (code);
  intent->key = g_uuid_string_random ();
  intent->nonce = prolong_random_token ();
  intent->device_name = prolong_device_name ();
  intent->product_version = g_strdup (version);
  intent->phase = PROLONG_PHASE_STORING;
  intent->problem = g_strdup ("");
  self = prolong_operation_resume (context, host, vendor, intent);
  self->code = prolong_code_ref (code);
  self->may_prompt = TRUE;
  self->maybe_kept = FALSE;
  return self;
}
