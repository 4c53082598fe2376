/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * When the agent tries again (design: the agent). Many devices whose licenses end at one instant, or whose
 * service comes back at one instant, must not come at one instant.
 */

/**
 * prolong_schedule_retry:
 * @failures: attempts that failed so far, at least 1
 * @chance: a random number from 0 to 1
 *
 * 15 min, 15, 30, 1 h, 2, 4, 8, then daily, each multiplied by a factor between 0.5 and 2.
 *
 * Returns: seconds to wait.
 */
gint64 prolong_schedule_retry (guint failures, double chance);

/**
 * prolong_schedule_after:
 * @retry_after: seconds that the service wants to be left alone, 0 for unstated
 *
 * Returns: seconds to wait: as the service says, spread over a minute, else prolong_schedule_retry().
 */
gint64 prolong_schedule_after (guint failures, gint64 retry_after, double chance);

/**
 * prolong_schedule_order:
 * @asks: how often the service was asked about an order and had no news, since it was placed or the person
 * was last at the payment page
 * @chance: a random number from 0 to 1
 *
 * Soon at first, for most orders are paid within minutes; every six hours after a day. Multiplied like a
 * retry.
 *
 * Returns: seconds to the next time.
 */
gint64 prolong_schedule_order (guint asks, double chance);

/** PROLONG_SCHEDULE_ORDER_PAUSE: seconds within which an order is not asked about twice unless the person
 * wants it. */
#define PROLONG_SCHEDULE_ORDER_PAUSE 2

/** prolong_schedule_check: seconds from one status check to the next: a day, a quarter more or less. */
gint64 prolong_schedule_check (double chance);

/**
 * prolong_schedule_renewal:
 * @expires: the end of a subscription
 * @grace_until: the end of its grace; not before @expires
 * @asked: when the service was last asked
 *
 * A subscription renews at its end, and some providers report that up to a day later. So the service is asked
 * just before each of the two ends, within a minute after it, and then again and again, at least every hour,
 * until it is renewed or a day has passed.
 *
 * Returns: the instant at which it is to be asked; %G_MAXINT64 for none.
 */
gint64 prolong_schedule_renewal (gint64 expires, gint64 grace_until, gint64 asked, double chance);

/** prolong_schedule_soon: seconds, within a minute, for what all devices learn of at the same time. */
gint64 prolong_schedule_soon (double chance);

/**
 * prolong_schedule_return:
 *
 * Returns: seconds, within a minute, after the network or the keyring came back; at least a few, since a
 * network that is up may still lack an address or a route.
 */
gint64 prolong_schedule_return (double chance);

/** prolong_schedule_chance: a random number from 0 to 1 for the functions above. */
double prolong_schedule_chance (void);

/** prolong_schedule_set_chance: (nullable) @chance: for tests that cannot wait a minute. */
void prolong_schedule_set_chance (double (*chance) (void));

G_END_DECLS
