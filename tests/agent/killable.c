/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linked with the agent's own main: an agent that a test can end at any point of the journal, as a power cut
 * would, or stop there while it makes something go wrong, whose chance it can choose, whose clock it can
 * move, and which it can let believe that it is in a sandbox. */

#include <glib-unix.h>
#include <signal.h>

#include "agent/clock.h"
#include "agent/notices/notifier.h"
#include "agent/operation.h"
#include "agent/schedule.h"

static void
act_at (const char *point)
{
  static gboolean stopped;

  if (g_strcmp0 (point, g_getenv ("PROLONG_TEST_END_AT")) == 0)
    raise (SIGKILL);
  if (!stopped && g_strcmp0 (point, g_getenv ("PROLONG_TEST_STOP_AT")) == 0)
    {
      stopped = TRUE;
      raise (SIGSTOP);
    }
}

/* The least and the most that chance can bring, for tests that cannot wait a minute. */
static double
fixed_chance (void)
{
  return g_ascii_strtod (g_getenv ("PROLONG_TEST_CHANCE"), NULL);
}

/* A clock that is ahead by as many seconds as a file says; another file may say the same of the boot time.
 * They are read again on SIGUSR1, which also wakes whoever listens: so does a machine that slept over an
 * alarm. */
static ProlongClockClass machine_clock;
static ProlongClock *listened_to;
static gint64 ahead;
static gint64 boot_ahead;

static void
read_clock_file (const char *variable, gint64 *offset)
{
  g_autofree char *text = NULL;

  if (g_getenv (variable) != NULL && g_file_get_contents (g_getenv (variable), &text, NULL, NULL))
    *offset = g_ascii_strtoll (text, NULL, 10);
}

static void
read_clock_files (void)
{
  read_clock_file ("PROLONG_TEST_CLOCK", &ahead);
  read_clock_file ("PROLONG_TEST_BOOT_CLOCK", &boot_ahead);
}

static gint64
moved_get_system (ProlongClock *clock)
{
  return machine_clock.get_system (clock) + ahead;
}

static gint64
moved_get_boot (ProlongClock *clock)
{
  return machine_clock.get_boot (clock) + boot_ahead;
}

static gboolean
on_slept (gpointer user_data)
{
  read_clock_files ();
  if (listened_to != NULL)
    prolong_clock_wake (listened_to);
  return G_SOURCE_CONTINUE;
}

static void
moved_set_alarm (ProlongClock *clock, gint64 instant)
{
  listened_to = clock;
  machine_clock.set_alarm (clock, instant == G_MAXINT64 ? instant : instant - ahead);
}

static void
replace_clock (void)
{
  ProlongClockClass *class = g_type_class_ref (PROLONG_TYPE_CLOCK);

  read_clock_files ();
  machine_clock = *class;
  class->get_system = moved_get_system;
  class->get_boot = moved_get_boot;
  class->set_alarm = moved_set_alarm;
  g_unix_signal_add (SIGUSR1, on_slept, NULL);
}

static void __attribute__ ((constructor)) watch_journal (void)
{
  if (g_getenv ("PROLONG_TEST_CLOCK") != NULL)
    replace_clock ();
  if (g_getenv ("PROLONG_TEST_CHANCE") != NULL)
    prolong_schedule_set_chance (fixed_chance);
  prolong_notifier_set_sandboxed (g_getenv ("PROLONG_TEST_SANDBOX") != NULL);
  prolong_operation_set_observer (act_at);
}
