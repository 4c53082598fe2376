/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/client.h"

#include "bus/contract.h"
#include "bus/entries.h"
#include "bus/names-private.h"
#include "bus/snapshot-private.h"

static gboolean
state_from_name (const char *name, int *value)
{
  ProlongState state;

  if (!prolong_state_from_name (name, &state))
    return FALSE;
  *value = (int)state;
  return TRUE;
}

static gboolean
kind_from_name (const char *name, int *value)
{
  ProlongLicenseKind kind;

  if (!prolong_license_kind_from_name (name, &kind))
    return FALSE;
  *value = (int)kind;
  return TRUE;
}

static const ProlongEntry order_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongOrderInfo, id),
  PROLONG_ENTRY ("vendor", STRING, ProlongOrderInfo, vendor),
  PROLONG_ENTRY ("product", STRING, ProlongOrderInfo, product),
  PROLONG_ENTRY ("name", STRING, ProlongOrderInfo, name),
  PROLONG_ENTRY ("number", STRING, ProlongOrderInfo, number),
  PROLONG_ENTRY ("license", STRING, ProlongOrderInfo, license),
  PROLONG_ENTRY ("devices", UINT, ProlongOrderInfo, devices),
  PROLONG_ENTRY ("years", UINT, ProlongOrderInfo, years),
  PROLONG_ENTRY ("total", INT64, ProlongOrderInfo, total),
  PROLONG_ENTRY ("currency", STRING, ProlongOrderInfo, currency),
  PROLONG_ENTRY ("created_at", INT64, ProlongOrderInfo, created_at),
  PROLONG_ENTRY ("pay_by", INT64, ProlongOrderInfo, pay_by),
  PROLONG_ENTRY ("delivers_at", INT64, ProlongOrderInfo, delivers_at),
  PROLONG_ENTRY ("retry_at", INT64, ProlongOrderInfo, retry_at),
  PROLONG_ENTRY ("state", STRING, ProlongOrderInfo, state),
  PROLONG_ENTRY ("outcome", STRING, ProlongOrderInfo, outcome),
  PROLONG_ENTRY ("problem", STRING, ProlongOrderInfo, problem),
};

static const ProlongEntry support_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongSupportInfo, id),
  PROLONG_ENTRY ("vendor", STRING, ProlongSupportInfo, vendor),
  PROLONG_ENTRY ("topic", STRING, ProlongSupportInfo, topic),
  PROLONG_ENTRY ("state", STRING, ProlongSupportInfo, state),
  PROLONG_ENTRY ("reference", STRING, ProlongSupportInfo, reference),
  PROLONG_ENTRY ("problem", STRING, ProlongSupportInfo, problem),
  PROLONG_ENTRY ("codes_hidden", UINT, ProlongSupportInfo, codes_hidden),
  PROLONG_ENTRY ("created_at", INT64, ProlongSupportInfo, created_at),
  PROLONG_ENTRY ("retry_at", INT64, ProlongSupportInfo, retry_at),
};

