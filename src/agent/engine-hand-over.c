/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"
#include "agent/schedule.h"

static gint64
get_due (ProlongEngine *self, ProlongReserves *reserves)
{
  const gint64 *due = g_hash_table_lookup (self->due, reserves);

  return due != NULL ? *due : 0;
}

static void
set_due (ProlongEngine *self, ProlongReserves *reserves, gint64 instant)
{
  if (instant == 0)
    g_hash_table_remove (self->due, reserves);
  else
    g_hash_table_insert (self->due, reserves, g_memdup2 (&instant, sizeof instant));
}

static ProlongLicense *
license_of (ProlongEngine *self, ProlongReserves *reserves)
{
  return prolong_engine_find_license (self,
                                      prolong_vendor_get_profile (prolong_reserves_get_vendor (reserves))->id,
                                      prolong_reserves_get_product (reserves));
}

/* A blocked license waits for the person ("Activate now", S3); one that was removed from this device does
 * not. */
static gboolean
has_ended (ProlongLicense *license)
{
  return license == NULL || prolong_license_has_ended (license);
}

ProlongOperation *
prolong_engine_find_operation_for (ProlongEngine *self, ProlongVendor *vendor, const char *product)
{
  for (guint i = 0; i < self->operations->len; i++)
    {
      ProlongOperation *operation = self->operations->pdata[i];
      const ProlongIntent *intent = prolong_operation_get_intent (operation);

      if (!prolong_operation_has_ended (operation) && prolong_operation_get_vendor (operation) == vendor
          && intent->kind != PROLONG_INTENT_RESERVE
          && (*product == '\0' || *intent->product == '\0' || g_str_equal (intent->product, product)))
        return operation;
    }
  return NULL;
}

/* What is kept of an earlier hand-over of the product makes room for the new one. */
static void
dismiss_ended (ProlongEngine *self, ProlongReserves *reserves)
{
  for (guint i = self->operations->len; i > 0; i--)
    {
      ProlongOperation *operation = self->operations->pdata[i - 1];
      const ProlongIntent *intent = prolong_operation_get_intent (operation);

      if (prolong_operation_has_ended (operation) && intent->kind == PROLONG_INTENT_HAND_OVER
          && prolong_operation_get_vendor (operation) == prolong_reserves_get_vendor (reserves)
          && g_str_equal (intent->product, prolong_reserves_get_product (reserves)))
        prolong_engine_dismiss (self, operation, NULL);
    }
}

ProlongOperation *
prolong_engine_start_hand_over (ProlongEngine *self, ProlongReserves *reserves, ProlongReserve *reserve)
{
  ProlongVendor *vendor = prolong_reserves_get_vendor (reserves);
  const char *product = prolong_reserves_get_product (reserves);
  g_autofree char *version
      = prolong_engine_dup_product_version (self, prolong_vendor_get_profile (vendor)->id, product);
  g_autoptr (ProlongOperation) operation = NULL;
  ProlongOperationPlan plan = {
    .kind = PROLONG_INTENT_HAND_OVER,
    .product = product,
    .version = version,
    .reserve = prolong_reserve_get_record (reserve),
  };

  dismiss_ended (self, reserves);
  set_due (self, reserves, 0);
  operation = prolong_operation_new (&self->context, &self->host, vendor, &plan);
  prolong_engine_add_operation (self, operation);
  prolong_operation_start (operation);
  return operation;
}

void
prolong_engine_hold_hand_over (ProlongEngine *self, ProlongReserves *reserves, gint64 seconds)
{
  /* At least a minute, so that a service whose clock differs by a second is not asked every second. */
  set_due (self, reserves, prolong_clock_get_system (self->context.clock) + MAX (seconds, 60));
}

static void
consider (ProlongEngine *self, ProlongReserves *reserves)
{
  ProlongLicense *license = license_of (self, reserves);
  ProlongReserve *next = prolong_reserves_get_next (reserves);
  gint64 system = prolong_clock_get_system (self->context.clock);
  ProlongOperation *operation = prolong_engine_find_operation_for (
      self, prolong_reserves_get_vendor (reserves), prolong_reserves_get_product (reserves));

  if (!has_ended (license) || next == NULL || operation != NULL)
    {
      set_due (self, reserves, 0);
      return;
    }
  /* The end, a removal, a wake-up or a late start: all devices whose license ends at that instant see it at
   * once. */
  if (get_due (self, reserves) == 0)
    set_due (self, reserves, system + prolong_schedule_soon (prolong_schedule_chance ()));
  if (get_due (self, reserves) <= system)
    prolong_engine_start_hand_over (self, reserves, next);
}

