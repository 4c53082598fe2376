/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/activate.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "cli/describe.h"
#include "cli/follow.h"
#include "cli/input.h"
#include "cli/outcome.h"
#include "cli/output.h"
#include "cli/seats.h"

/** A code on its way to the agent, with what the service asks for besides. */
typedef struct
{
  const ProlongCli *cli;
  gboolean reserve; /* only as a reserve code */
  GDBusConnection *bus;
  ProlongSnapshot *before; /* the agent before the code was added */
  const ProlongVendorInfo *vendor;
  ProlongCode *code;
  ProlongCode *previous; /* (nullable) */
  gboolean shorter;      /* the shorter term is taken */
} Activation;

static void
activation_clear (Activation *self)
{
  g_clear_pointer (&self->before, prolong_snapshot_free);
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_pointer (&self->previous, prolong_code_unref);
  g_clear_object (&self->bus);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Activation, activation_clear)

/* Returns whether there is a code to activate; otherwise the person was told why not. */
static gboolean
prepare (Activation *self, ProlongExit *status)
{
  const ProlongCli *cli = self->cli;
  g_autoptr (GPtrArray) vendors = NULL;
  g_autoptr (GError) error = NULL;

  self->bus = prolong_cli_connect (&error);
  self->before = self->bus != NULL ? prolong_snapshot_read_sync (self->bus, NULL, &error) : NULL;
  if (self->before == NULL)
    {
      *status = prolong_cli_fail (cli, error);
      return FALSE;
    }
  self->shorter = cli->accept_shorter_term;
  vendors = prolong_cli_find_vendors (cli, self->before, status);
  if (vendors == NULL)
    return FALSE;
  prolong_cli_warn_of_double_payment (cli, self->before);
  self->code
      = prolong_cli_read_code (cli, vendors, &self->vendor, cli->previous ? &self->previous : NULL, status);
  return self->code != NULL;
}

static GVariant *
options_new (const Activation *self)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (self->reserve)
    g_variant_builder_add (&options, "{sv}", "reserve", g_variant_new_boolean (TRUE));
  if (self->previous != NULL)
    g_variant_builder_add (&options, "{sv}", "previous_code",
                           g_variant_new_string (prolong_code_get_text (self->previous)));
  if (self->shorter)
    g_variant_builder_add (&options, "{sv}", "accept_shorter_term", g_variant_new_boolean (TRUE));
  return g_variant_builder_end (&options);
}

static ProlongExit
add_code (const Activation *self, GError **refusal)
{
  const char *product = self->cli->product != NULL ? self->cli->product : "";
  const ProlongFollow follow = {
    .cli = self->cli,
    .bus = self->bus,
    .before = self->before,
    .vendor = self->vendor->id,
    .path = PROLONG_BUS_PATH,
    .interface = PROLONG_BUS_MANAGER,
    .method = "AddCode",
    .arguments = g_variant_new ("(sss@a{sv})", self->vendor->id, product, prolong_code_get_text (self->code),
                                options_new (self)),
    .shown = PROLONG_STEP_CHECKING,
    .code = self->code,
  };

  /* The call itself may take long: the vendor is asked for which product the code is. */
  prolong_cli_tell_steps (self->cli, PROLONG_OPERATION_ACTIVATION, -1, PROLONG_STEP_CHECKING);
  return prolong_cli_follow (&follow, refusal);
}

/* The words for these need facts, which a call that fails does not bring; the service tells them once more.
 */
static gboolean
lacks_details (const GError *refusal)
{
  static const ProlongProblem problems[] = {
    PROLONG_PROBLEM_CODE_EXHAUSTED,       PROLONG_PROBLEM_CODE_EXPIRED,
    PROLONG_PROBLEM_CODE_WRONG_PRODUCT,   PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED,
    PROLONG_PROBLEM_VERSION_INCOMPATIBLE, PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_error_matches (refusal, PROLONG_PROBLEM, (int)problems[i]))
      return prolong_problem_error_get_details (refusal) == NULL;
  return FALSE;
}

