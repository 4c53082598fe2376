/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/coverage-plan.h"

/* A hand-over takes a moment; what is shorter than this is no gap that a person would want to know of. */
#define SHORTEST_GAP G_GINT64_CONSTANT (3600)

static void
add (GArray *plan, ProlongSpanKind kind, gint64 from, gint64 to, const ProlongReserveInfo *reserve)
{
  ProlongSpan span = { kind, from, to, reserve };

  if (to > from)
    g_array_append_val (plan, span);
}

/* Returns where coverage ends with this code behind what is there. */
static gint64
add_reserve (GArray *plan, const ProlongReserveInfo *reserve, gint64 end)
{
  gint64 from = MAX (reserve->starts_at, end);
  gint64 to = reserve->expires_at != 0 ? reserve->expires_at : from + reserve->term;

  if (reserve->state == PROLONG_RESERVE_PROBLEM || to <= end)
    return end;
  if (from - end > SHORTEST_GAP)
    add (plan, PROLONG_SPAN_GAP, end, from, NULL);
  else
    from = end;
  add (plan, PROLONG_SPAN_RESERVE, from, to, reserve);
  return to;
}

GArray *
prolong_coverage_plan_new (const ProlongLicenseInfo *license, GPtrArray *reserves, gint64 now)
{
  GArray *plan = g_array_new (FALSE, FALSE, sizeof (ProlongSpan));
  gint64 end = now;

  if (license != NULL && prolong_state_is_running (license->state))
    {
      end = MAX (now, prolong_license_info_get_end (license));
      add (plan, PROLONG_SPAN_LICENSE, now, end, NULL);
    }
  for (guint i = 0; i < reserves->len; i++)
    end = add_reserve (plan, g_ptr_array_index (reserves, i), end);
  return plan;
}
