/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"
#include "agent/service-client.h"
#include "renewal/messages.h"

/* A question about the seats of a code: who holds them, or, with a seat, take that one back. */
typedef struct
{
  ProlongVendor *vendor;
  char *seat; /* NULL to ask */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->vendor);
  g_free (question->seat);
  g_free (question);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  GPtrArray *seats;
  GError *error = NULL;

  if (answer->problem != NULL)
    {
      if (!answer->decision)
        prolong_engine_note_service (self, question->vendor, answer->problem->code);
      g_task_return_error (task, g_steal_pointer (&answer->problem));
      return;
    }
  prolong_engine_note_service (self, question->vendor, -1);
  if (question->seat != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  seats = prolong_seats_decode (answer->body, answer->length, &error);
  if (seats != NULL)
    g_task_return_pointer (task, seats, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, prolong_service_answer_problem (error));
}

static void
ask (GTask *task, ProlongCode *code)
{
  Question *question = g_task_get_task_data (task);
  ProlongSeatsRequest message = { 0 };
  ProlongRequest request = { 0 };
  g_autofree char *body = NULL;
  g_autofree char *key = g_uuid_string_random ();

  message.code = (char *)prolong_code_get_text (code);
  message.device = (char *)prolong_vendor_get_device (question->vendor);
  message.seat = question->seat;
  body = prolong_seats_request_encode (&message);
  request.method = "POST";
  request.service_url = prolong_vendor_get_profile (question->vendor)->service_url;
  request.path = question->seat != NULL ? PROLONG_RENEWAL_SEATS_RELEASE : PROLONG_RENEWAL_SEATS_QUERY;
  request.body = body;
  request.key = question->seat != NULL ? key : NULL;
  prolong_service_call_async (&request, NULL, on_answer, g_object_ref (task));
  prolong_wipe (body, strlen (body));
}

static void
on_code (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ProlongCode) code = prolong_keyring_lookup_finish (PROLONG_KEYRING (source), result, &error);

  if (code != NULL)
    ask (task, code);
  else
    g_task_return_error (task, error);
}

static void
start (ProlongEngine *self,
       ProlongLicense *license,
       const char *vendor,
       const char *text,
       const char *seat,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Question *question = g_new0 (Question, 1);
  g_autoptr (ProlongCode) code = NULL;
  const char *code_id = license != NULL ? prolong_license_get_record (license)->code_id : NULL;
  GError *error = NULL;

  question->seat = g_strdup (seat);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, question, question_free);
  question->vendor = license != NULL ? prolong_license_get_vendor (license)
                                     : prolong_engine_choose_vendor (self, vendor, "", text, &error);
  if (question->vendor != NULL)
    g_object_ref (question->vendor);

  if (code_id != NULL)
    {
      prolong_keyring_lookup_async (self->context.keyring, code_id, TRUE, NULL, on_code,
                                    g_steal_pointer (&task));
      return;
    }
  if (license != NULL)
    g_set_error_literal (&error, PROLONG_PROBLEM, PROLONG_PROBLEM_KEYRING_UNAVAILABLE,
                         "The code of the license is not in the keyring");
  else if (question->vendor != NULL)
    code = prolong_engine_parse_code (question->vendor, text, &error);
  if (code != NULL)
    ask (task, code);
  else
    g_task_return_error (task, error);
}

void
prolong_engine_query_seats_async (ProlongEngine *self,
                                  ProlongLicense *license,
                                  const char *vendor,
                                  const char *text,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  start (self, license, vendor, text, NULL, callback, user_data);
}

GPtrArray *
prolong_engine_query_seats_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
prolong_engine_release_seat_async (ProlongEngine *self,
                                   ProlongLicense *license,
                                   const char *vendor,
                                   const char *text,
                                   const char *seat,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  start (self, license, vendor, text, seat, callback, user_data);
}

gboolean
prolong_engine_release_seat_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
