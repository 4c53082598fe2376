/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/subscription-words.h"
#include "cli/describe.h"
#include "cli/output.h"
#include "cli/places.h"

/** What the person asked for. */
typedef struct
{
  const ProlongCli *cli;
  GDBusConnection *bus;
  ProlongSnapshot *snapshot;
  const char *wanted;  /* (nullable) how the license is called */
  const char *setting; /* (nullable) `on` or `off` */
} Query;

static void
query_clear (Query *self)
{
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  g_clear_object (&self->bus);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

static gboolean
is_setting (const char *word)
{
  return g_str_equal (word, "on") || g_str_equal (word, "off");
}

/* A license is called by its number, as it is written or typed, its id or its product. */
static gboolean
is_called (const Query *self, const ProlongLicenseInfo *license)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, license->vendor);
  g_autofree char *number
      = self->wanted != NULL && vendor != NULL ? prolong_number_parse (self->wanted, &vendor->format) : NULL;

  return self->wanted == NULL || g_str_equal (license->id, self->wanted)
         || g_str_equal (license->product, self->wanted) || g_str_equal (license->number, self->wanted)
         || g_strcmp0 (license->number, number) == 0;
}

static GPtrArray *
find_licenses (const Query *self)
{
  g_autoptr (GPtrArray) meant = prolong_cli_find_licenses (self->cli, self->snapshot);
  GPtrArray *called = g_ptr_array_new ();

  for (guint i = 0; i < meant->len; i++)
    if (is_called (self, g_ptr_array_index (meant, i)))
      g_ptr_array_add (called, g_ptr_array_index (meant, i));
  return called;
}

/* The way to turn it off. */

static const ProlongProviderInfo *
find_place (GPtrArray *places, const ProlongLicenseInfo *license)
{
  return places != NULL ? prolong_provider_infos_find (places, license->provider) : NULL;
}

static GVariant *
license_to_json (const ProlongLicenseInfo *license, const ProlongProviderInfo *place)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "id", g_variant_new_string (license->id));
  g_variant_builder_add (&builder, "{sv}", "vendor", g_variant_new_string (license->vendor));
  g_variant_builder_add (&builder, "{sv}", "product", g_variant_new_string (license->product));
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string (license->name));
  g_variant_builder_add (&builder, "{sv}", "number", g_variant_new_string (license->number));
  g_variant_builder_add (&builder, "{sv}", "state",
                         g_variant_new_string (prolong_state_get_name (license->state)));
  g_variant_builder_add (&builder, "{sv}", "expires_at", prolong_cli_json_time (license->expires_at));
  g_variant_builder_add (&builder, "{sv}", "auto_renewal", g_variant_new_boolean (license->auto_renewal));
  g_variant_builder_add (&builder, "{sv}", "provider", prolong_cli_json_text (license->provider));
  g_variant_builder_add (&builder, "{sv}", "manage_url", prolong_cli_json_text (license->manage_url));
  g_variant_builder_add (&builder, "{sv}", "add_code", g_variant_new_string (license->add_code));
  prolong_place_add_json (&builder, place);
  return g_variant_builder_end (&builder);
}

/* Where a vendor states no rules, its own service turns off what it sold, and a provider what that sold. */
static void
describe_way (GString *text,
              const Query *self,
              const ProlongLicenseInfo *license,
              const ProlongProviderInfo *place)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, license->vendor);
  g_auto (ProlongWords) words = { 0 };

  if (place != NULL)
    prolong_place_describe (text, place, vendor != NULL ? vendor->name : license->vendor);
  else if (*license->provider == '\0')
    g_string_append_printf (text, "    %s\n", _ ("“prolongctl auto-renewal off” turns it off."));
  else
    {
      prolong_words_for_refusal (PROLONG_PROBLEM_PROVIDER_MANAGED, NULL, license, &words);
      g_string_append_printf (text, "    %s %s\n", words.what, words.way_out);
    }
  if (*license->provider == '\0')
    g_string_append_printf (
        text, "    %s\n",
        _ ("Was it bought elsewhere? “prolongctl provider” with the order number tells the way."));
  else if (place != NULL && *license->manage_url != '\0')
    prolong_cli_add_row (text, _ ("Manage subscription"), license->manage_url);
}

static void
describe_license (GString *text,
                  const Query *self,
                  const ProlongLicenseInfo *license,
                  const ProlongProviderInfo *place)
{
  g_autofree char *next = prolong_words_subscription (license, g_get_real_time () / G_USEC_PER_SEC);

  g_string_append_printf (text, "%s\n", license->name);
  prolong_cli_add_row (text, _ ("License number"), license->number);
  prolong_cli_add_row (text, _ ("Auto-renewal"), license->auto_renewal ? _ ("On") : _ ("Off"));
  if (*license->provider != '\0')
    prolong_cli_add_row (text, _ ("Bought from"), license->provider);
  if (*next != '\0')
    g_string_append_printf (text, "    %s\n", next);
  if (license->auto_renewal)
    describe_way (text, self, license, place);
}

