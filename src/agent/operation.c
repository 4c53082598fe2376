/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/operation-private.h"

#include "agent/device.h"
#include "agent/schedule.h"

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
  [PROLONG_OPERATION_CHECKING] = { "checking", 0.05 },  [PROLONG_OPERATION_STORING] = { "storing", 0.2 },
  [PROLONG_OPERATION_SENDING] = { "sending", 0.4 },     [PROLONG_OPERATION_VERIFYING] = { "verifying", 0.8 },
  [PROLONG_OPERATION_SAVING] = { "saving", 0.9 },       [PROLONG_OPERATION_WAITING] = { "waiting", 0.4 },
  [PROLONG_OPERATION_DONE] = { "done", 1.0 },           [PROLONG_OPERATION_REFUSED] = { "refused", 0.0 },
  [PROLONG_OPERATION_CANCELLED] = { "cancelled", 0.0 },
};

static void (*observer) (const char *point);

void
prolong_operation_set_observer (void (*function) (const char *point))
{
  observer = function;
}

void
prolong_operation_reach (const char *point)
{
  if (observer != NULL)
    observer (point);
}

const char *
prolong_operation_step_get_name (ProlongOperationStep step)
{
  return steps[step].name;
}

void
prolong_operation_set_step (ProlongOperation *self, ProlongOperationStep step)
{
  self->step = step;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
prolong_operation_set_error (ProlongOperation *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_free (self->intent->problem);
  self->intent->problem = g_strdup (error != NULL ? prolong_problem_get_name (error->code) : "");
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
      prolong_operation_set_error (self, problem_of_intent (self->intent));
      prolong_operation_set_step (self, PROLONG_OPERATION_WAITING);
    }
  else if (self->fresh)
    prolong_operation_begin (self);
  else
    prolong_operation_go_on (self);
}

void
prolong_operation_wake (ProlongOperation *self)
{
  if (self->step == PROLONG_OPERATION_WAITING && self->intent->retry_at != 0
      && self->intent->retry_at <= prolong_clock_get_system (self->context->clock))
    prolong_operation_go_on (self);
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
  prolong_operation_go_on (self);
}

void
prolong_operation_retry_soon (ProlongOperation *self)
{
  gint64 soon = prolong_clock_get_system (self->context->clock)
                + prolong_schedule_return (prolong_schedule_chance ());

  if (self->step == PROLONG_OPERATION_WAITING
      && (self->intent->retry_at == 0 || soon < self->intent->retry_at))
    {
      self->intent->retry_at = soon;
      prolong_operation_set_step (self, PROLONG_OPERATION_WAITING);
    }
}

gboolean
prolong_operation_waits_for (ProlongOperation *self, ProlongProblem problem)
{
  return self->step == PROLONG_OPERATION_WAITING
         && g_error_matches (self->error, PROLONG_PROBLEM, (int)problem);
}

gboolean
prolong_operation_provide_code (ProlongOperation *self, const char *text, GError **error)
{
  const ProlongCodeFormat *format = &prolong_vendor_get_profile (self->vendor)->format;
  g_autoptr (GError) cause = NULL;
  g_autoptr (ProlongCode) code = prolong_code_parse (text, format, &cause);
  g_autofree char *mask = NULL;

  if (code == NULL)
    {
      g_propagate_error (
          error, prolong_problem_error_new (PROLONG_PROBLEM_CODE_MALFORMED, NULL, "%s", cause->message));
      return FALSE;
    }
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
  prolong_operation_go_on_with_code (self);
  return TRUE;
}

gboolean
prolong_operation_cancel (ProlongOperation *self, GError **error)
{
  if (!prolong_operation_is_cancellable (self))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT,
                           "The code was sent already");
      return FALSE;
    }
  self->cancelled = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (!self->busy)
    prolong_operation_undo (self);
  return TRUE;
}

gboolean
prolong_operation_abandon (ProlongOperation *self)
{
  if (self->busy || self->intent->phase == PROLONG_PHASE_SENT)
    return FALSE;
  self->cancelled = TRUE;
  prolong_operation_undo (self);
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
  /* A hand-over is not the person's to cancel: removing its reserve code stops it. */
  return !prolong_operation_has_ended (self) && !self->cancelled && self->intent->phase != PROLONG_PHASE_SENT
         && self->intent->kind != PROLONG_INTENT_HAND_OVER;
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
  g_clear_pointer (&self->previous_code, prolong_code_unref);
  prolong_preflight_clear (&self->preflight);
  g_clear_pointer (&self->record, prolong_license_record_free);
  g_clear_pointer (&self->ticket, prolong_ticket_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (prolong_operation_parent_class)->finalize (object);
}

static void
prolong_operation_class_init (ProlongOperationClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_operation_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
prolong_operation_init (ProlongOperation *self)
{
  self->cancellable = g_cancellable_new ();
}

ProlongOperation *
prolong_operation_resume (const ProlongContext *context,
                          const ProlongOperationHost *host,
                          ProlongVendor *vendor,
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

static ProlongIntent *
intent_new (const ProlongContext *context, ProlongVendor *vendor, const ProlongOperationPlan *plan)
{
  ProlongIntent *intent = g_new0 (ProlongIntent, 1);

  intent->id = plan->id != NULL ? g_strdup (plan->id) : g_uuid_string_random ();
  intent->kind = plan->kind;
  intent->vendor = g_strdup (prolong_vendor_get_profile (vendor)->id);
  intent->product = g_strdup (plan->product);
  intent->reserve = g_strdup (plan->reserve != NULL ? plan->reserve->id : "");
  intent->code_id = plan->reserve != NULL ? g_strdup (plan->reserve->code_id) : g_uuid_string_random ();
  intent->mask = plan->reserve != NULL ? g_strdup (plan->reserve->mask) : prolong_code_dup_mask (plan->code);
  intent->previous_id = plan->previous_code != NULL ? g_uuid_string_random () : g_strdup ("");
  intent->accept_shorter_term = plan->accept_shorter_term;
  intent->key = g_uuid_string_random ();
  intent->nonce = prolong_random_token ();
  intent->device_name = prolong_device_name (context->settings);
  intent->product_version = g_strdup (plan->version);
  intent->phase = plan->reserve != NULL ? PROLONG_PHASE_READY : PROLONG_PHASE_STORING;
  intent->problem = g_strdup ("");
  return intent;
}

ProlongOperation *
prolong_operation_new (const ProlongContext *context,
                       const ProlongOperationHost *host,
                       ProlongVendor *vendor,
                       const ProlongOperationPlan *plan)
{
  ProlongOperation *self
      = prolong_operation_resume (context, host, vendor, intent_new (context, vendor, plan));

  self->fresh = TRUE;
  self->maybe_kept = plan->reserve != NULL;
  self->may_prompt = TRUE;
  if (plan->code != NULL)
    self->code = prolong_code_ref (plan->code);
  if (plan->previous_code != NULL)
    self->previous_code = prolong_code_ref (plan->previous_code);
  return self;
}
