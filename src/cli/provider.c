/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/provider-words.h"
#include "cli/output.h"
#include "cli/places.h"

/** The vendors that may be meant, and what was read of them. */
typedef struct
{
  const ProlongCli *cli;
  GDBusConnection *bus;
  ProlongSnapshot *snapshot;
  GPtrArray *vendors; /* (element-type ProlongVendorInfo) */
} Query;

static void
query_clear (Query *self)
{
  g_clear_pointer (&self->vendors, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  g_clear_object (&self->bus);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

static GVariant *
place_to_json (const ProlongProviderInfo *place)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "provider", g_variant_new_string (place->id));
  prolong_place_add_json (&builder, place);
  return g_variant_builder_end (&builder);
}

static GVariant *
listed_place_to_json (const ProlongProviderInfo *place)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "provider", g_variant_new_string (place->id));
  g_variant_builder_add (&builder, "{sv}", "vendor", g_variant_new_string (place->vendor));
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string (place->name));
  g_variant_builder_add (&builder, "{sv}", "kind",
                         g_variant_new_string (prolong_provider_kind_names[place->kind]));
  g_variant_builder_add (&builder, "{sv}", "applies", g_variant_new_boolean (place->applies));
  prolong_place_add_json (&builder, place);
  return g_variant_builder_end (&builder);
}

static void
describe (GString *text, const Query *self, const ProlongProviderInfo *place)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, place->vendor);

  g_string_append_printf (text, "%s (%s)\n", place->name, prolong_words_provider_kind (place->kind));
  prolong_place_describe (text, place, vendor != NULL ? vendor->name : place->vendor);
}

/* Calls @use for each place of each vendor that may be meant. */
static gboolean
foreach_place (const Query *self,
               void (*use) (const Query *self, const ProlongProviderInfo *place, gpointer data),
               gpointer data,
               GError **error)
{
  for (guint i = 0; i < self->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (self->vendors, i);
      const char *product = self->cli->product != NULL ? self->cli->product : "";
      g_autoptr (GPtrArray) places = prolong_places_read (self->bus, vendor->id, product, error);

      if (places == NULL)
        return FALSE;
      for (guint j = 0; j < places->len; j++)
        use (self, g_ptr_array_index (places, j), data);
    }
  return TRUE;
}

static void
use_as_json (const Query *self, const ProlongProviderInfo *place, gpointer builder)
{
  g_variant_builder_add_value (builder, listed_place_to_json (place));
}

static void
use_as_text (const Query *self, const ProlongProviderInfo *place, gpointer text)
{
  if (place->applies)
    describe (text, self, place);
}

static ProlongExit
list_places (const Query *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  if (!foreach_place (self, self->cli->json ? use_as_json : use_as_text,
                      self->cli->json ? (gpointer)&builder : (gpointer)text, &error))
    {
      g_variant_builder_clear (&builder);
      return prolong_cli_fail (self->cli, error);
    }
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("providers", g_variant_builder_end (&builder)));
  else
    prolong_cli_print (text->len > 0 ? text->str
                                     : _ ("No vendor says where its subscriptions are bought.\n"));
  g_variant_builder_clear (&builder);
  return PROLONG_EXIT_DONE;
}

static ProlongExit
tell_unknown (const Query *self)
{
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_unknown_order (&words);
  prolong_cli_tell (self->cli, "provider-unknown", &words, NULL);
  if (!self->cli->json)
    list_places (self);
  return PROLONG_EXIT_REFUSED;
}

static ProlongExit
find_place (const Query *self, const char *order_number)
{
  const char *vendor = self->vendors->len == 1 ? ((ProlongVendorInfo *)self->vendors->pdata[0])->id : "";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GVariant) answer
      = prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "FindProvider",
                          g_variant_new ("(ss)", vendor, order_number), &error);
  g_autoptr (ProlongProviderInfo) place = answer != NULL ? prolong_provider_info_new (answer) : NULL;

  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS))
    return prolong_cli_misused (self->cli->verb, "%s",
                                _ ("There are several vendors. Choose one with --vendor."));
  if (place == NULL)
    return prolong_cli_fail (self->cli, error);
  if (*place->id == '\0')
    return tell_unknown (self);
  if (self->cli->json)
    prolong_cli_print_json (place_to_json (place));
  else
    {
      describe (text, self, place);
      prolong_cli_print (text->str);
    }
  return PROLONG_EXIT_DONE;
}

ProlongExit
prolong_cli_provider (const ProlongCli *cli)
{
  g_auto (Query) self = { .cli = cli };
  g_autoptr (GError) error = NULL;
  ProlongExit status;

  self.bus = prolong_cli_connect (&error);
  self.snapshot = self.bus != NULL ? prolong_snapshot_read_sync (self.bus, NULL, &error) : NULL;
  if (self.snapshot == NULL)
    return prolong_cli_fail (cli, error);
  self.vendors = prolong_cli_find_vendors (cli, self.snapshot, &status);
  if (self.vendors == NULL)
    return status;
  return cli->arguments[0] != NULL ? find_place (&self, cli->arguments[0]) : list_places (&self);
}
