/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Exit statuses. */
enum
{
  PROLONG_EXIT_DONE = 0,
  PROLONG_EXIT_FAILED = 1,
  PROLONG_EXIT_USAGE = 2,
};

/* Each takes the words after the verb; argv[0] is the verb. Each returns an exit status. */
int prolong_command_init (int argc, char **argv);
int prolong_command_serve (int argc, char **argv);
int prolong_command_codes (int argc, char **argv);
int prolong_command_orders (int argc, char **argv);
int prolong_command_keys (int argc, char **argv);
int prolong_command_mails (int argc, char **argv);
int prolong_command_subscriptions (int argc, char **argv);
int prolong_command_support (int argc, char **argv);

/**
 * prolong_command_parse:
 * @verb: as typed, for the help
 *
 * Parses options; every other word is an error, which is printed.
 */
gboolean prolong_command_parse (const char *verb,
                                const char *summary,
                                const GOptionEntry *entries,
                                int argc,
                                char **argv) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_command_parse_term: seconds of `365d`, `12h`, `90m`, `120s`, or of a bare number of days; 0 for
 * anything else. */
gint64 prolong_command_parse_term (const char *text);

/** prolong_command_dup_time: (transfer full): @time as RFC 3339 says it, or "-" for 0. */
char *prolong_command_dup_time (gint64 time);

/** prolong_command_usage: prints why the words cannot be understood. Returns: %PROLONG_EXIT_USAGE. */
int prolong_command_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

/** prolong_command_fail: prints @error. Returns: %PROLONG_EXIT_FAILED. */
int prolong_command_fail (const GError *error);

G_END_DECLS
