/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  int fd;
  guint source;
  char *boot_id;
} ProlongClockPrivate;

enum
{
  WOKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (ProlongClock, prolong_clock, G_TYPE_OBJECT)

static gboolean
on_timer (int fd, GIOCondition condition, gpointer user_data)
{
  guint64 expirations;

  /* The read fails with ECANCELED when the clock was set; that is a reason to wake as good as the alarm. */
  if (read (fd, &expirations, sizeof expirations) < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;

  prolong_clock_wake (user_data);
  return G_SOURCE_CONTINUE;
}

static gint64
real_get_system (ProlongClock *clock)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gint64
real_get_boot (ProlongClock *clock)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec;
}

static const char *
real_get_boot_id (ProlongClock *clock)
{
  ProlongClockPrivate *priv = prolong_clock_get_instance_private (clock);

  if (priv->boot_id == NULL)
    {
      if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &priv->boot_id, NULL, NULL))
        g_strstrip (priv->boot_id);
      else
        priv->boot_id = g_uuid_string_random ();
    }
  return priv->boot_id;
}

static void
real_set_alarm (ProlongClock *clock, gint64 instant)
{
  ProlongClockPrivate *priv = prolong_clock_get_instance_private (clock);
  struct itimerspec spec = { 0 };

  if (priv->fd < 0)
    {
      priv->fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
      if (priv->fd < 0)
        {
          g_warning ("No alarm: %s", g_strerror (errno));
          return;
        }
      priv->source = g_unix_fd_add (priv->fd, G_IO_IN, on_timer, clock);
    }

  /* The timer stays armed far in the future when there is nothing to wait for, because only an armed timer
   * tells that the clock was set; and an alarm at 0 would disarm it. */
  spec.it_value.tv_sec = CLAMP (instant, 1, G_MAXINT32 * G_GINT64_CONSTANT (4));
  if (timerfd_settime (priv->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) < 0)
    g_warning ("No alarm: %s", g_strerror (errno));
}

static void
prolong_clock_finalize (GObject *object)
{
  ProlongClockPrivate *priv = prolong_clock_get_instance_private (PROLONG_CLOCK (object));

  g_clear_handle_id (&priv->source, g_source_remove);
  if (priv->fd >= 0)
    close (priv->fd);
  g_free (priv->boot_id);
  G_OBJECT_CLASS (prolong_clock_parent_class)->finalize (object);
}

static void
prolong_clock_class_init (ProlongClockClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_clock_finalize;
  class->get_system = real_get_system;
  class->get_boot = real_get_boot;
  class->get_boot_id = real_get_boot_id;
  class->set_alarm = real_set_alarm;

  signals[WOKE] = g_signal_new ("woke", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
prolong_clock_init (ProlongClock *clock)
{
  ProlongClockPrivate *priv = prolong_clock_get_instance_private (clock);

  priv->fd = -1;
}

ProlongClock *
prolong_clock_new (void)
{
  return g_object_new (PROLONG_TYPE_CLOCK, NULL);
}

gint64
prolong_clock_get_system (ProlongClock *clock)
{
  return PROLONG_CLOCK_GET_CLASS (clock)->get_system (clock);
}

gint64
prolong_clock_get_boot (ProlongClock *clock)
{
  return PROLONG_CLOCK_GET_CLASS (clock)->get_boot (clock);
}

const char *
prolong_clock_get_boot_id (ProlongClock *clock)
{
  return PROLONG_CLOCK_GET_CLASS (clock)->get_boot_id (clock);
}

void
prolong_clock_set_alarm (ProlongClock *clock, gint64 instant)
{
  PROLONG_CLOCK_GET_CLASS (clock)->set_alarm (clock, instant);
}

void
prolong_clock_wake (ProlongClock *clock)
{
  g_signal_emit (clock, signals[WOKE], 0);
}
