/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/directory.h"

#include "service/payment.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

G_DEFINE_QUARK (prolong - directory - error - quark, prolong_directory_error)

#define STORE_FILE "store.db"
#define KEYS_FOLDER "keys"
#define CONFIG_FILE "service.conf"
#define CATALOG_FILE "catalog.conf"
#define LISTEN_DEFAULT "127.0.0.1:8497"

/* A typing error never gets here (the check symbol), so that even a clumsy household stays far below. */
#define WRONG_CODES_DEFAULT 60

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
      "# Whether a further code may be added while a license of that kind runs on a device: allowed, "
      "trial-running or\n"
      "# subscription-running. A subscription whose auto-renewal is off is a SubscriptionEnding.\n"
      "%s"
      "\n"
      "%s";

static const char demo_config_text[]
    = "# A demo of the renewal service; its keys and its vendor profile are in the program.\n"
      "[Service]\n"
      "Demo=true\n"
      "Vendor=%s\n"
      "%s"
      "\n"
      "# E-mails are no more than files in this directory.\n"
      "[Mail]\n"
      "From=shop@%s.example\n"
      "Folder=.\n";

/* What makes one demo vendor another than the other; the profiles are resources. */
static const struct
{
  const char *vendor;
  const char *key_text;
  guint port;
  const char *policy; /* of service.conf, as it is first written */
} demos[] = {
  { "demo", "prolong demo vendor, not a secret", 8497, "" },
  { "orchard", "prolong demo vendor orchard, not a secret", 8498,
    "\n[AddCode]\nTrial=allowed\nSubscriptionEnding=allowed\n" },
};

static gboolean
write_file (const char *path, const char *text, int mode, GError **error)
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

/* One of the catalogs that are in the program. */
static char *
dup_catalog (const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/prolong/service/catalogs/%s.conf", name);
  g_autoptr (GBytes) shipped = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return shipped ? g_strndup (g_bytes_get_data (shipped, NULL), g_bytes_get_size (shipped)) : NULL;
}

/* The example, with a group for each product and nothing offered yet: prices are the vendor's to say. */
static char *
describe_catalog (const ProlongDirectoryPlan *plan, const ProlongProfile *profile, GError **error)
{
  g_autofree char *example = dup_catalog ("example", error);
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

  return text && write_file (file, text, 0600, error);
}

static gboolean
refuse_folder (const char *path, GError **error)
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
    return refuse_folder (path, error);
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
  g_autofree char *config = g_strdup_printf (config_text, plan->vendor, WRONG_CODES_DEFAULT, policy, mail);
  g_autofree char *vendor_path = profile_path (path, plan->vendor);
  g_autofree char *text = NULL;
  g_autoptr (ProlongSigningKey) key = NULL;
  g_autoptr (ProlongProfile) profile = NULL;
  guint8 seed[PROLONG_KEYS_BYTES];

  if (!make_folder (path, error))
    return FALSE;
  key = prolong_keys_make_signing_key (folder, plan->vendor, seed, error);
  if (!key)
    return FALSE;
  text = describe_vendor (plan, key);
  profile = prolong_profile_parse (text, strlen (text), error);
  return profile && prolong_keys_create (folder, error) && write_file (vendor_path, text, 0644, error)
         && prolong_keys_save_signing_key (folder, key, seed, error)
         && write_catalog (path, plan, profile, error) && write_file (config_path, config, 0600, error);
}

static gboolean
read_config (ProlongDirectory *directory, GKeyFile *file, char **vendor, GError **error)
{
  int limit;

  *vendor = g_key_file_get_string (file, "Service", "Vendor", error);
  directory->listen = g_key_file_get_string (file, "Service", "Listen", NULL);
  if (!directory->listen)
    directory->listen = g_strdup (LISTEN_DEFAULT);
  directory->forwarded_for = g_key_file_get_boolean (file, "Service", "ForwardedFor", NULL);
  limit = g_key_file_get_integer (file, "Limits", "WrongCodesPerMinute", NULL);
  directory->wrong_codes_per_minute = (guint)MAX (limit, 0);
  return *vendor != NULL && prolong_policy_read (&directory->policy, file, error)
         && prolong_mail_settings_read (&directory->mail, file, directory->path, error);
}

