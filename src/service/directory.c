/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/directory-private.h"

#include "service/payment.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

G_DEFINE_QUARK (prolong_directory_error, prolong_directory_error)

#define KEYS_FOLDER "keys"

/* Each order sends mail to whatever address it names. */
#define ORDERS_DEFAULT 20

/* So does each request for support; nobody writes more than one in a minute, but an office may share an
 * address. */
#define SUPPORT_DEFAULT 10

static const char config_text[]
    = "# The renewal service in this directory.\n"
      "[Service]\n"
      "Vendor=%s\n"
      "\n"
      "# Where it listens. TLS, slow and malformed HTTP are the work of a proxy in front.\n"
      "Listen=" LISTEN_DEFAULT "\n"
      "\n"
      "# Whether that proxy gives the client address as the last entry of X-Forwarded-For.\n"
      "ForwardedFor=false\n"
      "\n"
      "[Limits]\n"
      "# Unknown codes that one client address may try in a minute; 0 for any number.\n"
      "WrongCodesPerMinute=%d\n"
      "\n"
      "# Orders that one client address may make in a minute; 0 for any number.\n"
      "OrdersPerMinute=%d\n"
      "\n"
      "# Requests for support likewise.\n"
      "SupportPerMinute=%d\n"
      "\n"
      "# Whether a further code may be added while a license of that kind runs on a device: allowed, "
      "trial-running or\n"
      "# subscription-running. A subscription whose auto-renewal is off is a SubscriptionEnding.\n"
      "%s"
      "\n"
      "%s";

gboolean
prolong_directory_write_file (const char *path, const char *text, int mode, GError **error)
{
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, error);
}

static char *
profile_path (const char *path, const char *vendor)
{
  g_autofree char *name = g_strconcat (vendor, ".conf", NULL);

  return g_build_filename (path, name, NULL);
}

static void
pin_key (GKeyFile *file, ProlongSigningKey *key)
{
  g_autoptr (GBytes) public = prolong_signing_key_dup_public (key);
  g_autofree char *text
      = prolong_base64url_encode (g_bytes_get_data (public, NULL), g_bytes_get_size (public));

  g_key_file_set_string (file, "Keys", prolong_signing_key_get_kid (key), text);
}

static void
describe_product (GKeyFile *file, const char *product)
{
  g_auto (GStrv) parts = g_strsplit (product, "=", 2);
  g_autofree char *group = g_strconcat ("Product ", parts[0], NULL);

  g_key_file_set_string (file, group, "Name", parts[1] ? parts[1] : parts[0]);
}

static char *
describe_vendor (const ProlongDirectoryPlan *plan, ProlongSigningKey *key)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *product = g_strconcat (plan->vendor, "=", plan->name, NULL);

  g_key_file_set_string (file, "Vendor", "Id", plan->vendor);
  g_key_file_set_string (file, "Vendor", "Name", plan->name);
  g_key_file_set_string (file, "Vendor", "Service", plan->url);
  pin_key (file, key);
  g_key_file_set_string (file, "Codes", "Pattern", prolong_code_format_default.pattern);
  g_key_file_set_string (file, "Codes", "Check", "gf32");
  g_key_file_set_string (file, "Codes", "Number", prolong_code_format_default.number_pattern);
  g_key_file_set_string (file, "Reminders", "Days", "30;14;7;1");
  if (!plan->products || !plan->products[0])
    describe_product (file, product);
  for (guint i = 0; plan->products && plan->products[i]; i++)
    describe_product (file, plan->products[i]);
  return g_key_file_to_data (file, NULL, NULL);
}

char *
prolong_directory_dup_catalog (const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/prolong/service/catalogs/%s.conf", name);
  g_autoptr (GBytes) shipped = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return shipped ? g_strndup (g_bytes_get_data (shipped, NULL), g_bytes_get_size (shipped)) : NULL;
}

