/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/input.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/output.h"

/* Of the reasons why no vendor has such a code, the one that says most about what was typed. */
static gboolean
tells_more (const GError *reason, const GError *other)
{
  return other == NULL
         || (reason->code == PROLONG_CODE_ERROR_CHECK && other->code != PROLONG_CODE_ERROR_CHECK)
         || (reason->code == PROLONG_CODE_ERROR_IS_NUMBER && other->code < PROLONG_CODE_ERROR_CHECK);
}

static GPtrArray *
find_owners (GPtrArray *vendors, const char *text, GError **error)
{
  GPtrArray *owners = g_ptr_array_new ();
  g_autoptr (GError) reason = NULL;

  for (guint i = 0; i < vendors->len; i++)
    {
      ProlongVendorInfo *vendor = g_ptr_array_index (vendors, i);
      g_autoptr (GError) mistake = NULL;
      g_autoptr (ProlongCode) code = prolong_code_parse (text, &vendor->format, &mistake);

      if (code != NULL)
        g_ptr_array_add (owners, vendor);
      else if (tells_more (mistake, reason))
        {
          g_clear_error (&reason);
          reason = g_steal_pointer (&mistake);
        }
    }
  if (owners->len == 0)
    g_propagate_error (error, g_steal_pointer (&reason));
  return owners;
}

/* The words name every form that a code may have. */
static void
find_words (const GError *error, GPtrArray *vendors, ProlongWords *words)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  ProlongCodeFormat format = prolong_code_format_default;

  for (guint i = 0; i < vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (vendors, i);

      if (!g_ptr_array_find_with_equal_func (patterns, vendor->format.pattern, g_str_equal, NULL))
        g_ptr_array_add (patterns, (char *)vendor->format.pattern);
    }
  g_ptr_array_add (patterns, NULL);
  joined = g_strjoinv (", ", (char **)patterns->pdata);
  format.pattern = joined;
  prolong_words_for_code_error (error->code, &format, words);
}

static void
tell_malformed (const ProlongCli *cli, const GError *error, GPtrArray *vendors, ProlongExit *status)
{
  g_auto (ProlongWords) words = { 0 };

  find_words (error, vendors, &words);
  prolong_cli_tell (cli, prolong_problem_get_name (PROLONG_PROBLEM_CODE_MALFORMED), &words, NULL);
  *status = PROLONG_EXIT_REFUSED;
}

static const ProlongVendorInfo *
find_named (GPtrArray *owners, const char *answer)
{
  guint64 number = g_ascii_strtoull (answer, NULL, 10);

  for (guint i = 0; i < owners->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (owners, i);

      if (number == i + 1 || g_str_equal (answer, vendor->id))
        return vendor;
    }
  return NULL;
}

static const ProlongVendorInfo *
ask_owner (GPtrArray *owners)
{
  g_autofree char *answer = NULL;

  g_printerr ("%s\n", _ ("Codes of several vendors look like this:"));
  for (guint i = 0; i < owners->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (owners, i);

      g_printerr ("  %u  %s (%s)\n", i + 1, vendor->name, vendor->id);
    }
  answer = prolong_cli_ask_line (_ ("Which vendor sent the code? Number or id:"));
  return find_named (owners, answer);
}

static const ProlongVendorInfo *
choose_owner (const ProlongCli *cli, GPtrArray *owners, ProlongExit *status)
{
  const ProlongVendorInfo *vendor = NULL;
  g_autofree char *ids = NULL;

  if (owners->len == 1)
    return g_ptr_array_index (owners, 0);
  if (prolong_cli_can_ask ())
    vendor = ask_owner (owners);
  ids = prolong_cli_list_ids (owners);
  if (vendor == NULL)
    /* Translators: %s is ids of vendors, separated by commas. */
    *status = prolong_cli_misused (cli->verb, _ ("Choose one of the vendors with --vendor: %s."), ids);
  return vendor;
}

/* Asks until a code is typed, or nothing; the line is left in @text. */
static GPtrArray *
ask_text (GPtrArray *vendors, char *text, GError **error)
{
  for (int i = 1;; i++)
    {
      g_autoptr (GError) mistake = NULL;
      g_autoptr (GPtrArray) owners = NULL;
      g_auto (ProlongWords) words = { 0 };

      g_printerr ("%s ", _ ("Activation code:"));
      prolong_cli_read_input (text, PROLONG_CLI_MAX_TYPED, TRUE);
      owners = find_owners (vendors, text, &mistake);
      if (owners->len > 0)
        return g_steal_pointer (&owners);
      if (i == PROLONG_CLI_MAX_QUESTIONS || mistake->code == PROLONG_CODE_ERROR_EMPTY)
        {
          g_propagate_error (error, g_steal_pointer (&mistake));
          return g_steal_pointer (&owners);
        }
      find_words (mistake, vendors, &words);
      g_printerr ("%s %s\n", words.what, words.way_out);
    }
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
read_previous (const ProlongVendorInfo *vendor, const char *rest, GError **error)
{
  if (prolong_cli_can_ask ())
    return prolong_cli_ask_code (_ ("Code of the earlier license:"), &vendor->format, error);
  return prolong_code_parse (rest, &vendor->format, error);
}

static ProlongCode *
read_into (const ProlongCli *cli,
           char *text,
           GPtrArray *vendors,
           const ProlongVendorInfo **vendor,
           ProlongCode **previous,
           ProlongExit *status)
{
  g_autoptr (GPtrArray) owners = NULL;
  g_autoptr (ProlongCode) code = NULL;
  g_autoptr (GError) error = NULL;
  char *rest = text + strlen (text);

  if (prolong_cli_can_ask ())
    owners = ask_text (vendors, text, &error);
  else
    {
      prolong_cli_read_input (text, PROLONG_CLI_MAX_TYPED, FALSE);
      rest = previous != NULL ? split (text) : rest;
      owners = find_owners (vendors, text, &error);
    }
  if (error == NULL)
    {
      *vendor = choose_owner (cli, owners, status);
      if (*vendor == NULL)
        return NULL;
      code = prolong_code_parse (text, &(*vendor)->format, &error);
    }
  if (error == NULL && previous != NULL)
    *previous = read_previous (*vendor, rest, &error);
  if (error == NULL)
    return g_steal_pointer (&code);
  tell_malformed (cli, error, vendors, status);
  return NULL;
}

ProlongCode *
prolong_cli_read_code (const ProlongCli *cli,
                       GPtrArray *vendors,
                       const ProlongVendorInfo **vendor,
                       ProlongCode **previous,
                       ProlongExit *status)
{
  g_autofree char *text = g_malloc0 (PROLONG_CLI_MAX_TYPED);
  ProlongCode *code = read_into (cli, text, vendors, vendor, previous, status);

  prolong_wipe (text, PROLONG_CLI_MAX_TYPED);
  return code;
}
