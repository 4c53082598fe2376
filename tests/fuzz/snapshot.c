/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bus/client.h"
#include "bus/provider-words.h"
#include "bus/subscription-words.h"
#include "bus/support-words.h"
#include "bus/words.h"
#include "fuzz.h"

#define NOW G_GINT64_CONSTANT (1797206400)

static void
say (char *words)
{
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_free (words);
}

static void
describe_license (const ProlongSnapshot *snapshot, const ProlongLicenseInfo *license)
{
  g_autoptr (GPtrArray) reserves
      = prolong_snapshot_list_reserves (snapshot, license->vendor, license->product);

  g_assert_nonnull (license->id);
  g_assert_nonnull (license->add_code);
  g_assert_nonnull (prolong_snapshot_find_license (snapshot, license->vendor, license->product));
  say (prolong_words_label (license->state, license->days_left));
  say (prolong_words_coverage (license, reserves));
  say (prolong_words_moment (license->checked_at, NOW));
  say (prolong_words_covered_until (license->covered_until));
  say (prolong_words_subscription (license, NOW));
}

static void
describe_reserve (const ProlongReserveInfo *reserve)
{
  g_assert_nonnull (reserve->code);
  say (prolong_words_reserve_state (reserve, NOW));
  say (prolong_words_reserve_way_out (reserve));
  say (prolong_words_reserve_gives (reserve));
  say (prolong_words_reserve_devices (reserve));
  say (prolong_words_reserve_checked (reserve, NOW));
}

static void
describe_operation (const ProlongOperationInfo *operation)
{
  g_auto (ProlongWords) words = { 0 };
  ProlongProblem problem;

  g_assert_nonnull (prolong_words_operation_step (operation->kind, operation->step));
  if (prolong_problem_from_name (operation->error, &problem))
    prolong_words_for_problem (problem, operation->error_details, &words);
}

/* What the window and the command line do with whatever a peer says. */
static void
describe (GVariant *objects, GVariant *manager)
{
  g_autoptr (ProlongSnapshot) snapshot = prolong_snapshot_new (objects, manager);

  g_assert_nonnull (snapshot->keyring);
  for (guint i = 0; i < snapshot->vendors->len; i++)
    g_assert_nonnull (((ProlongVendorInfo *)snapshot->vendors->pdata[i])->format.pattern);
  for (guint i = 0; i < snapshot->licenses->len; i++)
    describe_license (snapshot, snapshot->licenses->pdata[i]);
  for (guint i = 0; i < snapshot->reserves->len; i++)
    describe_reserve (snapshot->reserves->pdata[i]);
  for (guint i = 0; i < snapshot->support->len; i++)
    say (prolong_words_support_state (snapshot->support->pdata[i], NOW));
  for (guint i = 0; i < snapshot->operations->len; i++)
    describe_operation (snapshot->operations->pdata[i]);
}

static void
describe_places (GVariant *answer)
{
  g_autoptr (ProlongProviderInfo) place = NULL;
  g_auto (ProlongWords) words = { 0 };

  if (answer == NULL)
    return;
  place = prolong_provider_info_new (answer);
  say (prolong_words_provider_scope (place));
  prolong_words_for_provider (place, place->vendor, &words);
  g_assert_true (g_utf8_validate (words.way_out, -1, NULL));
  g_assert_nonnull (prolong_words_provider_kind (place->kind));
}

static GVariant *
parse (const char *type, const char *text)
{
  /* GLib's reader of text takes an escaped half of a character for a whole one; no bus carries it. */
  if (text == NULL || !g_utf8_validate (text, -1, NULL) || strstr (text, "\\u") != NULL)
    return NULL;
  return g_variant_parse (G_VARIANT_TYPE (type), text, NULL, NULL, NULL);
}

/* The input is two values as text, with an empty line between them; and then the same bytes as they would be
 * on the bus. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *)data, length);
  g_auto (GStrv) parts = g_strsplit (text, "\n\n", 2);
  g_autoptr (GVariant) objects = parse ("(a{oa{sa{sv}}})", parts[0]);
  g_autoptr (GVariant) manager = parse ("(a{sv})", parts[0] != NULL ? parts[1] : NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GVariant) raw_objects
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), bytes, FALSE));
  g_autoptr (GVariant) raw_manager
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(a{sv})"), bytes, FALSE));

  describe (objects, manager);
  describe_places (manager);
  describe_places (raw_manager);
  describe (raw_objects, raw_manager);
  return 0;
}
