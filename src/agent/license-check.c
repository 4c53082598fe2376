/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/license-private.h"

#include "agent/device.h"
#include "agent/schedule.h"
#include "agent/service-client.h"
#include "renewal/messages.h"

static void
return_outcome (GTask *task, const GError *error)
{
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* A fresh ticket is what all who wait for one want, whatever brought it. */
static void
settle (ProlongLicense *license, const GError *error)
{
  GTask *switching = g_steal_pointer (&license->switching);
  GQueue waiting = license->waiting;
  GTask *task;

  g_queue_init (&license->waiting);
  g_clear_pointer (&license->nonce, g_free);
  license->check_problem = error != NULL ? error->code : -1;
  prolong_license_emit_checked (license);
  prolong_license_emit_changed (license);

  if (switching != NULL)
    return_outcome (switching, error);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    return_outcome (task, error);
  prolong_license_ask (license);
}

/* What did not answer now is asked again when a renewal can be known, though failures made the waits long. */
static gint64
seconds_to_retry (ProlongLicense *license, gint64 retry_after)
{
  gint64 wait = prolong_schedule_retry (license->failures, prolong_schedule_chance ());
  gint64 now = prolong_vendor_get_now (license->vendor, license->context->clock, NULL);

  return MAX (retry_after, MIN (wait, prolong_license_wait_for_renewal (license, now)));
}

/* That auto-renewal was not switched says nothing about the ticket that is held. */
static void
settle_switch (ProlongLicense *license, const GError *error, gboolean decided)
{
  GTask *task = g_steal_pointer (&license->switching);

  g_clear_pointer (&license->nonce, g_free);
  if (!decided)
    prolong_license_schedule_check (license, prolong_schedule_return (prolong_schedule_chance ()));
  prolong_license_emit_changed (license);
  return_outcome (task, error);
  prolong_license_ask (license);
}

static void
settle_failure (ProlongLicense *license, GError *error, gboolean decided, gint64 retry_after)
{
  g_autoptr (GError) owned = error;

  if (license->switching != NULL)
    {
      settle_switch (license, owned, decided);
      return;
    }
  license->failures++;
  prolong_license_schedule_check (license, seconds_to_retry (license, retry_after));
  settle (license, owned);
}

typedef struct
{
  ProlongLicense *license;
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
} Adoption;

static void
adoption_free (Adoption *adoption)
{
  g_object_unref (adoption->license);
  g_clear_pointer (&adoption->record, prolong_license_record_free);
  g_clear_pointer (&adoption->ticket, prolong_ticket_free);
  g_free (adoption);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adoption, adoption_free)

static void
on_record_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Adoption) adoption = user_data;
  ProlongLicense *license = adoption->license;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      settle_failure (license, error, FALSE, 0);
      return;
    }
  prolong_license_record_free (license->record);
  license->record = g_steal_pointer (&adoption->record);
  prolong_ticket_free (license->ticket);
  license->ticket = g_steal_pointer (&adoption->ticket);
  prolong_vendor_learn_time (license->vendor, license->record->service_time, license->record->boot_id,
                             license->record->boot_time);
  license->failures = 0;
  prolong_license_schedule_check (license,
                                  MIN (prolong_schedule_check (prolong_schedule_chance ()),
                                       prolong_license_wait_for_renewal (license, license->ticket->iat)));
  settle (license, NULL);
}

static ProlongLicenseRecord *
renewed_record (ProlongLicense *license, const char *jws, const ProlongTicket *ticket)
{
  ProlongClock *clock = license->context->clock;
  ProlongLicenseRecord *record = g_new0 (ProlongLicenseRecord, 1);

  record->vendor = g_strdup (license->record->vendor);
  record->product = g_strdup (license->record->product);
  record->seat_token = g_strdup (license->record->seat_token);
  record->code_id = g_strdup (license->record->code_id);
  record->operation = g_strdup (license->record->operation);
  record->replaces = g_strdup (license->record->replaces);
  record->ticket = g_strdup (jws);
  record->checked_at = prolong_clock_get_system (clock);
  record->service_time = ticket->iat;
  record->boot_id = g_strdup (prolong_clock_get_boot_id (clock));
  record->boot_time = prolong_clock_get_boot (clock);
  return record;
}

