/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/diagnosis.h"
#include "agent/engine-private.h"
#include "license/email.h"
#include "license/redact.h"

ProlongSupportCase *
prolong_engine_find_support_case (ProlongEngine *self, const char *id)
{
  for (guint i = 0; i < self->support->len; i++)
    if (g_str_equal (prolong_support_case_get_record (self->support->pdata[i])->id, id))
      return self->support->pdata[i];
  return NULL;
}

/* Hiding. A code may be of any vendor, whoever is written to. */

static GArray *
list_formats (ProlongEngine *self)
{
  GArray *formats = g_array_new (FALSE, FALSE, sizeof (ProlongCodeFormat));

  g_array_append_val (formats, prolong_code_format_default);
  for (guint i = 0; i < self->vendors->len; i++)
    g_array_append_val (formats, prolong_vendor_get_profile (self->vendors->pdata[i])->format);
  return formats;
}

char *
prolong_engine_hide_secrets (ProlongEngine *self, const char *text, guint *count)
{
  g_autoptr (GArray) formats = list_formats (self);

  return prolong_redact (text, (const ProlongCodeFormat *)formats->data, formats->len, NULL, count);
}

char *
prolong_engine_redact_diagnosis (ProlongEngine *self, const char *text)
{
  g_autoptr (GArray) formats = list_formats (self);
  g_auto (GStrv) names = prolong_diagnosis_list_names (self);

  return prolong_redact (text, (const ProlongCodeFormat *)formats->data, formats->len,
                         (const char *const *)names, NULL);
}

/* The list. */

static void
on_forgotten_by_itself (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_support_case_forget_finish (PROLONG_SUPPORT_CASE (source), result, &error))
    g_message ("%s", error->message);
}

static void
on_changed (ProlongSupportCase *letter, ProlongEngine *self)
{
  const ProlongSupportRecord *record = prolong_support_case_get_record (letter);
  ProlongVendor *vendor = prolong_support_case_get_vendor (letter);
  ProlongProblem problem;

  if (prolong_problem_from_name (record->problem, &problem))
    {
      prolong_recent_note (self->recent, PROLONG_TRIED_SUPPORT, record->vendor, NULL, (int)problem,
                           prolong_engine_get_system_time (self));
      /* That the network comes back is only noticed once a service was out of reach. */
      if (problem == PROLONG_PROBLEM_SERVICE_UNAVAILABLE)
        prolong_engine_note_service (self, vendor, (int)problem);
    }
  else if (record->state == PROLONG_SUPPORT_SENT)
    prolong_engine_note_service (self, vendor, -1);
  prolong_engine_set_alarm (self);
  g_signal_emit_by_name (self, "changed");
}

void
prolong_engine_add_support_case (ProlongEngine *self, ProlongSupportCase *letter)
{
  g_signal_connect (letter, "changed", G_CALLBACK (on_changed), self);
  g_ptr_array_add (self->support, g_object_ref (letter));
}

static void
drop (ProlongEngine *self, ProlongSupportCase *letter)
{
  g_signal_handlers_disconnect_by_data (letter, self);
  g_ptr_array_remove (self->support, letter);
  prolong_engine_set_alarm (self);
  g_signal_emit_by_name (self, "changed");
}

void
prolong_engine_wake_support (ProlongEngine *self)
{
  for (guint i = self->support->len; i > 0; i--)
    {
      g_autoptr (ProlongSupportCase) letter = g_object_ref (self->support->pdata[i - 1]);

      if (!prolong_support_case_wake (letter))
        continue;
      prolong_support_case_forget_async (letter, on_forgotten_by_itself, NULL);
      drop (self, letter);
    }
}

void
prolong_engine_send_support_soon (ProlongEngine *self)
{
  for (guint i = 0; i < self->support->len; i++)
    prolong_support_case_send_soon (self->support->pdata[i]);
}

/* Writing one. */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  ProlongSupportCase *letter = PROLONG_SUPPORT_CASE (source);
  GError *error = NULL;

  if (prolong_support_case_send_finish (letter, result, &error))
    {
      g_task_return_pointer (task, g_object_ref (letter), g_object_unref);
      return;
    }
  drop (self, letter);
  g_task_return_error (task, error);
}

static ProlongSupportCase *
find_same (ProlongEngine *self, ProlongSupportCase *wanted)
{
  for (guint i = 0; i < self->support->len; i++)
    if (prolong_support_case_is_same (self->support->pdata[i], wanted))
      return self->support->pdata[i];
  return NULL;
}

/* (transfer full) (nullable). */
static ProlongSupportCase *
case_new (ProlongEngine *self, ProlongVendor *vendor, const ProlongSupportRequest *request)
{
  guint count;
  g_autofree char *message = prolong_engine_hide_secrets (self, request->message, &count);
  g_autofree char *diagnosis
      = request->diagnosis != NULL ? prolong_engine_redact_diagnosis (self, request->diagnosis) : NULL;
  ProlongSupportRequest safe = *request;

  safe.message = message;
  safe.diagnosis = diagnosis;
  return prolong_support_case_new (&self->context, vendor, &safe, count);
}

/* An address to which no answer can come is no reason to wait for the network. */
static ProlongVendor *
choose_vendor (ProlongEngine *self, const char *id, const ProlongSupportRequest *request, GError **error)
{
  if (prolong_email_is_sound (request->email))
    return prolong_engine_choose_shop (self, id, error);
  g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_EMAIL_MALFORMED, "No e-mail address");
  return NULL;
}

void
prolong_engine_send_support_async (ProlongEngine *self,
                                   const char *vendor_id,
                                   const ProlongSupportRequest *request,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  ProlongVendor *vendor = choose_vendor (self, vendor_id, request, &error);
  g_autoptr (ProlongSupportCase) letter = vendor != NULL ? case_new (self, vendor, request) : NULL;
  ProlongSupportCase *same;

  g_task_set_source_tag (task, prolong_engine_send_support_async);
  if (letter == NULL)
    {
      g_task_return_error (task, error != NULL ? error
                                               : g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                                                      "That is no support request"));
      return;
    }
  same = find_same (self, letter);
  if (same != NULL)
    g_set_object (&letter, same);
  else
    prolong_engine_add_support_case (self, letter);
  prolong_support_case_send_async (letter, on_sent, g_steal_pointer (&task));
  g_signal_emit_by_name (self, "changed");
}

ProlongSupportCase *
prolong_engine_send_support_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Forgetting. */

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!prolong_support_case_forget_finish (PROLONG_SUPPORT_CASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  drop (g_task_get_source_object (task), PROLONG_SUPPORT_CASE (source));
  g_task_return_boolean (task, TRUE);
}

void
prolong_engine_forget_support_async (ProlongEngine *self,
                                     const char *id,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  ProlongSupportCase *letter = prolong_engine_find_support_case (self, id);

  g_task_set_source_tag (task, prolong_engine_forget_support_async);
  if (letter != NULL)
    prolong_support_case_forget_async (letter, on_forgotten, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                             "No such support request was written here");
}

gboolean
prolong_engine_forget_support_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
