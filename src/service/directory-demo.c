/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/directory-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

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
      "Support=support@%s.example\n"
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

/* What the shipped profile says of its service holds for the one at @url: the service, and the shop beside
 * it. */
static void
move_service (GKeyFile *file, const char *url)
{
  g_autofree char *shipped = g_key_file_get_string (file, "Vendor", "Service", NULL);
  g_autofree char *shipped_shop = g_uri_resolve_relative (shipped, "shop/", G_URI_FLAGS_NONE, NULL);
  g_autofree char *named = g_key_file_get_string (file, "Shop", "Url", NULL);
  g_autofree char *shop = g_uri_resolve_relative (url, "shop/", G_URI_FLAGS_NONE, NULL);

  g_key_file_set_string (file, "Vendor", "Service", url);
  if (shop && g_strcmp0 (named, shipped_shop) == 0)
    g_key_file_set_string (file, "Shop", "Url", shop);
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
    move_service (file, url);
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
write_demo_config (const char *path, const char *vendor, GError **error)
{
  int demo = find_demo (vendor, error);
  g_autofree char *text
      = demo < 0 ? NULL : g_strdup_printf (demo_config_text, vendor, demos[demo].policy, vendor, vendor);

  return text && prolong_directory_write_file (path, text, 0600, error);
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
      prolong_directory_refuse_folder (directory->path, error);
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
  text = prolong_directory_dup_catalog (directory->profile->id, error);
  return text && prolong_directory_write_file (path, text, 0600, error);
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
  directory->keys = prolong_keys_new_from_text (demos[demo].key_text, directory->profile->id);
  if (!prolong_directory_check_pinned (directory, error) || !write_demo_catalog (directory, error)
      || !prolong_directory_read_catalog (directory, error))
    return NULL;
  return g_steal_pointer (&directory);
}
