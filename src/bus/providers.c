/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/providers.h"

#include "bus/entries.h"

static gboolean
find_name (const char *const *names, const char *name, int *value)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
kind_from_name (const char *name, int *value)
{
  return find_name (prolong_provider_kind_names, name, value);
}

static gboolean
action_from_name (const char *name, int *value)
{
  return find_name (prolong_provider_action_names, name, value);
}

static const ProlongEntry fields[] = {
  PROLONG_ENTRY ("vendor", STRING, ProlongProviderInfo, vendor),
  PROLONG_ENTRY ("provider", STRING, ProlongProviderInfo, id),
  PROLONG_ENTRY ("name", STRING, ProlongProviderInfo, name),
  PROLONG_ENTRY_ENUM ("kind", ProlongProviderInfo, kind, kind_from_name),
  PROLONG_ENTRY_ENUM ("action", ProlongProviderInfo, action, action_from_name),
  PROLONG_ENTRY ("url", STRING, ProlongProviderInfo, url),
  PROLONG_ENTRY ("email", STRING, ProlongProviderInfo, email),
  PROLONG_ENTRY ("phone", STRING, ProlongProviderInfo, phone),
  PROLONG_ENTRY ("instruction", STRING, ProlongProviderInfo, instruction),
  PROLONG_ENTRY ("subscription", STRINGS, ProlongProviderInfo, subscription),
  PROLONG_ENTRY ("products", STRINGS, ProlongProviderInfo, products),
  PROLONG_ENTRY ("min_version", STRING, ProlongProviderInfo, min_version),
  PROLONG_ENTRY ("max_version", STRING, ProlongProviderInfo, max_version),
  PROLONG_ENTRY ("applies", BOOLEAN, ProlongProviderInfo, applies),
};

ProlongProviderInfo *
prolong_provider_info_new (GVariant *answer)
{
  ProlongProviderInfo *provider = g_new0 (ProlongProviderInfo, 1);
  g_autoptr (GVariant) dictionary = NULL;

  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    dictionary = g_variant_get_child_value (answer, 0);
  prolong_entries_read (fields, G_N_ELEMENTS (fields), dictionary, provider);
  return provider;
}

void
prolong_provider_info_free (ProlongProviderInfo *provider)
{
  prolong_entries_clear (fields, G_N_ELEMENTS (fields), provider);
  g_free (provider);
}

GPtrArray *
prolong_provider_infos_new (GVariant *answer)
{
  g_autoptr (GVariant) wrapped = NULL;
  GVariantDict dictionary;

  g_variant_dict_init (&dictionary, NULL);
  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(aa{sv})")))
    {
      g_autoptr (GVariant) list = g_variant_get_child_value (answer, 0);

      g_variant_dict_insert_value (&dictionary, "providers", list);
    }
  wrapped = g_variant_ref_sink (g_variant_dict_end (&dictionary));
  return prolong_entries_read_list (fields, G_N_ELEMENTS (fields), wrapped, "providers",
                                    sizeof (ProlongProviderInfo), (GDestroyNotify)prolong_provider_info_free);
}

static gboolean
is_called (const ProlongProviderInfo *provider, const char *subscription)
{
  if (*subscription == '\0')
    return provider->kind == PROLONG_PROVIDER_VENDOR;
  return g_strv_contains ((const char *const *)provider->subscription, subscription);
}

const ProlongProviderInfo *
prolong_provider_infos_find (GPtrArray *providers, const char *subscription)
{
  for (guint i = 0; i < providers->len; i++)
    if (is_called (g_ptr_array_index (providers, i), subscription))
      return g_ptr_array_index (providers, i);
  return NULL;
}
