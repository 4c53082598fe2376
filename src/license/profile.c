/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/profile.h"

#include <string.h>

#include "license/code-private.h"
#include "license/jws.h"

#define PRODUCT_PREFIX "Product "
#define PARTNER_PREFIX "Partner "
#define MAX_PARTNERS 64
#define MAX_LINE 2048

G_DEFINE_QUARK (prolong_profile_error, prolong_profile_error)
G_DEFINE_BOXED_TYPE (ProlongProfile, prolong_profile, prolong_profile_ref, prolong_profile_unref)

static gboolean
fail (GError **error, ProlongProfileError code, const char *group, const char *key, const char *what)
{
  g_set_error (error, PROLONG_PROFILE_ERROR, (int)code, "[%s] %s: %s", group, key, what);
  return FALSE;
}

static gboolean
is_id (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= 32 && text[length] == '\0';
}

static gboolean
is_line (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return *text != '\0' && strlen (text) <= MAX_LINE;
}

static gboolean
is_version (const char *text)
{
  gsize length = strspn (text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+~-");

  return length > 0 && length <= 64 && text[length] == '\0';
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at + 1, '@') == NULL && strchr (at, '.') != NULL
         && strpbrk (text, " <>,;:\"\\") == NULL && is_line (text);
}

static gboolean
is_service (const char *text)
{
  return strlen (text) <= MAX_LINE && prolong_url_is_safe (text) && strpbrk (text, "?#") == NULL;
}

static gboolean
is_link (const char *text)
{
  return strlen (text) <= MAX_LINE && prolong_url_is_safe (text);
}

/* Eight symbols are the least that nobody guesses. */
static gboolean
is_pattern (const char *text)
{
  gsize length = strlen (text);
  guint n_symbols = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at))
        return FALSE;
      n_symbols += *at == 'X' || *at == '9' ? 1 : 0;
    }
  return n_symbols >= 8 && length <= PROLONG_CODE_MAX_PATTERN;
}

/* A plain value of the file and its place in a record. */
typedef struct
{
  const char *key;
  gsize offset;
  gboolean (*test) (const char *text);
  const char *must_be;
  gboolean required;
  gboolean localized;
} Value;

