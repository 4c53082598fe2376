/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/provider.h"

#include "license/order-pattern.h"
#include "license/profile.h"

const char *const prolong_provider_kind_names[] = {
  [PROLONG_PROVIDER_SHOP] = "shop",       [PROLONG_PROVIDER_PORTAL] = "portal",
  [PROLONG_PROVIDER_VENDOR] = "vendor",   [PROLONG_PROVIDER_INTERNET_PROVIDER] = "internet-provider",
  [PROLONG_PROVIDER_PARTNER] = "partner", [PROLONG_PROVIDER_PHONE] = "phone",
  [PROLONG_N_PROVIDER_KINDS] = NULL,
};

const char *const prolong_provider_action_names[] = {
  [PROLONG_PROVIDER_ACTION_SERVICE] = "service",
  [PROLONG_PROVIDER_ACTION_CONTACT] = "contact",
  [PROLONG_PROVIDER_ACTION_INSTRUCTION] = "instruction",
  [PROLONG_PROVIDER_ACTION_SUPPORT] = "support",
  [PROLONG_N_PROVIDER_ACTIONS] = NULL,
};

const ProlongProvider *
prolong_provider_find (const GPtrArray *providers, const char *order_number)
{
  g_autofree char *number = prolong_order_number_fold (order_number);

  for (guint i = 0; number != NULL && i < providers->len; i++)
    {
      const ProlongProvider *provider = g_ptr_array_index (providers, i);

      for (char **pattern = provider->orders; pattern != NULL && *pattern != NULL; pattern++)
        if (prolong_order_pattern_fits (*pattern, number))
          return provider;
    }
  return NULL;
}

gboolean
prolong_provider_applies (const ProlongProvider *provider, const char *product, const char *version)
{
  if (provider->products != NULL && !g_strv_contains ((const char *const *)provider->products, product))
    return FALSE;
  if (*version == '\0')
    return TRUE;
  return (provider->min_version == NULL || prolong_version_compare (version, provider->min_version) >= 0)
         && (provider->max_version == NULL || prolong_version_compare (version, provider->max_version) <= 0);
}
