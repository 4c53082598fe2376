/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "license/json.h"

/* What passes the gate, json-glib reads; what Prolong writes, passes the gate. Real numbers are left out, for
 * json-glib writes 2e-8 as 2e-08.0 and Prolong sends none. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *text = NULL;

  object = prolong_json_parse_object ((const char *)data, length, &error);
  if (object == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (!prolong_json_check ((const char *)data, length, NULL)
                     || error->code == PROLONG_JSON_ERROR_MEMBER);
      return 0;
    }
  text = prolong_json_to_string (object);
  again = prolong_json_parse_object (text, strlen (text), &error);
  /* Escapes may make a text longer than it came. */
  g_assert_true (again != NULL || error->code == PROLONG_JSON_ERROR_TOO_LARGE || strchr (text, '.') != NULL);
  return 0;
}
