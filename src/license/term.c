/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/term.h"

static const char *const state_names[] = {
  [PROLONG_STATE_NONE] = "none",         [PROLONG_STATE_ACTIVE] = "active",
  [PROLONG_STATE_EXPIRING] = "expiring", [PROLONG_STATE_GRACE] = "grace",
  [PROLONG_STATE_EXPIRED] = "expired",   [PROLONG_STATE_BLOCKED] = "blocked",
  [PROLONG_STATE_PENDING] = "pending",
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == PROLONG_N_STATES);

const char *
prolong_state_get_name (ProlongState state)
{
  g_return_val_if_fail ((guint)state < PROLONG_N_STATES, NULL);

  return state_names[state];
}

gboolean
prolong_state_from_name (const char *name, ProlongState *state)
{
  for (guint i = 0; name != NULL && i < PROLONG_N_STATES; i++)
    if (g_str_equal (name, state_names[i]))
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
prolong_state_is_running (ProlongState state)
{
  return state == PROLONG_STATE_ACTIVE || state == PROLONG_STATE_EXPIRING || state == PROLONG_STATE_GRACE;
}

guint
prolong_days_left (gint64 end, gint64 now)
{
  guint64 seconds, days;

  if (end <= now)
    return 0;
  /* Unsigned, so that instants far apart do not overflow. */
  seconds = (guint64)end - (guint64)now;
  days = (seconds - 1) / PROLONG_SECONDS_PER_DAY + 1;
  return (guint)MIN (days, (guint64)G_MAXUINT);
}

/* The end that the person waits for: of the license or, once that is over, of the grace period; 0 when all is
 * over. */
static gint64
get_end (const ProlongTicket *ticket, gint64 now, gboolean *in_grace)
{
  gboolean running = ticket->status != PROLONG_LICENSE_BLOCKED && ticket->status != PROLONG_LICENSE_EXPIRED;

  *in_grace = ticket->status == PROLONG_LICENSE_GRACE || now >= ticket->expires;
  if (!running || now >= (*in_grace ? ticket->grace_until : ticket->expires))
    return 0;
  return *in_grace ? ticket->grace_until : ticket->expires;
}

ProlongState
prolong_ticket_get_state (const ProlongTicket *ticket, gint64 now, guint first_reminder)
{
  gboolean in_grace;
  gint64 end = get_end (ticket, now, &in_grace);

  if (ticket->status == PROLONG_LICENSE_BLOCKED)
    return PROLONG_STATE_BLOCKED;
  if (end == 0)
    return PROLONG_STATE_EXPIRED;
  if (in_grace)
    return PROLONG_STATE_GRACE;
  return prolong_days_left (end, now) <= first_reminder ? PROLONG_STATE_EXPIRING : PROLONG_STATE_ACTIVE;
}

guint
prolong_ticket_get_days_left (const ProlongTicket *ticket, gint64 now)
{
  gboolean in_grace;
  gint64 end = get_end (ticket, now, &in_grace);

  return end != 0 ? prolong_days_left (end, now) : 0;
}

gint64
prolong_ticket_next_change (const ProlongTicket *ticket, gint64 now)
{
  gboolean in_grace;
  gint64 end = get_end (ticket, now, &in_grace);

  if (end == 0)
    return G_MAXINT64;
  return end - ((gint64)prolong_days_left (end, now) - 1) * PROLONG_SECONDS_PER_DAY;
}

gint64
prolong_now (gint64 system, gint64 service, gint64 elapsed, gboolean *behind)
{
  gint64 known = service > 0 ? service + MAX (elapsed, 0) : 0;

  if (behind != NULL)
    *behind = known - system > PROLONG_CLOCK_TOLERANCE;
  return MAX (system, known);
}