static gboolean
check_pinned (ProlongDirectory *directory, GError **error)
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

static gboolean
read_catalog (ProlongDirectory *directory, GError **error)
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
  if (!directory->keys || !check_pinned (directory, error) || !read_catalog (directory, error))
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

static int
find_demo (const char *vendor, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (demos); i++)
    if (g_str_equal (demos[i].vendor, vendor))
      return (int)i;
  /* Translators: %s is the id of a vendor */
  g_set_error (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_VALUE,
               _ ("There is no demo vendor “%s”"), vendor);
  return -1;
}

guint
prolong_demo_port (const char *vendor)
{
  int demo = find_demo (vendor, NULL);

  return demo < 0 ? 0 : demos[demo].port;
}

char *
prolong_demo_profile (const char *vendor, const char *url, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/prolong/service/%s.conf", vendor);
  g_autoptr (GBytes) shipped = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!shipped
      || !g_key_file_load_from_bytes (file, shipped, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                      error))
    return NULL;
  if (url)
    g_key_file_set_string (file, "Vendor", "Service", url);
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
write_demo_config (const char *path, const char *vendor, GError **error)
{
  int demo = find_demo (vendor, error);
  g_autofree char *text
      = demo < 0 ? NULL : g_strdup_printf (demo_config_text, vendor, demos[demo].policy, vendor);

  return text && write_file (path, text, 0600, error);
}

/* The policy may be written into it, as into that of any service. Returns which demo it is, -1 for none. */
static int
read_demo_config (ProlongDirectory *directory, const char *wanted, GError **error)
{
  g_autofree char *path = g_build_filename (directory->path, CONFIG_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *vendor = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)
      && !write_demo_config (path, wanted ? wanted : demos[0].vendor, error))
    return -1;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return -1;
  vendor = g_key_file_get_string (file, "Service", "Vendor", NULL);
  if (!vendor)
    vendor = g_strdup (demos[0].vendor);
  if (!g_key_file_get_boolean (file, "Service", "Demo", NULL) || (wanted && !g_str_equal (wanted, vendor)))
    {
      refuse_folder (directory->path, error);
      return -1;
    }
  if (!prolong_policy_read (&directory->policy, file, error)
      || !prolong_mail_settings_read (&directory->mail, file, directory->path, error))
    return -1;
  return find_demo (vendor, error);
}

static gboolean
write_demo_catalog (const ProlongDirectory *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory->path, CATALOG_FILE, NULL);
  g_autofree char *text = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  text = dup_catalog (directory->profile->id, error);
  return text && write_file (path, text, 0600, error);
}

ProlongDirectory *
prolong_directory_new_demo (const char *path, const char *vendor, GError **error)
{
  g_autoptr (ProlongDirectory) directory = g_new0 (ProlongDirectory, 1);
  g_autofree char *text = NULL;
  int demo;

  directory->path = g_strdup (path);
  directory->store = g_build_filename (path, STORE_FILE, NULL);
  directory->listen = g_strdup (LISTEN_DEFAULT);
  directory->wrong_codes_per_minute = WRONG_CODES_DEFAULT;
  directory->demo = TRUE;
  demo = read_demo_config (directory, vendor, error);
  text = demo < 0 ? NULL : prolong_demo_profile (demos[demo].vendor, NULL, error);
  directory->profile = text ? prolong_profile_parse (text, strlen (text), error) : NULL;
  if (!directory->profile)
    return NULL;
  directory->keys = prolong_keys_new_from_text (demos[demo].key_text, directory->profile->id, error);
  if (!directory->keys || !check_pinned (directory, error) || !write_demo_catalog (directory, error)
      || !read_catalog (directory, error))
    return NULL;
  return g_steal_pointer (&directory);
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
  guint8 seed[PROLONG_KEYS_BYTES];

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, error))
    return NULL;
  key = prolong_keys_make_signing_key (folder, directory->profile->id, seed, error);
  if (!key)
    return NULL;
  pin_key (file, key);
  text = g_key_file_to_data (file, NULL, NULL);
  if (!write_file (path, text, 0644, error) || !prolong_keys_save_signing_key (folder, key, seed, error))
    return NULL;
  return g_strdup (prolong_signing_key_get_kid (key));
}
