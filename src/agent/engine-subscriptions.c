/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"

static void
note_outcome (ProlongEngine *self, ProlongLicense *license, const GError *error)
{
  ProlongVendor *vendor = prolong_license_get_vendor (license);
  gboolean problem = error != NULL && error->domain == PROLONG_PROBLEM;

  if (problem)
    prolong_recent_note (self->recent, PROLONG_TRIED_AUTO_RENEWAL, prolong_vendor_get_profile (vendor)->id,
                         prolong_license_get_record (license)->product, error->code,
                         prolong_engine_get_system_time (self));
  if (problem
      && (error->code == PROLONG_PROBLEM_SERVICE_UNAVAILABLE
          || error->code == PROLONG_PROBLEM_SERVICE_UNTRUSTED))
    prolong_engine_note_service (self, vendor, error->code);
}

static void
on_switched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (prolong_license_set_auto_renewal_finish (PROLONG_LICENSE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  note_outcome (g_task_get_source_object (task), PROLONG_LICENSE (source), error);
  g_task_return_error (task, error);
}

void
prolong_engine_set_auto_renewal_async (ProlongEngine *self,
                                       ProlongLicense *license,
                                       gboolean on,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_engine_set_auto_renewal_async);
  prolong_license_set_auto_renewal_async (license, on, on_switched, task);
}

gboolean
prolong_engine_set_auto_renewal_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
