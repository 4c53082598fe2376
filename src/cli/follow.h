/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/** A method call of the agent that answers with an operation. */
typedef struct
{
  const ProlongCli *cli;
  GDBusConnection *bus;
  const ProlongSnapshot *before; /* the agent before the call */
  const char *vendor;            /* id */
  const char *path;
  const char *interface;
  const char *method;
  GVariant *arguments; /* (nullable): a floating reference is taken */
  int shown;           /* the newest step that was told, -1 for none */
  ProlongCode *code;   /* (nullable): for an operation that lost it, because there is no keyring */
} ProlongFollow;

/**
 * prolong_cli_follow:
 * @refusal: (out): the problem that stands in the way, of the domain #PROLONG_PROBLEM; it was not told yet
 *
 * Makes the call and follows the operation to its end, or to where it goes on without us; the person is told
 * every step.
 *
 * Returns: the exit code; with @refusal set it is prolong_cli_refuse() that knows it.
 */
ProlongExit prolong_cli_follow (const ProlongFollow *follow, GError **refusal);

G_END_DECLS
