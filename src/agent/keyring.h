/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "license/code.h"

G_BEGIN_DECLS

/**
 * ProlongKeyring:
 *
 * Where activation codes live (G2): the Secret Service, inside a sandbox the Secret portal, always through
 * `secret_password_*`. An item is found by a random id; its label shows the masked code. Every call has a
 * time limit, which does not run while the person may be looking at a prompt.
 *
 * Errors are %PROLONG_PROBLEM_KEYRING_LOCKED, %PROLONG_PROBLEM_KEYRING_UNAVAILABLE and
 * %PROLONG_PROBLEM_CANCELLED.
 */
#define PROLONG_TYPE_KEYRING (prolong_keyring_get_type ())
G_DECLARE_FINAL_TYPE (ProlongKeyring, prolong_keyring, PROLONG, KEYRING, GObject)

/** prolong_keyring_new: emits `ready` when a keyring that was found locked is so no longer, or one has come
 * after none. */
ProlongKeyring *prolong_keyring_new (void);

/** prolong_keyring_get_state: the property `state`: `unknown`, `available`, `locked` or `unavailable`. */
const char *prolong_keyring_get_state (ProlongKeyring *keyring);

/** prolong_keyring_store_async: keeps @code under @id; asks the person to unlock the keyring when it is
 * locked. */
void prolong_keyring_store_async (ProlongKeyring *keyring,
                                  const char *id,
                                  ProlongCode *code,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean prolong_keyring_store_finish (ProlongKeyring *keyring,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_keyring_lookup_async:
 * @may_prompt: whether the person is there to unlock the keyring; otherwise a locked one is an error
 *
 * A code that is not there, in a keyring that is not locked, is %PROLONG_PROBLEM_KEYRING_UNAVAILABLE too.
 */
void prolong_keyring_lookup_async (ProlongKeyring *keyring,
                                   const char *id,
                                   gboolean may_prompt,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
ProlongCode *prolong_keyring_lookup_finish (ProlongKeyring *keyring,
                                            GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_keyring_clear_async: removes the item @id; that there is none is no error. For @may_prompt see
 * above. */
void prolong_keyring_clear_async (ProlongKeyring *keyring,
                                  const char *id,
                                  gboolean may_prompt,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean prolong_keyring_clear_finish (ProlongKeyring *keyring, GAsyncResult *result, GError **error);

G_END_DECLS
