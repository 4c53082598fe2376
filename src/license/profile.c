/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/profile.h"

#include <string.h>

#include "license/code-private.h"
#include "license/jws.h"
#include "license/profile-private.h"

G_DEFINE_QUARK (prolong_profile_error, prolong_profile_error)
G_DEFINE_BOXED_TYPE (ProlongProfile, prolong_profile, prolong_profile_ref, prolong_profile_unref)

#define AT(member) G_STRUCT_OFFSET (ProlongProfile, member)
#define FORMAT_AT(member)                                                                                    \
  G_STRUCT_OFFSET (ProlongProfile, format) + G_STRUCT_OFFSET (ProlongCodeFormat, member)

static const ProlongProfileValue vendor_values[] = {
  { "Id", AT (id), prolong_profile_is_id, PROLONG_PROFILE_ID_WORDS, .required = TRUE },
  { "Name", AT (name), prolong_profile_is_line, "must be one line", .required = TRUE, .localized = TRUE },
  { "Service", AT (service_url), prolong_profile_is_service, PROLONG_PROFILE_URL_WORDS ", query or fragment",
    .required = TRUE },
  { NULL },
};

static const ProlongProfileValue code_values[] = {
  { "Pattern", FORMAT_AT (pattern), prolong_profile_is_pattern, PROLONG_PROFILE_PATTERN_WORDS },
  { "Number", FORMAT_AT (number_pattern), prolong_profile_is_pattern, PROLONG_PROFILE_PATTERN_WORDS },
  { NULL },
};

static const ProlongProfileValue support_values[] = {
  { "Url", AT (support_url), prolong_profile_is_link, PROLONG_PROFILE_URL_WORDS, .localized = TRUE },
  { "Email", AT (support_email), prolong_profile_is_email, "must be an e-mail address" },
  { NULL },
};

static const ProlongProfileValue shop_values[] = {
  { "Url", AT (shop_url), prolong_profile_is_link, PROLONG_PROFILE_URL_WORDS, .localized = TRUE },
  { NULL },
};

static const struct
{
  const char *group;
  const ProlongProfileValue *values;
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
          return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, "Keys", kids[i],
                                       "must be 32 bytes in base64url");
        }
      g_hash_table_insert (profile->keys, g_strdup (kids[i]), key);
    }
  if (g_hash_table_size (profile->keys) == 0)
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_MISSING, "Keys", "key",
                                 "is missing: no public key is pinned");
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
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, "Codes", "Check",
                                 "must be gf32 or none");
  for (; *pattern != '\0'; pattern++)
    {
      n_symbols += *pattern == 'X' ? 1 : 0;
      n_others += *pattern != 'X' && g_ascii_isalnum (*pattern) ? 1 : 0;
    }
  /* α has order 31: with more symbols the check would not see a swap of two that are 31 apart. */
  if (profile->format.check == PROLONG_CODE_CHECK_GF32 && (n_symbols > 31 || n_others > 0))
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, "Codes", "Pattern",
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
        return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, "Reminders", "Days",
                                     "must be from 1 to 3650");
      g_array_append_vals (profile->reminder_days, &days[i], 1);
    }
  if (days == NULL || n == 0 || n > PROLONG_PROFILE_MAX_REMINDERS)
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, "Reminders", "Days",
                                 "must be 1 to 32 whole numbers");
  g_array_sort (profile->reminder_days, compare_descending);
  return TRUE;
}

static gboolean
read_profile (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_groups); i++)
    if (!prolong_profile_read_values (file, plain_groups[i].group, plain_groups[i].values, profile, error))
      return FALSE;
  while (g_str_has_suffix (profile->service_url, "/"))
    profile->service_url[strlen (profile->service_url) - 1] = '\0';
  return read_keys (file, profile, error) && read_check (file, profile, error)
         && read_reminders (file, profile, error) && prolong_profile_read_sections (file, profile, error);
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
  prolong_profile_init_sections (profile);
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
  g_array_unref (profile->reminder_days);
  g_free (profile->support_url);
  g_free (profile->support_email);
  g_free (profile->shop_url);
  prolong_profile_clear_sections (profile);
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
