/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/record.h"

#include "agent/purchase-record.h"

#include <string.h>

#include "license/json.h"

static const char license_text[]
    = "{\"vendor\":\"demo\",\"product\":\"p\",\"ticket\":\"a.b.c\",\"seat_token\":\"t\",\"code_id\":\"c\","
      "\"operation\":"
      "\"o\",\"replaces\":\"\",\"checked_at\":5,\"service_time\":6,\"boot_id\":\"b\",\"boot_time\":7}";

static const char intent_text[] = "{\"id\":\"i\",\"kind\":\"hand-over\",\"vendor\":\"demo\",\"product\":\"\","
                                  "\"code_id\":\"c\",\"mask\":\"m\",\"reserve\":\"r\",\"previous_id\":\"\","
                                  "\"accept_shorter_term\":true,\"key\":\"k\",\"nonce\":\"n\","
                                  "\"device_name\":\"d\",\"product_version\":\"\",\"phase\":\"sent\","
                                  "\"failures\":3,\"retry_at\":9,\"problem\":"
                                  "\"service-unavailable\"}";

#define UUID "10000000-2000-4000-8000-900000000000"

static const char purchase_text[]
    = "{\"id\":\"" UUID "\",\"vendor\":\"demo\",\"product\":\"p\",\"license\":\"1234\",\"key\":\"" UUID
      "\",\"number\":\"N-1\","
      "\"token\":\"t\",\"payment_url\":\"https://shop.example/"
      "pay\",\"state\":\"delivered\",\"name\":\"P\",\"devices\":3,"
      "\"years\":2,\"total\":5596,\"currency\":\"EUR\",\"created_at\":5,\"ask_at\":9,\"codes\":[{"
      "\"operation\":\"" UUID "\",\"outcome\":\"pending\",\"problem\":\"keyring-locked\"}]}";

static void
test_purchase (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongPurchaseRecord) record
      = prolong_purchase_record_decode (purchase_text, strlen (purchase_text), &error);
  g_autoptr (GBytes) again = NULL;
  ProlongPurchaseCode *code;

  g_assert_no_error (error);
  g_assert_false (prolong_purchase_record_is_settled (record));
  again = prolong_purchase_record_encode (record);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), purchase_text,
                   strlen (purchase_text));
  code = record->codes->pdata[0];
  code->outcome = PROLONG_OUTCOME_RESERVE;
  g_assert_true (prolong_purchase_record_is_settled (record));
  g_assert_cmpstr (prolong_purchase_record_get_product (record, 0), ==, "p");
  prolong_purchase_record_add_code (record, "q");
  g_assert_cmpstr (prolong_purchase_record_get_product (record, 1), ==, "q");
  g_assert_cmpint (prolong_purchase_record_get_outcome (record), ==, PROLONG_OUTCOME_PENDING);
  g_assert_false (prolong_purchase_record_is_settled (record));
}

static void
test_license (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongLicenseRecord) record
      = prolong_license_record_decode (license_text, strlen (license_text), &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (record->code_id, ==, "c");
  g_assert_cmpint (record->boot_time, ==, 7);
  again = prolong_license_record_encode (record);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), license_text,
                   strlen (license_text));
}

static void
test_license_without_code (void)
{
  g_autofree char *text = g_strdup (license_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongLicenseRecord) record = NULL;
  char *member = strstr (text, "\"code_id\":\"c\",");

  memmove (member, member + strlen ("\"code_id\":\"c\","),
           strlen (member + strlen ("\"code_id\":\"c\",")) + 1);
  record = prolong_license_record_decode (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_null (record->code_id);
}

static const char reserves_text[]
    = "{\"vendor\":\"demo\",\"product\":\"p\",\"reserves\":[{\"id\":\"i\",\"code_id\":\"c\",\"mask\":\"m\","
      "\"added_at\":1,\"name\":\"\",\"kind\":\"\",\"term\":2,\"first_activated\":3,\"devices_used\":4,"
      "\"devices_limit\":5,\"checked_at\":6,\"refused\":false,\"problem\":\"\",\"details\":\"\",\"failures\":"
      "7}]}";

static void
test_reserves (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongReservesRecord) record
      = prolong_reserves_record_decode (reserves_text, strlen (reserves_text), &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (record->reserves->len, ==, 1);
  again = prolong_reserves_record_encode (record);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), reserves_text,
                   strlen (reserves_text));
}

static void
test_intent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongIntent) intent = prolong_intent_decode (intent_text, strlen (intent_text), &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (intent->phase, ==, PROLONG_PHASE_SENT);
  g_assert_cmpuint (intent->failures, ==, 3);
  again = prolong_intent_encode (intent);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), intent_text,
                   strlen (intent_text));
}

static const struct
{
  const char *text;
  const char *why;
} bad[] = {
  { "", "an empty file, as a rename without fsync leaves it" },
  { "{}", "no member is there" },
  { "[]", "not an object" },
  { "{\"id\":5}", "a number where text must be" },
  { "{\"id\":\"i\",\"kind\":\"hand-over\",\"vendor\":\"demo\",\"product\":\"\",\"code_id\":\"c\",\"mask\":"
    "\"m\",\"reserve\":\"r\",\"previous_id\":\"\",\"accept_shorter_term\":true,\"key\":\"k\",\"nonce\":\"n\","
    "\"device_name\":\"d\",\"product_version\":\"\",\"phase\":\"flying\",\"failures\":3,\"retry_at\":9,"
    "\"problem\":\"\"}",
    "a phase that does not exist" },
  { "{\"id\":\"i\",\"kind\":\"hand-over\",\"vendor\":\"demo\",\"product\":\"\",\"code_id\":\"c\",\"mask\":"
    "\"m\",\"reserve\":\"r\",\"previous_id\":\"\",\"accept_shorter_term\":true,\"key\":\"k\",\"nonce\":\"n\","
    "\"device_name\":\"d\",\"product_version\":\"\",\"phase\":\"sent\",\"failures\":-1,\"retry_at\":9,"
    "\"problem\":\"\"}",
    "a negative count" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) intent_error = NULL;
      g_autoptr (GError) license_error = NULL;

      g_test_message ("%s", bad[i].why);
      g_assert_null (prolong_intent_decode (bad[i].text, strlen (bad[i].text), &intent_error));
      g_assert_true (intent_error->domain == PROLONG_JSON_ERROR);
      g_assert_null (prolong_license_record_decode (bad[i].text, strlen (bad[i].text), &license_error));
      g_assert_true (license_error->domain == PROLONG_JSON_ERROR);
    }
}