/* Between the end and the new license the person reads that it is under way, not that the license expired. */
static void
show_pending (ProlongEngine *self, ProlongReserves *reserves)
{
  ProlongLicense *license = license_of (self, reserves);
  ProlongOperation *operation = prolong_engine_find_operation_for (
      self, prolong_reserves_get_vendor (reserves), prolong_reserves_get_product (reserves));

  if (license != NULL)
    prolong_license_set_pending (license, operation != NULL || get_due (self, reserves) != 0);
}

void
prolong_engine_hand_over (ProlongEngine *self)
{
  for (guint i = 0; i < self->reserves->len; i++)
    {
      consider (self, self->reserves->pdata[i]);
      show_pending (self, self->reserves->pdata[i]);
    }
}

gint64
prolong_engine_get_hand_over_alarm (ProlongEngine *self)
{
  gint64 instant = G_MAXINT64;

  for (guint i = 0; i < self->reserves->len; i++)
    {
      gint64 due = get_due (self, self->reserves->pdata[i]);

      if (due != 0)
        instant = MIN (instant, due);
    }
  return instant;
}

ProlongOperation *
prolong_engine_activate_reserve (ProlongEngine *self,
                                 ProlongReserves *reserves,
                                 ProlongReserve *reserve,
                                 GError **error)
{
  ProlongVendor *vendor = prolong_reserves_get_vendor (reserves);
  ProlongLicense *license = license_of (self, reserves);
  ProlongOperation *operation
      = prolong_engine_find_operation_for (self, vendor, prolong_reserves_get_product (reserves));
  const char *id = prolong_reserve_get_record (reserve)->id;

  /* The person and the alarm at the same instant: one operation, which the person may hurry. */
  if (operation != NULL && g_str_equal (prolong_operation_get_intent (operation)->reserve, id))
    {
      prolong_operation_retry (operation);
      return operation;
    }
  if (operation != NULL)
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT,
                           "Another code is being activated");
      return NULL;
    }
  if (license != NULL && prolong_license_is_running (license))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_LICENSE_RUNNING,
                           "A license of that product runs");
      return NULL;
    }
  return prolong_engine_start_hand_over (self, reserves, reserve);
}

gboolean
prolong_engine_abandon_hand_over (ProlongEngine *self, ProlongReserve *reserve)
{
  const char *id = prolong_reserve_get_operation (reserve);

  for (guint i = 0; id != NULL && i < self->operations->len; i++)
    if (g_str_equal (prolong_operation_get_intent (self->operations->pdata[i])->id, id))
      return prolong_operation_abandon (self->operations->pdata[i]);
  return TRUE;
}

/* What a hand-over asks first. */

typedef struct
{
  ProlongReserves *reserves;
  ProlongLicense *license;
} Confirmation;

static void
confirmation_free (gpointer data)
{
  Confirmation *confirmation = data;

  g_object_unref (confirmation->reserves);
  g_object_unref (confirmation->license);
  g_free (confirmation);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  Confirmation *confirmation = g_task_get_task_data (task);
  const ProlongTicket *ticket = prolong_license_get_ticket (confirmation->license);
  gint64 end = MAX (ticket->expires, ticket->grace_until);
  GError *error = NULL;

  if (!prolong_license_refresh_finish (PROLONG_LICENSE (source), result, &error)
      && !g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE))
    {
      g_task_return_error (task, error);
      return;
    }
  /* The signed time of the answer decides, not the clock of this device. */
  if (error == NULL && prolong_ticket_get_state (ticket, ticket->iat, 0) != PROLONG_STATE_EXPIRED
      && ticket->status != PROLONG_LICENSE_BLOCKED)
    {
      prolong_engine_hold_hand_over (self, confirmation->reserves, end - ticket->iat);
      g_task_return_int (task, PROLONG_END_NOT_YET);
      return;
    }
  g_clear_error (&error);
  g_task_return_int (task, PROLONG_END_REACHED);
}

void
prolong_engine_confirm_end (gpointer data,
                            const ProlongIntent *intent,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  ProlongEngine *self = data;
  GTask *task = g_task_new (self, NULL, callback, user_data);
  ProlongLicense *license = prolong_engine_find_license (self, intent->vendor, intent->product);
  Confirmation *confirmation;

  g_task_set_source_tag (task, prolong_engine_confirm_end);
  if (license == NULL)
    {
      g_task_return_int (task, PROLONG_END_REACHED);
      g_object_unref (task);
      return;
    }
  confirmation = g_new0 (Confirmation, 1);
  confirmation->license = g_object_ref (license);
  confirmation->reserves
      = g_object_ref (prolong_engine_find_reserves (self, intent->vendor, intent->product));
  g_task_set_task_data (task, confirmation, confirmation_free);
  prolong_license_refresh_async (license, on_refreshed, task);
}

ProlongEnd
prolong_engine_confirm_end_finish (gpointer data, GAsyncResult *result, GError **error)
{
  int end = g_task_propagate_int (G_TASK (result), error);

  return end < 0 ? PROLONG_END_UNKNOWN : (ProlongEnd)end;
}