static gboolean
read_value (GKeyFile *file, const char *group, const Value *value, gpointer record, GError **error)
{
  char **place = (char **)((char *)record + value->offset);
  g_autofree char *text = NULL;

  if (!g_key_file_has_key (file, group, value->key, NULL))
    return !value->required || fail (error, PROLONG_PROFILE_ERROR_MISSING, group, value->key, "is missing");
  if (value->localized)
    text = g_key_file_get_locale_string (file, group, value->key, NULL, NULL);
  else
    text = g_key_file_get_string (file, group, value->key, NULL);
  if (text == NULL || !value->test (text))
    return fail (error, value->test == is_service ? PROLONG_PROFILE_ERROR_ADDRESS : PROLONG_PROFILE_ERROR_VALUE, group,
                 value->key, value->must_be);
  g_free (*place);
  *place = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_values (GKeyFile *file, const char *group, const Value *values, gpointer record, GError **error)
{
  for (; values->key != NULL; values++)
    if (!read_value (file, group, values, record, error))
      return FALSE;
  return TRUE;
}

#define AT(member) G_STRUCT_OFFSET (ProlongProfile, member)
#define FORMAT_AT(member)                                                                                    \
  G_STRUCT_OFFSET (ProlongProfile, format) + G_STRUCT_OFFSET (ProlongCodeFormat, member)
#define URL_WORDS "must be an https address (http only to this machine), without a user name"
#define PATTERN_WORDS "must have 8 to 64 visible ASCII characters, X for a symbol and 9 for a digit"

static const Value vendor_values[] = {
  { "Id", AT (id), is_id, "must be 1 to 32 of a-z, 0-9 and -", .required = TRUE },
  { "Name", AT (name), is_line, "must be one line", .required = TRUE, .localized = TRUE },
  { "Service", AT (service_url), is_service, URL_WORDS ", query or fragment", .required = TRUE },
  { NULL },
};

static const Value code_values[] = {
  { "Pattern", FORMAT_AT (pattern), is_pattern, PATTERN_WORDS },
  { "Number", FORMAT_AT (number_pattern), is_pattern, PATTERN_WORDS },
  { NULL },
};

static const Value support_values[] = {
  { "Url", AT (support_url), is_link, URL_WORDS, .localized = TRUE },
  { "Email", AT (support_email), is_email, "must be an e-mail address" },
  { NULL },
};

static const Value shop_values[] = {
  { "Url", AT (shop_url), is_link, URL_WORDS, .localized = TRUE },
  { NULL },
};

static const Value product_values[] = {
  { "Name", G_STRUCT_OFFSET (ProlongProduct, name), is_line, "must be one line", .required = TRUE,
    .localized = TRUE },
  { "Version", G_STRUCT_OFFSET (ProlongProduct, version), is_version, "must be a version" },
  { "MinVersion", G_STRUCT_OFFSET (ProlongProduct, min_version), is_version, "must be a version" },
  { "MaxVersion", G_STRUCT_OFFSET (ProlongProduct, max_version), is_version, "must be a version" },
  { NULL },
};

static const Value partner_values[] = {
  { "Name", G_STRUCT_OFFSET (ProlongPartner, name), is_line, "must be one line", .required = TRUE, .localized = TRUE },
  { "Url", G_STRUCT_OFFSET (ProlongPartner, url), is_link, URL_WORDS, .required = TRUE, .localized = TRUE },
  { NULL },
};

static const struct
{
  const char *group;
  const Value *values;
} plain_groups[] = {
  { "Vendor", vendor_values },
  { "Codes", code_values },
  { "Support", support_values },
  { "Shop", shop_values },
};

static gboolean
read_keys (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  g_auto (GStrv) kids = g_key_file_get_keys (file, "Keys", NULL, NULL);

  for (guint i = 0; kids != NULL && kids[i] != NULL; i++)
    {
      g_autofree char *text = g_key_file_get_string (file, "Keys", kids[i], NULL);
      GBytes *key = text != NULL ? prolong_base64url_decode (text, strlen (text)) : NULL;

      if (key == NULL || g_bytes_get_size (key) != PROLONG_ED25519_KEY_BYTES)
        {
          g_clear_pointer (&key, g_bytes_unref);
          return fail (error, PROLONG_PROFILE_ERROR_VALUE, "Keys", kids[i], "must be 32 bytes in base64url");
        }
      g_hash_table_insert (profile->keys, g_strdup (kids[i]), key);
    }
  if (g_hash_table_size (profile->keys) == 0)
    return fail (error, PROLONG_PROFILE_ERROR_MISSING, "Keys", "key", "is missing: no public key is pinned");
  return TRUE;
}

static gboolean
read_check (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  g_autofree char *check = g_key_file_get_string (file, "Codes", "Check", NULL);
  const char *pattern = profile->format.pattern;
  guint n_symbols = 0;
  guint n_others = 0;

  if (g_strcmp0 (check, "none") == 0)
    profile->format.check = PROLONG_CODE_CHECK_NONE;
  else if (check != NULL && !g_str_equal (check, "gf32"))
    return fail (error, PROLONG_PROFILE_ERROR_VALUE, "Codes", "Check", "must be gf32 or none");
  for (; *pattern != '\0'; pattern++)
    {
      n_symbols += *pattern == 'X' ? 1 : 0;
      n_others += *pattern != 'X' && g_ascii_isalnum (*pattern) ? 1 : 0;
    }
  /* α has order 31: with more symbols the check would not see a swap of two that are 31 apart. */
  if (profile->format.check == PROLONG_CODE_CHECK_GF32 && (n_symbols > 31 || n_others > 0))
    return fail (error, PROLONG_PROFILE_ERROR_VALUE, "Codes", "Pattern",
                 "must have at most 31 X and no 9 for gf32");
  return TRUE;
}

static int
compare_descending (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a, second = *(const guint *)b;

  return first < second ? 1 : first > second ? -1 : 0;
}

static gboolean
read_reminders (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  static const int default_days[] = { 30, 14, 7, 1 };
  g_autofree int *stated = NULL;
  gsize n = G_N_ELEMENTS (default_days);
  const int *days = default_days;

  if (g_key_file_has_key (file, "Reminders", "Days", NULL))
    days = stated = g_key_file_get_integer_list (file, "Reminders", "Days", &n, NULL);
  for (gsize i = 0; days != NULL && i < n; i++)
    {
      if (days[i] < 1 || days[i] > PROLONG_PROFILE_MAX_REMINDER_DAYS)
        return fail (error, PROLONG_PROFILE_ERROR_VALUE, "Reminders", "Days", "must be from 1 to 3650");
      g_array_append_vals (profile->reminder_days, &days[i], 1);
    }
  if (days == NULL || n == 0 || n > PROLONG_PROFILE_MAX_REMINDERS)
    return fail (error, PROLONG_PROFILE_ERROR_VALUE, "Reminders", "Days", "must be 1 to 32 whole numbers");
  g_array_sort (profile->reminder_days, compare_descending);
  return TRUE;
}

static void
product_free (gpointer data)
{
  ProlongProduct *product = data;

  g_free (product->id);
  g_free (product->name);
  g_free (product->version);
  g_free (product->min_version);
  g_free (product->max_version);
  g_free (product);
}

static gboolean
read_product (GKeyFile *file, const char *group, ProlongProfile *profile, GError **error)
{
  ProlongProduct *product = g_new0 (ProlongProduct, 1);

  g_ptr_array_add (profile->products, product);
  product->id = g_strdup (group + strlen (PRODUCT_PREFIX));
  if (!is_id (product->id))
    return fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "id", "must be 1 to 32 of a-z, 0-9 and -");
  if (!read_values (file, group, product_values, product, error))
    return FALSE;
  if (product->min_version != NULL && product->max_version != NULL
      && prolong_version_compare (product->min_version, product->max_version) > 0)
    return fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "MinVersion",
                 "must not be newer than MaxVersion");
  return TRUE;
}

