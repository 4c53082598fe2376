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
