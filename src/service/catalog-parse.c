/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/catalog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY G_GINT64_CONSTANT (86400)

static gboolean
is_id (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= 64 && text[length] == '\0';
}

static gboolean
read_delivery (ProlongCatalogReader *reader)
{
  g_autofree char *text = prolong_catalog_read_string (reader, "Catalog", "Delivery");

  for (guint i = 0; text && prolong_delivery_names[i]; i++)
    if (g_str_equal (text, prolong_delivery_names[i]))
      {
        reader->catalog->delivery = i;
        return TRUE;
      }
  return text
         && prolong_catalog_refuse (reader, "Catalog", "Delivery", _ ("it must be at-once or week-before"));
}

/* Which of the currencies a group names; a new one is added to them. */
static gboolean
read_currency (ProlongCatalogReader *reader, const char *group, guint *currency)
{
  GPtrArray *known = reader->catalog->currencies;
  g_autofree char *text = prolong_catalog_read_string (reader, group, "Currency");

  if (!text)
    return FALSE;
  if (!prolong_catalog_is_upper (text, 3))
    return prolong_catalog_refuse (reader, group, "Currency",
                                   _ ("it must be three capital letters, such as EUR"));
  if (g_ptr_array_find_with_equal_func (known, text, g_str_equal, currency))
    return TRUE;
  if (known->len == PROLONG_CATALOG_MAX_CURRENCIES)
    return prolong_catalog_refuse (reader, group, "Currency", _ ("there are too many"));
  *currency = known->len;
  g_ptr_array_add (known, g_steal_pointer (&text));
  return TRUE;
}

static gboolean
read_general (ProlongCatalogReader *reader)
{
  ProlongCatalog *catalog = reader->catalog;
  gint64 discount = 0, days = 0;
  guint currency = 0;

  if (!read_currency (reader, "Catalog", &currency))
    return FALSE;
  if (!prolong_catalog_read_number (reader, "Catalog", "RenewalDiscount", 0, 100, &discount)
      || !prolong_catalog_read_number (reader, "Catalog", "PayWithinDays", 1, 365, &days)
      || !read_delivery (reader))
    return FALSE;
  reader->discount = (int)discount;
  catalog->pay_within = days * DAY;
  return TRUE;
}

static gboolean
read_bank (ProlongCatalogReader *reader)
{
  ProlongCatalog *catalog = reader->catalog;

  if (!g_key_file_has_group (reader->file, "Bank"))
    return TRUE;
  catalog->bank_holder = prolong_catalog_read_string (reader, "Bank", "Holder");
  catalog->bank_account
      = catalog->bank_holder ? prolong_catalog_read_string (reader, "Bank", "Account") : NULL;
  if (!catalog->bank_account)
    return FALSE;
  if (!prolong_catalog_is_text (catalog->bank_holder))
    return prolong_catalog_refuse (reader, "Bank", "Holder", _ ("it must be one line of text"));
  return prolong_catalog_is_text (catalog->bank_account)
         || prolong_catalog_refuse (reader, "Bank", "Account", _ ("it must be one line of text"));
}

static gboolean
read_payment (ProlongCatalogReader *reader, const char *group, const char *id)
{
  ProlongCatalogPayment *payment = g_new0 (ProlongCatalogPayment, 1);

  g_ptr_array_add (reader->catalog->payments, payment);
  payment->method = g_strdup (id);
  payment->provider = prolong_catalog_read_string (reader, group, "Provider");
  if (!payment->provider)
    return FALSE;
  if (!g_strv_contains (reader->providers, payment->provider))
    return prolong_catalog_refuse (reader, group, "Provider", _ ("there is no such payment provider"));
  return !g_str_equal (payment->provider, "invoice") || reader->catalog->bank_account
         || prolong_catalog_miss (reader, "Bank", "Account");
}

static gboolean
has_payment (const ProlongCatalog *catalog, const char *method)
{
  for (guint i = 0; i < catalog->payments->len; i++)
    if (g_str_equal (((ProlongCatalogPayment *)catalog->payments->pdata[i])->method, method))
      return TRUE;
  return FALSE;
}

#define VAT_MAX 10000

/* Digits, and one or two more behind a point. */
static gboolean
parse_percent (const char *text, guint *hundredths)
{
  gsize whole = strspn (text, "0123456789");
  const char *point = text + whole;
  gsize digits = *point == '.' ? strspn (point + 1, "0123456789") : 0;
  gint64 value = g_ascii_strtoll (text, NULL, 10) * 100;

  if (whole < 1 || whole > 3 || digits > 2 || (*point == '.' ? digits < 1 || point[1 + digits] : *point))
    return FALSE;
  for (gsize i = 0; i < digits; i++)
    value += g_ascii_digit_value (point[1 + i]) * (i == 0 ? 10 : 1);
  *hundredths = (guint)value;
  return value <= VAT_MAX;
}

static gboolean
read_vat (ProlongCatalogReader *reader, const char *group, ProlongCatalogCountry *country)
{
  g_autofree char *text = NULL;

  country->has_vat = g_key_file_has_key (reader->file, group, "VatPercent", NULL);
  if (!country->has_vat)
    return TRUE;
  text = prolong_catalog_read_string (reader, group, "VatPercent");
  if (!text)
    return FALSE;
  return parse_percent (text, &country->vat)
         || prolong_catalog_refuse (reader, group, "VatPercent",
                                    _ ("it must be a percentage from 0 to 100, such as 21 or 5.5"));
}

