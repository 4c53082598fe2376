/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/**
 * prolong_cli_tell_steps:
 * @shown: the newest step that was told, -1 for none
 *
 * Tells @step. Quick steps may pass between two looks; they are told all the same, so that the output is
 * always the same.
 */
void prolong_cli_tell_steps (const ProlongCli *cli, ProlongOperationKind kind, int shown, ProlongStep step);

/** prolong_cli_tell_done: tells what is now true after @operation. */
void prolong_cli_tell_done (const ProlongCli *cli,
                            const ProlongSnapshot *before,
                            const ProlongSnapshot *snapshot,
                            const ProlongOperationInfo *operation);

/** prolong_cli_tell_news: tells what @vendor gave since @before; returns whether there is such. */
gboolean prolong_cli_tell_news (const ProlongCli *cli,
                                const ProlongSnapshot *before,
                                const ProlongSnapshot *snapshot,
                                const char *vendor);

G_END_DECLS
