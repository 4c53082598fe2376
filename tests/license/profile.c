/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/profile.h"

#include <string.h>

#include "license/jws.h"
#include "samples.h"

#define OK -1
#define KEY "ThxaJDlmUoACzeLX6VvaZufXjHBA69jDyMvnUjb6su0"
#define OTHER_KEY "jo-xC5MakIpT4BHDaNm8xZvRwQeTPjCz3X7q8aRY8z4"

#define PROVIDER "[Provider x]\nName=X\nKind=shop\n"

static const char good[] = "[Vendor]\nId=acme\nName=Acme\nName[nl]=Acme Nederland\nName[ru]=Акме\n"
                           "Service=https://license.acme.example/v1/\n"
                           "[Keys]\nk1=" KEY "\n"
                           "[Codes]\nPattern=XXXXX-XXXXX\nCheck=gf32\nNumber=9999-9999\n"
                           "[Reminders]\nDays=1;30;7\n"
                           "[Support]\nUrl=https://acme.example/help\nEmail=help@acme.example\n"
                           "[Shop]\nUrl=https://acme.example/shop\n"
                           "[Product safe]\nName=Safe\nVersion=21.3\nMinVersion=20.0\nMaxVersion=22\n";

/* The good profile with one text replaced. */
static const struct
{
  const char *old;
  const char *new;
  int error;          /* or OK */
  const char *blamed; /* what the message names */
  const char *why;
} rows[] = {
  { "", "", OK, NULL, "as it is" },
  { "[Shop]\n", "[Shop]\nFuture=1\n[Other]\nx=y\n", OK, NULL, "unknown keys and groups are passed over" },
  { "Check=gf32\n", "", OK, NULL, "no check stated" },
  { "Pattern=XXXXX-XXXXX\nCheck=gf32", "Pattern=ACME-9999-XXXX\nCheck=none", OK, NULL,
    "codes of another form" },
  { "https://license.acme.example/v1/", "http://127.0.0.1:8497/v1", OK, NULL, "this machine" },
  { "https://license.acme.example/v1/", "http://[::1]:8497/v1", OK, NULL, "this machine, in IPv6" },
  { "[Reminders]\nDays=1;30;7\n", "", OK, NULL, "no reminder days stated" },
  { "[Vendor]\n", "[Vendor\n", PROLONG_PROFILE_ERROR_SYNTAX, NULL, "a group that does not end" },
  { "Id=acme\n", "Id\n", PROLONG_PROFILE_ERROR_SYNTAX, NULL, "a key without a value" },
  { "Name=Acme\n", "Name=\xff\n", PROLONG_PROFILE_ERROR_SYNTAX, NULL, "no UTF-8" },
  { "Id=acme\n", "", PROLONG_PROFILE_ERROR_MISSING, "[Vendor] Id", "no id" },
  { "Name=Acme\n", "", PROLONG_PROFILE_ERROR_MISSING, "[Vendor] Name", "no name" },
  { "Service=https://license.acme.example/v1/\n", "", PROLONG_PROFILE_ERROR_MISSING, "[Vendor] Service",
    "no service" },
  { "k1=" KEY "\n", "", PROLONG_PROFILE_ERROR_MISSING, "[Keys]", "no key pinned" },
  { "[Product safe]\n", "[Produce safe]\n", PROLONG_PROFILE_ERROR_MISSING, "[Product", "no product" },
  { "Name=Safe\n", "", PROLONG_PROFILE_ERROR_MISSING, "[Product safe] Name", "a product without a name" },
  { "Id=acme\n", "Id=Acme Inc\n", PROLONG_PROFILE_ERROR_VALUE, "[Vendor] Id", "capitals and a space" },
  { "Id=acme\n", "Id=../acme\n", PROLONG_PROFILE_ERROR_VALUE, "[Vendor] Id", "a path" },
  { "Id=acme\n", "Id=a123456789a123456789a123456789abc\n", PROLONG_PROFILE_ERROR_VALUE, "[Vendor] Id",
    "33 characters" },
  { "Name=Acme\n", "Name=\n", PROLONG_PROFILE_ERROR_VALUE, "[Vendor] Name", "an empty name" },
  { "Name=Acme\n", "Name=A\\nB\n", PROLONG_PROFILE_ERROR_VALUE, "[Vendor] Name", "a name of two lines" },
  { "https://license", "http://license", PROLONG_PROFILE_ERROR_ADDRESS, "[Vendor] Service",
    "an open address" },
  { "https://license", "https://me@license", PROLONG_PROFILE_ERROR_ADDRESS, "[Vendor] Service",
    "a user name" },
  { "example/v1/", "example/v1?x=1", PROLONG_PROFILE_ERROR_ADDRESS, "[Vendor] Service", "a query" },
  { "k1=" KEY, "k1=" KEY "=", PROLONG_PROFILE_ERROR_VALUE, "[Keys] k1", "a padded key" },
  { "k1=" KEY, "k1=ThxaJDlm", PROLONG_PROFILE_ERROR_VALUE, "[Keys] k1", "a key of six bytes" },
  { "XXXXX-XXXXX", "XXX", PROLONG_PROFILE_ERROR_VALUE, "[Codes] Pattern", "codes that can be guessed" },
  { "XXXXX-XXXXX", "XXXXX XXXXX", PROLONG_PROFILE_ERROR_VALUE, "[Codes] Pattern", "a space" },
  { "XXXXX-XXXXX", "XXXXX-99999", PROLONG_PROFILE_ERROR_VALUE, "[Codes] Pattern", "a check over digits" },
  { "XXXXX-XXXXX", "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX", PROLONG_PROFILE_ERROR_VALUE, "[Codes] Pattern",
    "32 symbols" },
  { "gf32", "luhn", PROLONG_PROFILE_ERROR_VALUE, "[Codes] Check", "an unknown check" },
  { "9999-9999", "-", PROLONG_PROFILE_ERROR_VALUE, "[Codes] Number", "numbers without digits" },
  { "1;30;7", "1;x", PROLONG_PROFILE_ERROR_VALUE, "[Reminders] Days", "no number" },
  { "1;30;7", "0", PROLONG_PROFILE_ERROR_VALUE, "[Reminders] Days", "day 0" },
  { "1;30;7", "-5", PROLONG_PROFILE_ERROR_VALUE, "[Reminders] Days", "after the end" },
  { "1;30;7", "99999999999999999999", PROLONG_PROFILE_ERROR_VALUE, "[Reminders] Days", "too large" },
  { "1;30;7", "", PROLONG_PROFILE_ERROR_VALUE, "[Reminders] Days", "no day" },
  { "https://acme.example/help", "file:///etc/passwd", PROLONG_PROFILE_ERROR_VALUE, "[Support] Url",
    "a file" },
  { "help@acme.example", "help", PROLONG_PROFILE_ERROR_VALUE, "[Support] Email", "no address" },
  { "help@acme.example", "a@b.example?cc=x@y", PROLONG_PROFILE_ERROR_VALUE, "[Support] Email",
    "two addresses" },
  { "https://acme.example/shop", "shop", PROLONG_PROFILE_ERROR_VALUE, "[Shop] Url", "no address" },
  { "[Shop]\n", "[Partner a]\nName=A\nUrl=https://a.example/\nCountries=NL;BE\n[Shop]\n", OK, NULL,
    "a partner" },
  { "[Shop]\n", "[Partner a]\nName=A\nUrl=https://a.example/\n[Shop]\n", OK, NULL, "a partner everywhere" },
  { "[Shop]\n", "[Partner a]\nName=A\n[Shop]\n", PROLONG_PROFILE_ERROR_MISSING, "[Partner a] Url",
    "a partner without an address" },
  { "[Shop]\n", "[Partner a]\nName=A\nUrl=ftp://a/\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE, "[Partner a] Url",
    "one that is no web page" },
  { "[Shop]\n", "[Partner a]\nName=A\nUrl=https://a.example/\nCountries=nl\n[Shop]\n",
    PROLONG_PROFILE_ERROR_VALUE, "[Partner a] Countries", "no country" },
  { "[Shop]\n", PROVIDER "Action=contact\nUrl=https://x.example/\n[Shop]\n", OK, NULL, "a provider to ask" },
  { "[Shop]\n",
    PROVIDER "Action=service\nOrder=X#{4};[23]*{5,9}\nSubscription=X;X Ltd\nProducts=safe\n[Shop]\n", OK,
    NULL, "a provider with all that tells it" },
  { "[Shop]\n", PROVIDER "Action=support\n[Shop]\n", OK, NULL,
    "one of which the vendor's support takes care" },
  { "[Shop]\n", PROVIDER "Action=instruction\nInstruction=Look there.\n[Shop]\n", OK, NULL,
    "an instruction in words" },
  { "[Shop]\n", PROVIDER "Action=service\nPhone=+31 (20) 555-0123\n[Shop]\n", OK, NULL,
    "a telephone number" },
  { "[Shop]\n", PROVIDER "[Shop]\n", PROLONG_PROFILE_ERROR_MISSING, "[Provider x] Action",
    "nothing to be done" },
  { "[Shop]\n", PROVIDER "Action=contact\n[Shop]\n", PROLONG_PROFILE_ERROR_MISSING, "[Provider x] Url",
    "nobody to contact" },
  { "[Shop]\n", PROVIDER "Action=instruction\nEmail=a@b.example\n[Shop]\n", PROLONG_PROFILE_ERROR_MISSING,
    "[Provider x] Url", "no instruction to follow" },
  { "[Shop]\n", PROVIDER "Action=refund\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE, "[Provider x] Action",
    "an unknown action" },
  { "[Shop]\n", "[Provider x]\nName=X\nKind=bank\nAction=service\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Kind", "an unknown kind" },
  { "[Shop]\n", "[Provider x]\nKind=shop\nAction=service\n[Shop]\n", PROLONG_PROFILE_ERROR_MISSING,
    "[Provider x] Name", "a provider without a name" },
  { "[Shop]\n", "[Provider X]\nName=X\nKind=shop\nAction=service\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider X] id", "a capital in the id" },
  { "[Shop]\n", PROVIDER "Action=service\nOrder=X#{4};[0-9]+\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Order", "a regular expression beside a pattern" },
  { "[Shop]\n", PROVIDER "Action=service\nOrder=\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Order", "no pattern" },
  { "[Shop]\n", PROVIDER "Action=service\nUrl=http://x.example/\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Url", "an open address" },
  { "[Shop]\n", PROVIDER "Action=service\nPhone=call us\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Phone", "words for a telephone number" },
  { "[Shop]\n", PROVIDER "Action=service\nSubscription=X;\\n\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Subscription", "a line break for a name" },
  { "[Shop]\n", PROVIDER "Action=service\nProducts=safe;sofa\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] Products", "a product that is not there" },
  { "[Shop]\n", PROVIDER "Action=service\nMinVersion=3\nMaxVersion=2\n[Shop]\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Provider x] MinVersion", "versions crossed" },
  { "[Support]\n", "[Topic a]\nName=A\nFields=order-number\n[Support]\nTopics=a\n", OK, NULL, "a topic" },
  { "[Support]\n", "[Topic a]\nFields=nonsense\n[Support]\n", OK, NULL,
    "a topic that nobody lists is passed over" },
  { "[Support]\n", "[Support]\nTopics=a\n", PROLONG_PROFILE_ERROR_MISSING, "[Topic a] Name",
    "a topic that is listed and not there" },
  { "[Support]\n", "[Topic a]\nName=A\nFields=shoe-size\n[Support]\nTopics=a\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Topic a] Fields", "an unknown field" },
  { "[Support]\n", "[Support]\nTopics=a;b c\n[Topic a]\nName=A\n", PROLONG_PROFILE_ERROR_VALUE,
    "[Topic b c] id", "a space in the id of a topic" },
  { "[Support]\n", "[Topic a]\nName=A\n[Support]\nTopics=a;a\n", PROLONG_PROFILE_ERROR_VALUE, "[Topic a] id",
    "a topic twice" },
  { "Product safe", "Product Safe!", PROLONG_PROFILE_ERROR_VALUE, "[Product Safe!]", "no product id" },
  { "Version=21.3", "Version=", PROLONG_PROFILE_ERROR_VALUE, "[Product safe] Version", "an empty version" },
  { "MaxVersion=22", "MaxVersion=19", PROLONG_PROFILE_ERROR_VALUE, "[Product safe] MinVersion",
    "bounds crossed" },
};

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongProfile) profile = NULL;

  g_test_message ("%s", rows[i].why);
  if (*rows[i].old != '\0')
    g_assert_cmpuint (g_string_replace (text, rows[i].old, rows[i].new, 1), ==, 1);
  profile = prolong_profile_parse (text->str, text->len, &error);
  if (rows[i].error == OK)
    {
      g_assert_no_error (error);
      g_assert_nonnull (profile);
      return;
    }
  g_assert_error (error, PROLONG_PROFILE_ERROR, rows[i].error);
  g_assert_null (profile);
  if (rows[i].blamed != NULL)
    g_assert_nonnull (strstr (error->message, rows[i].blamed));
}

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongProfile) profile = prolong_profile_parse (good, strlen (good), &error);
  g_autoptr (ProlongProfile) reference = NULL;
  const ProlongProduct *product;
  GBytes *key;

  g_assert_no_error (error);
  reference = prolong_profile_ref (profile);
  g_assert_cmpstr (profile->id, ==, "acme");
  g_assert_cmpstr (profile->service_url, ==, "https://license.acme.example/v1");
  g_assert_cmpstr (profile->format.pattern, ==, "XXXXX-XXXXX");
  g_assert_cmpint (profile->format.check, ==, PROLONG_CODE_CHECK_GF32);
  g_assert_cmpstr (profile->format.number_pattern, ==, "9999-9999");
  g_assert_cmpuint (profile->reminder_days->len, ==, 3);
  g_assert_cmpuint (g_array_index (profile->reminder_days, guint, 1), ==, 7);
  g_assert_cmpuint (prolong_profile_get_first_reminder (profile), ==, 30);
  g_assert_cmpstr (profile->support_url, ==, "https://acme.example/help");
  g_assert_cmpstr (profile->support_email, ==, "help@acme.example");
  g_assert_cmpstr (profile->shop_url, ==, "https://acme.example/shop");
  key = g_hash_table_lookup (profile->keys, "k1");
  g_assert_cmpuint (g_bytes_get_size (key), ==, PROLONG_ED25519_KEY_BYTES);

  product = prolong_profile_find_product (profile, "safe");
  g_assert_nonnull (product);
  g_assert_cmpstr (product->name, ==, "Safe");
  g_assert_cmpstr (product->version, ==, "21.3");
  g_assert_cmpstr (product->max_version, ==, "22");
  g_assert_null (prolong_profile_find_product (profile, "other"));
  g_assert_null (prolong_profile_find_product (profile, NULL));
}

