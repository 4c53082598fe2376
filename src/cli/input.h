/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/** prolong_cli_can_ask: whether a person sits at a terminal. */
gboolean prolong_cli_can_ask (void);

/* As much as prolong_code_parse() looks at. */
#define PROLONG_CLI_MAX_TYPED (64 * 1024)

/* A person who mistypes more often than this wants to look at the e-mail first. */
#define PROLONG_CLI_MAX_QUESTIONS 5

/** prolong_cli_read_input: standard input to its end, or to the end of the @line. The caller wipes @text. */
void prolong_cli_read_input (char *text, gsize size, gboolean line);

/**
 * prolong_cli_read_code:
 * @vendors: (element-type ProlongVendorInfo): those that it may be of
 * @vendor: (out): the one that it is of
 * @previous: (out) (optional) (transfer full): the code of the earlier license, the second line of standard
 * input
 *
 * Reads a code, and recognises its vendor by its form; where several have that form the person is asked.
 *
 * Returns: (transfer full) (nullable): the code from standard input; asks on a terminal. With %NULL the
 * person was told what is wrong with it.
 */
ProlongCode *prolong_cli_read_code (const ProlongCli *cli,
                                    GPtrArray *vendors,
                                    const ProlongVendorInfo **vendor,
                                    ProlongCode **previous,
                                    ProlongExit *status);

/** prolong_cli_ask_code: (transfer full) (nullable): the code typed as the answer to @question; %NULL for
 * none. */
ProlongCode *prolong_cli_ask_code (const char *question, const ProlongCodeFormat *format, GError **error);

/** prolong_cli_ask_line: (transfer full): the line typed as the answer to @question. */
char *prolong_cli_ask_line (const char *question);

/** prolong_cli_is_confirmed: whether the answer to @question is a clear yes. */
gboolean prolong_cli_is_confirmed (const char *question);

/**
 * prolong_cli_confirm:
 *
 * Returns: whether the person said yes to @question, or with --yes. Otherwise @status says what came of it,
 * and the person was told.
 */
gboolean prolong_cli_confirm (const ProlongCli *cli, const char *question, ProlongExit *status);

G_END_DECLS
