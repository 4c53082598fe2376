/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>

#include "cli/describe.h"
#include "cli/json.h"

/* In characters: the longest label of the three languages fits. */
#define LABEL_WIDTH 25

void
prolong_cli_print (const char *text)
{
  /* GSocket ignores the signal for the whole process; a closed pipe is to end this program as it ends any
   * other. */
  signal (SIGPIPE, SIG_DFL);
  g_print ("%s", text);
}

void
prolong_cli_print_json (GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autofree char *text = prolong_cli_json_format (owned);

  signal (SIGPIPE, SIG_DFL);
  puts (text);
  fflush (stdout);
}

GVariant *
prolong_cli_json_wrap (const char *name, GVariant *value)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", name, value);
  return g_variant_builder_end (&builder);
}

GVariant *
prolong_cli_json_null (void)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_STRING, NULL);
}

GVariant *
prolong_cli_json_text (const char *text)
{
  return *text != '\0' ? g_variant_new_string (text) : prolong_cli_json_null ();
}

GVariant *
prolong_cli_json_time (gint64 instant)
{
  return instant != 0 ? g_variant_new_take_string (prolong_words_instant (instant))
                      : prolong_cli_json_null ();
}

void
prolong_cli_add_row (GString *text, const char *label, const char *value)
{
  glong width = g_utf8_strlen (label, -1);

  g_string_append_printf (text, "    %s%*s%s\n", label, (int)MAX (LABEL_WIDTH - width, 1), "", value);
}

void
prolong_cli_warn (const char *reason, const ProlongWords *words)
{
  g_printerr ("prolongctl: %s %s (%s)\n", words->what, words->way_out, reason);
}

void
prolong_cli_tell (const ProlongCli *cli, const char *reason, const ProlongWords *words, GVariant *details)
{
  g_autoptr (GVariant) facts = g_variant_ref_sink (details != NULL ? details : g_variant_new ("a{sv}", NULL));
  g_autofree char *message = g_strdup_printf ("%s %s", words->what, words->way_out);

  prolong_cli_warn (reason, words);
  if (cli->json)
    {
      GVariantBuilder builder;

      g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&builder, "{sv}", "reason", g_variant_new_string (reason));
      g_variant_builder_add (&builder, "{sv}", "message", g_variant_new_string (message));
      g_variant_builder_add (&builder, "{sv}", "details", facts);
      prolong_cli_print_json (g_variant_builder_end (&builder));
    }
}

/* What is not here is a refusal. */
static const struct
{
  ProlongProblem problem;
  ProlongExit status;
} exits[] = {
  { PROLONG_PROBLEM_REQUEST_IN_FLIGHT, PROLONG_EXIT_LATER },
  { PROLONG_PROBLEM_RATE_LIMITED, PROLONG_EXIT_LATER },
  { PROLONG_PROBLEM_SERVICE_UNAVAILABLE, PROLONG_EXIT_LATER },
  { PROLONG_PROBLEM_SERVICE_UNTRUSTED, PROLONG_EXIT_LATER },
  { PROLONG_PROBLEM_KEYRING_LOCKED, PROLONG_EXIT_FAILED },
  { PROLONG_PROBLEM_KEYRING_UNAVAILABLE, PROLONG_EXIT_FAILED },
  { PROLONG_PROBLEM_STORAGE_FULL, PROLONG_EXIT_FAILED },
  { PROLONG_PROBLEM_CLOCK_BEHIND, PROLONG_EXIT_FAILED },
  { PROLONG_PROBLEM_PROFILE_INVALID, PROLONG_EXIT_FAILED },
  { PROLONG_PROBLEM_CANCELLED, PROLONG_EXIT_FAILED },
};

ProlongExit
prolong_cli_refuse (const ProlongCli *cli, ProlongProblem problem, GVariant *details)
{
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_problem (problem, details, &words);
  prolong_cli_tell (cli, prolong_problem_get_name (problem), &words, details);

  for (gsize i = 0; i < G_N_ELEMENTS (exits); i++)
    if (exits[i].problem == problem)
      return exits[i].status;
  return PROLONG_EXIT_REFUSED;
}

ProlongExit
prolong_cli_refuse_for (const ProlongCli *cli,
                        const ProlongSnapshot *snapshot,
                        const char *vendor,
                        const char *product,
                        const GError *problem)
{
  g_autoptr (GVariant) details = prolong_cli_complete (snapshot, vendor, product, problem->code,
                                                       prolong_problem_error_get_details (problem));

  return prolong_cli_refuse (cli, problem->code, details);
}

ProlongExit
prolong_cli_fail (const ProlongCli *cli, const GError *error)
{
  ProlongWords words;
  GVariantBuilder details;

  if (error->domain == PROLONG_PROBLEM)
    return prolong_cli_refuse (cli, error->code, prolong_problem_error_get_details (error));

  words.what = (char *)_ ("The background service of Prolong on this device cannot be reached.");
  words.way_out = (char *)_ ("Try again; if that does not help, log out and in again.");
  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "error", g_variant_new_string (error->message));
  prolong_cli_tell (cli, "agent-unavailable", &words, g_variant_builder_end (&details));
  return PROLONG_EXIT_LATER;
}

ProlongExit
prolong_cli_misused (const char *verb, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_printerr ("prolongctl: %s\n", message);
  /* Translators: the two %s are the name of a verb, with a space before it, or empty. */
  g_printerr (_ ("See “prolongctl%s%s --help”.\n"), verb != NULL ? " " : "", verb != NULL ? verb : "");
  return PROLONG_EXIT_USAGE;
}
