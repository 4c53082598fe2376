/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/setup.h"
#include "service/worker.h"

G_BEGIN_DECLS

/**
 * ProlongPost:
 *
 * Has a courier process see to each e-mail of the queue when it is due, a few at a time, from the default
 * main context and without blocking it.
 */
typedef struct _ProlongPost ProlongPost;

/**
 * prolong_post_new:
 * @reader: must outlive the post, and be stopped before the post is freed
 */
ProlongPost *prolong_post_new (ProlongSetup *setup, ProlongWorker *reader);

/** prolong_post_free: couriers under way go on by themselves. */
void prolong_post_free (ProlongPost *post);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongPost, prolong_post_free)

/** prolong_post_check: to be called when e-mails may have been queued; others are noticed by the post itself.
 */
void prolong_post_check (ProlongPost *post);

/** prolong_post_set_setup: whether and as whom it sends from now on. */
void prolong_post_set_setup (ProlongPost *post, ProlongSetup *setup);

G_END_DECLS
