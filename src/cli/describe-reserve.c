/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/describe.h"

/* Below the number and the code. */
#define INDENT "       "

static void
add_line (GString *text, const char *line)
{
  if (*line != '\0')
    g_string_append_printf (text, INDENT "%s\n", line);
}

void
prolong_cli_describe_reserve (GString *text, const ProlongReserveInfo *reserve, gint64 now)
{
  g_autofree char *state = prolong_words_reserve_state (reserve, now);
  g_autofree char *way_out = prolong_words_reserve_way_out (reserve);
  g_autofree char *gives = prolong_words_reserve_gives (reserve);
  g_autofree char *devices = prolong_words_reserve_devices (reserve);

  g_string_append_printf (text, "    %u  %s  %s\n", reserve->position + 1, reserve->code, state);
  add_line (text, way_out);
  add_line (text, gives);
  add_line (text, devices);
}

const char *
prolong_cli_find_product_name (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  const ProlongVendorInfo *info = prolong_snapshot_find_vendor (snapshot, vendor);

  for (guint i = 0; info != NULL && i < info->products->len; i++)
    {
      const ProlongProductInfo *candidate = g_ptr_array_index (info->products, i);

      if (g_str_equal (candidate->id, product))
        return candidate->name;
    }
  return "";
}

/* The license for @product; without one, the license of @vendor if there is only one. */
static const ProlongLicenseInfo *
find_license (const ProlongSnapshot *snapshot, const char *vendor, const char *product)
{
  const ProlongLicenseInfo *found = NULL;

  if (*product != '\0')
    return prolong_snapshot_find_license (snapshot, vendor, product);
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (!g_str_equal (license->vendor, vendor))
        continue;
      if (found != NULL)
        return NULL;
      found = license;
    }
  return found;
}

static gboolean
is_about_license (ProlongProblem problem)
{
  return problem == PROLONG_PROBLEM_SUBSCRIPTION_RUNNING || problem == PROLONG_PROBLEM_TRIAL_RUNNING
         || problem == PROLONG_PROBLEM_LICENSE_RUNNING || problem == PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY;
}

GVariant *
prolong_cli_complete (const ProlongSnapshot *snapshot,
                      const char *vendor,
                      const char *product,
                      ProlongProblem problem,
                      GVariant *details)
{
  const ProlongLicenseInfo *license = find_license (snapshot, vendor, product);
  g_autofree char *other = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, details);
  /* Of a license in grace nobody is told that it runs until a day that is over. */
  if (is_about_license (problem) && license != NULL && license->state != PROLONG_STATE_GRACE
      && license->expires_at > 0 && !g_variant_dict_contains (&dict, "current_expires"))
    g_variant_dict_insert (&dict, "current_expires", "x", license->expires_at);

  if (g_variant_dict_lookup (&dict, "product", "s", &other))
    {
      const char *name = prolong_cli_find_product_name (snapshot, vendor, other);

      if (*name != '\0')
        g_variant_dict_insert (&dict, "product_name", "s", name);
    }
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}
