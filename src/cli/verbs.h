/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *summary;
  const char *arguments; /* (nullable): what follows, for the help */
  guint max_arguments;
  guint options;
  ProlongExit (*run) (const ProlongCli *cli);
} ProlongVerb;

/** The verbs, in the order in which a person meets them; the last has no name. */
extern const ProlongVerb prolong_verbs[];

/** prolong_verb_find: (nullable): the verb called @name. */
const ProlongVerb *prolong_verb_find (const char *name);

/** prolong_verb_foreach_option: calls @function with each option of @verb, without its dashes, and what it is
 * for. */
void
prolong_verb_foreach_option (const ProlongVerb *verb,
                             void (*function) (const char *name, const char *description, gpointer user_data),
                             gpointer user_data);

/** prolong_verb_option_takes_value: whether @word is an option, with its dashes, that a value follows. */
gboolean prolong_verb_option_takes_value (const char *word);

/** prolong_verb_run: @argv begins with the verb. */
ProlongExit prolong_verb_run (const ProlongVerb *verb, int argc, char **argv);

G_END_DECLS