static gboolean
read_products (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], PRODUCT_PREFIX) && !read_product (file, groups[i], profile, error))
      return FALSE;
  if (profile->products->len == 0)
    return fail (error, PROLONG_PROFILE_ERROR_MISSING, "Product …", "Name",
                 "is missing: there is no product");
  return TRUE;
}

static void
partner_free (gpointer data)
{
  ProlongPartner *partner = data;

  g_free (partner->name);
  g_free (partner->url);
  g_strfreev (partner->countries);
  g_free (partner);
}

static gboolean
is_country (const char *text)
{
  return g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && text[2] == '\0';
}

static gboolean
read_partner (GKeyFile *file, const char *group, ProlongProfile *profile, GError **error)
{
  ProlongPartner *partner = g_new0 (ProlongPartner, 1);

  g_ptr_array_add (profile->partners, partner);
  if (!read_values (file, group, partner_values, partner, error))
    return FALSE;
  partner->countries = g_key_file_get_string_list (file, group, "Countries", NULL, NULL);
  for (char **country = partner->countries; country != NULL && *country != NULL; country++)
    if (!is_country (*country))
      return fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "Countries", "must be codes such as NL, split by ;");
  return TRUE;
}

static gboolean
read_partners (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], PARTNER_PREFIX) && !read_partner (file, groups[i], profile, error))
      return FALSE;
  if (profile->partners->len > MAX_PARTNERS)
    return fail (error, PROLONG_PROFILE_ERROR_VALUE, "Partner …", "Name", "must be at most 64");
  return TRUE;
}