static void
ask_for_details (const Activation *self, GError **refusal)
{
  const char *product = self->cli->product != NULL ? self->cli->product : "";
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) details = NULL;
  g_autoptr (GVariant) verdict = NULL;
  const char *problem;
  GError *better;

  if (!lacks_details (*refusal))
    return;
  answer = prolong_cli_call (
      self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "Preflight",
      g_variant_new ("(sss)", self->vendor->id, product, prolong_code_get_text (self->code)), NULL);
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    return;
  verdict = g_variant_get_child_value (answer, 0);
  if (!g_variant_lookup (verdict, "problem", "&s", &problem)
      || !g_str_equal (problem, prolong_problem_get_name ((*refusal)->code)))
    return;
  details = g_variant_lookup_value (verdict, "details", G_VARIANT_TYPE_VARDICT);
  better = prolong_problem_error_new ((*refusal)->code, details, "%s", (*refusal)->message);
  g_error_free (*refusal);
  *refusal = better;
}

static gint64
find_shorter_term (const GError *refusal)
{
  GVariant *details = prolong_problem_error_get_details (refusal);
  gint64 term = 0;

  if (details != NULL)
    g_variant_lookup (details, "shorter_term", "x", &term);
  return term;
}

/* Asks for what a renewal code needs; returns whether the person gave it. */
static gboolean
ask_previous (Activation *self, const GError *refusal)
{
  gint64 shorter_term = find_shorter_term (refusal);
  g_autofree char *term = prolong_words_term (shorter_term);
  g_autofree char *question = NULL;
  g_auto (ProlongWords) words = { 0 };

  if (!prolong_cli_can_ask () || self->shorter)
    return FALSE;
  prolong_words_for_problem (refusal->code, NULL, &words);
  g_printerr ("%s\n", words.what);
  g_clear_pointer (&self->previous, prolong_code_unref);
  self->previous = prolong_cli_ask_code (_ ("Code of the earlier license, or nothing when there is none:"),
                                         &self->vendor->format, NULL);
  if (self->previous != NULL || shorter_term == 0)
    return self->previous != NULL;

  /* Translators: %s is a length of time, for example "180 days". The letters are those of yes and no. */
  question
      = g_strdup_printf (_ ("Without an earlier license the code gives %s. Go on with that? [y/N]"), term);
  self->shorter = prolong_cli_is_confirmed (question);
  return self->shorter;
}

/* What a script can do that cannot be asked. */
static void
tell_options (const GError *refusal)
{
  /* Translators: do not translate --previous. */
  g_printerr ("%s\n", _ ("With --previous the code of the earlier license is read as a second line."));
  if (find_shorter_term (refusal) > 0)
    /* Translators: do not translate --accept-shorter-term. */
    g_printerr ("%s\n", _ ("With --accept-shorter-term the license begins without it."));
}

static ProlongExit
tell_refusal (const Activation *self, const GError *refusal)
{
  const char *product = self->cli->product != NULL ? self->cli->product : "";
  ProlongExit status = prolong_cli_refuse_for (self->cli, self->before, self->vendor->id, product, refusal);

  if (g_error_matches (refusal, PROLONG_PROBLEM, PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED))
    tell_options (refusal);
  else if (g_error_matches (refusal, PROLONG_PROBLEM, PROLONG_PROBLEM_CODE_EXHAUSTED) && !self->cli->json)
    prolong_cli_tell_holders (self->bus, self->vendor->id, self->code);
  return status;
}

ProlongExit
prolong_cli_add_code (const ProlongCli *cli, gboolean reserve)
{
  g_auto (Activation) self = { .cli = cli, .reserve = reserve };
  ProlongExit status;

  if (!prepare (&self, &status))
    return status;
  for (;;)
    {
      g_autoptr (GError) refusal = NULL;

      status = add_code (&self, &refusal);
      if (refusal == NULL)
        return status;
      ask_for_details (&self, &refusal);
      if (!g_error_matches (refusal, PROLONG_PROBLEM, PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED)
          || !ask_previous (&self, refusal))
        return tell_refusal (&self, refusal);
    }
}

ProlongExit
prolong_cli_activate (const ProlongCli *cli)
{
  return prolong_cli_add_code (cli, FALSE);
}
