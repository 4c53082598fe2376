/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/schedule.h"

#include <math.h>

#define MINUTES(n) ((n)*60)
#define HOURS(n) ((n)*3600)

static const gint64 waits[] = {
  MINUTES (15), MINUTES (15), MINUTES (30), HOURS (1), HOURS (2), HOURS (4), HOURS (8), HOURS (24),
};

static const gint64 order_waits[] = {
  10,          10,          15,           15,           30,        30,        60,        60,
  MINUTES (2), MINUTES (5), MINUTES (10), MINUTES (30), HOURS (1), HOURS (3), HOURS (6),
};

/* Evenly spread on a logarithmic scale, so that halving is as likely as doubling. */
static gint64
spread (gint64 wait, double chance)
{
  return (gint64)(wait * pow (2.0, 2.0 * chance - 1.0));
}

gint64
prolong_schedule_retry (guint failures, double chance)
{
  return spread (waits[CLAMP (failures, 1, G_N_ELEMENTS (waits)) - 1], chance);
}

gint64
prolong_schedule_after (guint failures, gint64 retry_after, double chance)
{
  return retry_after > 0 ? retry_after + prolong_schedule_soon (chance)
                         : prolong_schedule_retry (failures, chance);
}

gint64
prolong_schedule_order (guint asks, double chance)
{
  return spread (order_waits[MIN (asks, G_N_ELEMENTS (order_waits) - 1)], chance);
}

gint64
prolong_schedule_check (double chance)
{
  return (gint64)(HOURS (24) * (0.75 + 0.5 * chance));
}

#define BEFORE_END MINUTES (10)
#define SHORTEST_WAIT 15

/* Just before @end, or within a minute after it; not twice. */
static gint64
around (gint64 end, gint64 asked, double chance)
{
  if (asked < end - BEFORE_END - 60)
    return end - 60 - (gint64)((BEFORE_END - 60) * (1.0 - chance));
  return asked < end ? end + 1 + (gint64)(59 * chance) : G_MAXINT64;
}

/* The longer it has been over, the less often. */
static gint64
again (gint64 end, gint64 asked, double chance)
{
  return asked + (gint64)(CLAMP (asked - end, SHORTEST_WAIT, HOURS (1)) * (0.5 + 0.5 * chance));
}

gint64
prolong_schedule_renewal (gint64 expires, gint64 grace_until, gint64 asked, double chance)
{
  gint64 end = MAX (expires, grace_until);
  gint64 next = MIN (around (expires, asked, chance), around (end, asked, chance));

  if (asked >= expires && asked < end + HOURS (24))
    next = MIN (next, again (expires, asked, chance));
  return next;
}

gint64
prolong_schedule_soon (double chance)
{
  return (gint64)(60 * chance);
}

#define RETURN_SECONDS 3

gint64
prolong_schedule_return (double chance)
{
  return RETURN_SECONDS + (gint64)((60 - RETURN_SECONDS) * chance);
}

static double (*chance_function) (void) = g_random_double;

double
prolong_schedule_chance (void)
{
  return chance_function ();
}

void
prolong_schedule_set_chance (double (*chance) (void))
{
  chance_function = chance != NULL ? chance : g_random_double;
}
