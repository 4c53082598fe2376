/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/operation-private.h"

#include "renewal/messages.h"

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
      prolong_operation_wait (self, error, 0);
      return;
    }
  prolong_operation_reach ("saved");
  g_free (self->intent->product);
  self->intent->product = g_strdup (self->ticket->product);
  self->host->adopt (self->host->data, self->vendor, g_steal_pointer (&self->record),
                     g_steal_pointer (&self->ticket));
  if (self->intent->kind == PROLONG_INTENT_HAND_OVER)
    prolong_operation_leave_list (self);
  else
    prolong_operation_clear_intent (self);
}

static void
save (ProlongOperation *self)
{
  ProlongLicense *held = self->host->find_license (self->host->data, self->vendor, self->ticket->product);
  g_autofree char *name = prolong_license_file_name (self->record->vendor, self->record->product);
  g_autoptr (GBytes) bytes = prolong_license_record_encode (self->record);

  if (held != NULL)
    prolong_license_set_superseded (held, TRUE);
  prolong_operation_set_step (self, PROLONG_OPERATION_SAVING);
  prolong_operation_reach ("saving");
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
  g_set_error_literal (error, PROLONG_TICKET_ERROR, PROLONG_TICKET_ERROR_SUBJECT,
                       "The ticket is for another product");
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

/* The code of the license whose place this one takes, so that it is not forgotten in the keyring. */
static char *
find_replaced (ProlongOperation *self)
{
  ProlongLicense *held = self->host->find_license (self->host->data, self->vendor, self->ticket->product);
  const ProlongLicenseRecord *old = held != NULL ? prolong_license_get_record (held) : NULL;

  if (old == NULL)
    return g_strdup ("");
  if (old->code_id != NULL && !g_str_equal (old->code_id, self->intent->code_id))
    return g_strdup (old->code_id);
  return g_strdup (old->replaces);
}

void
prolong_operation_take_answer (ProlongOperation *self, const ProlongAnswer *answer)
{
  ProlongActivation activation = { 0 };
  ProlongClock *clock = self->context->clock;
  GError *error = NULL;

  prolong_operation_set_step (self, PROLONG_OPERATION_VERIFYING);
  prolong_operation_reach ("verifying");
  if (!prolong_activation_decode (answer->body, answer->length, &activation, &error)
      || !verify (self, &activation, &error))
    {
      prolong_activation_clear (&activation);
      prolong_operation_wait (self, prolong_service_answer_problem (error), 0);
      return;
    }
  prolong_operation_reach ("verified");
  self->record = g_new0 (ProlongLicenseRecord, 1);
  self->record->vendor = g_strdup (self->intent->vendor);
  self->record->product = g_strdup (self->ticket->product);
  self->record->ticket = g_steal_pointer (&activation.ticket);
  self->record->seat_token = g_steal_pointer (&activation.seat_token);
  self->record->code_id = self->maybe_kept ? g_strdup (self->intent->code_id) : NULL;
  self->record->operation = g_strdup (self->intent->id);
  self->record->replaces = find_replaced (self);
  self->record->checked_at = prolong_clock_get_system (clock);
  self->record->service_time = self->ticket->iat;
  self->record->boot_id = g_strdup (prolong_clock_get_boot_id (clock));
  self->record->boot_time = prolong_clock_get_boot (clock);
  prolong_activation_clear (&activation);
  save (self);
}
