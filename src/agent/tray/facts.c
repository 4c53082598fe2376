/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/tray/facts.h"

static gboolean
has_refused (ProlongReserves *reserves)
{
  for (guint i = 0; i < prolong_reserves_get_length (reserves); i++)
    if (prolong_reserve_get_record (prolong_reserves_get (reserves, i))->refused)
      return TRUE;
  return FALSE;
}

static gboolean
has_problem (ProlongReserves *reserves)
{
  for (guint i = 0; i < prolong_reserves_get_length (reserves); i++)
    if (prolong_reserve_get_problem (prolong_reserves_get (reserves, i)) >= 0)
      return TRUE;
  return FALSE;
}

/* Whether it stands still until the person does something. */
static gboolean
waits_for_person (ProlongOperation *operation)
{
  static const ProlongProblem problems[]
      = { PROLONG_PROBLEM_KEYRING_LOCKED, PROLONG_PROBLEM_KEYRING_UNAVAILABLE, PROLONG_PROBLEM_STORAGE_FULL };

  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (prolong_operation_waits_for (operation, problems[i]))
      return TRUE;
  return FALSE;
}

static gboolean
waits_hand_over (ProlongEngine *engine, const char *vendor, const char *product)
{
  GPtrArray *operations = prolong_engine_get_operations (engine);

  for (guint i = 0; i < operations->len; i++)
    {
      const ProlongIntent *intent = prolong_operation_get_intent (operations->pdata[i]);

      if (intent->kind == PROLONG_INTENT_HAND_OVER && g_str_equal (intent->vendor, vendor)
          && g_str_equal (intent->product, product) && waits_for_person (operations->pdata[i]))
        return TRUE;
    }
  return FALSE;
}

/* Whether a license of the product is on its way. */
static gboolean
is_pending (ProlongEngine *engine, const char *vendor, const char *product)
{
  GPtrArray *operations = prolong_engine_get_operations (engine);

  for (guint i = 0; i < operations->len; i++)
    {
      const ProlongIntent *intent = prolong_operation_get_intent (operations->pdata[i]);

      if (!prolong_operation_has_ended (operations->pdata[i]) && intent->kind != PROLONG_INTENT_RESERVE
          && (vendor == NULL
              || (g_str_equal (intent->vendor, vendor) && g_str_equal (intent->product, product))))
        return TRUE;
    }
  return FALSE;
}

static ProlongReserves *
find_reserves (ProlongEngine *engine, ProlongVendor *vendor, const char *product)
{
  GPtrArray *lists = prolong_engine_get_reserves (engine);

  for (guint i = 0; i < lists->len; i++)
    if (prolong_reserves_get_vendor (lists->pdata[i]) == vendor
        && g_str_equal (prolong_reserves_get_product (lists->pdata[i]), product))
      return lists->pdata[i];
  return NULL;
}

static void
note_reserves (ProlongEngine *engine,
               ProlongReserves *reserves,
               gboolean running,
               ProlongTrayProduct *product)
{
  product->problem = has_problem (reserves);
  product->failed
      = !running && (has_refused (reserves) || waits_hand_over (engine, product->vendor, product->product));
}

static void
note_vendor (ProlongVendor *vendor, ProlongTrayProduct *product)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (vendor);

  product->vendor = profile->id;
  product->vendor_name = profile->name;
}

static ProlongTrayProduct
of_license (ProlongEngine *engine, ProlongLicense *license)
{
  ProlongVendor *vendor = prolong_license_get_vendor (license);
  const ProlongTicket *ticket = prolong_license_get_ticket (license);
  guint reminder = prolong_profile_get_first_reminder (prolong_vendor_get_profile (vendor));
  ProlongReserves *reserves = find_reserves (engine, vendor, ticket->product);
  ProlongTrayProduct product = { .held = TRUE };
  gint64 followed;

  note_vendor (vendor, &product);
  product.product = ticket->product;
  product.name = ticket->name;
  product.state = prolong_license_get_state (license);
  product.days_left = prolong_license_get_days_left (license);
  product.expires = product.state == PROLONG_STATE_GRACE ? ticket->grace_until : ticket->expires;
  followed = prolong_engine_get_covered_until (engine, license) - product.expires;
  product.covered = ticket->auto_renewal || followed > reminder * PROLONG_SECONDS_PER_DAY;
  product.clock_behind = prolong_license_is_clock_behind (license);
  if (reserves != NULL)
    note_reserves (engine, reserves, prolong_license_is_running (license), &product);
  return product;
}

static const char *
name_of_product (ProlongReserves *reserves)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (prolong_reserves_get_vendor (reserves));
  const char *id = prolong_reserves_get_product (reserves);

  for (guint i = 0; i < profile->products->len; i++)
    if (g_str_equal (((const ProlongProduct *)profile->products->pdata[i])->id, id))
      return ((const ProlongProduct *)profile->products->pdata[i])->name;
  return id;
}

/* Reserve codes of a product that has no license: one takes over, or could not. */
static ProlongTrayProduct
of_reserves (ProlongEngine *engine, ProlongReserves *reserves)
{
  ProlongTrayProduct product = { .product = prolong_reserves_get_product (reserves) };

  note_vendor (prolong_reserves_get_vendor (reserves), &product);
  product.name = name_of_product (reserves);
  product.state
      = is_pending (engine, product.vendor, product.product) ? PROLONG_STATE_PENDING : PROLONG_STATE_NONE;
  note_reserves (engine, reserves, FALSE, &product);
  return product;
}

static gboolean
has_license (GPtrArray *licenses, ProlongReserves *reserves)
{
  for (guint i = 0; i < licenses->len; i++)
    if (prolong_license_get_vendor (licenses->pdata[i]) == prolong_reserves_get_vendor (reserves)
        && g_str_equal (prolong_license_get_ticket (licenses->pdata[i])->product,
                        prolong_reserves_get_product (reserves)))
      return TRUE;
  return FALSE;
}

ProlongTrayLook *
prolong_tray_look_at (ProlongEngine *engine)
{
  GPtrArray *licenses = prolong_engine_get_licenses (engine);
  GPtrArray *lists = prolong_engine_get_reserves (engine);
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (ProlongTrayProduct));
  gboolean reserves = FALSE;

  for (guint i = 0; i < licenses->len; i++)
    {
      ProlongTrayProduct product = of_license (engine, licenses->pdata[i]);

      g_array_append_val (products, product);
    }
  for (guint i = 0; i < lists->len; i++)
    {
      reserves |= prolong_reserves_get_next (lists->pdata[i]) != NULL;
      if (prolong_reserves_get_length (lists->pdata[i]) > 0 && !has_license (licenses, lists->pdata[i]))
        {
          ProlongTrayProduct product = of_reserves (engine, lists->pdata[i]);

          g_array_append_val (products, product);
        }
    }
  return prolong_tray_look_new ((const ProlongTrayProduct *)products->data, products->len,
                                is_pending (engine, NULL, NULL), reserves);
}
