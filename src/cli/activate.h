/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/**
 * prolong_cli_add_code:
 * @reserve: only as a reserve code
 *
 * Reads a code, gives it to the agent and tells what becomes of it; asks for what the service needs besides.
 */
ProlongExit prolong_cli_add_code (const ProlongCli *cli, gboolean reserve);

G_END_DECLS
