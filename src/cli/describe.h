/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/** prolong_cli_describe_license: appends what a person wants to know of @license and its reserve codes. */
void prolong_cli_describe_license (GString *text,
                                   const ProlongLicenseInfo *license,
                                   const ProlongSnapshot *snapshot,
                                   gint64 now);

/** prolong_cli_describe_operation: appends what is under way, or why it is not. */
void prolong_cli_describe_operation (GString *text,
                                     const ProlongOperationInfo *operation,
                                     const ProlongSnapshot *snapshot,
                                     gint64 now);

/** prolong_cli_describe_reserve: appends a reserve code: its number, its state and what it gives. */
void prolong_cli_describe_reserve (GString *text, const ProlongReserveInfo *reserve, gint64 now);

/** prolong_cli_describe_problem: appends the words for the problem called @name; nothing for an unknown name.
 */
void prolong_cli_describe_problem (GString *text, const char *name, GVariant *details);

/** prolong_cli_license_to_json: (transfer floating): @license as in `status --json`. */
GVariant *prolong_cli_license_to_json (const ProlongLicenseInfo *license, const ProlongSnapshot *snapshot);

/**
 * prolong_cli_absent_to_json:
 * @state: %PROLONG_STATE_PENDING or %PROLONG_STATE_NONE
 *
 * Returns: (transfer floating): a license that is not there, as in `status --json`.
 */
GVariant *prolong_cli_absent_to_json (ProlongState state,
                                      const char *vendor,
                                      const char *product,
                                      const ProlongSnapshot *snapshot);

/**
 * prolong_cli_reserve_to_json:
 * @all: everything that is known, for `reserve list --json`; else as in `status --json`
 *
 * Returns: (transfer floating): @reserve as an object.
 */
GVariant *prolong_cli_reserve_to_json (const ProlongReserveInfo *reserve, gboolean all);

/** prolong_cli_devices_to_text: (transfer full): for example "2 of 3". */
char *prolong_cli_devices_to_text (guint used, guint limit);

GVariant *prolong_cli_devices_to_json (guint used, guint limit);

/** prolong_cli_has_ended: whether @operation is done, refused or cancelled. */
gboolean prolong_cli_has_ended (const ProlongOperationInfo *operation);

/** prolong_cli_find_product_name: the name of a product in its vendor's profile; empty for an unknown one. */
const char *
prolong_cli_find_product_name (const ProlongSnapshot *snapshot, const char *vendor, const char *product);

/**
 * prolong_cli_complete:
 * @product: id of the product that the problem is about, empty for any
 * @details: (nullable): an `a{sv}`
 *
 * A call that fails brings no details, and the service names products in its own language.
 *
 * Returns: (transfer full): @details, with the end of the license that stands in the way, and with the name
 * of the product as the vendor's profile has it.
 */
GVariant *prolong_cli_complete (const ProlongSnapshot *snapshot,
                                const char *vendor,
                                const char *product,
                                ProlongProblem problem,
                                GVariant *details);

G_END_DECLS
