/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * prolong_courier_run:
 * @directory: of the service
 * @shop_url: where the shop is, for the links
 * @id: of an e-mail in the queue
 *
 * Sees to one e-mail, in a process of its own: it blocks, it takes the language of the e-mail for the
 * process, and it goes on when the service that started it dies. What is not due, or done, is left alone. How
 * it ended is in the queue.
 *
 * Returns: %FALSE when that could not be written; the queue is then as it was, or the e-mail is in doubt.
 */
gboolean prolong_courier_run (const char *directory, const char *shop_url, gint64 id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_mail_set_observer:
 * @observer: (nullable): called with the name of each point on the way of an e-mail that is reached
 *
 * For tests that end a process there.
 */
void prolong_mail_set_observer (void (*observer) (const char *point));

/** prolong_mail_reach: tells the observer of a point. */
void prolong_mail_reach (const char *point);

G_END_DECLS
