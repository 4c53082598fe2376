/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/**
 * prolong_cli_tell_holders:
 * @code: (nullable): the code, where it is at hand
 *
 * Writes to standard error who holds its seats, and how one is released.
 */
void prolong_cli_tell_holders (GDBusConnection *bus, const char *vendor, ProlongCode *code);

G_END_DECLS
