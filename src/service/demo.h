/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"

G_BEGIN_DECLS

/**
 * prolong_demo_fill:
 * @office: that of a demo vendor
 *
 * Issues a code for every situation that a person may want to see, unless @store has them from an earlier
 * start, and prints them as `NAME<TAB>CODE<TAB>DESCRIPTION`. The codes are the same at every start.
 */
gboolean prolong_demo_fill (const ProlongOffice *office, ProlongStore *store, gint64 now, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_demo_renew:
 * @next: (inout): the next time at which there is something to do; made earlier
 *
 * Renews the demo's subscription of two minutes, some seconds after its end.
 */
gboolean prolong_demo_renew (const ProlongOffice *office,
                             ProlongStore *store,
                             gint64 now,
                             gint64 *next,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