static const ProlongEntry license_fields[] = {
  PROLONG_ENTRY ("Id", STRING, ProlongLicenseInfo, id),
  PROLONG_ENTRY ("Vendor", STRING, ProlongLicenseInfo, vendor),
  PROLONG_ENTRY ("VendorName", STRING, ProlongLicenseInfo, vendor_name),
  PROLONG_ENTRY ("Product", STRING, ProlongLicenseInfo, product),
  PROLONG_ENTRY ("Name", STRING, ProlongLicenseInfo, name),
  PROLONG_ENTRY ("Number", STRING, ProlongLicenseInfo, number),
  PROLONG_ENTRY_ENUM ("Kind", ProlongLicenseInfo, kind, kind_from_name),
  PROLONG_ENTRY_ENUM ("State", ProlongLicenseInfo, state, state_from_name),
  PROLONG_ENTRY ("DaysLeft", UINT, ProlongLicenseInfo, days_left),
  PROLONG_ENTRY ("StartsAt", INT64, ProlongLicenseInfo, starts_at),
  PROLONG_ENTRY ("ExpiresAt", INT64, ProlongLicenseInfo, expires_at),
  PROLONG_ENTRY ("GraceUntil", INT64, ProlongLicenseInfo, grace_until),
  PROLONG_ENTRY ("ActivatedAt", INT64, ProlongLicenseInfo, activated_at),
  PROLONG_ENTRY ("DevicesUsed", UINT, ProlongLicenseInfo, devices_used),
  PROLONG_ENTRY ("DevicesLimit", UINT, ProlongLicenseInfo, devices_limit),
  PROLONG_ENTRY ("AutoRenewal", BOOLEAN, ProlongLicenseInfo, auto_renewal),
  PROLONG_ENTRY ("Provider", STRING, ProlongLicenseInfo, provider),
  PROLONG_ENTRY ("ManageUrl", STRING, ProlongLicenseInfo, manage_url),
  PROLONG_ENTRY ("StatusUrl", STRING, ProlongLicenseInfo, status_url),
  PROLONG_ENTRY ("CoveredUntil", INT64, ProlongLicenseInfo, covered_until),
  PROLONG_ENTRY ("CheckedAt", INT64, ProlongLicenseInfo, checked_at),
  PROLONG_ENTRY ("Confirmed", BOOLEAN, ProlongLicenseInfo, confirmed),
  PROLONG_ENTRY ("CheckProblem", STRING, ProlongLicenseInfo, check_problem),
  PROLONG_ENTRY ("Clock", STRING, ProlongLicenseInfo, clock),
  PROLONG_ENTRY ("AddCode", STRING, ProlongLicenseInfo, add_code),
  PROLONG_ENTRY ("FirstReminder", UINT, ProlongLicenseInfo, first_reminder),
};

static const ProlongEntry operation_fields[] = {
  PROLONG_ENTRY ("Id", STRING, ProlongOperationInfo, id),
  PROLONG_ENTRY_ENUM ("Kind", ProlongOperationInfo, kind, prolong_operation_kind_from_name),
  PROLONG_ENTRY ("Vendor", STRING, ProlongOperationInfo, vendor),
  PROLONG_ENTRY ("Product", STRING, ProlongOperationInfo, product),
  PROLONG_ENTRY ("Code", STRING, ProlongOperationInfo, code),
  PROLONG_ENTRY_ENUM ("Step", ProlongOperationInfo, step, prolong_step_from_name),
  PROLONG_ENTRY ("Progress", DOUBLE, ProlongOperationInfo, progress),
  PROLONG_ENTRY ("Cancellable", BOOLEAN, ProlongOperationInfo, cancellable),
  PROLONG_ENTRY ("Error", STRING, ProlongOperationInfo, error),
  PROLONG_ENTRY ("ErrorDetails", DETAILS, ProlongOperationInfo, error_details),
  PROLONG_ENTRY ("RetryAt", INT64, ProlongOperationInfo, retry_at),
  PROLONG_ENTRY ("License", STRING, ProlongOperationInfo, license),
  PROLONG_ENTRY ("Reserve", STRING, ProlongOperationInfo, reserve),
};

static const ProlongEntry reserve_fields[] = {
  PROLONG_ENTRY ("Id", STRING, ProlongReserveInfo, id),
  PROLONG_ENTRY ("Vendor", STRING, ProlongReserveInfo, vendor),
  PROLONG_ENTRY ("Product", STRING, ProlongReserveInfo, product),
  PROLONG_ENTRY ("Code", STRING, ProlongReserveInfo, code),
  PROLONG_ENTRY ("Position", UINT, ProlongReserveInfo, position),
  PROLONG_ENTRY_ENUM ("State", ProlongReserveInfo, state, prolong_reserve_state_from_name),
  PROLONG_ENTRY ("Problem", STRING, ProlongReserveInfo, problem),
  PROLONG_ENTRY ("ProblemDetails", DETAILS, ProlongReserveInfo, problem_details),
  PROLONG_ENTRY ("Name", STRING, ProlongReserveInfo, name),
  PROLONG_ENTRY ("Kind", STRING, ProlongReserveInfo, kind),
  PROLONG_ENTRY ("Term", INT64, ProlongReserveInfo, term),
  PROLONG_ENTRY ("StartsAt", INT64, ProlongReserveInfo, starts_at),
  PROLONG_ENTRY ("ExpiresAt", INT64, ProlongReserveInfo, expires_at),
  PROLONG_ENTRY ("DevicesUsed", UINT, ProlongReserveInfo, devices_used),
  PROLONG_ENTRY ("DevicesLimit", UINT, ProlongReserveInfo, devices_limit),
  PROLONG_ENTRY ("CheckedAt", INT64, ProlongReserveInfo, checked_at),
  PROLONG_ENTRY ("Operation", STRING, ProlongReserveInfo, operation),
};

