/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/problem.h"
#include "license/term.h"

G_BEGIN_DECLS

/*
 * What a code may become on a device: one table, each row with its source. What is the vendor's policy comes
 * in as a fact (`add_code` of the ticket, the verdict of a preflight); no policy is written here.
 */

typedef enum
{
  PROLONG_ACTION_ACTIVATE, /* at once */
  PROLONG_ACTION_RESERVE,  /* when the current license ends */
  PROLONG_ACTION_REFUSE,   /* for the problem named */
} ProlongAction;

/** Facts about a code and the license of the product it is for; what is unknown is zero. */
typedef struct
{
  gboolean has_license;
  ProlongState state;       /* of that license */
  ProlongLicenseKind kind;  /* of that license */
  const char *add_code;     /* of its ticket: "allowed", or the name of a problem */
  gint64 current_expires;   /* its end */
  gboolean is_current_code; /* the code is that of the license itself */
  gboolean is_reserve_code; /* the code is saved already */
  gboolean only_reserve;    /* the person wants a reserve code and nothing else */
  gint64 expires;           /* when what the code gives would end, as the service says; 0 for not asked */
  gint64 first_activated;   /* S3; 0 for never or not asked */
} ProlongRuleFacts;

typedef struct
{
  ProlongAction action;
  ProlongProblem problem;  /* of a refusal */
  const char *source;      /* of the rule, for example "S3" */
  const char *explanation; /* a sentence for logs and developers */
} ProlongRuling;

/**
 * prolong_rules_decide:
 *
 * The first row that fits decides.
 */
ProlongRuling prolong_rules_decide (const ProlongRuleFacts *facts);

/**
 * prolong_ruling_error_new:
 * @ruling: a refusal
 *
 * Returns: (transfer full): it as an error with the dates that its words need (`expires`, `current_expires`,
 *   `first_activated`), as far as they are known and still to come.
 */
GError *prolong_ruling_error_new (const ProlongRuling *ruling, const ProlongRuleFacts *facts);

G_END_DECLS
