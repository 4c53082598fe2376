/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/client.h"

gint64
prolong_license_info_get_end (const ProlongLicenseInfo *license)
{
  return license->state == PROLONG_STATE_GRACE ? license->grace_until : license->expires_at;
}

const ProlongVendorInfo *
prolong_snapshot_find_vendor (const ProlongSnapshot *snapshot, const char *id)
{
  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      if (g_str_equal (vendor->id, id))
        return vendor;
    }
  return NULL;
}

GPtrArray *
prolong_snapshot_find_owners (const ProlongSnapshot *snapshot, const char *text)
{
  GPtrArray *owners = g_ptr_array_new ();

  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);
      g_autoptr (ProlongCode) code = prolong_code_parse (text, &vendor->format, NULL);

      if (code != NULL)
        g_ptr_array_add (owners, vendor);
    }
  return owners;
}

const ProlongLicenseInfo *
prolong_snapshot_find_license (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (g_str_equal (license->vendor, vendor) && g_str_equal (license->product, product))
        return license;
    }
  return NULL;
}

const ProlongOperationInfo *
prolong_snapshot_find_operation (const ProlongSnapshot *snapshot, const char *path)
{
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (g_str_equal (operation->path, path))
        return operation;
    }
  return NULL;
}

const ProlongReserveInfo *
prolong_snapshot_find_reserve (const ProlongSnapshot *snapshot, const char *path)
{
  for (guint i = 0; i < snapshot->reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (g_str_equal (reserve->path, path))
        return reserve;
    }
  return NULL;
}

GPtrArray *
prolong_snapshot_list_reserves (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  GPtrArray *reserves = g_ptr_array_new ();

  for (guint i = 0; i < snapshot->reserves->len; i++)
    {
      ProlongReserveInfo *reserve = g_ptr_array_index (snapshot->reserves, i);

      if (g_str_equal (reserve->vendor, vendor) && g_str_equal (reserve->product, product))
        g_ptr_array_add (reserves, reserve);
    }
  return reserves;
}

const ProlongOrderInfo *
prolong_snapshot_find_order (const ProlongSnapshot *snapshot, const char *id)
{
  for (guint i = 0; i < snapshot->orders->len; i++)
    {
      const ProlongOrderInfo *order = g_ptr_array_index (snapshot->orders, i);

      if (g_str_equal (order->id, id))
        return order;
    }
  return NULL;
}

const ProlongSupportInfo *
prolong_snapshot_find_support (const ProlongSnapshot *snapshot, const char *id)
{
  for (guint i = 0; i < snapshot->support->len; i++)
    {
      const ProlongSupportInfo *request = g_ptr_array_index (snapshot->support, i);

      if (g_str_equal (request->id, id))
        return request;
    }
  return NULL;
}

GPtrArray *
prolong_snapshot_list_orders (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  GPtrArray *orders = g_ptr_array_new ();

  for (guint i = 0; i < snapshot->orders->len; i++)
    {
      ProlongOrderInfo *order = g_ptr_array_index (snapshot->orders, i);

      if (g_str_equal (order->vendor, vendor) && g_str_equal (order->product, product))
        g_ptr_array_add (orders, order);
    }
  return orders;
}

static const struct
{
  const char *state;
  const char *outcome; /* NULL: any */
  ProlongStage stage;
} stages[] = {
  { "sending", NULL, PROLONG_STAGE_SENDING },
  { "refused", NULL, PROLONG_STAGE_REFUSED },
  { "open", NULL, PROLONG_STAGE_TO_PAY },
  { "awaiting-payment", NULL, PROLONG_STAGE_TO_PAY },
  { "paid", NULL, PROLONG_STAGE_PAID },
  { "delivered", "reserve", PROLONG_STAGE_RESERVE },
  { "delivered", "active", PROLONG_STAGE_ACTIVE },
  { "delivered", "present", PROLONG_STAGE_PRESENT },
  { "delivered", "refused", PROLONG_STAGE_NOT_ADDED },
  { "delivered", NULL, PROLONG_STAGE_ADDING },
  { "cancelled", NULL, PROLONG_STAGE_CANCELLED },
  { "expired", NULL, PROLONG_STAGE_EXPIRED },
};

ProlongStage
prolong_order_info_get_stage (const ProlongOrderInfo *order)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i].state, order->state)
        && (stages[i].outcome == NULL || g_str_equal (stages[i].outcome, order->outcome)))
      return stages[i].stage == PROLONG_STAGE_ADDING && *order->problem != '\0' ? PROLONG_STAGE_WAITING
                                                                                : stages[i].stage;
  return PROLONG_STAGE_SENDING;
}

gboolean
prolong_order_info_may_forget (const ProlongOrderInfo *order)
{
  switch (prolong_order_info_get_stage (order))
    {
    case PROLONG_STAGE_PAID:
    case PROLONG_STAGE_ADDING:
    case PROLONG_STAGE_WAITING:
      return FALSE;
    default:
      return TRUE;
    }
}
