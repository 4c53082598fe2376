/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/coverage-plan.h"

G_BEGIN_DECLS

/**
 * ProlongCoverage:
 *
 * A timeline: the current license, the reserve codes behind it, hatched where nothing counts, and dates
 * below.
 */
#define PROLONG_TYPE_COVERAGE (prolong_coverage_get_type ())
G_DECLARE_FINAL_TYPE (ProlongCoverage, prolong_coverage, PROLONG, COVERAGE, GtkWidget)

/** prolong_coverage_show: draws a plan, of which it keeps what it needs; @words tell the same. */
void prolong_coverage_show (ProlongCoverage *self, GArray *plan, const char *words);

G_END_DECLS