/* The example, with a group for each product and nothing offered yet: prices are the vendor's to say. */
static char *
describe_catalog (const ProlongDirectoryPlan *plan, const ProlongProfile *profile, GError **error)
{
  g_autofree char *example = prolong_directory_dup_catalog ("example", error);
  GString *text = example ? g_string_new (example) : NULL;

  for (guint i = 0; text && i < profile->products->len; i++)
    {
      const ProlongProduct *product = g_ptr_array_index (profile->products, i);

      g_string_append_printf (text, "\n[Product %s]\nName=%s\nVersion=1.0\nDownload=%s/download/%s\n",
                              product->id, product->name, plan->url, product->id);
    }
  return text ? g_string_free (text, FALSE) : NULL;
}

static gboolean
write_catalog (const char *path,
               const ProlongDirectoryPlan *plan,
               const ProlongProfile *profile,
               GError **error)
{
  g_autofree char *file = g_build_filename (path, CATALOG_FILE, NULL);
  g_autofree char *text = describe_catalog (plan, profile, error);

  return text && prolong_directory_write_file (file, text, 0600, error);
}

gboolean
prolong_directory_refuse_folder (const char *path, GError **error)
{
  g_set_error (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_EXISTS,
               /* Translators: %s is the path of a folder */
               _ ("%s holds a service already"), path);
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *config = g_build_filename (path, CONFIG_FILE, NULL);

  if (g_file_test (config, G_FILE_TEST_EXISTS))
    return prolong_directory_refuse_folder (path, error);
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_VALUE, "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

/* service.conf comes last, so that a directory that was only begun is not taken for a service. */
gboolean
prolong_directory_create (const char *path, const ProlongDirectoryPlan *plan, GError **error)
{
  g_autofree char *folder = g_build_filename (path, KEYS_FOLDER, NULL);
  g_autofree char *config_path = g_build_filename (path, CONFIG_FILE, NULL);
  g_autofree char *policy = prolong_policy_describe ();
  g_autofree char *mail = prolong_mail_settings_describe ();
  g_autofree char *config = g_strdup_printf (config_text, plan->vendor, WRONG_CODES_DEFAULT, ORDERS_DEFAULT,
                                             SUPPORT_DEFAULT, policy, mail);
  g_autofree char *vendor_path = profile_path (path, plan->vendor);
  g_autofree char *text = NULL;
  g_autoptr (ProlongSigningKey) key = NULL;
  g_autoptr (ProlongProfile) profile = NULL;

  if (!make_folder (path, error))
    return FALSE;
  key = prolong_keys_make_signing_key (folder, plan->vendor);
  text = describe_vendor (plan, key);
  profile = prolong_profile_parse (text, strlen (text), error);
  return profile && prolong_keys_create (folder, error)
         && prolong_directory_write_file (vendor_path, text, 0644, error)
         && prolong_keys_save_signing_key (folder, key, error) && write_catalog (path, plan, profile, error)
         && prolong_directory_write_file (config_path, config, 0600, error);
}

static guint
read_limit (GKeyFile *file, const char *key, guint missing)
{
  if (!g_key_file_has_key (file, "Limits", key, NULL))
    return missing;
  return (guint)MAX (g_key_file_get_integer (file, "Limits", key, NULL), 0);
}

static gboolean
read_config (ProlongDirectory *directory, GKeyFile *file, char **vendor, GError **error)
{
  *vendor = g_key_file_get_string (file, "Service", "Vendor", error);
  directory->listen = g_key_file_get_string (file, "Service", "Listen", NULL);
  if (!directory->listen)
    directory->listen = g_strdup (LISTEN_DEFAULT);
  directory->forwarded_for = g_key_file_get_boolean (file, "Service", "ForwardedFor", NULL);
  directory->wrong_codes_per_minute = read_limit (file, "WrongCodesPerMinute", 0);
  directory->orders_per_minute = read_limit (file, "OrdersPerMinute", ORDERS_DEFAULT);
  directory->support_per_minute = read_limit (file, "SupportPerMinute", SUPPORT_DEFAULT);
  return *vendor != NULL && prolong_policy_read (&directory->policy, file, error)
         && prolong_mail_settings_read (&directory->mail, file, directory->path, error);
}

gboolean
prolong_directory_check_pinned (ProlongDirectory *directory, GError **error)
{
  ProlongSigningKey *key = prolong_keys_get_signing (directory->keys);
  g_autoptr (GBytes) public = prolong_signing_key_dup_public (key);
  GBytes *pinned = g_hash_table_lookup (directory->profile->keys, prolong_signing_key_get_kid (key));

  if (pinned && g_bytes_equal (pinned, public))
    return TRUE;
  g_set_error (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_VALUE,
               /* Translators: %s is the id of a signing key */
               _ ("The vendor profile does not pin the signing key %s: no customer would accept its tickets"),
               prolong_signing_key_get_kid (key));
  return FALSE;
}

gboolean
prolong_directory_read_catalog (ProlongDirectory *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory->path, CATALOG_FILE, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  directory->catalog
      = prolong_catalog_parse (text, length, directory->profile, prolong_payment_get_names (), error);
  if (!directory->catalog)
    g_prefix_error (error, "%s: ", path);
  return directory->catalog != NULL;
}

static ProlongDirectory *
load (const char *path, GKeyFile *file, GError **error)
{
  g_autoptr (ProlongDirectory) directory = g_new0 (ProlongDirectory, 1);
  g_autofree char *folder = g_build_filename (path, KEYS_FOLDER, NULL);
  g_autofree char *vendor = NULL;
  g_autofree char *vendor_path = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  directory->path = g_strdup (path);
  directory->store = g_build_filename (path, STORE_FILE, NULL);
  if (!read_config (directory, file, &vendor, error))
    return NULL;
  vendor_path = profile_path (path, vendor);
  if (!g_file_get_contents (vendor_path, &text, &length, error))
    return NULL;
  directory->profile = prolong_profile_parse (text, length, error);
  directory->keys = directory->profile ? prolong_keys_load (folder, vendor, error) : NULL;
  if (!directory->keys || !prolong_directory_check_pinned (directory, error)
      || !prolong_directory_read_catalog (directory, error))
    return NULL;
  return g_steal_pointer (&directory);
}

ProlongDirectory *
prolong_directory_load (const char *path, GError **error)
{
  g_autofree char *config = g_build_filename (path, CONFIG_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, config, G_KEY_FILE_NONE, error))
    return NULL;
  return g_key_file_get_boolean (file, "Service", "Demo", NULL)
             ? prolong_directory_new_demo (path, NULL, error)
             : load (path, file, error);
}

