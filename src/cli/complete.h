/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/verbs.h"

G_BEGIN_DECLS

/**
 * prolong_cli_complete_words:
 * @words: what stands on the command line behind the name of the program; the last one is being typed and may
 * be empty
 *
 * Writes what the last word may become, for the completions of the shells: on each line a word, a tab, and
 * what it is for; or only `:files` where the name of a file belongs.
 */
void prolong_cli_complete_words (char **words);

G_END_DECLS
