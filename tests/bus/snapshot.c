/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/client.h"

#include "bus/contract.h"
#include "bus/providers.h"

#define LICENSES "/io/github/prolong/Prolong/Agent/licenses"

static GVariant *
parse (const char *type, const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (G_VARIANT_TYPE (type), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

static ProlongSnapshot *
snapshot_from_text (const char *objects, const char *manager)
{
  g_autoptr (GVariant) first = parse ("(a{oa{sa{sv}}})", objects);
  g_autoptr (GVariant) second = parse ("(a{sv})", manager);

  return prolong_snapshot_new (first, second);
}

#define RESERVE(path, position, state)                                                                       \
  "'/io/github/prolong/Prolong/Agent/reserves/" path "': {'io.github.prolong.Reserve1': {'Id': <'" path      \
  "'>,"                                                                                                      \
  " 'Vendor': <'demo'>, 'Product': <'x'>, 'Code': <'•••••-QW16B'>, 'Position': <uint32 " position ">,"       \
  " 'State': <'" state "'>, 'Problem': <'code-blocked'>, 'ProblemDetails': <{'expires': <int64 7>}>,"        \
  " 'Kind': <'commercial'>, 'Term': <int64 31536000>, 'StartsAt': <int64 8>, 'ExpiresAt': <int64 9>,"        \
  " 'DevicesLimit': <uint32 3>, 'CheckedAt': <int64 5>, 'Operation': <objectpath '/'>}}"

static void
test_reserves (void)
{
  g_autoptr (ProlongSnapshot) snapshot = snapshot_from_text (
      "({" RESERVE ("c", "1", "later") ", " RESERVE ("b", "0", "problem") ", " RESERVE (
          "a", "1",
          "ready") ","
                   "  '/o/r': {'io.github.prolong.Reserve1': {'Vendor': <'demo'>, 'Product': <'a'>}},"
                   "  '/o/o': {'io.github.prolong.Operation1': {'Kind': <'hand-over'>, 'Reserve': "
                   "<objectpath '/o/r'>}}},)",
      "({'Storage': <'storage-full'>, 'StartAtLogin': <'refused'>},)");
  g_autoptr (GPtrArray) reserves = prolong_snapshot_list_reserves (snapshot, "demo", "x");
  g_autoptr (GPtrArray) others = prolong_snapshot_list_reserves (snapshot, "demo", "y");
  const ProlongOperationInfo *operation = prolong_snapshot_find_operation (snapshot, "/o/o");
  const ProlongReserveInfo *reserve;
  gint64 expires;

  g_assert_cmpstr (snapshot->storage, ==, "storage-full");
  g_assert_cmpstr (snapshot->start_at_login, ==, "refused");
  g_assert_cmpint (operation->kind, ==, PROLONG_OPERATION_HAND_OVER);
  g_assert_cmpstr (operation->reserve, ==, "/o/r");
  g_assert_cmpuint (others->len, ==, 0);
  g_assert_cmpuint (reserves->len, ==, 3);
  reserve = g_ptr_array_index (reserves, 0);
  g_assert_cmpstr (reserve->id, ==, "b");
  g_assert_cmpint (reserve->state, ==, PROLONG_RESERVE_PROBLEM);
  g_assert_cmpstr (reserve->problem, ==, "code-blocked");
  g_assert_true (g_variant_lookup (reserve->problem_details, "expires", "x", &expires));
  g_assert_cmpint (reserve->term, ==, 31536000);
  g_assert_cmpuint (reserve->devices_limit, ==, 3);
  g_assert_cmpint (reserve->starts_at, ==, 8);
  reserve = g_ptr_array_index (reserves, 1);
  g_assert_cmpstr (reserve->id, ==, "a");
  g_assert_cmpint (reserve->state, ==, PROLONG_RESERVE_READY);
  reserve = g_ptr_array_index (reserves, 2);
  g_assert_cmpint (reserve->state, ==, PROLONG_RESERVE_UNCHECKED);

  reserve = prolong_snapshot_find_reserve (snapshot, "/o/r");
  g_assert_cmpstr (reserve->problem, ==, "");
  g_assert_cmpuint (g_variant_n_children (reserve->problem_details), ==, 0);
  g_assert_null (prolong_snapshot_find_reserve (snapshot, "/o/q"));
  for (guint state = 0; state < PROLONG_N_RESERVE_STATES; state++)
    g_assert_nonnull (prolong_reserve_state_get_name (state));
  for (guint kind = 0; kind < PROLONG_N_OPERATION_KINDS; kind++)
    g_assert_nonnull (prolong_operation_kind_get_name (kind));
}

static void
test_full (void)
{
  g_autoptr (ProlongSnapshot) snapshot = snapshot_from_text (
      "({'" LICENSES "/demo_internet_security': {'io.github.prolong.License1': {"
      "   'Id': <'a1'>, 'Vendor': <'demo'>, 'Product': <'internet-security'>, 'Name': <'Internet Security'>,"
      "   'Number': <'4821-003918-55120734'>, 'Kind': <'trial'>, 'State': <'grace'>, 'DaysLeft': <uint32 23>,"
      "   'StartsAt': <int64 1>, 'ExpiresAt': <int64 2>, 'GraceUntil': <int64 3>, 'ActivatedAt': <int64 4>,"
      "   'DevicesUsed': <uint32 2>, 'DevicesLimit': <uint32 3>, 'AutoRenewal': <true>, 'Provider': <'p'>,"
      "   'CoveredUntil': <int64 5>, 'CheckedAt': <int64 6>, 'Confirmed': <true>, 'Clock': <'behind'>,"
      "   'AddCode': <'trial-running'>, 'FirstReminder': <uint32 30>}},"
      "  '/io/github/prolong/Prolong/Agent/operations/7': {'io.github.prolong.Operation1': {"
      "   'Id': <'7'>, 'Step': <'waiting'>, 'Progress': <0.5>, 'Cancellable': <true>, 'Error': "
      "<'rate-limited'>,"
      "   'ErrorDetails': <{'retry_after': <int64 60>}>, 'RetryAt': <int64 9>, 'License': <objectpath "
      "'/'>}}},)",
      "({'Keyring': <'locked'>, 'DeviceName': <'laptop'>, 'Vendors': <[{'id': <'demo'>, 'name': <'Demo'>,"
      "  'code_check': <'none'>, 'code_pattern': <'9999'>, 'products': <[{'id': <'x'>, 'version': "
      "<'21.3'>}]>}]>},)");
  const ProlongLicenseInfo *license = prolong_snapshot_find_license (snapshot, "demo", "internet-security");
  const ProlongOperationInfo *operation
      = prolong_snapshot_find_operation (snapshot, "/io/github/prolong/Prolong/Agent/operations/7");
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (snapshot, "demo");
  gint64 retry_after;

  g_assert_nonnull (license);
  g_assert_cmpstr (license->number, ==, "4821-003918-55120734");
  g_assert_cmpint (license->kind, ==, PROLONG_LICENSE_TRIAL);
  g_assert_cmpint (license->state, ==, PROLONG_STATE_GRACE);
  g_assert_cmpuint (license->days_left, ==, 23);
  g_assert_cmpint (license->grace_until, ==, 3);
  g_assert_true (license->auto_renewal);
  g_assert_cmpstr (license->manage_url, ==, "");

  g_assert_nonnull (operation);
  g_assert_cmpint (operation->step, ==, PROLONG_STEP_WAITING);
  g_assert_cmpfloat (operation->progress, ==, 0.5);
  g_assert_true (g_variant_lookup (operation->error_details, "retry_after", "x", &retry_after));
  g_assert_cmpint (retry_after, ==, 60);

  g_assert_nonnull (vendor);
  g_assert_cmpstr (vendor->format.pattern, ==, "9999");
  g_assert_cmpint (vendor->format.check, ==, PROLONG_CODE_CHECK_NONE);
  g_assert_cmpstr (vendor->format.number_pattern, ==, prolong_code_format_default.number_pattern);
  g_assert_cmpstr (((ProlongProductInfo *)g_ptr_array_index (vendor->products, 0))->version, ==, "21.3");
  g_assert_cmpstr (snapshot->keyring, ==, "locked");
  g_assert_cmpstr (snapshot->service, ==, "");
}

static const struct
{
  const char *why;
  const char *objects;
  const char *manager;
  guint n_licenses, n_operations, n_vendors;
} odd_answers[] = {
  { "nothing at all", "({},)", "({},)", 0, 0, 0 },
  { "an object of another kind", "({'/x': {'org.example.Other': {'Id': <'a'>}}},)", "({},)", 0, 0, 0 },
  { "a license without properties", "({'/x': {'io.github.prolong.License1': {}}},)", "({},)", 1, 0, 0 },
  { "an operation without properties", "({'/x': {'io.github.prolong.Operation1': {}}},)", "({},)", 0, 1, 0 },
  { "one object with two interfaces",
    "({'/x': {'io.github.prolong.License1': {}, 'io.github.prolong.Operation1': {}}},)", "({},)", 1, 1, 0 },
  { "every property of another type",
    "({'/x': {'io.github.prolong.License1': {'Id': <uint32 1>, 'Kind': <true>, 'State': <[1, 2]>, "
    "'DaysLeft': <'9'>,"
    "  'StartsAt': <uint32 4>, 'AutoRenewal': <'yes'>, 'Provider': <@as []>},"
    "  'io.github.prolong.Operation1': {'Step': <int64 3>, 'Progress': <'half'>, 'ErrorDetails': <'x'>}}},)",
    "({'Keyring': <1>, 'Vendors': <'none'>},)", 1, 1, 0 },
  { "names that this version does not know",
    "({'/x': {'io.github.prolong.License1': {'Kind': <'lease'>, 'State': <'frozen'>},"
    "  'io.github.prolong.Operation1': {'Step': <'dancing'>}}},)",
    "({'Vendors': <[{'products': <'none'>}, @a{sv} {}]>},)", 1, 1, 2 },
};

static void
assert_whole (const ProlongSnapshot *snapshot)
{
  g_assert_nonnull (snapshot->keyring);
  g_assert_nonnull (snapshot->tray);
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      g_assert_nonnull (license->path);
      g_assert_nonnull (license->id);
      g_assert_nonnull (license->clock);
      g_assert_nonnull (prolong_license_kind_get_name (license->kind));
      g_assert_nonnull (prolong_state_get_name (license->state));
    }
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      g_assert_nonnull (prolong_step_get_name (operation->step));
      g_assert_true (g_variant_is_of_type (operation->error_details, G_VARIANT_TYPE_VARDICT));
    }
}

