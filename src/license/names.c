/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/names.h"

const char *const prolong_license_kind_names[] = {
  [PROLONG_LICENSE_TRIAL] = "trial",
  [PROLONG_LICENSE_COMMERCIAL] = "commercial",
  [PROLONG_LICENSE_SUBSCRIPTION] = "subscription",
  NULL,
};

const char *const prolong_license_status_names[] = {
  [PROLONG_LICENSE_ACTIVE] = "active",
  [PROLONG_LICENSE_GRACE] = "grace",
  [PROLONG_LICENSE_EXPIRED] = "expired",
  [PROLONG_LICENSE_BLOCKED] = "blocked",
  NULL,
};

static gboolean
find_name (const char *const *names, const char *name, guint *value)
{
  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

const char *
prolong_license_kind_get_name (ProlongLicenseKind kind)
{
  g_return_val_if_fail ((guint)kind <= PROLONG_LICENSE_SUBSCRIPTION, NULL);

  return prolong_license_kind_names[kind];
}

gboolean
prolong_license_kind_from_name (const char *name, ProlongLicenseKind *kind)
{
  return find_name (prolong_license_kind_names, name, (guint *)kind);
}

const char *
prolong_license_status_get_name (ProlongLicenseStatus status)
{
  g_return_val_if_fail ((guint)status <= PROLONG_LICENSE_BLOCKED, NULL);

  return prolong_license_status_names[status];
}

gboolean
prolong_license_status_from_name (const char *name, ProlongLicenseStatus *status)
{
  return find_name (prolong_license_status_names, name, (guint *)status);
}
