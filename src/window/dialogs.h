/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/words.h"
#include "license/profile.h"
#include "window/choice.h"

G_BEGIN_DECLS

/* Every message dialog of the window, in one place. */

/** prolong_dialogs_set_parent: @window stands before @parent; the keys of the program, such as F1, hold in it
 * too. */
void prolong_dialogs_set_parent (GtkWindow *window, GtkWindow *parent);

/** prolong_dialogs_ask_remove: says what removing does and calls @confirmed when the person wants it. */
void prolong_dialogs_ask_remove (GtkWindow *parent,
                                 const ProlongLicenseInfo *license,
                                 GCallback confirmed,
                                 gpointer user_data);

/** prolong_dialogs_ask_release: asks whether to take the seat from a device; calls @confirmed if so. */
void
prolong_dialogs_ask_release (GtkWindow *parent, const char *device, GCallback confirmed, gpointer user_data);

/**
 * prolong_dialogs_ask_add_vendor:
 * @words: the question, and what a yes means
 * @verdict: of CheckVendor
 *
 * Shows @profile and calls @confirmed when the person wants it; @destroy is called in any case.
 */
void prolong_dialogs_ask_add_vendor (GtkWindow *parent,
                                     const ProlongWords *words,
                                     const char *verdict,
                                     const ProlongProfile *profile,
                                     void (*confirmed) (gpointer user_data),
                                     gpointer user_data,
                                     GDestroyNotify destroy);

/** prolong_dialogs_ask_remove_vendor: calls @confirmed when the person wants it. */
void prolong_dialogs_ask_remove_vendor (GtkWindow *parent,
                                        const char *name,
                                        GCallback confirmed,
                                        gpointer user_data);

/**
 * prolong_dialogs_ask_owner:
 * @owners: (element-type ProlongVendorInfo): whose codes look alike
 * @chosen: called with the id of the one that the person names, or with %NULL for none
 */
void prolong_dialogs_ask_owner (GtkWindow *parent,
                                GPtrArray *owners,
                                void (*chosen) (gpointer object, const char *vendor),
                                GObject *object);

/**
 * prolong_dialogs_ask_quit:
 * @parent: (nullable): none when no window is open
 * @at_login: whether the agent starts again at the next login
 *
 * Says that a reserve code takes over only while the agent runs, and calls @confirmed if it is to end all the
 * same.
 */
GtkWindow *prolong_dialogs_ask_quit (GtkApplication *application,
                                     GtkWindow *parent,
                                     gboolean at_login,
                                     GCallback confirmed,
                                     gpointer user_data);

/** prolong_dialogs_ask_forget_order: says what that means, and calls @confirmed when the person wants it. */
void prolong_dialogs_ask_forget_order (GtkWindow *parent, GCallback confirmed, gpointer user_data);

/**
 * prolong_dialogs_ask_email:
 * @email: what stands in the field first
 * @given: called with what the person entered, when that is to be used
 *
 * Asks where the license e-mail is to be sent again.
 */
void prolong_dialogs_ask_email (GtkWindow *parent,
                                const char *email,
                                void (*given) (gpointer object, const char *email),
                                GObject *object);

/** prolong_dialogs_show_address: nothing opens @address: it can be copied. */
void prolong_dialogs_show_address (GtkWindow *parent, const char *address);

/** prolong_dialogs_show_problem: tells what happened and what to do; @way_out is nullable. */
void prolong_dialogs_show_problem (GtkWindow *parent, const char *what, const char *way_out);
void prolong_dialogs_show_about (GtkWindow *parent);

G_END_DECLS
