/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/** prolong_cli_describe_license: appends what a person wants to know of @license. */
void prolong_cli_describe_license (GString *text, const ProlongLicenseInfo *license, gint64 now);

/** prolong_cli_describe_operation: appends what is under way, or why it is not. */
void prolong_cli_describe_operation (GString *text, const ProlongOperationInfo *operation, gint64 now);

/** prolong_cli_license_to_json: (transfer floating): @license as in `status --json`. */
GVariant *prolong_cli_license_to_json (const ProlongLicenseInfo *license);

/** prolong_cli_pending_to_json: (transfer floating): a license that is not there yet, as in `status --json`. */
GVariant *prolong_cli_pending_to_json (const ProlongOperationInfo *operation, const ProlongSnapshot *snapshot);

/** prolong_cli_devices_to_text: (transfer full): for example "2 of 3". */
char *prolong_cli_devices_to_text (guint used, guint limit);

GVariant *prolong_cli_devices_to_json (guint used, guint limit);

/** prolong_cli_has_ended: whether @operation is done, refused or cancelled. */
gboolean prolong_cli_has_ended (const ProlongOperationInfo *operation);

G_END_DECLS
