/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/client.h"

#include "bus/contract.h"
#include "bus/fields-private.h"

static const char *const step_names[] = {
  [PROLONG_STEP_CHECKING] = "checking",   [PROLONG_STEP_STORING] = "storing", [PROLONG_STEP_SENDING] = "sending",
  [PROLONG_STEP_VERIFYING] = "verifying", [PROLONG_STEP_SAVING] = "saving",   [PROLONG_STEP_WAITING] = "waiting",
  [PROLONG_STEP_DONE] = "done",           [PROLONG_STEP_REFUSED] = "refused", [PROLONG_STEP_CANCELLED] = "cancelled",
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_names) == PROLONG_N_STEPS);

const char *
prolong_step_get_name (ProlongStep step)
{
  g_return_val_if_fail (step < PROLONG_N_STEPS, NULL);
  return step_names[step];
}

static gboolean
step_from_name (const char *name, int *value)
{
  for (int step = 0; step < PROLONG_N_STEPS; step++)
    if (g_str_equal (step_names[step], name))
      {
        *value = step;
        return TRUE;
      }
  return FALSE;
}

static gboolean
state_from_name (const char *name, int *value)
{
  ProlongState state;

  if (!prolong_state_from_name (name, &state))
    return FALSE;
  *value = (int) state;
  return TRUE;
}

static gboolean
kind_from_name (const char *name, int *value)
{
  ProlongLicenseKind kind;

  if (!prolong_license_kind_from_name (name, &kind))
    return FALSE;
  *value = (int) kind;
  return TRUE;
}

static gboolean
check_from_name (const char *name, int *value)
{
  *value = g_str_equal (name, "none") ? PROLONG_CODE_CHECK_NONE : PROLONG_CODE_CHECK_GF32;
  return TRUE;
}

static const ProlongField product_fields[] = {
  PROLONG_FIELD ("id", STRING, ProlongProductInfo, id),
  PROLONG_FIELD ("name", STRING, ProlongProductInfo, name),
  PROLONG_FIELD ("version", STRING, ProlongProductInfo, version),
};

static const ProlongField vendor_fields[] = {
  PROLONG_FIELD ("id", STRING, ProlongVendorInfo, id),
  PROLONG_FIELD ("name", STRING, ProlongVendorInfo, name),
  PROLONG_FIELD ("service", STRING, ProlongVendorInfo, service),
  PROLONG_FIELD ("code_pattern", STRING, ProlongVendorInfo, code_pattern),
  PROLONG_FIELD ("number_pattern", STRING, ProlongVendorInfo, number_pattern),
  PROLONG_FIELD_ENUM ("code_check", ProlongVendorInfo, format.check, check_from_name),
  PROLONG_FIELD ("support_url", STRING, ProlongVendorInfo, support_url),
  PROLONG_FIELD ("support_email", STRING, ProlongVendorInfo, support_email),
  PROLONG_FIELD ("shop_url", STRING, ProlongVendorInfo, shop_url),
};

static const ProlongField license_fields[] = {
  PROLONG_FIELD ("Id", STRING, ProlongLicenseInfo, id),
  PROLONG_FIELD ("Vendor", STRING, ProlongLicenseInfo, vendor),
  PROLONG_FIELD ("VendorName", STRING, ProlongLicenseInfo, vendor_name),
  PROLONG_FIELD ("Product", STRING, ProlongLicenseInfo, product),
  PROLONG_FIELD ("Name", STRING, ProlongLicenseInfo, name),
  PROLONG_FIELD ("Number", STRING, ProlongLicenseInfo, number),
  PROLONG_FIELD_ENUM ("Kind", ProlongLicenseInfo, kind, kind_from_name),
  PROLONG_FIELD_ENUM ("State", ProlongLicenseInfo, state, state_from_name),
  PROLONG_FIELD ("DaysLeft", UINT, ProlongLicenseInfo, days_left),
  PROLONG_FIELD ("StartsAt", TIME, ProlongLicenseInfo, starts_at),
  PROLONG_FIELD ("ExpiresAt", TIME, ProlongLicenseInfo, expires_at),
  PROLONG_FIELD ("GraceUntil", TIME, ProlongLicenseInfo, grace_until),
  PROLONG_FIELD ("ActivatedAt", TIME, ProlongLicenseInfo, activated_at),
  PROLONG_FIELD ("DevicesUsed", UINT, ProlongLicenseInfo, devices_used),
  PROLONG_FIELD ("DevicesLimit", UINT, ProlongLicenseInfo, devices_limit),
  PROLONG_FIELD ("AutoRenewal", BOOLEAN, ProlongLicenseInfo, auto_renewal),
  PROLONG_FIELD ("Provider", STRING, ProlongLicenseInfo, provider),
  PROLONG_FIELD ("ManageUrl", STRING, ProlongLicenseInfo, manage_url),
  PROLONG_FIELD ("CoveredUntil", TIME, ProlongLicenseInfo, covered_until),
  PROLONG_FIELD ("CheckedAt", TIME, ProlongLicenseInfo, checked_at),
  PROLONG_FIELD ("Confirmed", BOOLEAN, ProlongLicenseInfo, confirmed),
  PROLONG_FIELD ("CheckProblem", STRING, ProlongLicenseInfo, check_problem),
  PROLONG_FIELD ("Clock", STRING, ProlongLicenseInfo, clock),
  PROLONG_FIELD ("AddCode", STRING, ProlongLicenseInfo, add_code),
  PROLONG_FIELD ("FirstReminder", UINT, ProlongLicenseInfo, first_reminder),
};

