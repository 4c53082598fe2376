/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linked with the agent's own main: an agent that a test can end at any point of the journal, as a power cut would. */

#include <glib.h>
#include <signal.h>

#include "agent/operation.h"

static void
end_at (const char *point)
{
  if (g_strcmp0 (point, g_getenv ("PROLONG_TEST_END_AT")) == 0)
    raise (SIGKILL);
}

static void __attribute__ ((constructor))
watch_journal (void)
{
  prolong_operation_set_observer (end_at);
}
