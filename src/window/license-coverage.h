/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongLicenseCoverage:
 *
 * What follows a license: the timeline, until when everything is covered, and the reserve codes.
 */
#define PROLONG_TYPE_LICENSE_COVERAGE (prolong_license_coverage_get_type ())
G_DECLARE_FINAL_TYPE (ProlongLicenseCoverage, prolong_license_coverage, PROLONG, LICENSE_COVERAGE, AdwBin)

/** prolong_license_coverage_update: returns how many reserve codes there are; without any nothing is shown.
 */
guint prolong_license_coverage_update (ProlongLicenseCoverage *self, const ProlongChoice *choice);

G_END_DECLS
