/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/office.h"

/* So many seats fit into an answer of 64 KiB whatever the names of their holders are. */
#define SEATS_MAX 32

static ProlongSeat *
describe (const ProlongStoreActivation *activation, const char *device)
{
  ProlongSeat *seat = g_new0 (ProlongSeat, 1);

  seat->id = g_strdup (activation->id);
  seat->device_name = g_strdup (activation->device_name);
  seat->last_seen = activation->last_seen;
  seat->this_device = g_str_equal (activation->device, device);
  return seat;
}

char *
prolong_office_query_seats (const ProlongOffice *office,
                            ProlongStore *store,
                            const ProlongSeatsRequest *request,
                            GError **error)
{
  g_autoptr (GPtrArray) seats = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_seat_free);
  g_autoptr (ProlongStoreCode) code = NULL;
  g_autoptr (GPtrArray) holders = NULL;
  guint used = 0;

  code = prolong_office_get_code (office, store, request->code, error);
  holders = code ? prolong_store_list_seats (store, code->id, SEATS_MAX, error) : NULL;
  if (!holders || !prolong_store_count_seats (store, code->id, &used, error))
    return NULL;
  for (guint i = 0; i < holders->len; i++)
    g_ptr_array_add (seats, describe (g_ptr_array_index (holders, i), request->device));
  return prolong_seats_encode (seats, used, code->devices);
}

static gboolean
find_seat (ProlongStore *store,
           const char *id,
           const ProlongStoreCode *code,
           ProlongStoreActivation **seat,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreCode) owner = NULL;
  g_autoptr (ProlongStoreActivation) found = prolong_store_find_activation (store, id, &owner, &failure);

  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!found || owner->id != code->id)
    return prolong_office_refuse (PROLONG_PROBLEM_NO_LICENSE, "The license of this code has no such seat",
                                  error);
  *seat = g_steal_pointer (&found);
  return TRUE;
}

gboolean
prolong_office_release_seat (const ProlongOffice *office,
                             ProlongStore *store,
                             const ProlongSeatsRequest *request,
                             gint64 now,
                             GError **error)
{
  g_autoptr (ProlongStoreCode) code = prolong_office_get_code (office, store, request->code, error);
  g_autoptr (ProlongStoreActivation) seat = NULL;
  gboolean own;

  if (!code || !find_seat (store, request->seat, code, &seat, error))
    return FALSE;
  if (seat->released)
    return TRUE;
  own = g_str_equal (seat->device, request->device);
  seat->released = TRUE;
  return prolong_store_update_activation (store, seat, error)
         && prolong_store_add_audit (store, now,
                                     own ? PROLONG_STORE_EVENT_RELEASED : PROLONG_STORE_EVENT_RELEASED_OTHER,
                                     code->id, seat->row, NULL, error);
}
