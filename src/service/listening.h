/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * prolong_listening_start:
 * @address: `ADDRESS:PORT`; port 0 picks a free one
 *
 * Returns: (transfer full): the base URL of the protocol.
 */
char *prolong_listening_start (SoupServer *soup, const char *address, GError **error);

/** prolong_listening_stop: new connections are refused; those that there are go on. */
void prolong_listening_stop (SoupServer *soup);

G_END_DECLS
