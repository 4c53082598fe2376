/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the service what a reserve code would give: because the person wants to know it, and by the clock.
 */

#include "agent/code-request.h"
#include "agent/device.h"
#include "agent/engine-private.h"
#include "agent/schedule.h"

/* Days before a hand-over at which the service is asked what the code would give (C7). */
static const gint64 check_days[] = { 30, 7, 1 };

typedef struct
{
  ProlongReserves *reserves;
  ProlongReserve *reserve;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_object_unref (check->reserves);
  g_object_unref (check->reserve);
  g_free (check);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (prolong_reserves_change_finish (PROLONG_RESERVES (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_failure_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_reserves_change_finish (PROLONG_RESERVES (source), result, &error))
    g_message ("%s", error->message);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  ProlongPreflight preflight = { 0 };
  GError *error = NULL;

  if (answer->problem != NULL && answer->decision)
    {
      prolong_reserves_note_problem_async (check->reserves, check->reserve, answer->problem,
                                           prolong_reserve_get_record (check->reserve)->refused, on_noted,
                                           task);
      return;
    }
  if (answer->problem != NULL)
    error = g_steal_pointer (&answer->problem);
  else if (!prolong_preflight_decode (answer->body, answer->length, &preflight, &error))
    error = prolong_service_answer_problem (error);

  if (error != NULL)
    {
      prolong_engine_note_service (self, prolong_reserves_get_vendor (check->reserves), error->code);
      prolong_reserves_note_failure_async (check->reserves, check->reserve, on_failure_noted, NULL);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  prolong_engine_note_service (self, prolong_reserves_get_vendor (check->reserves), -1);
  prolong_reserves_note_preflight_async (check->reserves, check->reserve, &preflight, on_noted, task);
  prolong_preflight_clear (&preflight);
}

static void
on_code (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  ProlongVendor *vendor = prolong_reserves_get_vendor (check->reserves);
  const char *product = prolong_reserves_get_product (check->reserves);
  ProlongLicense *license = prolong_engine_find_license_of (self, check->reserves);
  GError *error = NULL;
  g_autoptr (ProlongCode) code = prolong_keyring_lookup_finish (PROLONG_KEYRING (source), result, &error);
  g_autofree char *version = NULL;
  g_autofree char *name = prolong_device_name (self->context.settings);
  g_autofree char *nonce = prolong_random_token ();
  ProlongCodeRequest request = { 0 };

  if (code == NULL)
    {
      prolong_reserves_note_failure_async (check->reserves, check->reserve, on_failure_noted, NULL);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  version = prolong_engine_dup_product_version (self, prolong_vendor_get_profile (vendor)->id, product);
  request.code = prolong_code_get_text (code);
  request.nonce = nonce;
  request.device_name = name;
  request.product = product;
  request.product_version = version;
  request.after = license != NULL && prolong_license_is_running (license)
                      ? prolong_license_get_ticket (license)->sub
                      : NULL;
  prolong_code_request_call_async (&request, vendor, PROLONG_RENEWAL_PREFLIGHTS, NULL, NULL, on_answer, task);
}

static void
check_reserve (ProlongEngine *self,
               ProlongReserves *reserves,
               ProlongReserve *reserve,
               gboolean may_prompt,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->reserves = g_object_ref (reserves);
  check->reserve = g_object_ref (reserve);
  g_task_set_source_tag (task, check_reserve);
  g_task_set_task_data (task, check, check_free);
  prolong_keyring_lookup_async (self->context.keyring, prolong_reserve_get_record (reserve)->code_id,
                                may_prompt, NULL, on_code, task);
}

void
prolong_engine_check_reserve_async (ProlongEngine *self,
                                    ProlongReserves *reserves,
                                    ProlongReserve *reserve,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  check_reserve (self, reserves, reserve, TRUE, callback, user_data);
}

gboolean
prolong_engine_check_reserve_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The system time of the next check of one reserve code: a retry, or the first of the days not yet asked
 * about. */
static gint64
get_next_check (ProlongEngine *self, ProlongReserves *reserves, ProlongReserve *reserve)
{
  const ProlongReserveRecord *record = prolong_reserve_get_record (reserve);
  gint64 system = prolong_clock_get_system (self->context.clock);
  gint64 now = prolong_vendor_get_now (prolong_reserves_get_vendor (reserves), self->context.clock, NULL);
  gint64 starts = prolong_reserve_get_starts (reserve);

  if (record->checked_at == 0 || record->failures > 0)
    return MAX (record->checked_at, record->added_at) + prolong_schedule_retry (record->failures, 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (check_days) && starts > now; i++)
    {
      gint64 instant = system + (starts - now) - check_days[i] * PROLONG_SECONDS_PER_DAY;

      /* Checked since, or so short before that nothing can have changed. */
      if (record->checked_at < instant)
        return instant;
    }
  return G_MAXINT64;
}

static void
on_background_check (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ProlongEngine *self = PROLONG_ENGINE (source);
  g_autoptr (ProlongVendor) vendor = user_data;
  g_autoptr (GError) error = NULL;

  if (!prolong_engine_check_reserve_finish (self, result, &error))
    g_debug ("A reserve code could not be checked: %s", error->message);
  g_hash_table_remove (self->checking, vendor);
  prolong_engine_update (self);
}

/* A service that does not answer holds up no other vendor's. */
static void
check_next_of (ProlongEngine *self, ProlongReserves *reserves)
{
  ProlongVendor *vendor = prolong_reserves_get_vendor (reserves);
  gint64 system = prolong_clock_get_system (self->context.clock);

  for (guint i = 0;
       i < prolong_reserves_get_length (reserves) && !g_hash_table_contains (self->checking, vendor); i++)
    {
      ProlongReserve *reserve = prolong_reserves_get (reserves, i);

      if (get_next_check (self, reserves, reserve) > system)
        continue;
      g_hash_table_add (self->checking, vendor);
      check_reserve (self, reserves, reserve, FALSE, on_background_check, g_object_ref (vendor));
    }
}

void
prolong_engine_check_reserves (ProlongEngine *self)
{
  for (guint i = 0; i < self->reserves->len; i++)
    check_next_of (self, self->reserves->pdata[i]);
}

gint64
prolong_engine_get_check_alarm (ProlongEngine *self)
{
  gint64 instant = G_MAXINT64;

  for (guint i = 0; i < self->reserves->len; i++)
    {
      ProlongReserves *reserves = self->reserves->pdata[i];

      if (g_hash_table_contains (self->checking, prolong_reserves_get_vendor (reserves)))
        continue;
      for (guint j = 0; j < prolong_reserves_get_length (reserves); j++)
        instant = MIN (instant, get_next_check (self, reserves, prolong_reserves_get (reserves, j)));
    }
  return instant;
}
