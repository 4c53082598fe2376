/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/orders.h"
#include "service/rules.h"

ProlongStoreCode *
prolong_office_find_license (const ProlongOffice *office,
                             ProlongStore *store,
                             const char *text,
                             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *number = prolong_number_parse (text, &office->profile->format);
  ProlongStoreCode *license = number ? prolong_store_find_number (store, number, &failure) : NULL;

  if (!number)
    (void)prolong_office_refuse (PROLONG_PROBLEM_NUMBER_MALFORMED, "This is not a license number", error);
  else if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!license)
    (void)prolong_office_refuse (PROLONG_PROBLEM_NUMBER_UNKNOWN, "There is no license with this number",
                                 error);
  return license;
}

gboolean
prolong_license_earns_discount (ProlongStore *store,
                                const ProlongStoreCode *license,
                                gboolean *earns,
                                GError **error)
{
  gboolean renewed;

  *earns = FALSE;
  if (!prolong_store_is_renewed (store, license->id, 0, &renewed, error))
    return FALSE;
  *earns = license->kind != PROLONG_LICENSE_TRIAL && !license->blocked && !renewed;
  return TRUE;
}

/* The profile itself was read in the language of the service, in which nobody asked. */
static char *
dup_word (const ProlongOffice *office,
          const char *group,
          const char *key,
          const char *language,
          const char *read)
{
  char *word = office->names
                   ? g_key_file_get_locale_string (office->names, group, key, language ? language : "", NULL)
                   : NULL;

  return word ? word : g_strdup (read);
}

static char *
dup_product_name (const ProlongOffice *office, const char *product, const char *language)
{
  g_autofree char *group = g_strconcat ("Product ", product, NULL);

  return dup_word (office, group, "Name", language, prolong_rules_get_product_name (office, product));
}

/* A license that nobody has used yet has all of its term before it. */
char *
prolong_office_check_number (const ProlongOffice *office,
                             ProlongStore *store,
                             const ProlongNumberRequest *request,
                             gint64 now,
                             GError **error)
{
  g_auto (ProlongNumberSummary) summary = { 0 };
  g_autoptr (ProlongStoreCode) license = prolong_office_find_license (office, store, request->number, error);
  ProlongCatalogBuyer buyer = { request->country, NULL, FALSE };
  const ProlongCatalogProduct *product;

  if (!license || !prolong_license_earns_discount (store, license, &buyer.renewal, error))
    return NULL;
  product = prolong_catalog_find_product (office->catalog, license->product);
  summary.number = g_strdup (license->number);
  summary.product = g_strdup (license->product);
  summary.name = dup_product_name (office, license->product, request->language);
  summary.kind = license->kind;
  summary.devices = license->devices;
  summary.expires = license->first_activated ? license->first_activated + license->term : 0;
  summary.status = license->first_activated || license->blocked ? prolong_license_get_status (license, now)
                                                                : PROLONG_LICENSE_ACTIVE;
  summary.currency = g_strdup (prolong_catalog_get_currency (office->catalog, request->country));
  summary.offers = product ? prolong_catalog_price_product (office->catalog, product, &buyer) : NULL;
  return prolong_number_summary_encode (&summary);
}

void
prolong_catalog_query_clear (ProlongCatalogQuery *query)
{
  g_clear_pointer (&query->country, g_free);
  g_clear_pointer (&query->number, g_free);
  g_clear_pointer (&query->language, g_free);
}

static GPtrArray *
list_partners (const ProlongOffice *office, const char *country, const char *language)
{
  const ProlongProfile *profile = office->profile;
  GPtrArray *partners = g_ptr_array_new ();

  for (guint i = 0; i < profile->partners->len; i++)
    {
      const ProlongPartner *partner = g_ptr_array_index (profile->partners, i);
      g_autofree char *group = g_strconcat ("Partner ", partner->id, NULL);
      ProlongShopPartner *described;

      if (partner->countries && !g_strv_contains ((const char *const *)partner->countries, country))
        continue;
      described = g_new0 (ProlongShopPartner, 1);
      described->name = dup_word (office, group, "Name", language, partner->name);
      described->url = dup_word (office, group, "Url", language, partner->url);
      g_ptr_array_add (partners, described);
    }
  return partners;
}

static void
describe_vendor (const ProlongOffice *office, const char *language, ProlongCatalogAnswer *answer)
{
  const ProlongProfile *profile = office->profile;

  answer->has_vendor = TRUE;
  answer->vendor = dup_word (office, "Vendor", "Name", language, profile->name);
  answer->support_url = dup_word (office, "Support", "Url", language, profile->support_url);
  answer->support_email = g_strdup (profile->support_email);
  answer->partners = list_partners (office, answer->country, language);
}

char *
prolong_office_get_catalog (const ProlongOffice *office,
                            ProlongStore *store,
                            const ProlongCatalogQuery *query,
                            GError **error)
{
  ProlongCatalogBuyer buyer = { query->country, query->language, FALSE };
  g_auto (ProlongCatalogAnswer) answer = { 0 };
  g_autoptr (ProlongStoreCode) license = NULL;

  if (query->number)
    {
      license = prolong_office_find_license (office, store, query->number, error);
      if (!license || !prolong_license_earns_discount (store, license, &buyer.renewal, error))
        return NULL;
    }
  prolong_catalog_describe (office->catalog, &buyer, &answer);
  describe_vendor (office, query->language, &answer);
  return prolong_catalog_answer_encode (&answer);
}
