/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/providers.h"
#include "cli/cli.h"

G_BEGIN_DECLS

/* Where subscriptions are bought, as text and JSON. */

/** prolong_place_get_contact: where to turn to: an address of the web, an e-mail address or a telephone; or
 * empty. */
const char *prolong_place_get_contact (const ProlongProviderInfo *place);

/** prolong_place_describe: appends how auto-renewal is turned off there, and the contacts, indented. */
void prolong_place_describe (GString *text, const ProlongProviderInfo *place, const char *vendor);

/** prolong_place_add_json: adds `action` and `contact` to @builder; both null where nothing is known of
 * @place. */
void prolong_place_add_json (GVariantBuilder *builder, const ProlongProviderInfo *place);

/** prolong_places_read: (transfer full) (nullable): where @product, or empty for any, of @vendor is bought.
 */
GPtrArray *
prolong_places_read (GDBusConnection *bus, const char *vendor, const char *product, GError **error);

G_END_DECLS
