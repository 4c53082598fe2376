/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * prolong_connection_busy:
 *
 * To be called when @message was started. Together with prolong_connection_idle() it closes a connection
 * that its client has left between two requests; SoupServer before 3.3 keeps such a connection for ever.
 */
void prolong_connection_busy (SoupServerMessage *message);

/**
 * prolong_connection_lost: to be called when @message was aborted. SoupServer has then read the end of the
 * stream itself, and the connection must not be taken from it any more.
 */
void prolong_connection_lost (SoupServerMessage *message);

/** prolong_connection_idle: to be called when @message has finished. */
void prolong_connection_idle (SoupServerMessage *message);

G_END_DECLS