static const ProlongEntry manager_fields[] = {
  PROLONG_ENTRY ("Keyring", STRING, ProlongSnapshot, keyring),
  PROLONG_ENTRY ("Service", STRING, ProlongSnapshot, service),
  PROLONG_ENTRY ("Tray", STRING, ProlongSnapshot, tray),
  PROLONG_ENTRY ("DeviceName", STRING, ProlongSnapshot, device_name),
  PROLONG_ENTRY ("Storage", STRING, ProlongSnapshot, storage),
  PROLONG_ENTRY ("StartAtLogin", STRING, ProlongSnapshot, start_at_login),
  PROLONG_ENTRY ("Notifications", BOOLEAN, ProlongSnapshot, notifications),
  PROLONG_ENTRY ("NotificationDays", UINTS, ProlongSnapshot, notification_days),
  PROLONG_ENTRY ("Email", STRING, ProlongSnapshot, email),
};

static void
order_free (gpointer order)
{
  prolong_entries_clear (order_fields, G_N_ELEMENTS (order_fields), order);
  g_free (order);
}

static void
support_free (gpointer support)
{
  prolong_entries_clear (support_fields, G_N_ELEMENTS (support_fields), support);
  g_free (support);
}

static void
license_free (gpointer data)
{
  ProlongLicenseInfo *license = data;

  prolong_entries_clear (license_fields, G_N_ELEMENTS (license_fields), license);
  g_free (license->path);
  g_free (license);
}

static void
operation_free (gpointer data)
{
  ProlongOperationInfo *operation = data;

  prolong_entries_clear (operation_fields, G_N_ELEMENTS (operation_fields), operation);
  g_free (operation->path);
  g_free (operation);
}

