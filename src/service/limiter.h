/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PROLONG_LIMITER_WINDOW 60 /* seconds */

/**
 * ProlongLimiter:
 *
 * Counts something that each client address does, such as trying unknown codes, in a window of a minute.
 * Right codes and refusals of known ones do not count. Addresses of IPv6 count by their /64. For one thread.
 */
typedef struct _ProlongLimiter ProlongLimiter;

/** What the RateLimit fields say of an address. */
typedef struct
{
  guint limit;
  guint remaining;
  guint reset; /* seconds until the window ends */
} ProlongLimiterState;

/** @limit: unknown codes in a window; 0: any number. */
ProlongLimiter *prolong_limiter_new (guint limit);
void prolong_limiter_free (ProlongLimiter *limiter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongLimiter, prolong_limiter_free)

/** prolong_limiter_allows: @now in seconds of any steady clock. Returns: whether @address may try a code. */
gboolean prolong_limiter_allows (ProlongLimiter *limiter,
                                 const char *address,
                                 gint64 now,
                                 ProlongLimiterState *state) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_limiter_count: @address tried an unknown code. */
void prolong_limiter_count (ProlongLimiter *limiter, const char *address, gint64 now);

G_END_DECLS
