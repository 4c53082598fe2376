/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/profile.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "cli/cli.h"
#include "cli/input.h"
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
  g_variant_builder_add (&builder, "{sv}", "service_state", g_variant_new_string (vendor->service_state));
  g_variant_builder_add (&builder, "{sv}", "removable", g_variant_new_boolean (vendor->removable));
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
      prolong_cli_add_row (text, _ ("Service"), vendor->service);
      for (guint j = 0; j < vendor->products->len; j++)
        {
          const ProlongProductInfo *product = g_ptr_array_index (vendor->products, j);
          g_autofree char *name = g_strdup_printf ("%s %s", product->name, product->version);

          prolong_cli_add_row (text, product->id, name);
        }
    }
  if (text->len == 0)
    g_string_printf (text, "%s\n", _ ("No vendor is known on this device."));
  prolong_cli_print (text->str);
}

/* One byte more than a profile may have, so that the parser sees that it is too large. */
static char *
read_profile (const char *file, gsize *length, GError **error)
{
  g_autofree char *data = g_malloc (PROLONG_PROFILE_MAX_BYTES + 1);
  g_autoptr (GFile) source = g_file_new_for_commandline_arg (file);
  g_autoptr (GFileInputStream) stream = g_file_read (source, NULL, error);

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, PROLONG_PROFILE_MAX_BYTES + 1, length, NULL,
                                   error))
    return NULL;
  return g_steal_pointer (&data);
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
  const ProlongWords words = { what, (char *)_ ("Nobody can use this profile as it is.") };

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

  if ((data = read_profile (file, &length, &error)) != NULL)
    profile = prolong_profile_parse (data, length, &error);
  if (profile == NULL)
    return tell_invalid (cli, file, error);

  if (cli->json)
    {
      prolong_cli_print_json (g_variant_new_parsed ("{'valid': <true>, 'vendor': <%s>, 'service': <%s>}",
                                                    profile->id, profile->service_url));
      return PROLONG_EXIT_DONE;
    }
  /* Translators: the first %s is a file name, the second the name of a vendor, the third an address. */
  text = g_strdup_printf (_ ("%s: a valid profile of %s, whose service is %s.\n"), file, profile->name,
                          profile->service_url);
  prolong_cli_print (text);
  return PROLONG_EXIT_DONE;
}

/** A profile on its way to the agent. */
typedef struct
{
  const ProlongCli *cli;
  const char *file;
  char *data;
  ProlongProfile *profile;
  GDBusConnection *bus;
  char *verdict;
  char *previous_service;
} Adding;

static void
adding_clear (Adding *self)
{
  g_free (self->data);
  g_clear_pointer (&self->profile, prolong_profile_unref);
  g_clear_object (&self->bus);
  g_free (self->verdict);
  g_free (self->previous_service);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

static ProlongExit
tell_unusable (const Adding *self, const GError *error)
{
  g_auto (ProlongWords) words = { 0 };
  g_autofree char *what = NULL;
  GVariantBuilder details;

  prolong_words_for_profile_error (error, &words);
  what = g_steal_pointer (&words.what);
  words.what = g_strdup_printf ("%s: %s", self->file, what);
  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "error", g_variant_new_string (error->message));
  prolong_cli_tell (self->cli, "profile-invalid", &words, g_variant_builder_end (&details));
  return PROLONG_EXIT_FAILED;
}

/* Asks the agent what adding the profile would do. */
static gboolean
ask_agent (Adding *self, GError **error)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) verdict = NULL;

  self->bus = prolong_cli_connect (error);
  if (self->bus != NULL)
    answer = prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "CheckVendor",
                               g_variant_new ("(s)", self->data), error);
  if (answer == NULL)
    return FALSE;
  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    verdict = g_variant_get_child_value (answer, 0);
  if (verdict == NULL || !g_variant_lookup (verdict, "verdict", "s", &self->verdict))
    self->verdict = g_strdup ("new");
  if (verdict == NULL || !g_variant_lookup (verdict, "previous_service", "s", &self->previous_service))
    self->previous_service = g_strdup ("");
  return TRUE;
}

static void
describe_profile (const Adding *self, const ProlongWords *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  prolong_cli_add_row (text, _ ("Vendor"), self->profile->name);
  prolong_cli_add_row (text, _ ("Service"), self->profile->service_url);
  for (guint i = 0; i < self->profile->products->len; i++)
    {
      const ProlongProduct *product = g_ptr_array_index (self->profile->products, i);

      prolong_cli_add_row (text, i == 0 ? _ ("Products") : "", product->name);
    }
  g_string_append_printf (text, "%s\n", words->way_out);
  prolong_cli_print (text->str);
}

