/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linked with the agent's own main: an agent that a test can end at any point of the journal, as a power cut
 * would, and whose chance it can choose. */

#include <glib.h>
#include <signal.h>

#include "agent/operation.h"
#include "agent/schedule.h"

static void
end_at (const char *point)
{
  if (g_strcmp0 (point, g_getenv ("PROLONG_TEST_END_AT")) == 0)
    raise (SIGKILL);
}

/* The least and the most that chance can bring, for tests that cannot wait a minute. */
static double
fixed_chance (void)
{
  return g_ascii_strtod (g_getenv ("PROLONG_TEST_CHANCE"), NULL);
}

static void __attribute__ ((constructor))
watch_journal (void)
{
  if (g_getenv ("PROLONG_TEST_CHANCE") != NULL)
    prolong_schedule_set_chance (fixed_chance);
  prolong_operation_set_observer (end_at);
}
