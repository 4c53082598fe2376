/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/rules.h"

/* In place of a problem: the one that the ticket names. */
#define NAMED_BY_TICKET PROLONG_N_PROBLEMS

static gboolean
runs (const ProlongRuleFacts *facts)
{
  return facts->has_license && prolong_state_is_running (facts->state);
}

static gboolean
is_saved (const ProlongRuleFacts *facts)
{
  return facts->is_reserve_code;
}

static gboolean
is_code_of_running (const ProlongRuleFacts *facts)
{
  return facts->is_current_code && runs (facts);
}

static gboolean
has_nothing_to_follow (const ProlongRuleFacts *facts)
{
  return facts->only_reserve && !runs (facts);
}

static gboolean
is_blocked (const ProlongRuleFacts *facts)
{
  return facts->has_license && facts->state == PROLONG_STATE_BLOCKED;
}

static gboolean
has_ended (const ProlongRuleFacts *facts)
{
  return facts->has_license && !runs (facts);
}

static gboolean
has_none (const ProlongRuleFacts *facts)
{
  return !facts->has_license;
}

/* A reason of a later version has no words here. Nothing is used up by saving the code, and the service is
 * asked about it before it is activated. */
static gboolean
is_forbidden (const ProlongRuleFacts *facts)
{
  ProlongProblem problem;

  return prolong_problem_from_name (facts->add_code, &problem);
}

static gboolean
ends_too_early (const ProlongRuleFacts *facts)
{
  return facts->expires > 0 && facts->expires <= facts->current_expires;
}

static gboolean
always (const ProlongRuleFacts *facts)
{
  return TRUE;
}

static const struct
{
  gboolean (*fits) (const ProlongRuleFacts *facts);
  ProlongAction action;
  ProlongProblem problem;
  const char *source;
  const char *explanation;
} rules[] = {
  { is_saved, PROLONG_ACTION_REFUSE, PROLONG_PROBLEM_ALREADY_ADDED, "S3",
    "The code is a reserve code already" },
  { is_code_of_running, PROLONG_ACTION_REFUSE, PROLONG_PROBLEM_ALREADY_ADDED, "S3",
    "The code is that of the license that runs" },
  { has_nothing_to_follow, PROLONG_ACTION_REFUSE, PROLONG_PROBLEM_NO_LICENSE, "S3",
    "No license runs that a reserve code could follow" },
  { is_blocked, PROLONG_ACTION_ACTIVATE, 0, "S3", "A blocked license is replaced at once" },
  { has_ended, PROLONG_ACTION_ACTIVATE, 0, "S2 S4", "The license has ended" },
  { has_none, PROLONG_ACTION_ACTIVATE, 0, "S1", "There is no license yet" },
  { is_forbidden, PROLONG_ACTION_REFUSE, NAMED_BY_TICKET, "S3 S4",
    "The vendor does not allow another code while this license runs" },
  { ends_too_early, PROLONG_ACTION_REFUSE, PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY, "S3",
    "What the code gives does not end later than the license that runs" },
  { always, PROLONG_ACTION_RESERVE, 0, "S1 S2 S3", "The code takes over when the license that runs ends" },
};

ProlongRuling
prolong_rules_decide (const ProlongRuleFacts *facts)
{
  ProlongRuling ruling;
  guint i = 0;

  while (!rules[i].fits (facts))
    i++;
  ruling.action = rules[i].action;
  ruling.problem = rules[i].problem;
  ruling.source = rules[i].source;
  ruling.explanation = rules[i].explanation;
  if (ruling.problem == NAMED_BY_TICKET && !prolong_problem_from_name (facts->add_code, &ruling.problem))
    g_assert_not_reached ();
  return ruling;
}

static void
insert_time (GVariantDict *details, const char *name, gint64 instant)
{
  if (instant > 0)
    g_variant_dict_insert (details, name, "x", instant);
}

GError *
prolong_ruling_error_new (const ProlongRuling *ruling, const ProlongRuleFacts *facts)
{
  GVariantDict details;

  g_return_val_if_fail (ruling->action == PROLONG_ACTION_REFUSE, NULL);

  g_variant_dict_init (&details, NULL);
  /* Of a license in grace nobody is told that it runs until a day that is over. */
  if (runs (facts) && facts->state != PROLONG_STATE_GRACE)
    insert_time (&details, "current_expires", facts->current_expires);
  if (ruling->problem == PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY)
    {
      insert_time (&details, "current_expires", facts->current_expires);
      insert_time (&details, "expires", facts->expires);
      insert_time (&details, "first_activated", facts->first_activated);
    }
  return prolong_problem_error_new (ruling->problem, g_variant_dict_end (&details), "%s",
                                    ruling->explanation);
}
