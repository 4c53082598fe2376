/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/orders.h"
#include "service/setup.h"
#include "service/worker.h"

G_BEGIN_DECLS

/**
 * ProlongClerk:
 *
 * Does for a server what is due with orders, at its time: prolong_orders_sweep() on the writer. It sets one
 * timer, for the next thing that is due.
 */
typedef struct _ProlongClerk ProlongClerk;

/**
 * prolong_clerk_new:
 * @writer: must outlive the clerk
 * @swept: called in the main context when orders may have been changed
 *
 * It looks at once for what is due.
 */
ProlongClerk *
prolong_clerk_new (ProlongSetup *setup, ProlongWorker *writer, void (*swept) (gpointer data), gpointer data);

/** prolong_clerk_wake: orders have changed. */
void prolong_clerk_wake (ProlongClerk *clerk);

/** prolong_clerk_set_setup: from the next look on. */
void prolong_clerk_set_setup (ProlongClerk *clerk, ProlongSetup *setup);

/** prolong_clerk_stop: sets no more work; call it before the writer is stopped, and prolong_clerk_free()
 * after. */
void prolong_clerk_stop (ProlongClerk *clerk);
void prolong_clerk_free (ProlongClerk *clerk);

G_END_DECLS
