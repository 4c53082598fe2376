/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"
#include "agent/license-private.h"
#include "license/coverage.h"

ProlongReserves *
prolong_engine_find_reserves (ProlongEngine *self, const char *vendor, const char *product)
{
  for (guint i = 0; i < self->reserves->len; i++)
    {
      ProlongReserves *reserves = self->reserves->pdata[i];

      if (g_str_equal (prolong_vendor_get_profile (prolong_reserves_get_vendor (reserves))->id, vendor)
          && g_str_equal (prolong_reserves_get_product (reserves), product))
        return reserves;
    }
  return NULL;
}

static void
on_added (ProlongReserves *reserves, ProlongReserve *reserve, ProlongEngine *self)
{
  g_signal_emit_by_name (self, "reserve-added", reserves, reserve);
}

static void
on_removed (ProlongReserves *reserves, ProlongReserve *reserve, ProlongEngine *self)
{
  g_signal_emit_by_name (self, "reserve-removed", reserves, reserve);
}

static void
on_changed (ProlongReserves *reserves, ProlongEngine *self)
{
  prolong_engine_update (self);
  g_signal_emit_by_name (self, "changed");
}

ProlongReserves *
prolong_engine_add_reserves (ProlongEngine *self, ProlongVendor *vendor, ProlongReservesRecord *record)
{
  ProlongReserves *reserves = prolong_reserves_new (&self->context, vendor, record);

  g_ptr_array_add (self->reserves, reserves);
  g_signal_connect_object (reserves, "added", G_CALLBACK (on_added), self, 0);
  g_signal_connect_object (reserves, "removed", G_CALLBACK (on_removed), self, 0);
  g_signal_connect_object (reserves, "changed", G_CALLBACK (on_changed), self, 0);
  return reserves;
}

static ProlongReserves *
ensure_reserves (ProlongEngine *self, const char *vendor, const char *product)
{
  ProlongReserves *reserves = prolong_engine_find_reserves (self, vendor, product);
  ProlongReservesRecord *record;

  if (reserves != NULL)
    return reserves;
  record = g_new0 (ProlongReservesRecord, 1);
  record->vendor = g_strdup (vendor);
  record->product = g_strdup (product);
  record->reserves = g_ptr_array_new ();
  return prolong_engine_add_reserves (self, prolong_engine_find_vendor (self, vendor), record);
}

ProlongLicense *
prolong_engine_find_license_of (ProlongEngine *self, ProlongReserves *reserves)
{
  return prolong_engine_find_license (self,
                                      prolong_vendor_get_profile (prolong_reserves_get_vendor (reserves))->id,
                                      prolong_reserves_get_product (reserves));
}

/* In grace the next code waits for the end of that (S4). */
static gint64
get_end_of (ProlongLicense *license)
{
  const ProlongTicket *ticket = prolong_license_get_ticket (license);

  return prolong_license_get_state (license) == PROLONG_STATE_GRACE ? ticket->grace_until : ticket->expires;
}

/* The end from which the reserve codes follow: of the license, or now when there is none. */
static gint64
get_end (ProlongEngine *self, ProlongReserves *reserves)
{
  ProlongLicense *license = prolong_engine_find_license_of (self, reserves);

  if (license != NULL && prolong_license_is_running (license))
    return get_end_of (license);
  return prolong_vendor_get_now (prolong_reserves_get_vendor (reserves), self->context.clock, NULL);
}

static gint64
lay_out (ProlongEngine *self, ProlongReserves *reserves, ProlongCoverage *codes)
{
  guint length = prolong_reserves_get_length (reserves);

  for (guint i = 0; i < length; i++)
    {
      ProlongReserve *reserve = prolong_reserves_get (reserves, i);
      const ProlongReserveRecord *record = prolong_reserve_get_record (reserve);

      codes[i].term = record->term;
      codes[i].first_activated = record->first_activated;
      codes[i].counts = *record->problem == '\0';
    }
  return prolong_coverage_lay_out (get_end (self, reserves), codes, length);
}

void
prolong_engine_lay_out (ProlongEngine *self, ProlongReserves *reserves)
{
  guint length = prolong_reserves_get_length (reserves);
  g_autofree ProlongCoverage *codes = g_new0 (ProlongCoverage, length + 1);
  ProlongLicense *license = prolong_engine_find_license_of (self, reserves);

  lay_out (self, reserves, codes);
  if (license != NULL)
    prolong_license_emit_changed (license);
  for (guint i = 0; i < length; i++)
    prolong_reserve_set_coverage (prolong_reserves_get (reserves, i), &codes[i]);
}

