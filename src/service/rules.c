/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/rules.h"

/* So many holders of seats fit into an answer of 64 KiB whatever their names are. */
#define SEATS_MAX 32

void
prolong_offer_clear (ProlongOffer *offer)
{
  g_clear_pointer (&offer->code, prolong_store_code_free);
  g_clear_pointer (&offer->seat, prolong_store_activation_free);
}

const char *
prolong_rules_get_product_name (const ProlongOffice *office, const char *product)
{
  const ProlongProduct *known = prolong_profile_find_product (office->profile, product);

  return known ? known->name : product;
}

static gboolean
refuse (ProlongProblem problem, GVariantDict *details, const char *detail, GError **error)
{
  g_propagate_error (error, prolong_problem_error_new (problem, details ? g_variant_dict_end (details) : NULL,
                                                       "%s", detail));
  return FALSE;
}

static gboolean
find_code (ProlongStore *store, const ProlongApplication *application, ProlongOffer *offer, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!application->well_formed)
    return refuse (PROLONG_PROBLEM_CODE_MALFORMED, NULL, "This is not an activation code", error);
  offer->code = prolong_store_find_code (store, application->lookup, &failure);
  if (offer->code)
    return TRUE;
  if (!failure)
    return refuse (PROLONG_PROBLEM_CODE_UNKNOWN, NULL, "This code was never issued", error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
check_product (const ProlongOffice *office,
               const ProlongStoreCode *code,
               const ProlongRenewalDevice *device,
               GError **error)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);

  if (!device->product || g_str_equal (device->product, code->product))
    return TRUE;
  g_variant_dict_insert (&details, "product", "s", code->product);
  g_variant_dict_insert (&details, "product_name", "s",
                         prolong_rules_get_product_name (office, code->product));
  return refuse (PROLONG_PROBLEM_CODE_WRONG_PRODUCT, &details, "This code is for another product", error);
}

static gboolean
check_version (const ProlongStoreCode *code, const ProlongRenewalDevice *device, GError **error)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  const char *version = device->product_version;

  if (!version
      || ((!code->min_version || prolong_version_compare (version, code->min_version) >= 0)
          && (!code->max_version || prolong_version_compare (version, code->max_version) <= 0)))
    return TRUE;
  if (code->min_version)
    g_variant_dict_insert (&details, "min_version", "s", code->min_version);
  if (code->max_version)
    g_variant_dict_insert (&details, "max_version", "s", code->max_version);
  return refuse (PROLONG_PROBLEM_VERSION_INCOMPATIBLE, &details,
                 "This code is for another version of the product", error);
}

static gboolean
check_dates (const ProlongStoreCode *code, gint64 now, GError **error)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  gint64 end = code->first_activated ? code->first_activated + code->term : code->sell_by;

  if (end == 0 || now < end)
    return TRUE;
  g_variant_dict_insert (&details, "expires", "x", end);
  return refuse (PROLONG_PROBLEM_CODE_EXPIRED, &details,
                 code->first_activated
                     ? "The term of this code, which began with its first activation, is over"
                     : "This code had to be activated earlier",
                 error);
}

/* A renewal code continues a license: this device must have had one of the same product, by another code. */
static gboolean
check_previous (ProlongStore *store, const ProlongOffer *offer, const char *device, GError **error)
{
  gboolean earlier = FALSE;

  if (!offer->code->renewal || offer->seat)
    return TRUE;
  if (!prolong_store_has_earlier (store, device, offer->code->product, offer->code->id, &earlier, error))
    return FALSE;
  return earlier
         || refuse (PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED, NULL,
                    "A renewal code needs an earlier license of this device", error);
}

static gboolean
refuse_exhausted (ProlongStore *store, const ProlongOffer *offer, GError **error)
{
  g_autoptr (GPtrArray) seats = prolong_store_list_seats (store, offer->code->id, SEATS_MAX, error);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  GVariantBuilder list;

  if (!seats)
    return FALSE;
  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < seats->len; i++)
    {
      const ProlongStoreActivation *seat = g_ptr_array_index (seats, i);

      g_variant_builder_open (&list, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (&list, "{sv}", "id", g_variant_new_string (seat->id));
      g_variant_builder_add (&list, "{sv}", "device_name", g_variant_new_string (seat->device_name));
      g_variant_builder_add (&list, "{sv}", "last_seen", g_variant_new_int64 (seat->last_seen));
      g_variant_builder_close (&list);
    }
  g_variant_dict_insert_value (&details, "seats", g_variant_builder_end (&list));
  g_variant_dict_insert (&details, "used", "u", offer->used);
  g_variant_dict_insert (&details, "limit", "u", offer->code->devices);
  return refuse (PROLONG_PROBLEM_CODE_EXHAUSTED, &details, "All devices of this license are in use", error);
}

static gboolean
check_seats (ProlongStore *store, ProlongOffer *offer, GError **error)
{
  gboolean holds = offer->seat && !offer->seat->released;

  if (offer->code->first_activated == 0)
    return TRUE;
  if (!prolong_store_count_seats (store, offer->code->id, &offer->used, error))
    return FALSE;
  return holds || offer->used < offer->code->devices || refuse_exhausted (store, offer, error);
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
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
prolong_rules_check (const ProlongOffice *office,
                     ProlongStore *store,
                     const ProlongApplication *application,
                     gint64 now,
                     ProlongOffer *offer,
                     GError **error)
{
  const ProlongRenewalDevice *device = &application->request.device;

  if (!find_code (store, application, offer, error))
    return FALSE;
  if (offer->code->blocked)
    return refuse (PROLONG_PROBLEM_CODE_BLOCKED, NULL, "The vendor has blocked this code", error);
  if (!check_product (office, offer->code, device, error) || !check_version (offer->code, device, error)
      || !check_dates (offer->code, now, error) || !find_seat (store, device->device, offer, error)
      || !check_previous (store, offer, device->device, error) || !check_seats (store, offer, error))
    return FALSE;
  offer->starts = offer->code->first_activated ? offer->code->first_activated : now;
  return TRUE;
}