static const ProlongField operation_fields[] = {
  PROLONG_FIELD ("Id", STRING, ProlongOperationInfo, id),
  PROLONG_FIELD ("Vendor", STRING, ProlongOperationInfo, vendor),
  PROLONG_FIELD ("Product", STRING, ProlongOperationInfo, product),
  PROLONG_FIELD ("Code", STRING, ProlongOperationInfo, code),
  PROLONG_FIELD_ENUM ("Step", ProlongOperationInfo, step, step_from_name),
  PROLONG_FIELD ("Progress", DOUBLE, ProlongOperationInfo, progress),
  PROLONG_FIELD ("Cancellable", BOOLEAN, ProlongOperationInfo, cancellable),
  PROLONG_FIELD ("Error", STRING, ProlongOperationInfo, error),
  PROLONG_FIELD ("ErrorDetails", DETAILS, ProlongOperationInfo, error_details),
  PROLONG_FIELD ("RetryAt", TIME, ProlongOperationInfo, retry_at),
  PROLONG_FIELD ("License", STRING, ProlongOperationInfo, license),
};

static const ProlongField manager_fields[] = {
  PROLONG_FIELD ("Keyring", STRING, ProlongSnapshot, keyring),
  PROLONG_FIELD ("Service", STRING, ProlongSnapshot, service),
  PROLONG_FIELD ("Tray", STRING, ProlongSnapshot, tray),
  PROLONG_FIELD ("DeviceName", STRING, ProlongSnapshot, device_name),
};

static void
product_free (gpointer product)
{
  prolong_fields_clear (product_fields, G_N_ELEMENTS (product_fields), product);
  g_free (product);
}

static void
vendor_free (gpointer data)
{
  ProlongVendorInfo *vendor = data;

  prolong_fields_clear (vendor_fields, G_N_ELEMENTS (vendor_fields), vendor);
  g_ptr_array_unref (vendor->products);
  g_free (vendor);
}

static void
license_free (gpointer data)
{
  ProlongLicenseInfo *license = data;

  prolong_fields_clear (license_fields, G_N_ELEMENTS (license_fields), license);
  g_free (license->path);
  g_free (license);
}

static void
operation_free (gpointer data)
{
  ProlongOperationInfo *operation = data;

  prolong_fields_clear (operation_fields, G_N_ELEMENTS (operation_fields), operation);
  g_free (operation->path);
  g_free (operation);
}

/* The entry @name of a dictionary when it is a list of dictionaries, else NULL. */
static GVariant *
lookup_list (GVariant *dictionary, const char *name)
{
  if (!g_variant_is_of_type (dictionary, G_VARIANT_TYPE_VARDICT))
    return NULL;
  return g_variant_lookup_value (dictionary, name, G_VARIANT_TYPE ("aa{sv}"));
}

static void
add_product (ProlongVendorInfo *vendor, GVariant *dictionary)
{
  ProlongProductInfo *product = g_new0 (ProlongProductInfo, 1);

  prolong_fields_read (product_fields, G_N_ELEMENTS (product_fields), dictionary, product);
  g_ptr_array_add (vendor->products, product);
}

