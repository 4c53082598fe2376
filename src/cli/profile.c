/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/profile.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "cli/output.h"

static GVariant *
vendor_to_json (const ProlongVendorInfo *vendor)
{
  GVariantBuilder builder, products;

  g_variant_builder_init (&products, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);

      g_variant_builder_open (&products, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&products, "{sv}", "id", g_variant_new_string (product->id));
      g_variant_builder_add (&products, "{sv}", "name", g_variant_new_string (product->name));
      g_variant_builder_add (&products, "{sv}", "version", prolong_cli_json_text (product->version));
      g_variant_builder_close (&products);
    }

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "id", g_variant_new_string (vendor->id));
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string (vendor->name));
  g_variant_builder_add (&builder, "{sv}", "service", g_variant_new_string (vendor->service));
  g_variant_builder_add (&builder, "{sv}", "products", g_variant_builder_end (&products));
  return g_variant_builder_end (&builder);
}

static void
print_list_json (const ProlongSnapshot *snapshot)
{
  GVariantBuilder vendors;

  g_variant_builder_init (&vendors, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < snapshot->vendors->len; i++)
    g_variant_builder_add_value (&vendors, vendor_to_json (g_ptr_array_index (snapshot->vendors, i)));
  prolong_cli_print_json (prolong_cli_json_wrap ("vendors", g_variant_builder_end (&vendors)));
}

static void
print_list_text (const ProlongSnapshot *snapshot)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      g_string_append_printf (text, "%s: %s\n", vendor->id, vendor->name);
      prolong_cli_add_row (text, _("Service"), vendor->service);
      for (guint j = 0; j < vendor->products->len; j++)
        {
          const ProlongProductInfo *product = g_ptr_array_index (vendor->products, j);
          g_autofree char *name = g_strdup_printf ("%s %s", product->name, product->version);

          prolong_cli_add_row (text, product->id, name);
        }
    }
  if (text->len == 0)
    g_string_printf (text, "%s\n", _("No vendor is known on this device."));
  prolong_cli_print (text->str);
}

static ProlongExit
list_profiles (const ProlongCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = prolong_cli_connect (&error);
  g_autoptr (ProlongSnapshot) snapshot = bus != NULL ? prolong_snapshot_read_sync (bus, NULL, &error) : NULL;

  if (snapshot == NULL)
    return prolong_cli_fail (cli, error);
  if (cli->json)
    print_list_json (snapshot);
  else
    print_list_text (snapshot);
  return PROLONG_EXIT_DONE;
}

static ProlongExit
tell_invalid (const ProlongCli *cli, const char *file, const GError *error)
{
  g_autofree char *what = g_strdup_printf ("%s: %s.", file, error->message);
  const ProlongWords words = { what, (char *) _("Nobody can use this profile as it is.") };

  prolong_cli_tell (cli, "profile-invalid", &words, NULL);
  return PROLONG_EXIT_FAILED;
}

static ProlongExit
check_profile (const ProlongCli *cli, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongProfile) profile = NULL;
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (g_file_get_contents (file, &data, &length, &error))
    profile = prolong_profile_parse (data, length, &error);
  if (profile == NULL)
    return tell_invalid (cli, file, error);

  if (cli->json)
    {
      prolong_cli_print_json (g_variant_new_parsed ("{'valid': <true>, 'vendor': <%s>, 'service': <%s>}", profile->id,
                                                    profile->service_url));
      return PROLONG_EXIT_DONE;
    }
  /* Translators: the first %s is a file name, the second the name of a vendor, the third an address. */
  text = g_strdup_printf (_("%s: a valid profile of %s, whose service is %s.\n"), file, profile->name,
                          profile->service_url);
  prolong_cli_print (text);
  return PROLONG_EXIT_DONE;
}

ProlongExit
prolong_cli_profile (const ProlongCli *cli)
{
  const char *what = cli->arguments[0];
  guint n = g_strv_length (cli->arguments);

  if (n == 1 && g_str_equal (what, "list"))
    return list_profiles (cli);
  if (n == 2 && g_str_equal (what, "check"))
    return check_profile (cli, cli->arguments[1]);
  return prolong_cli_misused (cli->verb, "%s", _("Say “list”, or “check” and a file."));
}
