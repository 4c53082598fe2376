/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/** prolong_cli_print: writes @text to standard output, in the character set of the terminal. */
void prolong_cli_print (const char *text);

/** prolong_cli_print_json: writes @value (a floating reference is taken) as one line of JSON. */
void prolong_cli_print_json (GVariant *value);

/** prolong_cli_json_wrap: (transfer floating): an object with one member; a floating reference to @value is
 * taken. */
GVariant *prolong_cli_json_wrap (const char *name, GVariant *value);

/** prolong_cli_json_null: a value that is written as null. */
GVariant *prolong_cli_json_null (void);

/** prolong_cli_json_text: @text, or null when it is empty. */
GVariant *prolong_cli_json_text (const char *text);

/** prolong_cli_json_time: seconds UTC as RFC 3339, or null for 0. */
GVariant *prolong_cli_json_time (gint64 instant);

/** prolong_cli_add_row: appends an indented line with @label and @value in columns. */
void prolong_cli_add_row (GString *text, const char *label, const char *value);

/** prolong_cli_tell: tells what is wrong, in words and by name, and as JSON where that was asked for. */
void
prolong_cli_tell (const ProlongCli *cli, const char *reason, const ProlongWords *words, GVariant *details);

/** prolong_cli_refuse: tells the problem; @details are an `a{sv}` or %NULL. Returns its exit code. */
ProlongExit prolong_cli_refuse (const ProlongCli *cli, ProlongProblem problem, GVariant *details);

/**
 * prolong_cli_refuse_for:
 * @snapshot: what is known besides the details of @problem
 * @product: id of the product that it is about, empty for any
 *
 * As prolong_cli_refuse(), with the date and the name that the words need and that only the agent knows.
 */
ProlongExit prolong_cli_refuse_for (const ProlongCli *cli,
                                    const ProlongSnapshot *snapshot,
                                    const char *vendor,
                                    const char *product,
                                    const GError *problem);

/** prolong_cli_warn: writes what is wrong to standard error, in words and by name. */
void prolong_cli_warn (const char *reason, const ProlongWords *words);

/** prolong_cli_fail: tells an error of the bus or the agent. */
ProlongExit prolong_cli_fail (const ProlongCli *cli, const GError *error);

/** prolong_cli_misused: tells what is wrong with the command line. */
ProlongExit prolong_cli_misused (const char *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
