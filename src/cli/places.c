/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/places.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/provider-words.h"
#include "cli/output.h"

const char *
prolong_place_get_contact (const ProlongProviderInfo *place)
{
  if (*place->url != '\0')
    return place->url;
  return *place->email != '\0' ? place->email : place->phone;
}

static void
add_contact (GString *text, const char *label, const char *contact)
{
  if (*contact != '\0')
    prolong_cli_add_row (text, label, contact);
}

void
prolong_place_describe (GString *text, const ProlongProviderInfo *place, const char *vendor)
{
  g_auto (ProlongWords) words = { 0 };
  g_autofree char *scope = prolong_words_provider_scope (place);

  prolong_words_for_provider (place, vendor, &words);
  g_string_append_printf (text, "    %s. %s\n", words.what, words.way_out);
  if (place->action == PROLONG_PROVIDER_ACTION_SERVICE)
    g_string_append_printf (text, "    %s\n", _ ("“prolongctl auto-renewal off” turns it off."));
  if (place->action == PROLONG_PROVIDER_ACTION_SUPPORT)
    g_string_append_printf (text, "    %s\n",
                            _ ("“prolongctl support write --topic auto-renewal” writes to it."));
  add_contact (text, _ ("Web page"), place->url);
  add_contact (text, _ ("E‑mail"), place->email);
  add_contact (text, _ ("Telephone"), place->phone);
  g_string_append_printf (text, "    %s\n", scope);
}

void
prolong_place_add_json (GVariantBuilder *builder, const ProlongProviderInfo *place)
{
  const char *action = place != NULL ? prolong_provider_action_names[place->action] : "";
  const char *contact = place != NULL ? prolong_place_get_contact (place) : "";

  g_variant_builder_add (builder, "{sv}", "action", prolong_cli_json_text (action));
  g_variant_builder_add (builder, "{sv}", "contact", prolong_cli_json_text (contact));
}

GPtrArray *
prolong_places_read (GDBusConnection *bus, const char *vendor, const char *product, GError **error)
{
  g_autoptr (GVariant) answer = prolong_cli_call (bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "GetProviders",
                                                  g_variant_new ("(ss)", vendor, product), error);

  return answer != NULL ? prolong_provider_infos_new (answer) : NULL;
}