gint64
prolong_engine_get_covered_until (ProlongEngine *self, ProlongLicense *license)
{
  const ProlongLicenseRecord *record = prolong_license_get_record (license);
  ProlongReserves *reserves = prolong_engine_find_reserves (self, record->vendor, record->product);
  g_autofree ProlongCoverage *codes = NULL;

  if (reserves == NULL || !prolong_license_is_running (license))
    return get_end_of (license);
  codes = g_new0 (ProlongCoverage, prolong_reserves_get_length (reserves) + 1);
  return lay_out (self, reserves, codes);
}

/* What operations ask. */

static const char *
host_get_current (gpointer data, const ProlongIntent *intent)
{
  ProlongLicense *license = prolong_engine_find_license (data, intent->vendor, intent->product);

  return license != NULL ? prolong_license_get_ticket (license)->sub : NULL;
}

static void
host_keep (gpointer data,
           const ProlongIntent *intent,
           const ProlongPreflight *preflight,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  ProlongEngine *self = data;
  ProlongReserves *reserves = ensure_reserves (self, intent->vendor, intent->product);
  gint64 now = prolong_clock_get_system (self->context.clock);
  ProlongReserveRecord *record;

  if (prolong_reserves_find_code (reserves, intent->code_id) != NULL)
    {
      /* The agent ended between writing the list and clearing the intent. */
      GTask *task = g_task_new (reserves, NULL, callback, user_data);

      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  record = g_new0 (ProlongReserveRecord, 1);
  record->id = g_strdup (intent->reserve);
  record->code_id = g_strdup (intent->code_id);
  record->mask = g_strdup (intent->mask);
  record->added_at = now;
  record->name = g_strdup ("");
  record->kind = g_strdup ("");
  record->problem = g_strdup ("");
  record->details = g_strdup ("");
  if (preflight != NULL)
    prolong_reserve_record_note_preflight (record, preflight, now);
  prolong_reserves_add_async (reserves, record, callback, user_data);
}

/* A reserve code that is no longer on the list needs no change to it. */
static ProlongReserve *
find_or_finish (ProlongEngine *self,
                const ProlongIntent *intent,
                ProlongReserves **reserves,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  ProlongReserve *reserve;
  GTask *task;

  *reserves = ensure_reserves (self, intent->vendor, intent->product);
  reserve = prolong_reserves_find (*reserves, intent->reserve);
  if (reserve != NULL)
    return reserve;
  task = g_task_new (*reserves, NULL, callback, user_data);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  return NULL;
}

static void
host_give_up (gpointer data,
              const ProlongIntent *intent,
              const GError *problem,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  ProlongReserves *reserves;
  ProlongReserve *reserve = find_or_finish (data, intent, &reserves, callback, user_data);

  if (reserve != NULL)
    prolong_reserves_note_problem_async (reserves, reserve, problem, TRUE, callback, user_data);
}

static void
host_hand_over (gpointer data, const ProlongIntent *intent, GAsyncReadyCallback callback, gpointer user_data)
{
  ProlongReserves *reserves;
  ProlongReserve *reserve = find_or_finish (data, intent, &reserves, callback, user_data);

  if (reserve != NULL)
    prolong_reserves_remove_async (reserves, reserve, callback, user_data);
}

static gboolean
host_change_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
prolong_engine_fill_host_for_reserves (ProlongOperationHost *host)
{
  host->get_current = host_get_current;
  host->keep = host_keep;
  host->give_up = host_give_up;
  host->hand_over = host_hand_over;
  host->change_finish = host_change_finish;
}

/* Removing one. */

static void
on_discarded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* It is noted, and done when the keyring answers. */
  if (!prolong_discards_carry_out_finish (PROLONG_DISCARDS (source), result, &error))
    g_debug ("The code of a removed reserve code is still in the keyring: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_taken_off (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  const char *code_id = prolong_reserve_get_record (g_task_get_task_data (task))->code_id;
  GError *error = NULL;

  if (!prolong_reserves_change_finish (PROLONG_RESERVES (source), result, &error))
    {
      prolong_discards_withdraw (self->context.discards, code_id);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  prolong_operation_reach ("removed");
  prolong_discards_carry_out_async (self->context.discards, code_id, TRUE, on_discarded, task);
}

void
prolong_engine_remove_reserve_async (ProlongEngine *self,
                                     ProlongReserves *reserves,
                                     ProlongReserve *reserve,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_engine_remove_reserve_async);
  if (!prolong_engine_abandon_hand_over (self, reserve))
    {
      g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT,
                               "The reserve code is being activated");
      return;
    }
  prolong_operation_reach ("removing");
  g_task_set_task_data (task, g_object_ref (reserve), g_object_unref);
  prolong_discards_add (self->context.discards, prolong_reserve_get_record (reserve)->code_id);
  prolong_reserves_remove_async (reserves, reserve, on_taken_off, g_steal_pointer (&task));
}

gboolean
prolong_engine_remove_reserve_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
