/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/verbs.h"

#include "service/bell.h"
#include "service/commands.h"
#include "service/directory.h"

#include <glib/gi18n-lib.h>

void
prolong_verb_options_clear (ProlongVerbOptions *options)
{
  g_free (options->directory);
  g_strfreev (options->words);
}

static const ProlongVerb *
find (const ProlongVerb *verbs, const char *name)
{
  for (const ProlongVerb *verb = verbs; verb->name; verb++)
    if (g_str_equal (verb->name, name))
      return verb;
  return NULL;
}

static int
run (const ProlongVerbGroup *group, const ProlongVerb *verb, const char *folder, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = prolong_directory_load (folder, &error);
  g_autoptr (ProlongStore) store
      = directory ? prolong_store_open (directory->store, verb->mode, &error) : NULL;
  ProlongOffice office = { 0 };
  int status, bell;

  if (!store)
    return prolong_command_fail (error);
  if (group->sells && !directory->catalog)
    /* Translators: %s is a folder */
    return prolong_command_usage (_ ("there is no catalog.conf in %s: nothing is sold"), folder);
  office
      = (ProlongOffice){ directory->profile, directory->keys, &directory->policy, directory->catalog, NULL };
  bell = verb->mode == PROLONG_STORE_WRITE ? prolong_bell_hold (directory->store) : -1;
  status = verb->run (&office, store, options);
  prolong_bell_release (bell);
  return status;
}

int
prolong_verbs_run (const ProlongVerbGroup *group, int argc, char **argv, gpointer options)
{
  const ProlongVerbOptions *common = options;
  const ProlongVerb *verb = argc >= 2 ? find (group->verbs, argv[1]) : NULL;
  const char *wrong;

  if (argc < 2 || (!verb && !g_str_has_prefix (argv[1], "-")))
    return prolong_command_usage ("%s", _ (group->needs));
  if (!group->parse (verb ? argc - 1 : argc, verb ? argv + 1 : argv, options))
    return PROLONG_EXIT_USAGE;
  if (!common->directory || !verb)
    return prolong_command_usage ("%s", _ ("--directory DIR is needed"));
  if ((common->words ? g_strv_length (common->words) : 0) != (verb->takes_word ? 1 : 0))
    return prolong_command_usage ("%s", _ (group->takes));
  wrong = group->check ? group->check (options) : NULL;
  return wrong ? prolong_command_usage ("%s", wrong) : run (group, verb, common->directory, options);
}
