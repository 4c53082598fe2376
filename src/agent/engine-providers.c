/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-providers.h"

#include "agent/engine-private.h"

static gboolean
find_among_all (ProlongEngine *self,
                const char *order_number,
                ProlongVendor **vendor,
                const ProlongProvider **provider,
                GError **error)
{
  for (guint i = 0; i < self->vendors->len; i++)
    {
      const ProlongProvider *found = prolong_provider_find (
          prolong_vendor_get_profile (self->vendors->pdata[i])->providers, order_number);

      if (found != NULL && *provider != NULL)
        {
          g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                               "Name a vendor: several have such order numbers");
          return FALSE;
        }
      if (found == NULL)
        continue;
      *vendor = self->vendors->pdata[i];
      *provider = found;
    }
  return TRUE;
}

gboolean
prolong_engine_find_provider (ProlongEngine *self,
                              const char *id,
                              const char *order_number,
                              ProlongVendor **vendor,
                              const ProlongProvider **provider,
                              GError **error)
{
  *vendor = NULL;
  *provider = NULL;
  if (*id == '\0')
    return find_among_all (self, order_number, vendor, provider, error);
  *vendor = prolong_engine_choose_shop (self, id, error);
  if (*vendor == NULL)
    return FALSE;
  *provider = prolong_provider_find (prolong_vendor_get_profile (*vendor)->providers, order_number);
  return TRUE;
}

ProlongVendor *
prolong_engine_choose_seller (ProlongEngine *self, const char *id, const char *product, GError **error)
{
  ProlongVendor *found = NULL;
  guint n_found = 0;

  if (*id != '\0' || *product == '\0')
    return prolong_engine_choose_shop (self, id, error);
  for (guint i = 0; i < self->vendors->len; i++)
    if (prolong_profile_find_product (prolong_vendor_get_profile (self->vendors->pdata[i]), product) != NULL)
      {
        found = self->vendors->pdata[i];
        n_found++;
      }
  if (n_found == 1)
    return found;
  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "Name a vendor that has this product");
  return NULL;
}
