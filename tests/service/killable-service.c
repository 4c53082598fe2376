/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linked with the service's own main: a service whose processes a test can end at any point on the way of an
 * e-mail, as a power cut would, or stop there. Each point that is reached is a line of the output, `at POINT
 * PID`. */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "service/mail/courier.h"

/* One write, so that lines of several processes do not mix. */
static void
tell (const char *point)
{
  g_autofree char *line = g_strdup_printf ("at %s %d\n", point, (int)getpid ());

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    raise (SIGABRT);
}

static void
act_at (const char *point)
{
  tell (point);
  if (g_strcmp0 (point, g_getenv ("PROLONG_TEST_END_AT")) == 0)
    raise (SIGKILL);
  if (g_strcmp0 (point, g_getenv ("PROLONG_TEST_STOP_AT")) == 0)
    raise (SIGSTOP);
}

static void __attribute__ ((constructor)) watch_mail (void) { prolong_mail_set_observer (act_at); }
