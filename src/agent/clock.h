/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProlongClock:
 *
 * All that the agent knows of time: the system clock, the boot time, and one alarm on the system clock.
 *
 * Emits `woke` when the alarm is reached, and also when the system clock is set: whoever listens looks at the
 * clock again, acts on what is due, and sets the next alarm. Tests derive a clock whose time they move by
 * hand.
 */
#define PROLONG_TYPE_CLOCK (prolong_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (ProlongClock, prolong_clock, PROLONG, CLOCK, GObject)

struct _ProlongClockClass
{
  GObjectClass parent_class;

  gint64 (*get_system) (ProlongClock *clock);
  gint64 (*get_boot) (ProlongClock *clock);
  const char *(*get_boot_id) (ProlongClock *clock);
  void (*set_alarm) (ProlongClock *clock, gint64 instant);
};

/** prolong_clock_new: the clock of this machine. */
ProlongClock *prolong_clock_new (void);

/** prolong_clock_get_system: the system clock, seconds UTC since 1970. */
gint64 prolong_clock_get_system (ProlongClock *clock);

/** prolong_clock_get_boot: seconds since the machine was started, those asleep included. */
gint64 prolong_clock_get_boot (ProlongClock *clock);

/** prolong_clock_get_boot_id: tells one run of the machine from another. */
const char *prolong_clock_get_boot_id (ProlongClock *clock);

/**
 * prolong_clock_set_alarm:
 * @instant: system time in seconds, %G_MAXINT64 for none; one that has passed wakes at once
 */
void prolong_clock_set_alarm (ProlongClock *clock, gint64 instant);

/** prolong_clock_wake: emits `woke`. */
void prolong_clock_wake (ProlongClock *clock);

G_END_DECLS
