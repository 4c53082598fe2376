/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "license/profile.h"

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
  code = prolong_code_parse ("5AFMS-Y38DJ-QW16B-GNTZF", &profile->format, NULL);
  return 0;
}
