/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/provider-words.h"
#include "bus/subscription-words.h"
#include "cli/output.h"

GDBusConnection *
prolong_cli_connect (GError **error)
{
  return g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
}

GVariant *
prolong_cli_call (GDBusConnection *bus,
                  const char *path,
                  const char *interface,
                  const char *method,
                  GVariant *arguments,
                  GError **error)
{
  GVariant *answer = g_dbus_connection_call_sync (bus, PROLONG_BUS_NAME, path, interface, method, arguments,
                                                  NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, error);

  if (answer == NULL && error != NULL)
    g_dbus_error_strip_remote_error (*error);
  return answer;
}

static gboolean
has_product (const ProlongVendorInfo *vendor, const char *id)
{
  for (guint i = 0; i < vendor->products->len; i++)
    {
      const ProlongProductInfo *product = g_ptr_array_index (vendor->products, i);

      if (g_str_equal (product->id, id))
        return TRUE;
    }
  return FALSE;
}

static ProlongExit
tell_no_vendor (const ProlongCli *cli)
{
  const ProlongWords words = {
    .what = (char *)_ ("No vendor is known on this device."),
    .way_out = (char *)_ ("Install the product that the code is for; the vendor’s profile comes with it."),
  };

  prolong_cli_tell (cli, "no-vendor", &words, NULL);
  return PROLONG_EXIT_FAILED;
}

char *
prolong_cli_list_ids (GPtrArray *vendors)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (vendors, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", vendor->id);
    }
  return g_string_free (ids, FALSE);
}

GPtrArray *
prolong_cli_find_vendors (const ProlongCli *cli, const ProlongSnapshot *snapshot, ProlongExit *status)
{
  g_autoptr (GPtrArray) meant = g_ptr_array_new ();
  g_autofree char *known = prolong_cli_list_ids (snapshot->vendors);

  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);

      if ((cli->vendor == NULL || g_str_equal (cli->vendor, vendor->id))
          && (cli->product == NULL || has_product (vendor, cli->product)))
        g_ptr_array_add (meant, vendor);
    }
  if (meant->len > 0)
    return g_steal_pointer (&meant);
  if (snapshot->vendors->len == 0)
    *status = tell_no_vendor (cli);
  else
    /* Translators: %s is ids of vendors, separated by commas. */
    *status = prolong_cli_misused (cli->verb, _ ("No vendor has that id and that product. Vendors here: %s."),
                                   known);
  return NULL;
}

gboolean
prolong_cli_is_meant (const ProlongCli *cli, const char *vendor, const char *product)
{
  return (cli->vendor == NULL || g_str_equal (cli->vendor, vendor))
         && (cli->product == NULL || g_str_equal (cli->product, product));
}

GPtrArray *
prolong_cli_find_licenses (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  GPtrArray *meant = g_ptr_array_new ();

  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (prolong_cli_is_meant (cli, license->vendor, license->product))
        g_ptr_array_add (meant, license);
    }
  return meant;
}

void
prolong_cli_warn_of_double_payment (const ProlongCli *cli, const ProlongSnapshot *snapshot)
{
  g_autoptr (GPtrArray) licenses = prolong_cli_find_licenses (cli, snapshot);
  const ProlongLicenseInfo *license = licenses->len == 1 ? g_ptr_array_index (licenses, 0) : NULL;
  g_auto (ProlongWords) words = { 0 };

  if (license == NULL || !prolong_license_info_is_calm (license))
    return;
  prolong_words_for_double_payment (&words);
  g_printerr ("prolongctl: %s: %s. %s\n", license->name, words.what, words.way_out);
}
