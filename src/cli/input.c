/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/input.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"

/* As much as prolong_code_parse() looks at. */
#define MAX_TYPED (64 * 1024)

/* A person who mistypes more often than this wants to look at the e-mail first. */
#define MAX_QUESTIONS 5

gboolean
prolong_cli_can_ask (void)
{
  return isatty (STDIN_FILENO);
}

/* Up to the end, or on a terminal up to the end of the line. The caller wipes @text. */
static void
read_input (char *text, gsize size, gboolean line)
{
  gsize length = 0;

  while (length + 1 < size)
    {
      gssize n = read (STDIN_FILENO, text + length, size - length - 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += (gsize) n;
      if (line && text[length - 1] == '\n')
        break;
    }
  text[length] = '\0';
}

static ProlongExit
tell_malformed (const ProlongCli *cli, const GError *error, const ProlongCodeFormat *format)
{
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_code_error (error->code, format, &words);
  prolong_cli_tell (cli, prolong_problem_get_name (PROLONG_PROBLEM_CODE_MALFORMED), &words, NULL);
  return PROLONG_EXIT_REFUSED;
}

static ProlongCode *
ask_once (const char *question, const ProlongCodeFormat *format, GError **error)
{
  g_autofree char *text = g_malloc (MAX_TYPED);
  ProlongCode *code;

  g_printerr ("%s ", question);
  read_input (text, MAX_TYPED, TRUE);
  code = prolong_code_parse (text, format, error);
  prolong_wipe (text, MAX_TYPED);
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
      if (i == MAX_QUESTIONS || mistake->code == PROLONG_CODE_ERROR_EMPTY)
        {
          g_propagate_error (error, g_steal_pointer (&mistake));
          return NULL;
        }
      prolong_words_for_code_error (mistake->code, format, &words);
      g_printerr ("%s %s\n", words.what, words.way_out);
    }
}

static ProlongCode *
ask_or_tell (const ProlongCli *cli, const char *question, const ProlongCodeFormat *format, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;
  ProlongCode *code = ask (question, format, &error);

  if (code == NULL)
    *status = tell_malformed (cli, error, format);
  return code;
}

static ProlongCode *
parse_or_tell (const ProlongCli *cli, const char *text, const ProlongCodeFormat *format, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;
  ProlongCode *code = prolong_code_parse (text, format, &error);

  if (code == NULL)
    *status = tell_malformed (cli, error, format);
  return code;
}

ProlongCode *
prolong_cli_read_code (const ProlongCli *cli, const ProlongCodeFormat *format, ProlongExit *status)
{
  g_autofree char *text = NULL;
  ProlongCode *code;

  if (prolong_cli_can_ask ())
    return ask_or_tell (cli, _("Activation code:"), format, status);

  text = g_malloc (MAX_TYPED);
  read_input (text, MAX_TYPED, FALSE);
  code = parse_or_tell (cli, text, format, status);
  prolong_wipe (text, MAX_TYPED);
  return code;
}

/* Ends the first line of @text that is not blank; returns the rest. */
static char *
split (char *text)
{
  char *end = text + strspn (text, " \t\r\n");

  end += strcspn (end, "\n");
  if (*end == '\0')
    return end;
  *end = '\0';
  return end + 1;
}

static ProlongCode *
ask_both (const ProlongCli *cli, const ProlongCodeFormat *format, ProlongCode **previous, ProlongExit *status)
{
  g_autoptr (ProlongCode) code = ask_or_tell (cli, _("Activation code:"), format, status);

  if (code != NULL)
    *previous = ask_or_tell (cli, _("Code of the earlier license:"), format, status);
  return *previous != NULL ? g_steal_pointer (&code) : NULL;
}

ProlongCode *
prolong_cli_read_codes (const ProlongCli *cli, const ProlongCodeFormat *format, ProlongCode **previous,
                        ProlongExit *status)
{
  g_autofree char *text = NULL;
  g_autoptr (ProlongCode) code = NULL;
  char *rest;

  *previous = NULL;
  if (prolong_cli_can_ask ())
    return ask_both (cli, format, previous, status);

  text = g_malloc (MAX_TYPED);
  read_input (text, MAX_TYPED, FALSE);
  rest = split (text);
  code = parse_or_tell (cli, text, format, status);
  if (code != NULL)
    *previous = parse_or_tell (cli, rest, format, status);
  prolong_wipe (text, MAX_TYPED);
  return *previous != NULL ? g_steal_pointer (&code) : NULL;
}

ProlongCode *
prolong_cli_ask_code (const char *question, const ProlongCodeFormat *format)
{
  return ask (question, format, NULL);
}

char *
prolong_cli_ask_line (const char *question)
{
  char answer[256];

  g_printerr ("%s ", question);
  read_input (answer, sizeof answer, TRUE);
  return g_strstrip (g_utf8_make_valid (answer, -1));
}

/* Only a clear yes counts, in the language of the question or in English. */
static gboolean
is_yes (const char *answer)
{
  /* Translators: the first letter, lower case, of the word for "yes". */
  const char *letter = C_("answer", "y");
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
  const ProlongWords words = { .what = (char *) _("Cancelled."), .way_out = (char *) _("Nothing was changed.") };

  if (cli->yes)
    return TRUE;
  if (!prolong_cli_can_ask ())
    {
      *status = prolong_cli_misused (cli->verb, "%s", _("Without a terminal to ask on, --yes is needed."));
      return FALSE;
    }
  if (prolong_cli_is_confirmed (question))
    return TRUE;
  prolong_cli_tell (cli, prolong_problem_get_name (PROLONG_PROBLEM_CANCELLED), &words, NULL);
  *status = PROLONG_EXIT_FAILED;
  return FALSE;
}