static void
add_vendor (ProlongSnapshot *snapshot, GVariant *dictionary)
{
  ProlongVendorInfo *vendor = g_new0 (ProlongVendorInfo, 1);
  g_autoptr (GVariant) products = lookup_list (dictionary, "products");

  vendor->products = g_ptr_array_new_with_free_func (product_free);
  prolong_fields_read (vendor_fields, G_N_ELEMENTS (vendor_fields), dictionary, vendor);

  vendor->format.pattern = *vendor->code_pattern ? vendor->code_pattern : prolong_code_format_default.pattern;
  vendor->format.number_pattern
      = *vendor->number_pattern ? vendor->number_pattern : prolong_code_format_default.number_pattern;
  for (gsize i = 0; products != NULL && i < g_variant_n_children (products); i++)
    {
      g_autoptr (GVariant) product = g_variant_get_child_value (products, i);

      add_product (vendor, product);
    }
  g_ptr_array_add (snapshot->vendors, vendor);
}

static void
read_manager (ProlongSnapshot *snapshot, GVariant *manager)
{
  g_autoptr (GVariant) vendors = NULL;

  prolong_fields_read (manager_fields, G_N_ELEMENTS (manager_fields), manager, snapshot);
  if (manager == NULL)
    return;

  vendors = lookup_list (manager, "Vendors");
  for (gsize i = 0; vendors != NULL && i < g_variant_n_children (vendors); i++)
    {
      g_autoptr (GVariant) vendor = g_variant_get_child_value (vendors, i);

      add_vendor (snapshot, vendor);
    }
}

static void
add_interface (ProlongSnapshot *snapshot, const char *path, const char *interface, GVariant *properties)
{
  if (g_str_equal (interface, PROLONG_BUS_LICENSE))
    {
      ProlongLicenseInfo *license = g_new0 (ProlongLicenseInfo, 1);

      license->path = g_strdup (path);
      license->kind = PROLONG_LICENSE_COMMERCIAL;
      prolong_fields_read (license_fields, G_N_ELEMENTS (license_fields), properties, license);
      g_ptr_array_add (snapshot->licenses, license);
    }
  else if (g_str_equal (interface, PROLONG_BUS_OPERATION))
    {
      ProlongOperationInfo *operation = g_new0 (ProlongOperationInfo, 1);

      operation->path = g_strdup (path);
      prolong_fields_read (operation_fields, G_N_ELEMENTS (operation_fields), properties, operation);
      g_ptr_array_add (snapshot->operations, operation);
    }
}

static void
read_objects (ProlongSnapshot *snapshot, GVariant *answer)
{
  g_autoptr (GVariant) objects = NULL;
  GVariantIter iter;
  const char *path;
  GVariantIter *interfaces;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{oa{sa{sv}}})")))
    return;

  objects = g_variant_get_child_value (answer, 0);
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&oa{sa{sv}}}", &path, &interfaces))
    {
      const char *interface;
      GVariant *properties;

      while (g_variant_iter_loop (interfaces, "{&s@a{sv}}", &interface, &properties))
        add_interface (snapshot, path, interface, properties);
    }
}

static int
compare_need (gconstpointer a, gconstpointer b)
{
  const ProlongLicenseInfo *first = *(ProlongLicenseInfo *const *) a;
  const ProlongLicenseInfo *second = *(ProlongLicenseInfo *const *) b;

  if (first->expires_at != second->expires_at)
    return first->expires_at < second->expires_at ? -1 : 1;
  return strcmp (first->path, second->path);
}

static int
compare_path (gconstpointer a, gconstpointer b)
{
  const ProlongOperationInfo *first = *(ProlongOperationInfo *const *) a;
  const ProlongOperationInfo *second = *(ProlongOperationInfo *const *) b;

  return strcmp (first->path, second->path);
}

ProlongSnapshot *
prolong_snapshot_new (GVariant *objects, GVariant *manager)
{
  ProlongSnapshot *snapshot = g_new0 (ProlongSnapshot, 1);
  g_autoptr (GVariant) properties = NULL;

  if (manager != NULL && g_variant_is_of_type (manager, G_VARIANT_TYPE ("(a{sv})")))
    properties = g_variant_get_child_value (manager, 0);

  snapshot->vendors = g_ptr_array_new_with_free_func (vendor_free);
  snapshot->licenses = g_ptr_array_new_with_free_func (license_free);
  snapshot->operations = g_ptr_array_new_with_free_func (operation_free);
  read_manager (snapshot, properties);
  read_objects (snapshot, objects);

  g_ptr_array_sort (snapshot->licenses, compare_need);
  g_ptr_array_sort (snapshot->operations, compare_path);
  return snapshot;
}

void
prolong_snapshot_free (ProlongSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;
  prolong_fields_clear (manager_fields, G_N_ELEMENTS (manager_fields), snapshot);
  g_ptr_array_unref (snapshot->vendors);
  g_ptr_array_unref (snapshot->licenses);
  g_ptr_array_unref (snapshot->operations);
  g_free (snapshot);
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
