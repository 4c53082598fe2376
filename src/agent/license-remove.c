/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/license-private.h"

#include "agent/service-client.h"
#include "renewal/messages.h"

static void
on_discarded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongLicense *license = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* The seat is free and the ticket gone; the code is noted, and goes when the keyring answers. */
  if (source != NULL && !prolong_discards_carry_out_finish (PROLONG_DISCARDS (source), result, &error))
    g_debug ("The code of a removed license is still in the keyring: %s", error->message);
  prolong_license_emit_removed (license);
  g_task_return_boolean (task, TRUE);
}

static void
on_file_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongLicense *license = g_task_get_source_object (task);
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      if (license->record->code_id != NULL)
        prolong_discards_withdraw (license->context->discards, license->record->code_id);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  license->superseded = TRUE;
  if (license->record->code_id != NULL)
    prolong_discards_carry_out_async (license->context->discards, license->record->code_id, TRUE,
                                      on_discarded, task);
  else
    on_discarded (NULL, NULL, task);
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongLicense *license = g_task_get_source_object (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  g_autofree char *name = prolong_license_file_name (license->record->vendor, license->record->product);

  /* A service that does not know the seat has nothing to give back. */
  if (answer->problem != NULL
      && !g_error_matches (answer->problem, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE))
    {
      g_task_return_error (task, g_steal_pointer (&answer->problem));
      g_object_unref (task);
      return;
    }
  if (license->record->code_id != NULL)
    prolong_discards_add (license->context->discards, license->record->code_id);
  prolong_store_write_async (license->context->store, name, NULL, on_file_removed, task);
}

void
prolong_license_remove_async (ProlongLicense *license, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (license, NULL, callback, user_data);
  g_autofree char *path = g_strconcat (PROLONG_RENEWAL_ACTIVATIONS "/", license->ticket->sub, NULL);
  g_autofree char *key = g_uuid_string_random ();
  ProlongRequest request = {
    .method = "DELETE",
    .service_url = prolong_vendor_get_profile (license->vendor)->service_url,
    .path = path,
    .key = key,
    .token = license->record->seat_token,
  };

  g_task_set_source_tag (task, prolong_license_remove_async);
  prolong_service_call_async (&request, NULL, on_released, task);
}

gboolean
prolong_license_remove_finish (ProlongLicense *license, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, license), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_replaced_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongLicense) license = user_data;
  g_autoptr (GError) error = NULL;

  if (!prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    {
      g_debug ("The code of a replaced license is still in the keyring: %s", error->message);
      return;
    }
  /* The record says so with its next writing; until then the keyring is asked in vain, which harms nobody. */
  g_free (license->record->replaces);
  license->record->replaces = g_strdup ("");
}

void
prolong_license_clear_replaced (ProlongLicense *license)
{
  if (*license->record->replaces != '\0')
    prolong_keyring_clear_async (license->context->keyring, license->record->replaces, FALSE,
                                 on_replaced_cleared, g_object_ref (license));
}
