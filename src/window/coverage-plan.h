/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/client.h"

G_BEGIN_DECLS

typedef enum
{
  PROLONG_SPAN_LICENSE,
  PROLONG_SPAN_RESERVE,
  PROLONG_SPAN_GAP,
} ProlongSpanKind;

/**
 * ProlongSpan:
 * @from: seconds UTC
 * @to: seconds UTC, later than @from
 * @reserve: (nullable): the code that gives it; points into the snapshot
 */
typedef struct
{
  ProlongSpanKind kind;
  gint64 from;
  gint64 to;
  const ProlongReserveInfo *reserve;
} ProlongSpan;

/**
 * prolong_coverage_plan_new:
 * @license: (nullable): the current license
 * @reserves: (element-type ProlongReserveInfo): in their order
 * @now: seconds UTC
 *
 * What follows what, from now on, without a hole: where nothing counts there is a span that says so. Codes
 * that cannot take over, and those of which nothing is known yet, add nothing.
 *
 * Returns: (transfer full) (element-type ProlongSpan): empty when nothing counts now or later
 */
GArray *prolong_coverage_plan_new (const ProlongLicenseInfo *license, GPtrArray *reserves, gint64 now);

G_END_DECLS