static ProlongExit
show (const Query *self, GPtrArray *licenses)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (licenses, i);
      g_autoptr (GPtrArray) places = prolong_places_read (self->bus, license->vendor, license->product, NULL);
      const ProlongProviderInfo *place = find_place (places, license);

      g_variant_builder_add_value (&builder, license_to_json (license, place));
      describe_license (text, self, license, place);
    }
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("licenses", g_variant_builder_end (&builder)));
  else
    prolong_cli_print (text->str);
  g_variant_builder_clear (&builder);
  return PROLONG_EXIT_DONE;
}

/* A call that fails brings no details; where the subscription is managed is known here. */
static ProlongExit
refuse (const Query *self, const ProlongLicenseInfo *license, const GError *error)
{
  GVariantDict details;

  if (!g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_PROVIDER_MANAGED)
      && !g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_SUBSCRIPTION_ENDED))
    return prolong_cli_fail (self->cli, error);
  g_variant_dict_init (&details, NULL);
  if (error->code == PROLONG_PROBLEM_PROVIDER_MANAGED)
    {
      g_variant_dict_insert (&details, "provider", "s", license->provider);
      g_variant_dict_insert (&details, "manage_url", "s", license->manage_url);
    }
  else
    g_variant_dict_insert (&details, "expires", "x", license->expires_at);
  return prolong_cli_refuse (self->cli, (ProlongProblem)error->code, g_variant_dict_end (&details));
}

static ProlongExit
tell_switched (Query *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongSnapshot) snapshot = prolong_snapshot_read_sync (self->bus, NULL, &error);
  const ProlongLicenseInfo *license = NULL;
  g_autofree char *off = NULL;

  if (snapshot == NULL)
    return prolong_cli_fail (self->cli, error);
  for (guint i = 0; i < snapshot->licenses->len; i++)
    if (g_str_equal (((ProlongLicenseInfo *)snapshot->licenses->pdata[i])->path, path))
      license = snapshot->licenses->pdata[i];
  if (license == NULL)
    return prolong_cli_refuse (self->cli, PROLONG_PROBLEM_NO_LICENSE, NULL);
  if (self->cli->json)
    {
      prolong_cli_print_json (
          prolong_cli_json_wrap ("license", prolong_cli_license_to_json (license, snapshot)));
      return PROLONG_EXIT_DONE;
    }
  off = license->auto_renewal ? prolong_words_subscription (license, g_get_real_time () / G_USEC_PER_SEC)
                              : prolong_words_auto_renewal_off (license);
  prolong_cli_print (license->auto_renewal ? _ ("Auto-renewal is on.") : _ ("Auto-renewal is off."));
  prolong_cli_print (" ");
  prolong_cli_print (off);
  prolong_cli_print ("\n");
  if (!license->auto_renewal)
    prolong_cli_print (_ ("“prolongctl auto-renewal on” turns it on again, until the period ends.\n"));
  return PROLONG_EXIT_DONE;
}

static ProlongExit
set (Query *self, GPtrArray *licenses)
{
  const ProlongLicenseInfo *license = g_ptr_array_index (licenses, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (licenses->len > 1)
    return prolong_cli_misused (self->cli->verb, "%s",
                                _ ("There are several licenses. Choose one with --product."));
  answer = prolong_cli_call (self->bus, license->path, PROLONG_BUS_LICENSE, "SetAutoRenewal",
                             g_variant_new ("(b)", g_str_equal (self->setting, "on")), &error);
  return answer != NULL ? tell_switched (self, license->path) : refuse (self, license, error);
}

ProlongExit
prolong_cli_auto_renewal (const ProlongCli *cli)
{
  g_auto (Query) self = { .cli = cli };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) licenses = NULL;
  guint n = g_strv_length (cli->arguments);

  if (n > 0 && is_setting (cli->arguments[n - 1]))
    self.setting = cli->arguments[--n];
  if (n > 1)
    return prolong_cli_misused (cli->verb, "%s", _ ("Say “on” or “off” behind the license."));
  self.wanted = n == 1 ? cli->arguments[0] : NULL;
  self.bus = prolong_cli_connect (&error);
  self.snapshot = self.bus != NULL ? prolong_snapshot_read_sync (self.bus, NULL, &error) : NULL;
  if (self.snapshot == NULL)
    return prolong_cli_fail (cli, error);
  licenses = find_licenses (&self);
  if (licenses->len == 0)
    return prolong_cli_refuse (cli, PROLONG_PROBLEM_NO_LICENSE, NULL);
  return self.setting != NULL ? set (&self, licenses) : show (&self, licenses);
}
