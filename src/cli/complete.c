/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/complete.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/output.h"

/* What the shell completes with the names of files. */
#define FILES ":files\n"

static void
offer (GString *text, const char *beginning, const char *word, const char *description)
{
  if (g_str_has_prefix (word, beginning))
    g_string_append_printf (text, "%s\t%s\n", word, description);
}

static void
offer_option (const char *name, const char *description, gpointer user_data)
{
  gpointer *offered = user_data;
  g_autofree char *word = g_strconcat ("--", name, NULL);

  offer (offered[0], offered[1], word, description);
}

static void
offer_verbs (GString *text, const char *beginning)
{
  for (const ProlongVerb *verb = prolong_verbs; verb->name != NULL; verb++)
    offer (text, beginning, verb->name, _ (verb->summary));
  offer (text, beginning, "--help", _ ("List the verbs"));
  offer (text, beginning, "--version", _ ("Print the version"));
}

/* The actions of a verb stand in its help in small letters, each with what follows it in capitals. */
static void
offer_actions (GString *text, const char *beginning, const ProlongVerb *verb)
{
  g_auto (GStrv) parts = g_strsplit (verb->arguments != NULL ? verb->arguments : "", " ", -1);

  for (char **part = parts; *part != NULL; part++)
    if (g_ascii_islower (**part))
      offer (text, beginning, *part, "");
}

static gboolean
takes_file (const ProlongVerb *verb, const char *action)
{
  g_auto (GStrv) parts = g_strsplit (verb->arguments != NULL ? verb->arguments : "", " ", -1);

  for (char **part = parts; *part != NULL; part++)
    if (g_str_equal (*part, action) && g_strcmp0 (part[1], "FILE") == 0)
      return TRUE;
  return FALSE;
}

static void
offer_after (GString *text, const ProlongVerb *verb, guint n_words, char **words)
{
  const char *before = words[n_words - 2];
  char *beginning = words[n_words - 1];
  gpointer offered[] = { text, beginning };

  if (prolong_verb_option_takes_value (before))
    return;
  if (n_words > 2 && takes_file (verb, before))
    {
      g_string_append (text, FILES);
      return;
    }
  if (n_words == 2)
    offer_actions (text, beginning, verb);
  prolong_verb_foreach_option (verb, offer_option, offered);
  offer_option ("help", _ ("Explain this verb"), offered);
}

void
prolong_cli_complete_words (char **words)
{
  guint n_words = g_strv_length (words);
  const ProlongVerb *verb = n_words > 1 ? prolong_verb_find (words[0]) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_words == 1)
    offer_verbs (text, words[0]);
  else if (verb != NULL)
    offer_after (text, verb, n_words, words);
  prolong_cli_print (text->str);
}