char *
prolong_directory_dup_profile (const ProlongDirectory *directory, const char *url, GError **error)
{
  g_autofree char *path = profile_path (directory->path, directory->profile->id);
  char *text = NULL;

  if (directory->demo)
    return prolong_demo_profile (directory->profile->id, url, error);
  return g_file_get_contents (path, &text, NULL, error) ? text : NULL;
}

void
prolong_directory_free (ProlongDirectory *directory)
{
  g_free (directory->path);
  g_free (directory->store);
  g_free (directory->listen);
  prolong_mail_settings_clear (&directory->mail);
  g_clear_pointer (&directory->profile, prolong_profile_unref);
  g_clear_pointer (&directory->keys, prolong_keys_free);
  g_clear_pointer (&directory->catalog, prolong_catalog_free);
  g_free (directory);
}

/* The profile comes first: a pinned key that never signs does no harm, a signing key that is not pinned does.
 */
char *
prolong_directory_rotate (const ProlongDirectory *directory, GError **error)
{
  g_autofree char *folder = g_build_filename (directory->path, KEYS_FOLDER, NULL);
  g_autofree char *path = profile_path (directory->path, directory->profile->id);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (ProlongSigningKey) key = NULL;
  g_autofree char *text = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, error))
    return NULL;
  key = prolong_keys_make_signing_key (folder, directory->profile->id);
  pin_key (file, key);
  text = g_key_file_to_data (file, NULL, NULL);
  if (!prolong_directory_write_file (path, text, 0644, error)
      || !prolong_keys_save_signing_key (folder, key, error))
    return NULL;
  return g_strdup (prolong_signing_key_get_kid (key));
}