static void
test_odd (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (odd_answers); i++)
    {
      g_autoptr (ProlongSnapshot) snapshot = NULL;

      g_test_message ("%s", odd_answers[i].why);
      snapshot = snapshot_from_text (odd_answers[i].objects, odd_answers[i].manager);
      assert_whole (snapshot);
      g_assert_cmpuint (snapshot->licenses->len, ==, odd_answers[i].n_licenses);
      g_assert_cmpuint (snapshot->operations->len, ==, odd_answers[i].n_operations);
      g_assert_cmpuint (snapshot->vendors->len, ==, odd_answers[i].n_vendors);
    }
}

static void
test_other_types (void)
{
  static const char *const answers[] = { "('x',)", "5", "@a{sv} {}", "(@a{so} {},)", "()" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GVariant) answer = g_variant_parse (NULL, answers[i], NULL, NULL, NULL);
      g_autoptr (ProlongSnapshot) snapshot = prolong_snapshot_new (answer, answer);

      assert_whole (snapshot);
      g_assert_cmpuint (snapshot->licenses->len, ==, 0);
    }
  prolong_snapshot_free (prolong_snapshot_new (NULL, NULL));
}

/* Bytes that are no serialised answer: GVariant gives defaults for what it cannot read. */
static void
test_rubbish (void)
{
  for (int round = 0; round < 2000; round++)
    {
      guint8 bytes[256];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof bytes);
      g_autoptr (GVariant) objects = NULL;
      g_autoptr (GVariant) manager = NULL;
      g_autoptr (GBytes) data = NULL;
      g_autoptr (ProlongSnapshot) snapshot = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)g_test_rand_int_range (0, 256);
      data = g_bytes_new (bytes, length);
      objects
          = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), data, FALSE));
      manager = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(a{sv})"), data, FALSE));
      snapshot = prolong_snapshot_new (objects, manager);
      assert_whole (snapshot);
    }
}

