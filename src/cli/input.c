/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/input.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"

gboolean
prolong_cli_can_ask (void)
{
  return isatty (STDIN_FILENO);
}

void
prolong_cli_read_input (char *text, gsize size, gboolean line)
{
  gsize length = 0;

  while (length + 1 < size)
    {
      gssize n = read (STDIN_FILENO, text + length, size - length - 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += (gsize)n;
      if (line && text[length - 1] == '\n')
        break;
    }
  text[length] = '\0';
}

static ProlongCode *
ask_once (const char *question, const ProlongCodeFormat *format, GError **error)
{
  g_autofree char *text = g_malloc (PROLONG_CLI_MAX_TYPED);
  ProlongCode *code;

  g_printerr ("%s ", question);
  prolong_cli_read_input (text, PROLONG_CLI_MAX_TYPED, TRUE);
  code = prolong_code_parse (text, format, error);
  prolong_wipe (text, PROLONG_CLI_MAX_TYPED);
  return code;
}

/* Asks until a code is typed, or nothing. */
static ProlongCode *
ask (const char *question, const ProlongCodeFormat *format, GError **error)
{
  for (int i = 1;; i++)
    {
      g_autoptr (GError) mistake = NULL;
      ProlongCode *code = ask_once (question, format, &mistake);
      g_auto (ProlongWords) words = { 0 };

      if (code != NULL)
        return code;
      if (i == PROLONG_CLI_MAX_QUESTIONS || mistake->code == PROLONG_CODE_ERROR_EMPTY)
        {
          g_propagate_error (error, g_steal_pointer (&mistake));
          return NULL;
        }
      prolong_words_for_code_error (mistake->code, format, &words);
      g_printerr ("%s %s\n", words.what, words.way_out);
    }
}

ProlongCode *
prolong_cli_ask_code (const char *question, const ProlongCodeFormat *format, GError **error)
{
  return ask (question, format, error);
}

char *
prolong_cli_ask_line (const char *question)
{
  char answer[256];

  g_printerr ("%s ", question);
  prolong_cli_read_input (answer, sizeof answer, TRUE);
  return g_strstrip (g_utf8_make_valid (answer, -1));
}

/* Only a clear yes counts, in the language of the question or in English. */
static gboolean
is_yes (const char *answer)
{
  /* Translators: the first letter, lower case, of the word for "yes". */
  const char *letter = C_ ("answer", "y");
  g_autofree char *lower = g_utf8_strdown (answer, -1);

  return g_str_has_prefix (lower, letter) || *lower == 'y';
}

gboolean
prolong_cli_is_confirmed (const char *question)
{
  g_autofree char *answer = prolong_cli_ask_line (question);

  return is_yes (answer);
}

gboolean
prolong_cli_confirm (const ProlongCli *cli, const char *question, ProlongExit *status)
{
  const ProlongWords words
      = { .what = (char *)_ ("Cancelled."), .way_out = (char *)_ ("Nothing was changed.") };

  if (cli->yes)
    return TRUE;
  if (!prolong_cli_can_ask ())
    {
      *status = prolong_cli_misused (cli->verb, "%s", _ ("Without a terminal to ask on, --yes is needed."));
      return FALSE;
    }
  if (prolong_cli_is_confirmed (question))
    return TRUE;
  prolong_cli_tell (cli, prolong_problem_get_name (PROLONG_PROBLEM_CANCELLED), &words, NULL);
  *status = PROLONG_EXIT_FAILED;
  return FALSE;
}