static void
test_languages (void)
{
  static const struct
  {
    const char *language;
    const char *name;
  } languages[] = { { "en", "Acme" }, { "nl", "Acme Nederland" }, { "ru", "Акме" }, { "fr", "Acme" } };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (ProlongProfile) profile = NULL;

      g_setenv ("LANGUAGE", languages[i].language, TRUE);
      profile = prolong_profile_parse (good, strlen (good), NULL);
      g_assert_cmpstr (profile->name, ==, languages[i].name);
    }
  g_unsetenv ("LANGUAGE");
}

static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongProfile) profile = NULL;

  while (text->len <= PROLONG_PROFILE_MAX_BYTES)
    g_string_append (text, "# A comment that is too long, and then again too long.\n");
  profile = prolong_profile_parse (text->str, PROLONG_PROFILE_MAX_BYTES + 1, &error);
  g_assert_error (error, PROLONG_PROFILE_ERROR, PROLONG_PROFILE_ERROR_TOO_LARGE);
}

static const struct
{
  const char *keys;
  gboolean shares;
  const char *why;
} key_rows[] = {
  { "k1=" KEY "\n", TRUE, "the same" },
  { "k2=" OTHER_KEY "\nk1=" KEY "\n", TRUE, "one was added" },
  { "k1=" OTHER_KEY "\n", FALSE, "another key under the same id" },
  { "k2=" KEY "\n", FALSE, "the same key under another id" },
};