static gboolean
read_country (ProlongCatalogReader *reader, const char *group, const char *id)
{
  ProlongCatalogCountry *country = g_new0 (ProlongCatalogCountry, 1);

  g_ptr_array_add (reader->catalog->countries, country);
  country->id = g_strdup (id);
  if (!prolong_catalog_is_upper (id, 2))
    return prolong_catalog_refuse (reader, group, "", _ ("a country is two capital letters, such as NL"));
  if (g_key_file_has_key (reader->file, group, "Currency", NULL)
      && !read_currency (reader, group, &country->currency))
    return FALSE;
  if (!read_vat (reader, group, country))
    return FALSE;
  country->payment_methods = g_key_file_get_string_list (reader->file, group, "PaymentMethods", NULL, NULL);
  if (!country->payment_methods)
    return prolong_catalog_miss (reader, group, "PaymentMethods");
  if (g_strv_length (country->payment_methods) > PROLONG_SHOP_MAX_METHODS)
    return prolong_catalog_refuse (reader, group, "PaymentMethods", _ ("there are too many"));
  for (guint i = 0; country->payment_methods[i]; i++)
    if (!has_payment (reader->catalog, country->payment_methods[i]))
      return prolong_catalog_refuse (reader, group, "PaymentMethods",
                                     _ ("each must have a group [Payment …]"));
  return prolong_catalog_check_names (reader, group);
}

/* In this order, for each may name what is before it. */
static const struct
{
  const char *prefix;
  gboolean (*read) (ProlongCatalogReader *reader, const char *group, const char *id);
  guint max;
} kinds[] = {
  { "Payment ", read_payment, PROLONG_SHOP_MAX_METHODS },
  { "Country ", read_country, PROLONG_SHOP_MAX_COUNTRIES },
  { "Product ", prolong_catalog_read_product, PROLONG_SHOP_MAX_PRODUCTS },
  { "Offer ", prolong_catalog_read_offer, PROLONG_SHOP_MAX_PRODUCTS *PROLONG_SHOP_MAX_OFFERS },
};

static gboolean
read_kind (ProlongCatalogReader *reader, guint kind, GStrv groups)
{
  guint found = 0;

  for (guint i = 0; groups[i]; i++)
    {
      const char *id = groups[i] + strlen (kinds[kind].prefix);

      if (!g_str_has_prefix (groups[i], kinds[kind].prefix))
        continue;
      if (kinds[kind].read != read_country && !is_id (id))
        return prolong_catalog_refuse (reader, groups[i], "",
                                       _ ("an id has small letters, digits and dashes"));
      if (++found > kinds[kind].max)
        return prolong_catalog_refuse (reader, groups[i], "", _ ("there are too many"));
      if (!kinds[kind].read (reader, groups[i], id))
        return FALSE;
    }
  return TRUE;
}

/* A client takes no answer above this, whatever the language. */
static gboolean
check_size (ProlongCatalogReader *reader)
{
  GHashTableIter iter;
  gpointer language;

  if (reader->catalog->countries->len == 0)
    return prolong_catalog_miss (reader, "Country …", "");
  g_hash_table_iter_init (&iter, reader->languages);
  while (g_hash_table_iter_next (&iter, &language, NULL))
    {
      const ProlongCatalogBuyer buyer = { NULL, language, FALSE };
      g_auto (ProlongCatalogAnswer) answer = { 0 };
      g_autofree char *text = NULL;

      prolong_catalog_describe (reader->catalog, &buyer, &answer);
      text = prolong_catalog_answer_encode (&answer);
      if (strlen (text) > PROLONG_JSON_MAX_BYTES)
        return prolong_catalog_refuse (reader, "Catalog", "",
                                       _ ("there is more in it than fits into an answer of 64 KiB"));
    }
  return TRUE;
}

static gboolean
read_all (ProlongCatalogReader *reader)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  if (!g_key_file_has_group (reader->file, "Catalog"))
    return prolong_catalog_miss (reader, "Catalog", "");
  if (!read_general (reader) || !read_bank (reader))
    return FALSE;
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    if (!read_kind (reader, kind, groups))
      return FALSE;
  return check_size (reader);
}

ProlongCatalog *
prolong_catalog_parse (const char *data,
                       gsize length,
                       const ProlongProfile *profile,
                       const char *const *providers,
                       GError **error)
{
  g_autoptr (ProlongCatalog) catalog = prolong_catalog_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (GHashTable) languages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ProlongCatalogReader reader = { catalog->file, profile, providers, catalog, 0, languages, error };

  if (length > PROLONG_CATALOG_MAX_BYTES || memchr (data, '\0', length)
      || !g_utf8_validate (data, (gssize)length, NULL))
    {
      g_set_error_literal (error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_SYNTAX,
                           _ ("the catalog is too large, or no text in UTF-8"));
      return NULL;
    }
  if (!g_key_file_load_from_data (catalog->file, data, length, G_KEY_FILE_KEEP_TRANSLATIONS, &failure))
    {
      g_set_error_literal (error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_SYNTAX, failure->message);
      return NULL;
    }
  return read_all (&reader) ? g_steal_pointer (&catalog) : NULL;
}
