/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/choice.h"

gboolean
prolong_license_runs (const ProlongLicenseInfo *license)
{
  return license != NULL && prolong_state_is_running (license->state);
}

gboolean
prolong_vendor_has_support (const ProlongVendorInfo *vendor)
{
  return vendor->support_topics->len > 0 || *vendor->support_url != '\0' || *vendor->support_email != '\0';
}

gboolean
prolong_operation_has_ended (const ProlongOperationInfo *operation)
{
  return operation->step >= PROLONG_STEP_DONE;
}

static const ProlongOperationInfo *
find_running (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (!prolong_operation_has_ended (operation) && g_str_equal (operation->vendor, vendor)
          && (operation->product[0] == '\0' || g_str_equal (operation->product, product)))
        return operation;
    }
  return NULL;
}

static void
add_licenses (GArray *choices, const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);
      ProlongChoice choice = {
        .vendor_id = license->vendor,
        .product_id = license->product,
        .name = license->name,
        .vendor = prolong_snapshot_find_vendor (snapshot, license->vendor),
        .license = license,
        .operation = find_running (snapshot, license->vendor, license->product),
        .snapshot = snapshot,
      };

      g_array_append_val (choices, choice);
    }
}

static void
add_products (GArray *choices, const ProlongSnapshot *snapshot, const ProlongVendorInfo *vendor)
{
  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);
      ProlongChoice choice = {
        .vendor_id = vendor->id,
        .product_id = product->id,
        .name = product->name,
        .vendor = vendor,
        .operation = find_running (snapshot, vendor->id, product->id),
        .snapshot = snapshot,
      };

      if (prolong_snapshot_find_license (snapshot, vendor->id, product->id) == NULL)
        g_array_append_val (choices, choice);
    }
}

GArray *
prolong_choices_new (const ProlongSnapshot *snapshot)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (ProlongChoice));

  add_licenses (choices, snapshot);
  for (guint i = 0; i < snapshot->vendors->len; i++)
    add_products (choices, snapshot, g_ptr_array_index (snapshot->vendors, i));
  return choices;
}

ProlongChoice *
prolong_choices_find (GArray *choices, const char *vendor, const char *product)
{
  for (guint i = 0; i < choices->len; i++)
    {
      ProlongChoice *choice = &g_array_index (choices, ProlongChoice, i);

      if (g_strcmp0 (choice->vendor_id, vendor) == 0 && g_strcmp0 (choice->product_id, product) == 0)
        return choice;
    }
  return choices->len > 0 ? &g_array_index (choices, ProlongChoice, 0) : NULL;
}

const ProlongChoice *
prolong_choices_get_first (GArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const ProlongChoice *choice = &g_array_index (choices, ProlongChoice, i);

      if (choice->license != NULL || choice->operation != NULL)
        return choice;
    }
  return NULL;
}

ProlongState
prolong_choice_get_state (const ProlongChoice *choice, guint *days_left)
{
  *days_left = choice->license != NULL ? choice->license->days_left : 0;
  if (choice->license != NULL)
    return choice->license->state;
  return choice->operation != NULL ? PROLONG_STATE_PENDING : PROLONG_STATE_NONE;
}
