/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "license/profile.h"

/* What was let in can be asked, and nothing that is no order number is recognised. */
static void
check_rules (const ProlongProfile *profile)
{
  for (guint i = 0; i < profile->providers->len; i++)
    {
      const ProlongProvider *provider = g_ptr_array_index (profile->providers, i);

      g_assert_cmpuint (provider->kind, <, PROLONG_N_PROVIDER_KINDS);
      g_assert_cmpuint (provider->action, <, PROLONG_N_PROVIDER_ACTIONS);
      g_assert_true (provider->url == NULL || prolong_url_is_safe (provider->url));
      prolong_provider_applies (provider, "p", "1.5");
    }
  prolong_provider_find (profile->providers, "ALLSOFT-22123406");
  g_assert_null (prolong_provider_find (profile->providers, ""));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongProfile) profile = prolong_profile_parse ((const char *)data, length, &error);
  g_autoptr (ProlongCode) code = NULL;

  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile == NULL)
    return 0;
  g_assert_true (prolong_url_is_safe (profile->service_url));
  g_assert_cmpuint (prolong_profile_get_first_reminder (profile), >, 0);
  check_rules (profile);
  code = prolong_code_parse ("5AFMS-Y38DJ-QW16B-GNTZF", &profile->format, NULL);
  return 0;
}
