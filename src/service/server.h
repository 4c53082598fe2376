/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/directory.h"
#include "service/store/store.h"

G_BEGIN_DECLS

/** ProlongServer: the HTTP face of a service. Everything happens in the default main context. */
typedef struct _ProlongServer ProlongServer;

/** prolong_server_new: opens the database of @directory. */
ProlongServer *prolong_server_new (const ProlongDirectory *directory, GError **error);
void prolong_server_free (ProlongServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongServer, prolong_server_free)

/**
 * prolong_server_listen:
 * @directory: (transfer full): that of prolong_server_new(); SIGHUP has it read again, except for a demo
 * @address: `ADDRESS:PORT`; port 0 picks a free one
 *
 * Returns: (transfer none): the base URL of the protocol.
 */
const char *prolong_server_listen (ProlongServer *server,
                                   ProlongDirectory *directory,
                                   const char *address,
                                   GError **error);

/** prolong_server_run: returns after SIGTERM or SIGINT, when the answers in flight are sent. */
void prolong_server_run (ProlongServer *server);

/** prolong_server_count: requests that may change something, and the commits that they shared. */
void prolong_server_count (ProlongServer *server, guint *changes, guint *commits);

G_END_DECLS