static ProlongTicket *
verify_answer (ProlongLicense *license, const ProlongAnswer *answer, char **jws, GError **error)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (license->vendor);
  g_autoptr (ProlongTicket) ticket = NULL;

  *jws = prolong_ticket_answer_decode (answer->body, answer->length, error);
  if (*jws == NULL)
    return NULL;
  ticket = prolong_ticket_verify (*jws, strlen (*jws), profile->keys, profile->id,
                                  prolong_vendor_get_device (license->vendor), error);
  if (ticket == NULL || !prolong_ticket_check_answer (ticket, license->nonce, license->ticket, error))
    return NULL;
  if (!g_str_equal (ticket->product, license->record->product))
    {
      g_set_error_literal (error, PROLONG_TICKET_ERROR, PROLONG_TICKET_ERROR_SUBJECT,
                           "The ticket is for another product");
      return NULL;
    }
  return g_steal_pointer (&ticket);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongLicense) license = user_data;
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  g_autoptr (GError) error = NULL;
  g_autofree char *jws = NULL;
  g_autoptr (ProlongTicket) ticket = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Adoption *adoption;

  if (license->superseded)
    {
      g_set_error_literal (&error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE,
                           "The license was replaced or removed");
      settle (license, error);
      return;
    }
  if (answer->problem != NULL)
    {
      settle_failure (license, g_steal_pointer (&answer->problem), answer->decision, answer->retry_after);
      return;
    }
  ticket = verify_answer (license, answer, &jws, &error);
  if (ticket == NULL)
    {
      settle_failure (license, prolong_service_answer_problem (g_steal_pointer (&error)), FALSE, 0);
      return;
    }

  adoption = g_new0 (Adoption, 1);
  adoption->record = renewed_record (license, jws, ticket);
  adoption->ticket = g_steal_pointer (&ticket);
  name = prolong_license_file_name (license->record->vendor, license->record->product);
  bytes = prolong_license_record_encode (adoption->record);
  adoption->license = g_steal_pointer (&license);
  prolong_store_write_async (adoption->license->context->store, name, bytes, on_record_written, adoption);
}

/* What is asked: a fresh ticket, or one whose auto-renewal is another. */

typedef struct
{
  const char *method;
  const char *path;
  char *body;
} Question;

static Question
refresh_question (const ProlongTicketRequest *message)
{
  return (Question){ "POST", PROLONG_RENEWAL_TICKETS, prolong_ticket_request_encode (message) };
}

static Question
switch_question (const ProlongTicketRequest *message, gboolean on)
{
  ProlongAutoRenewalRequest request = { .on = on, .ticket = *message };

  return (Question){ "PUT", PROLONG_RENEWAL_AUTO_RENEWAL, prolong_auto_renewal_request_encode (&request) };
}

static void
ask (ProlongLicense *license, const Question *question)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *path
      = g_strconcat (PROLONG_RENEWAL_ACTIVATIONS "/", license->ticket->sub, question->path, NULL);
  ProlongRequest request = {
    .method = question->method,
    .service_url = prolong_vendor_get_profile (license->vendor)->service_url,
    .path = path,
    .body = question->body,
    .key = key,
    .token = license->record->seat_token,
  };

  prolong_service_call_async (&request, NULL, on_answer, g_object_ref (license));
}

void
prolong_license_ask (ProlongLicense *license)
{
  g_autofree char *name = prolong_device_name (license->context->settings);
  ProlongTicketRequest message = { .device_name = name, .product_version = license->product_version };
  Question question;

  if (license->nonce != NULL || (license->switches.length == 0 && license->waiting.length == 0))
    return;
  license->nonce = prolong_random_token ();
  message.nonce = license->nonce;
  license->switching = g_queue_pop_head (&license->switches);
  if (license->switching != NULL)
    question = switch_question (&message, GPOINTER_TO_INT (g_task_get_task_data (license->switching)));
  else
    question = refresh_question (&message);
  ask (license, &question);
  g_free (question.body);
}

void
prolong_license_refresh_async (ProlongLicense *license, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (license, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_license_refresh_async);
  g_queue_push_tail (&license->waiting, task);
  prolong_license_ask (license);
}

gboolean
prolong_license_refresh_finish (ProlongLicense *license, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, license), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
prolong_license_set_auto_renewal_async (ProlongLicense *license,
                                        gboolean on,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task = g_task_new (license, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_license_set_auto_renewal_async);
  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  g_queue_push_tail (&license->switches, task);
  prolong_license_ask (license);
}

gboolean
prolong_license_set_auto_renewal_finish (ProlongLicense *license, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, license), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
