/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongChoice:
 * @vendor: (nullable): who sells it; %NULL when the profile was taken away
 * @license: (nullable): the license for it
 * @operation: (nullable): what is under way for it
 * @snapshot: what it was made from
 * @chosen: whether the person has chosen it, so that a code is for it even where other vendors have such
 * codes
 *
 * One product that the window can show. Everything points into the snapshot that it was made from.
 */
typedef struct
{
  const char *vendor_id;
  const char *product_id;
  const char *name;
  const ProlongVendorInfo *vendor;
  const ProlongLicenseInfo *license;
  const ProlongOperationInfo *operation;
  const ProlongSnapshot *snapshot;
  gboolean chosen;
} ProlongChoice;

/**
 * prolong_choices_new:
 *
 * Returns: (transfer full) (element-type ProlongChoice): what needs attention first comes first, products
 *   without a license follow.
 */
GArray *prolong_choices_new (const ProlongSnapshot *snapshot);

/** prolong_choices_find: (nullable): the choice for a product, or the first one when @product is not among
 * them. */
ProlongChoice *prolong_choices_find (GArray *choices, const char *vendor, const char *product);

/**
 * prolong_choices_get_first:
 *
 * Returns: (nullable): what needs attention first: a license, else what is under way.
 */
const ProlongChoice *prolong_choices_get_first (GArray *choices);

/**
 * prolong_choice_get_state:
 * @days_left: (out): as #ProlongLicenseInfo says it
 */
ProlongState prolong_choice_get_state (const ProlongChoice *choice, guint *days_left);

/** prolong_license_runs: whether a code that is added now waits for the end of this license; it may be %NULL.
 */
gboolean prolong_license_runs (const ProlongLicenseInfo *license);

/** prolong_vendor_has_support: whether its profile names a way to its support. */
gboolean prolong_vendor_has_support (const ProlongVendorInfo *vendor);

/** prolong_operation_has_ended: whether nothing more will happen by itself. */
gboolean prolong_operation_has_ended (const ProlongOperationInfo *operation);

G_END_DECLS