static void
test_shared_keys (void)
{
  g_autoptr (ProlongProfile) old = prolong_profile_parse (good, strlen (good), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (key_rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (good, "k1=" KEY "\n", 2);
      g_autofree char *text = g_strjoinv (key_rows[i].keys, parts);
      g_autoptr (ProlongProfile) profile = prolong_profile_parse (text, strlen (text), NULL);

      g_test_message ("%s", key_rows[i].why);
      g_assert_nonnull (profile);
      g_assert_true (prolong_profile_shares_key (old, profile) == key_rows[i].shares);
    }
}

/* The profile that ships pins the key with which the demo service signs. */
static void
test_demo (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("PROLONG_SOURCE"), "data", "vendors", "demo.conf", NULL);
  g_autoptr (ProlongSigningKey) key = sample_key ();
  g_autoptr (GBytes) public_key = prolong_signing_key_dup_public (key);
  g_autoptr (ProlongProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  profile = prolong_profile_parse (data, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (profile->id, ==, "demo");
  g_assert_true (g_bytes_equal (g_hash_table_lookup (profile->keys, SAMPLE_KID), public_key));
  g_assert_nonnull (prolong_profile_find_product (profile, "internet-security"));
}

static const struct
{
  const char *url;
  gboolean safe;
  const char *why;
} url_rows[] = {
  { "https://license.example/v1", TRUE, "https" },
  { "https://license.example:8443", TRUE, "another port" },
  { "http://127.0.0.1:8497/v1", TRUE, "this machine" },
  { "http://127.255.0.1/", TRUE, "also this machine" },
  { "http://[::1]/", TRUE, "this machine in IPv6" },
  { "http://localhost:80/", TRUE, "this machine by name" },
  { "http://license.example/", FALSE, "in the clear" },
  { "http://128.0.0.1/", FALSE, "another machine" },
  { "http://127.0.0.1.evil.example/", FALSE, "a name that looks like this machine" },
  { "http://localhost.evil.example/", FALSE, "likewise" },
  { "http://127.0.0.1@evil.example/", FALSE, "this machine as a user name" },
  { "https://user:secret@license.example/", FALSE, "a password" },
  { "http://2130706433/", FALSE, "this machine as one number" },
  { "http://[::2]/", FALSE, "another machine in IPv6" },
  { "ftp://127.0.0.1/", FALSE, "another scheme" },
  { "file:///etc/passwd", FALSE, "a file" },
  { "https:///v1", FALSE, "no host" },
  { "https://", FALSE, "nothing behind the scheme" },
  { "license.example", FALSE, "no scheme" },
  { "https://a b.example/", FALSE, "a space" },
  { "https://evil.example\\@license.example/", FALSE, "a backslash" },
  { "https://license.example/\n", FALSE, "a line break" },
  { "", FALSE, "nothing" },
};

static void
test_urls (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (url_rows); i++)
    {
      g_test_message ("%s", url_rows[i].why);
      g_assert_true (prolong_url_is_safe (url_rows[i].url) == url_rows[i].safe);
    }
}

static const struct
{
  const char *older;
  const char *newer; /* or the same, when equal is TRUE */
  gboolean equal;
} version_rows[] = {
  { "21.9", "21.10", FALSE },
  { "21.3", "21.3.1", FALSE },
  { "9", "10", FALSE },
  { "1.2", "1.2a", FALSE },
  { "20.0", "99.0", FALSE },
  { "1.99999999999999999998", "1.99999999999999999999", FALSE },
  { "1.9", "1.100000000000000000000", FALSE },
  { "21.3", "21.3.0", TRUE },
  { "21.03", "21.3", TRUE },
  { "", "0", TRUE },
};

static void
test_versions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (version_rows); i++)
    {
      int order = prolong_version_compare (version_rows[i].older, version_rows[i].newer);

      g_test_message ("%s and %s", version_rows[i].older, version_rows[i].newer);
      g_assert_true (version_rows[i].equal ? order == 0 : order < 0);
      order = prolong_version_compare (version_rows[i].newer, version_rows[i].older);
      g_assert_true (version_rows[i].equal ? order == 0 : order > 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/profile/parse/%02" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/profile/values", test_values);
  g_test_add_func ("/profile/languages", test_languages);
  g_test_add_func ("/profile/size", test_size);
  g_test_add_func ("/profile/shared-keys", test_shared_keys);
  g_test_add_func ("/profile/demo", test_demo);
  g_test_add_func ("/profile/urls", test_urls);
  g_test_add_func ("/profile/versions", test_versions);
  return g_test_run ();
}