static gboolean
read_profile (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_groups); i++)
    if (!read_values (file, plain_groups[i].group, plain_groups[i].values, profile, error))
      return FALSE;
  while (g_str_has_suffix (profile->service_url, "/"))
    profile->service_url[strlen (profile->service_url) - 1] = '\0';
  return read_keys (file, profile, error) && read_check (file, profile, error)
         && read_reminders (file, profile, error) && read_products (file, profile, error)
         && read_partners (file, profile, error);
}

static GKeyFile *
load_file (const char *data, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (length > PROLONG_PROFILE_MAX_BYTES)
    g_set_error (error, PROLONG_PROFILE_ERROR, PROLONG_PROFILE_ERROR_TOO_LARGE, "More than %d bytes",
                 PROLONG_PROFILE_MAX_BYTES);
  else if (!g_utf8_validate_len (data, length, NULL))
    g_set_error_literal (error, PROLONG_PROFILE_ERROR, PROLONG_PROFILE_ERROR_SYNTAX, "Not UTF-8");
  else if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &local_error))
    g_set_error_literal (error, PROLONG_PROFILE_ERROR, PROLONG_PROFILE_ERROR_SYNTAX, local_error->message);
  else
    return g_steal_pointer (&file);
  return NULL;
}

ProlongProfile *
prolong_profile_parse (const char *data, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = load_file (data, length, error);
  g_autoptr (ProlongProfile) profile = NULL;

  if (file == NULL)
    return NULL;
  profile = g_atomic_rc_box_new0 (ProlongProfile);
  profile->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  profile->format.pattern = g_strdup (prolong_code_format_default.pattern);
  profile->format.number_pattern = g_strdup (prolong_code_format_default.number_pattern);
  profile->products = g_ptr_array_new_with_free_func (product_free);
  profile->partners = g_ptr_array_new_with_free_func (partner_free);
  profile->reminder_days = g_array_new (FALSE, FALSE, sizeof (guint));
  return read_profile (file, profile, error) ? g_steal_pointer (&profile) : NULL;
}

ProlongProfile *
prolong_profile_ref (ProlongProfile *profile)
{
  return g_atomic_rc_box_acquire (profile);
}

static void
profile_clear (gpointer data)
{
  ProlongProfile *profile = data;

  g_free (profile->id);
  g_free (profile->name);
  g_free (profile->service_url);
  g_hash_table_unref (profile->keys);
  g_free ((char *)profile->format.pattern);
  g_free ((char *)profile->format.number_pattern);
  g_ptr_array_unref (profile->products);
  g_array_unref (profile->reminder_days);
  g_free (profile->support_url);
  g_free (profile->support_email);
  g_free (profile->shop_url);
  g_ptr_array_unref (profile->partners);
}

void
prolong_profile_unref (ProlongProfile *profile)
{
  g_atomic_rc_box_release_full (profile, profile_clear);
}

const ProlongProduct *
prolong_profile_find_product (const ProlongProfile *profile, const char *id)
{
  for (guint i = 0; i < profile->products->len; i++)
    {
      const ProlongProduct *product = g_ptr_array_index (profile->products, i);

      if (g_strcmp0 (product->id, id) == 0)
        return product;
    }
  return NULL;
}

gboolean
prolong_profile_shares_key (const ProlongProfile *a, const ProlongProfile *b)
{
  GHashTableIter iter;
  gpointer kid, key;

  g_hash_table_iter_init (&iter, a->keys);
  while (g_hash_table_iter_next (&iter, &kid, &key))
    {
      GBytes *other = g_hash_table_lookup (b->keys, kid);

      if (other != NULL && g_bytes_equal (key, other))
        return TRUE;
    }
  return FALSE;
}

guint
prolong_profile_get_first_reminder (const ProlongProfile *profile)
{
  return g_array_index (profile->reminder_days, guint, 0);
}
