/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProlongStore:
 *
 * The state directory (0700): small files (0600), each written whole and durable, so that a file is there as
 * it was or as it is to be, whatever happens to the machine. Writes to one store happen in the order of the
 * calls.
 */
#define PROLONG_TYPE_STORE (prolong_store_get_type ())
G_DECLARE_FINAL_TYPE (ProlongStore, prolong_store, PROLONG, STORE, GObject)

/** prolong_store_new: @directory is made when the first file is written. */
ProlongStore *prolong_store_new (const char *directory);

/**
 * prolong_store_list:
 * @suffix: for example ".license"
 *
 * For the start of the agent, before its main loop runs.
 *
 * Returns: (transfer full): the names of the files that end in @suffix, sorted.
 */
GPtrArray *prolong_store_list (ProlongStore *store, const char *suffix);

/**
 * prolong_store_remove_partial:
 *
 * Removes what was left of writes that the end of an agent cut short: they may hold what is gone from the
 * file itself. For the start of the agent, once it is the only one.
 */
void prolong_store_remove_partial (ProlongStore *store);

/** prolong_store_read: (transfer full): the contents of a file, at most 64 KiB; for the start of the agent.
 */
char *prolong_store_read (ProlongStore *store, const char *name, gsize *length, GError **error);

/**
 * prolong_store_write_async:
 * @name: of the file, without a directory
 * @data: its contents; %NULL removes the file, which may be gone already
 *
 * Fails with %PROLONG_PROBLEM_STORAGE_FULL when the file cannot be written, whatever the reason: no space, no
 * permission, a broken disk. The file then is as it was.
 */
void prolong_store_write_async (ProlongStore *store,
                                const char *name,
                                GBytes *data,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean prolong_store_write_finish (ProlongStore *store,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