static void
test_order (void)
{
  g_autoptr (ProlongSnapshot) snapshot = snapshot_from_text (
      "({'/a': {'io.github.prolong.License1': {'Id': <'later'>, 'ExpiresAt': <int64 300>}},"
      "  '/b': {'io.github.prolong.License1': {'Id': <'ended'>, 'ExpiresAt': <int64 100>}},"
      "  '/c': {'io.github.prolong.License1': {'Id': <'soon'>, 'ExpiresAt': <int64 200>}}},)",
      "({},)");
  static const char *const order[] = { "ended", "soon", "later" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (((ProlongLicenseInfo *)g_ptr_array_index (snapshot->licenses, i))->id, ==, order[i]);
}

static void
test_errors_cross_the_bus (void)
{
  prolong_bus_errors_init ();
  for (int problem = 0; problem < PROLONG_N_PROBLEMS; problem++)
    {
      g_autoptr (GError) sent = g_error_new_literal (PROLONG_PROBLEM, problem, "words");
      g_autofree char *name = g_dbus_error_encode_gerror (sent);
      g_autofree char *expected = prolong_bus_error_get_name (problem);
      g_autoptr (GError) received = g_dbus_error_new_for_dbus_error (name, "words");

      g_assert_cmpstr (name, ==, expected);
      g_assert_error (received, PROLONG_PROBLEM, problem);
    }
}

static void
test_preferences (void)
{
  g_autoptr (ProlongSnapshot) said = snapshot_from_text (
      "({},)", "({'Notifications': <true>, 'NotificationDays': <[uint32 30, 7]>, 'Tray': <'off'>,"
               "  'Vendors': <[{'id': <'demo'>, 'reminder_days': <[uint32 14]>}, {'id': <'other'>}]>},)");
  g_autoptr (ProlongSnapshot) wrong
      = snapshot_from_text ("({},)", "({'Notifications': <'yes'>, 'NotificationDays': <[30, 7]>},)");
  const ProlongVendorInfo *demo = prolong_snapshot_find_vendor (said, "demo");

  g_assert_true (said->notifications);
  g_assert_cmpuint (said->notification_days->len, ==, 2);
  g_assert_cmpuint (g_array_index (said->notification_days, guint, 1), ==, 7);
  g_assert_cmpuint (g_array_index (demo->reminder_days, guint, 0), ==, 14);
  g_assert_cmpuint (prolong_snapshot_find_vendor (said, "other")->reminder_days->len, ==, 0);
  g_assert_false (wrong->notifications);
  g_assert_cmpuint (wrong->notification_days->len, ==, 0);
}

static void
test_topics (void)
{
  g_autoptr (ProlongSnapshot) snapshot = snapshot_from_text (
      "(@a{oa{sa{sv}}} {},)",
      "({'Vendors': <[{'id': <'demo'>, 'support_topics': <[{'id': <'other'>, 'name': <'Else'>, "
      "'fields': <['order-number']>}, {'id': <'bare'>}]>}]>},)");
  const ProlongVendorInfo *demo = prolong_snapshot_find_vendor (snapshot, "demo");
  const ProlongTopicInfo *topic = g_ptr_array_index (demo->support_topics, 0);

  g_assert_cmpuint (demo->support_topics->len, ==, 2);
  g_assert_cmpstr (topic->name, ==, "Else");
  g_assert_cmpstr (topic->fields[0], ==, "order-number");
  topic = g_ptr_array_index (demo->support_topics, 1);
  g_assert_cmpstr (topic->name, ==, "");
  g_assert_null (topic->fields[0]);
}

/* Where something may have been bought, and which of these a license is from. */
static void
test_providers (void)
{
  static const struct
  {
    const char *subscription;
    const char *provider;
    const char *why;
  } table[] = {
    { "", "own", "without a name it is the vendor's own" },
    { "NetLine", "net", "by its name" },
    { "NetLine Ltd", "net", "by another name of the same" },
    { "Nobody", NULL, "the vendor states no rules for it" },
  };
  g_autoptr (GVariant) answer = parse (
      "(aa{sv})",
      "([{'provider': <'net'>, 'kind': <'internet-provider'>, 'action': <'contact'>, 'applies': <true>, "
      "'subscription': <['NetLine', 'NetLine Ltd']>}, {'provider': <'own'>, 'kind': <'vendor'>, "
      "'action': <'service'>}, {'provider': <'later'>, 'kind': <'barter'>, 'action': <'haggle'>}],)");
  g_autoptr (GVariant) wrong = parse ("(s)", "('no list',)");
  g_autoptr (GPtrArray) places = prolong_provider_infos_new (answer);
  g_autoptr (GPtrArray) none = prolong_provider_infos_new (wrong);
  g_autoptr (ProlongProviderInfo) empty = prolong_provider_info_new (wrong);
  const ProlongProviderInfo *later;

  g_assert_cmpuint (places->len, ==, 3);
  later = g_ptr_array_index (places, 2);
  g_assert_cmpint (later->action, ==, PROLONG_PROVIDER_ACTION_SUPPORT);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (empty->id, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const ProlongProviderInfo *found = prolong_provider_infos_find (places, table[i].subscription);

      g_test_message ("%s", table[i].why);
      g_assert_cmpstr (found != NULL ? found->id : NULL, ==, table[i].provider);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot/full", test_full);
  g_test_add_func ("/snapshot/preferences", test_preferences);
  g_test_add_func ("/snapshot/reserves", test_reserves);
  g_test_add_func ("/snapshot/odd", test_odd);
  g_test_add_func ("/snapshot/other-types", test_other_types);
  g_test_add_func ("/snapshot/rubbish", test_rubbish);
  g_test_add_func ("/snapshot/order", test_order);
  g_test_add_func ("/snapshot/topics", test_topics);
  g_test_add_func ("/snapshot/providers", test_providers);
  g_test_add_func ("/contract/errors-cross-the-bus", test_errors_cross_the_bus);
  return g_test_run ();
}
