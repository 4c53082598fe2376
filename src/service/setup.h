/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/directory.h"
#include "service/office.h"

G_BEGIN_DECLS

/**
 * ProlongSetup:
 *
 * What a server knows from its directory: immutable and reference counted, so that an answer under way is
 * finished with the prices and keys that it began with, while the next one has those that were read again.
 */
typedef struct
{
  ProlongDirectory *directory;
  ProlongOffice office;
  char *shop_url;
  char *profile;   /* as it is handed out */
  GKeyFile *names; /* the same, read with its translations */
} ProlongSetup;

/**
 * prolong_setup_new:
 * @directory: (transfer full)
 * @url: base URL of the protocol where the server listens
 */
ProlongSetup *prolong_setup_new (ProlongDirectory *directory, const char *url, GError **error);

/**
 * prolong_setup_reload:
 *
 * Reads the directory of @setup again.
 *
 * Returns: (transfer full): what is there now; %NULL where something in it is wrong, or it is another
 * vendor's.
 */
ProlongSetup *prolong_setup_reload (const ProlongSetup *setup, const char *url, GError **error);

ProlongSetup *prolong_setup_ref (ProlongSetup *setup);

/** prolong_setup_unref: from any thread. */
void prolong_setup_unref (ProlongSetup *setup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongSetup, prolong_setup_unref)

G_END_DECLS
