/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"

G_BEGIN_DECLS

/** What the options of every group of verbs begin with. */
typedef struct
{
  char *directory;
  char **words; /* (nullable) what is left of the line */
} ProlongVerbOptions;

void prolong_verb_options_clear (ProlongVerbOptions *options);

/**
 * ProlongVerb:
 * @takes_word: whether exactly one word comes after it; else none does
 * @run: returns an exit status; gets the options of the group
 */
typedef struct
{
  const char *name; /* ends a table with %NULL */
  ProlongStoreMode mode;
  gboolean takes_word;
  int (*run) (const ProlongOffice *office, ProlongStore *store, gconstpointer options);
} ProlongVerb;

/**
 * ProlongVerbGroup:
 * @needs: that a verb is missing, for people
 * @takes: which verbs take a word, for people
 * @sells: whether it is about what a catalog sells
 * @parse: reads the options; what is wrong with them is printed
 * @check: (nullable): (transfer none) (nullable): what is wrong with their values, for people
 *
 * Verbs that administer one kind of thing in the directory of the service: `prolong-service orders …`.
 */
typedef struct
{
  const ProlongVerb *verbs;
  const char *needs;
  const char *takes;
  gboolean sells;
  gboolean (*parse) (int argc, char **argv, gpointer options);
  const char *(*check) (gconstpointer options);
} ProlongVerbGroup;

/**
 * prolong_verbs_run:
 * @argv: the words after the name of the program; argv[0] is that of the group
 * @options: begins with #ProlongVerbOptions; to be cleared by the caller
 *
 * Returns: an exit status.
 */
int prolong_verbs_run (const ProlongVerbGroup *group, int argc, char **argv, gpointer options);

G_END_DECLS
