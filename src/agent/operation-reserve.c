/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/operation-private.h"

/* Before a code is kept: what would it give? */

static void
on_preflight (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);

  if (self->cancelled)
    {
      prolong_operation_undo (self);
      return;
    }
  if (answer->problem != NULL && answer->decision)
    {
      prolong_operation_refuse (self, g_steal_pointer (&answer->problem));
      return;
    }
  /* A service that cannot be asked now is asked again later; the code is kept meanwhile. */
  self->has_preflight = answer->problem == NULL
                        && prolong_preflight_decode (answer->body, answer->length, &self->preflight, NULL);
  prolong_operation_write_draft (self);
}

void
prolong_operation_ask_first (ProlongOperation *self)
{
  ProlongCodeRequest request = { 0 };

  self->busy = TRUE;
  prolong_operation_set_step (self, PROLONG_OPERATION_CHECKING);
  prolong_operation_fill_request (self, &request);
  request.after = self->host->get_current (self->host->data, self->intent);
  prolong_code_request_call_async (&request, self->vendor, PROLONG_RENEWAL_PREFLIGHTS, NULL,
                                   self->cancellable, on_preflight, g_object_ref (self));
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;

  if (!self->host->change_finish (self->host->data, result, &error))
    {
      prolong_operation_wait (self, error, 0);
      return;
    }
  prolong_operation_reach ("saved");
  prolong_operation_clear_intent (self);
}

void
prolong_operation_keep (ProlongOperation *self)
{
  self->busy = TRUE;
  g_clear_error (&self->error);
  prolong_operation_set_step (self, PROLONG_OPERATION_SAVING);
  prolong_operation_reach ("saving");
  /* A reserve code has the id of the operation that saved it, so that clients find the one by the other. */
  g_free (self->intent->reserve);
  self->intent->reserve = g_strdup (self->intent->id);
  self->host->keep (self->host->data, self->intent, self->has_preflight ? &self->preflight : NULL, on_kept,
                    g_object_ref (self));
}

/* Before a hand-over: a clock that was set forward must not spend a reserve code. */

static void
on_end_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;

  switch (self->host->confirm_end_finish (self->host->data, result, &error))
    {
    case PROLONG_END_REACHED:
      self->end_reached = TRUE;
      prolong_operation_go_on (self);
      break;
    case PROLONG_END_NOT_YET:
      self->cancelled = TRUE;
      prolong_operation_undo (self);
      break;
    case PROLONG_END_UNKNOWN:
    default:
      prolong_operation_wait (self, error, 0);
    }
}

void
prolong_operation_confirm_end (ProlongOperation *self)
{
  self->busy = TRUE;
  prolong_operation_set_step (self, PROLONG_OPERATION_CHECKING);
  self->host->confirm_end (self->host->data, self->intent, on_end_confirmed, g_object_ref (self));
}

/* After it: the list says so before the intent is cleared, so that no code is handed over twice. */

static void
on_left_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  GError *error = NULL;

  /* The list must not offer a code that is a license; the next attempt brings the same ticket and comes here
   * again. */
  if (self->host->change_finish (self->host->data, result, &error))
    prolong_operation_clear_intent (self);
  else
    prolong_operation_wait (self, error, 0);
}

void
prolong_operation_leave_list (ProlongOperation *self)
{
  self->host->hand_over (self->host->data, self->intent, on_left_list, g_object_ref (self));
}

static void
on_given_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongOperation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!self->host->change_finish (self->host->data, result, &error))
    g_message ("%s", error->message);
  prolong_operation_clear_intent (self);
}

void
prolong_operation_give_up (ProlongOperation *self, GError *error)
{
  self->busy = TRUE;
  prolong_operation_set_error (self, error);
  self->host->give_up (self->host->data, self->intent, error, on_given_up, g_object_ref (self));
}
