/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ProlongCoverage:
 * @term: seconds that the code grants, 0 for unknown
 * @first_activated: when the code was used first, on whichever device; its term counts from there (S3); 0 for
 * never
 * @counts: whether it would be activated at all
 * @starts: (out): when it takes over, 0 for unknown or never
 * @expires: (out): when what it gives ends, 0 for unknown or never
 * @turn: (out): when its turn would come, where it has ended by then and adds nothing in this place; else 0
 *
 * A reserve code in the order of those that follow a license (A6).
 */
typedef struct
{
  gint64 term;
  gint64 first_activated;
  gboolean counts;
  gint64 starts;
  gint64 expires;
  gint64 turn;
} ProlongCoverage;

/**
 * prolong_coverage_lay_out:
 * @end: when the current license ends, or, without one, now
 * @codes: in the order in which they take over
 *
 * Lays the terms of @codes one after the other, each starting when the one before it ends (S1).
 *
 * Returns: until when there is no gap.
 */
gint64 prolong_coverage_lay_out (gint64 end, ProlongCoverage *codes, guint n_codes);

G_END_DECLS
