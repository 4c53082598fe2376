/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/policy.h"
#include "service/rules.h"

/* So many holders of seats fit into an answer of 64 KiB whatever their names are. */
#define HOLDERS_MAX 32

void
prolong_offer_clear (ProlongOffer *offer)
{
  g_clear_pointer (&offer->code, prolong_store_code_free);
  g_clear_pointer (&offer->seat, prolong_store_activation_free);
  g_clear_pointer (&offer->holders, g_ptr_array_unref);
  g_clear_pointer (&offer->current, prolong_store_code_free);
}

/* Returns: whether nothing failed; a lookup that found nothing did not fail. */
static gboolean
pass (GError *failure, GError **error)
{
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
holds_seat (const ProlongOffer *offer)
{
  return offer->seat && !offer->seat->released;
}

static gboolean
find_code (ProlongStore *store, const ProlongApplication *application, ProlongOffer *offer, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!application->well_formed)
    return prolong_office_refuse (PROLONG_PROBLEM_CODE_MALFORMED, "This is not an activation code", error);
  offer->code = prolong_store_find_code (store, application->lookup, &failure);
  if (!offer->code && !failure)
    return prolong_office_refuse (PROLONG_PROBLEM_CODE_UNKNOWN, "This code was never issued", error);
  return pass (g_steal_pointer (&failure), error);
}

/* Nobody ever had a seat of a code that was never activated, so that two questions are spared for most codes.
 */
static gboolean
find_seat (ProlongStore *store, const char *device, ProlongOffer *offer, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (offer->code->first_activated == 0)
    return TRUE;
  offer->seat = prolong_store_find_device (store, offer->code->id, device, &failure);
  return pass (g_steal_pointer (&failure), error);
}

/* The license that the client names; one of another device tells it nothing. */
static gboolean
find_followed (ProlongStore *store, const char *device, ProlongOffer *offer, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreCode) code = NULL;
  g_autoptr (ProlongStoreActivation) seat
      = prolong_store_find_activation (store, offer->after, &code, &failure);

  if (failure)
    return pass (g_steal_pointer (&failure), error);
  if (!seat || seat->released || !g_str_equal (seat->device, device))
    return prolong_office_refuse (PROLONG_PROBLEM_NO_LICENSE, "This device has no such activation", error);
  offer->current = g_steal_pointer (&code);
  return TRUE;
}

/* A device that comes back for its own seat takes nothing up, so that no other license stands against it. */
static gboolean
find_running (ProlongStore *store, const char *device, gint64 now, ProlongOffer *offer, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!holds_seat (offer))
    offer->current
        = prolong_store_find_running (store, device, offer->code->product, offer->code->id, now, &failure);
  return pass (g_steal_pointer (&failure), error);
}

static gboolean
knows_previous_code (const ProlongOffice *office,
                     ProlongStore *store,
                     const char *text,
                     const ProlongStoreCode *renewal,
                     gboolean *known,
                     GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongCode) code = prolong_code_parse (text, &office->profile->format, NULL);
  g_autoptr (ProlongStoreCode) previous
      = code ? prolong_office_find_code (office, store, code, &failure) : NULL;

  *known = previous && previous->id != renewal->id && g_str_equal (previous->product, renewal->product);
  return pass (g_steal_pointer (&failure), error);
}

/*
 * The previous license is asked for once, when the license begins: what it begins as is what all of its
 * devices have from then on. A code that was bought to renew a license names it itself.
 */
static gboolean
find_previous (const ProlongOffice *office,
               ProlongStore *store,
               const ProlongActivationRequest *request,
               ProlongOffer *offer,
               GError **error)
{
  ProlongStoreCode *code = offer->code;

  offer->has_previous = !code->renewal || code->first_activated != 0 || code->renews != 0;
  if (offer->has_previous)
    return TRUE;
  if (!prolong_store_has_earlier (store, request->device.device, code->product, code->id,
                                  &offer->has_previous, error))
    return FALSE;
  if (!offer->has_previous && request->previous_code
      && !knows_previous_code (office, store, request->previous_code, code, &offer->has_previous, error))
    return FALSE;
  offer->shortens = !offer->has_previous && request->accept_shorter_term && code->shorter_term > 0;
  if (offer->shortens)
    code->term = code->period = code->shorter_term;
  return TRUE;
}

static gboolean
find_holders (ProlongStore *store, ProlongOffer *offer, GError **error)
{
  if (offer->code->first_activated == 0)
    return TRUE;
  if (!prolong_store_count_seats (store, offer->code->id, &offer->used, error))
    return FALSE;
  if (holds_seat (offer) || offer->used < offer->code->devices)
    return TRUE;
  offer->holders = prolong_store_list_seats (store, offer->code->id, HOLDERS_MAX, error);
  return offer->holders != NULL;
}

gboolean
prolong_offer_find (const ProlongOffice *office,
                    ProlongStore *store,
                    const ProlongApplication *application,
                    gint64 now,
                    ProlongOffer *offer,
                    GError **error)
{
  const ProlongActivationRequest *request = &application->request;
  const char *device = request->device.device;
  const ProlongStoreCode *current;

  if (!find_code (store, application, offer, error) || !find_seat (store, device, offer, error)
      || !(offer->after ? find_followed (store, device, offer, error)
                        : find_running (store, device, now, offer, error))
      || !find_previous (office, store, request, offer, error) || !find_holders (store, offer, error))
    return FALSE;
  current = offer->current;
  offer->takes_over
      = current && !current->blocked ? MAX (now, current->first_activated + current->term) : now;
  offer->starts = offer->code->first_activated ? offer->code->first_activated : offer->takes_over;
  return TRUE;
}
