/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProlongStartAtLogin:
 *
 * Whether the agent starts with the session: an XDG autostart entry or, inside a sandbox, the Background
 * portal. The first saved reserve code switches it on, unless the person has switched it off (design: the
 * agent). The property `state` is `on`, `off`, `refused`, or `background-refused` when the desktop does not
 * let the agent run without a window.
 */
#define PROLONG_TYPE_START_AT_LOGIN (prolong_start_at_login_get_type ())
G_DECLARE_FINAL_TYPE (ProlongStartAtLogin, prolong_start_at_login, PROLONG, START_AT_LOGIN, GObject)

ProlongStartAtLogin *prolong_start_at_login_new (void);
const char *prolong_start_at_login_get_state (ProlongStartAtLogin *login);

/**
 * prolong_start_at_login_set_async:
 *
 * What the person chose. It answers when the outcome stands in the state, `refused` included; inside a
 * sandbox the desktop may ask the person first.
 */
void prolong_start_at_login_set_async (ProlongStartAtLogin *login,
                                       gboolean on,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/** prolong_start_at_login_set_finish: fails with %PROLONG_PROBLEM_STORAGE_FULL when the choice cannot be
 * kept. */
gboolean prolong_start_at_login_set_finish (ProlongStartAtLogin *login, GAsyncResult *result, GError **error);

/** prolong_start_at_login_suggest: switches it on unless the person ever chose. */
void prolong_start_at_login_suggest (ProlongStartAtLogin *login);

/**
 * prolong_start_at_login_ask_to_stay: inside a sandbox, asks the desktop to leave the agent running without a
 * window. A desktop ends, or asks the person about, what runs so without having asked. Else there is nothing
 * to ask.
 */
void prolong_start_at_login_ask_to_stay (ProlongStartAtLogin *login);

G_END_DECLS