/* What the person is shown before anything is taken in. */
static gboolean
confirm (const Adding *self, ProlongExit *status)
{
  g_auto (ProlongWords) words = { 0 };
  g_autofree char *question = NULL;

  prolong_words_for_vendor_check (self->verdict, self->profile->name, self->previous_service,
                                  self->profile->service_url, &words);
  if (!self->cli->json)
    describe_profile (self, &words);
  /* Translators: %s is a question. The letters are those of yes and no. */
  question = g_strdup_printf (_ ("%s [y/N]"), words.what);
  return prolong_cli_confirm (self->cli, question, status);
}

static ProlongExit
tell_added (const Adding *self)
{
  g_autofree char *line = NULL;

  if (self->cli->json)
    {
      prolong_cli_print_json (g_variant_new_parsed ("{'vendor': <%s>, 'service': <%s>, 'verdict': <%s>}",
                                                    self->profile->id, self->profile->service_url,
                                                    self->verdict));
      return PROLONG_EXIT_DONE;
    }
  if (g_str_equal (self->verdict, "update"))
    /* Translators: %s is the name of a vendor. */
    line = g_strdup_printf (_ ("The profile of %s is up to date."), self->profile->name);
  else
    /* Translators: %s is the name of a vendor. */
    line = g_strdup_printf (_ ("%s was added. “prolongctl activate” activates its codes."),
                            self->profile->name);
  prolong_cli_print (line);
  prolong_cli_print ("\n");
  return PROLONG_EXIT_DONE;
}

static ProlongExit
add_profile (const ProlongCli *cli, const char *file)
{
  g_auto (Adding) self = { .cli = cli, .file = file };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  ProlongExit status;
  gsize length;

  self.data = read_profile (file, &length, &error);
  if (self.data != NULL)
    self.profile = prolong_profile_parse (self.data, length, &error);
  if (self.profile == NULL)
    return tell_unusable (&self, error);
  self.data[length] = '\0';
  if (!ask_agent (&self, &error))
    return prolong_cli_fail (cli, error);
  if (!confirm (&self, &status))
    return status;
  answer = prolong_cli_call (self.bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "AddVendor",
                             g_variant_new ("(s)", self.data), &error);
  return answer != NULL ? tell_added (&self) : prolong_cli_fail (cli, error);
}

static ProlongExit
tell_removed (const ProlongCli *cli, const ProlongVendorInfo *vendor)
{
  g_autofree char *line = NULL;

  if (cli->json)
    {
      prolong_cli_print_json (g_variant_new_parsed ("{'removed': <%s>}", vendor->id));
      return PROLONG_EXIT_DONE;
    }
  /* Translators: %s is the name of a vendor. */
  line = g_strdup_printf (_ ("%s was removed.\n"), vendor->name);
  prolong_cli_print (line);
  return PROLONG_EXIT_DONE;
}

static ProlongExit
remove_profile (const ProlongCli *cli, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = prolong_cli_connect (&error);
  g_autoptr (ProlongSnapshot) snapshot = bus != NULL ? prolong_snapshot_read_sync (bus, NULL, &error) : NULL;
  const ProlongVendorInfo *vendor = snapshot != NULL ? prolong_snapshot_find_vendor (snapshot, id) : NULL;
  g_autofree char *question = NULL;
  g_autoptr (GVariant) answer = NULL;
  ProlongExit status;

  if (snapshot == NULL)
    return prolong_cli_fail (cli, error);
  if (vendor == NULL)
    /* Translators: %s is what was typed. */
    return prolong_cli_misused (cli->verb, _ ("There is no vendor “%s”; “profile list” shows their ids."),
                                id);
  /* Translators: %s is the name of a vendor. The letters are those of yes and no. */
  question = g_strdup_printf (_ ("Remove the vendor %s? Its products are then no longer known here. [y/N]"),
                              vendor->name);
  if (vendor->removable && !prolong_cli_confirm (cli, question, &status))
    return status;
  answer = prolong_cli_call (bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "RemoveVendor",
                             g_variant_new ("(s)", id), &error);
  return answer != NULL ? tell_removed (cli, vendor) : prolong_cli_fail (cli, error);
}

static const struct
{
  const char *name;
  ProlongExit (*run) (const ProlongCli *cli, const char *argument);
} actions[] = {
  { "add", add_profile },
  { "remove", remove_profile },
  { "check", check_profile },
};

ProlongExit
prolong_cli_profile (const ProlongCli *cli)
{
  const char *what = cli->arguments[0];
  guint n = g_strv_length (cli->arguments);

  if (n == 1 && g_str_equal (what, "list"))
    return list_profiles (cli);
  for (gsize i = 0; n == 2 && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (what, actions[i].name))
      return actions[i].run (cli, cli->arguments[1]);
  return prolong_cli_misused (cli->verb, "%s",
                              _ ("Say “list”, “add” or “check” and a file, or “remove” and an id."));
}
