/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/catalog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (prolong - catalog - error - quark, prolong_catalog_error)

#define DAY G_GINT64_CONSTANT (86400)
#define MAX_TEXT 256
#define MAX_URL 2048

/* What is being read. The first thing that is wrong ends it. */
typedef struct
{
  GKeyFile *file;
  const ProlongProfile *profile;
  const char *const *providers;
  ProlongCatalog *catalog;
  int discount;          /* percent */
  GHashTable *languages; /* of the names */
  GError **error;
} Reader;

/* @key: the empty one where the group as a whole is meant */
static gboolean
refuse (Reader *reader, const char *group, const char *key, const char *why)
{
  g_autofree char *place = *key ? g_strdup_printf ("[%s] %s", group, key) : g_strdup_printf ("[%s]", group);

  g_set_error (reader->error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_VALUE, "%s: %s", place, why);
  return FALSE;
}

static gboolean
miss (Reader *reader, const char *group, const char *key)
{
  g_autofree char *place = *key ? g_strdup_printf ("[%s] %s", group, key) : g_strdup_printf ("[%s]", group);

  /* Translators: %s is a place in a file, such as “[Catalog] Currency” */
  g_set_error (reader->error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_MISSING, _ ("%s is missing"),
               place);
  return FALSE;
}

static gboolean
is_text (const char *text)
{
  if (*text == '\0' || strlen (text) > MAX_TEXT)
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
is_id (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= 64 && text[length] == '\0';
}

static gboolean
is_upper (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

static gboolean
is_version (const char *text)
{
  for (const char *at = text; *at; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  return *text && strlen (text) <= 64;
}

/* Returns: (transfer full) (nullable): the string, which is there and not empty. */
static char *
read_string (Reader *reader, const char *group, const char *key)
{
  char *text = g_key_file_get_string (reader->file, group, key, NULL);

  if (text && *text && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  miss (reader, group, key);
  return NULL;
}

static gboolean
read_number (Reader *reader, const char *group, const char *key, gint64 min, gint64 max, gint64 *number)
{
  g_autofree char *text = read_string (reader, group, key);
  g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, max);
  g_autofree char *why = NULL;

  if (!text)
    return FALSE;
  if (g_ascii_string_to_signed (text, 10, min, max, number, NULL))
    return TRUE;
  /* Translators: both %s are numbers */
  why = g_strdup_printf (_ ("it must be a number from %s to %s"), least, most);
  return refuse (reader, group, key, why);
}

/* Of a key such as Name[nl]; that of Name is the empty one. */
static char *
dup_language (const char *key)
{
  const char *bracket = strchr (key, '[');

  return bracket ? g_strndup (bracket + 1, strcspn (bracket + 1, "]")) : g_strdup ("");
}

/* The name in the language of nobody in particular must be there, those in others may. */
static gboolean
check_names (Reader *reader, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->file, group, NULL, NULL);
  g_autofree char *name = read_string (reader, group, "Name");

  if (!name)
    return FALSE;
  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *text = g_key_file_get_string (reader->file, group, keys[i], NULL);

      if (!g_str_equal (keys[i], "Name") && !g_str_has_prefix (keys[i], "Name["))
        continue;
      if (!text || !g_utf8_validate (text, -1, NULL) || !is_text (text))
        return refuse (reader, group, keys[i], _ ("it must be one line of text"));
      g_hash_table_add (reader->languages, dup_language (keys[i]));
    }
  return TRUE;
}

static gboolean
read_delivery (Reader *reader)
{
  g_autofree char *text = read_string (reader, "Catalog", "Delivery");

  for (guint i = 0; text && prolong_delivery_names[i]; i++)
    if (g_str_equal (text, prolong_delivery_names[i]))
      {
        reader->catalog->delivery = i;
        return TRUE;
      }
  return text && refuse (reader, "Catalog", "Delivery", _ ("it must be at-once or week-before"));
}

static gboolean
read_general (Reader *reader)
{
  ProlongCatalog *catalog = reader->catalog;
  gint64 discount = 0, days = 0;

  catalog->currency = read_string (reader, "Catalog", "Currency");
  if (!catalog->currency)
    return FALSE;
  if (!is_upper (catalog->currency, 3))
    return refuse (reader, "Catalog", "Currency", _ ("it must be three capital letters, such as EUR"));
  if (!read_number (reader, "Catalog", "RenewalDiscount", 0, 100, &discount)
      || !read_number (reader, "Catalog", "PayWithinDays", 1, 365, &days) || !read_delivery (reader))
    return FALSE;
  reader->discount = (int)discount;
  catalog->pay_within = days * DAY;
  return TRUE;
}

static gboolean
read_bank (Reader *reader)
{
  ProlongCatalog *catalog = reader->catalog;

  if (!g_key_file_has_group (reader->file, "Bank"))
    return TRUE;
  catalog->bank_holder = read_string (reader, "Bank", "Holder");
  catalog->bank_account = catalog->bank_holder ? read_string (reader, "Bank", "Account") : NULL;
  if (!catalog->bank_account)
    return FALSE;
  if (!is_text (catalog->bank_holder))
    return refuse (reader, "Bank", "Holder", _ ("it must be one line of text"));
  return is_text (catalog->bank_account)
         || refuse (reader, "Bank", "Account", _ ("it must be one line of text"));
}

static gboolean
read_payment (Reader *reader, const char *group, const char *id)
{
  ProlongCatalogPayment *payment = g_new0 (ProlongCatalogPayment, 1);

  g_ptr_array_add (reader->catalog->payments, payment);
  payment->method = g_strdup (id);
  payment->provider = read_string (reader, group, "Provider");
  if (!payment->provider)
    return FALSE;
  if (!g_strv_contains (reader->providers, payment->provider))
    return refuse (reader, group, "Provider", _ ("there is no such payment provider"));
  return !g_str_equal (payment->provider, "invoice") || reader->catalog->bank_account
         || miss (reader, "Bank", "Account");
}

static gboolean
has_payment (const ProlongCatalog *catalog, const char *method)
{
  for (guint i = 0; i < catalog->payments->len; i++)
    if (g_str_equal (((ProlongCatalogPayment *)catalog->payments->pdata[i])->method, method))
      return TRUE;
  return FALSE;
}

static gboolean
read_country (Reader *reader, const char *group, const char *id)
{
  ProlongCatalogCountry *country = g_new0 (ProlongCatalogCountry, 1);

  g_ptr_array_add (reader->catalog->countries, country);
  country->id = g_strdup (id);
  if (!is_upper (id, 2))
    return refuse (reader, group, "", _ ("a country is two capital letters, such as NL"));
  country->payment_methods = g_key_file_get_string_list (reader->file, group, "PaymentMethods", NULL, NULL);
  if (!country->payment_methods)
    return miss (reader, group, "PaymentMethods");
  if (g_strv_length (country->payment_methods) > PROLONG_SHOP_MAX_METHODS)
    return refuse (reader, group, "PaymentMethods", _ ("there are too many"));
  for (guint i = 0; country->payment_methods[i]; i++)
    if (!has_payment (reader->catalog, country->payment_methods[i]))
      return refuse (reader, group, "PaymentMethods", _ ("each must have a group [Payment …]"));
  return check_names (reader, group);
}

static gboolean
read_product (Reader *reader, const char *group, const char *id)
{
  ProlongCatalogProduct *product = g_new0 (ProlongCatalogProduct, 1);

  g_ptr_array_add (reader->catalog->products, product);
  product->id = g_strdup (id);
  product->offers = g_ptr_array_new ();
  if (!prolong_profile_find_product (reader->profile, id))
    return refuse (reader, group, "", _ ("the vendor profile has no such product"));
  product->version = read_string (reader, group, "Version");
  product->download_url = product->version ? read_string (reader, group, "Download") : NULL;
  if (!product->download_url || !check_names (reader, group))
    return FALSE;
  product->newest_version = g_key_file_get_string (reader->file, group, "NewestVersion", NULL);
  if (!is_version (product->version))
    return refuse (reader, group, "Version", _ ("it must be a version, such as 21.3"));
  if (product->newest_version && !is_version (product->newest_version))
    return refuse (reader, group, "NewestVersion", _ ("it must be a version, such as 21.3"));
  return (strlen (product->download_url) <= MAX_URL && prolong_url_is_safe (product->download_url))
         || refuse (reader, group, "Download", _ ("it must be an https:// address"));
}

/* Rounded to the nearest unit, halves in favour of the buyer. */
static gint64
take_discount (gint64 price, int percent)
{
  return (price * (100 - percent) + 49) / 100;
}

static gboolean
read_prices (Reader *reader, const char *group, ProlongCatalogOffer *offer)
{
  if (!read_number (reader, group, "Price", 1, PROLONG_SHOP_MAX_PRICE, &offer->price))
    return FALSE;
  offer->renewal_price = take_discount (offer->price, reader->discount);
  return !g_key_file_has_key (reader->file, group, "RenewalPrice", NULL)
         || read_number (reader, group, "RenewalPrice", 0, offer->price, &offer->renewal_price);
}

static gboolean
read_offer (Reader *reader, const char *group, const char *id)
{
  ProlongCatalogOffer *offer = g_new0 (ProlongCatalogOffer, 1);
  g_autofree char *product_id = read_string (reader, group, "Product");
  const ProlongCatalogProduct *product
      = product_id ? prolong_catalog_find_product (reader->catalog, product_id) : NULL;
  gint64 devices = 0, years = 0;

  offer->id = g_strdup (id);
  offer->product = g_strdup (product_id);
  if (product && product->offers->len < PROLONG_SHOP_MAX_OFFERS)
    g_ptr_array_add (product->offers, offer);
  else
    {
      prolong_catalog_offer_free (offer);
      return product_id
             && refuse (reader, group, "Product",
                        product ? _ ("it has too many offers") : _ ("there is no group [Product …] of it"));
    }
  if (!read_number (reader, group, "Devices", 1, 1000000, &devices)
      || !read_number (reader, group, "Years", 1, 100, &years))
    return FALSE;
  offer->devices = (guint)devices;
  offer->years = (guint)years;
  return read_prices (reader, group, offer);
}

/* In this order, for each may name what is before it. */
static const struct
{
  const char *prefix;
  gboolean (*read) (Reader *reader, const char *group, const char *id);
  guint max;
} kinds[] = {
  { "Payment ", read_payment, PROLONG_SHOP_MAX_METHODS },
  { "Country ", read_country, PROLONG_SHOP_MAX_COUNTRIES },
  { "Product ", read_product, PROLONG_SHOP_MAX_PRODUCTS },
  { "Offer ", read_offer, PROLONG_SHOP_MAX_PRODUCTS *PROLONG_SHOP_MAX_OFFERS },
};

static gboolean
read_kind (Reader *reader, guint kind, GStrv groups)
{
  guint found = 0;

  for (guint i = 0; groups[i]; i++)
    {
      const char *id = groups[i] + strlen (kinds[kind].prefix);

      if (!g_str_has_prefix (groups[i], kinds[kind].prefix))
        continue;
      if (kinds[kind].read != read_country && !is_id (id))
        return refuse (reader, groups[i], "", _ ("an id has small letters, digits and dashes"));
      if (++found > kinds[kind].max)
        return refuse (reader, groups[i], "", _ ("there are too many"));
      if (!kinds[kind].read (reader, groups[i], id))
        return FALSE;
    }
  return TRUE;
}

/* A client takes no answer above this, whatever the language. */
static gboolean
check_size (Reader *reader)
{
  GHashTableIter iter;
  gpointer language;

  if (reader->catalog->countries->len == 0)
    return miss (reader, "Country …", "");
  g_hash_table_iter_init (&iter, reader->languages);
  while (g_hash_table_iter_next (&iter, &language, NULL))
    {
      g_auto (ProlongCatalogAnswer) answer = { 0 };
      g_autofree char *text = NULL;

      prolong_catalog_describe (reader->catalog, NULL, language, FALSE, &answer);
      text = prolong_catalog_answer_encode (&answer);
      if (strlen (text) > PROLONG_JSON_MAX_BYTES)
        return refuse (reader, "Catalog", "", _ ("there is more in it than fits into an answer of 64 KiB"));
    }
  return TRUE;
}

static gboolean
read_all (Reader *reader)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  if (!g_key_file_has_group (reader->file, "Catalog"))
    return miss (reader, "Catalog", "");
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
  Reader reader = { catalog->file, profile, providers, catalog, 0, languages, error };

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