/* Settings: what a file says, what is then chosen, and why. */
static const struct
{
  const char *text;
  const char *written; /* (nullable): no settings at all */
  const char *why;
} settings[] = {
  { "", NULL, "an empty file, as a rename without fsync leaves it" },
  { "{\"tray\":fal", NULL, "a file that was cut" },
  { "[]", NULL, "another program's file" },
  { "{}", "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "nothing chosen" },
  { "{\"tray\":false,\"notifications\":false,\"notification_days\":[7,30,7],\"device_name\":\" Büro \"}",
    "{\"tray\":false,\"notifications\":false,\"notification_days\":[30,7],\"device_name\":\"Büro\"}",
    "days in order and once, a name without blanks around" },
  { "{\"tray\":\"auto\",\"notifications\":false,\"notification_days\":{},\"device_name\":7,\"version\":2}",
    "{\"tray\":true,\"notifications\":false,\"notification_days\":[],\"device_name\":\"\",\"version\":2}",
    "a later version: what is understood counts" },
  { "{\"tray\":false,\"sound\":{\"volume\":[1,2]}}",
    "{\"tray\":false,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\",\"sound\":{"
    "\"volume\":[1,2]}}",
    "members of a later version stay in the file" },
  { "{\"notification_days\":[30,0]}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "a day that is none" },
  { "{\"notification_days\":[30,\"7\"]}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "a day that is text" },
  { "{\"notification_days\":[4294967297]}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "more than 32 bits" },
  { "{\"notification_days\":[null,[1],1.5]}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "anything but numbers" },
  { "{\"device_name\":\"a\\u0007b\"}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "a name that the service would not take" },
  { "{\"email\":\" jan@example.net \"}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\",\"email\":\"jan@"
    "example.net\"}",
    "an address for the next order" },
  { "{\"email\":\"nobody\"}",
    "{\"tray\":true,\"notifications\":true,\"notification_days\":[],\"device_name\":\"\"}",
    "one that is none" },
};

static void
test_settings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProlongSettingsRecord) record
          = prolong_settings_record_decode (settings[i].text, strlen (settings[i].text), &error);
      g_autoptr (GBytes) written = NULL;

      g_test_message ("%s", settings[i].why);
      g_assert_true ((record == NULL) == (settings[i].written == NULL));
      if (record == NULL)
        {
          g_assert_true (error->domain == PROLONG_JSON_ERROR);
          continue;
        }
      written = prolong_settings_record_encode (record);
      g_assert_cmpmem (g_bytes_get_data (written, NULL), g_bytes_get_size (written), settings[i].written,
                       strlen (settings[i].written));
    }
}

static void
test_settings_limits (void)
{
  g_autoptr (ProlongSettingsRecord) record = prolong_settings_record_new ();
  g_autofree char *longest = g_strnfill (256, 'x');
  g_autofree char *longer = g_strnfill (257, 'x');
  guint days[33];

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    days[i] = i + 1;
  g_assert_true (prolong_settings_record_set_days (record, days, 32));
  g_assert_false (prolong_settings_record_set_days (record, days, 33));
  g_assert_cmpuint (record->notification_days->len, ==, 32);
  g_assert_true (prolong_settings_record_set_days (record, NULL, 0));
  g_assert_cmpuint (record->notification_days->len, ==, 0);
  g_assert_true (prolong_settings_record_set_device_name (record, longest));
  g_assert_false (prolong_settings_record_set_device_name (record, longer));
  g_assert_false (prolong_settings_record_set_device_name (record, "two\nlines"));
  g_assert_cmpstr (record->device_name, ==, longest);
}

/* A damaged disk: each file cut at each byte is an error, never a half-filled record. */
static void
test_cut (void)
{
  for (gsize length = 0; length < strlen (intent_text); length++)
    g_assert_null (prolong_intent_decode (intent_text, length, NULL));
  for (gsize length = 0; length < strlen (license_text); length++)
    g_assert_null (prolong_license_record_decode (license_text, length, NULL));
  for (gsize length = 0; length < strlen (reserves_text); length++)
    g_assert_null (prolong_reserves_record_decode (reserves_text, length, NULL));
  for (gsize length = 0; length < strlen (purchase_text); length++)
    g_assert_null (prolong_purchase_record_decode (purchase_text, length, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/license", test_license);
  g_test_add_func ("/record/license-without-code", test_license_without_code);
  g_test_add_func ("/record/reserves", test_reserves);
  g_test_add_func ("/record/purchase", test_purchase);
  g_test_add_func ("/record/intent", test_intent);
  g_test_add_func ("/record/settings", test_settings);
  g_test_add_func ("/record/settings-limits", test_settings_limits);
  g_test_add_func ("/record/bad", test_bad);
  g_test_add_func ("/record/cut", test_cut);
  return g_test_run ();
}