static void
reserve_free (gpointer data)
{
  ProlongReserveInfo *reserve = data;

  prolong_entries_clear (reserve_fields, G_N_ELEMENTS (reserve_fields), reserve);
  g_free (reserve->path);
  g_free (reserve);
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
read_manager (ProlongSnapshot *snapshot, GVariant *manager)
{
  g_autoptr (GVariant) vendors = NULL;

  prolong_entries_read (manager_fields, G_N_ELEMENTS (manager_fields), manager, snapshot);
  snapshot->orders = prolong_entries_read_list (order_fields, G_N_ELEMENTS (order_fields), manager, "Orders",
                                                sizeof (ProlongOrderInfo), order_free);
  snapshot->support
      = prolong_entries_read_list (support_fields, G_N_ELEMENTS (support_fields), manager, "SupportRequests",
                                   sizeof (ProlongSupportInfo), support_free);
  if (manager == NULL)
    return;

  vendors = lookup_list (manager, "Vendors");
  for (gsize i = 0; vendors != NULL && i < g_variant_n_children (vendors); i++)
    {
      g_autoptr (GVariant) vendor = g_variant_get_child_value (vendors, i);

      g_ptr_array_add (snapshot->vendors, prolong_vendor_info_new (vendor));
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
      prolong_entries_read (license_fields, G_N_ELEMENTS (license_fields), properties, license);
      g_ptr_array_add (snapshot->licenses, license);
    }
  else if (g_str_equal (interface, PROLONG_BUS_OPERATION))
    {
      ProlongOperationInfo *operation = g_new0 (ProlongOperationInfo, 1);

      operation->path = g_strdup (path);
      prolong_entries_read (operation_fields, G_N_ELEMENTS (operation_fields), properties, operation);
      g_ptr_array_add (snapshot->operations, operation);
    }
  else if (g_str_equal (interface, PROLONG_BUS_RESERVE))
    {
      ProlongReserveInfo *reserve = g_new0 (ProlongReserveInfo, 1);

      reserve->path = g_strdup (path);
      reserve->state = PROLONG_RESERVE_UNCHECKED;
      prolong_entries_read (reserve_fields, G_N_ELEMENTS (reserve_fields), properties, reserve);
      g_ptr_array_add (snapshot->reserves, reserve);
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

/* What ended presses more than what ends, and what ends without a successor more than what is covered. */
static int
get_rank (const ProlongLicenseInfo *license)
{
  switch (license->state)
    {
    case PROLONG_STATE_EXPIRED:
    case PROLONG_STATE_BLOCKED:
      return 0;
    case PROLONG_STATE_GRACE:
      return license->auto_renewal ? 2 : 0;
    case PROLONG_STATE_PENDING:
      return 1;
    case PROLONG_STATE_EXPIRING:
      return license->auto_renewal || license->covered_until > license->expires_at ? 2 : 1;
    case PROLONG_STATE_NONE:
    case PROLONG_STATE_ACTIVE:
    case PROLONG_N_STATES:
    default:
      return 2;
    }
}

static int
compare_need (gconstpointer a, gconstpointer b)
{
  const ProlongLicenseInfo *first = *(ProlongLicenseInfo *const *)a;
  const ProlongLicenseInfo *second = *(ProlongLicenseInfo *const *)b;

  if (get_rank (first) != get_rank (second))
    return get_rank (first) - get_rank (second);
  if (first->expires_at != second->expires_at)
    return first->expires_at < second->expires_at ? -1 : 1;
  return strcmp (first->path, second->path);
}

static int
compare_path (gconstpointer a, gconstpointer b)
{
  const ProlongOperationInfo *first = *(ProlongOperationInfo *const *)a;
  const ProlongOperationInfo *second = *(ProlongOperationInfo *const *)b;

  return strcmp (first->path, second->path);
}

static int
compare_turn (gconstpointer a, gconstpointer b)
{
  const ProlongReserveInfo *first = *(ProlongReserveInfo *const *)a;
  const ProlongReserveInfo *second = *(ProlongReserveInfo *const *)b;
  int order = strcmp (first->vendor, second->vendor);

  if (order == 0)
    order = strcmp (first->product, second->product);
  if (order == 0 && first->position != second->position)
    order = first->position < second->position ? -1 : 1;
  return order != 0 ? order : strcmp (first->path, second->path);
}

ProlongSnapshot *
prolong_snapshot_new (GVariant *objects, GVariant *manager)
{
  ProlongSnapshot *snapshot = g_new0 (ProlongSnapshot, 1);
  g_autoptr (GVariant) properties = NULL;

  if (manager != NULL && g_variant_is_of_type (manager, G_VARIANT_TYPE ("(a{sv})")))
    properties = g_variant_get_child_value (manager, 0);

  snapshot->vendors = g_ptr_array_new_with_free_func (prolong_vendor_info_free);
  snapshot->licenses = g_ptr_array_new_with_free_func (license_free);
  snapshot->operations = g_ptr_array_new_with_free_func (operation_free);
  snapshot->reserves = g_ptr_array_new_with_free_func (reserve_free);
  read_manager (snapshot, properties);
  read_objects (snapshot, objects);

  g_ptr_array_sort (snapshot->licenses, compare_need);
  g_ptr_array_sort (snapshot->operations, compare_path);
  g_ptr_array_sort (snapshot->reserves, compare_turn);
  return snapshot;
}

void
prolong_snapshot_free (ProlongSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;
  prolong_entries_clear (manager_fields, G_N_ELEMENTS (manager_fields), snapshot);
  g_ptr_array_unref (snapshot->vendors);
  g_ptr_array_unref (snapshot->licenses);
  g_ptr_array_unref (snapshot->operations);
  g_ptr_array_unref (snapshot->reserves);
  g_ptr_array_unref (snapshot->orders);
  g_ptr_array_unref (snapshot->support);
  g_free (snapshot);
}
