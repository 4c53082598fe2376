/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * prolong_help_show:
 * @window: tells the person when that does not work
 * @place: (nullable): name of the panel, or of the type of the window, that the help is for
 *
 * Opens the page of a place, in the language of the window: in the desktop's help viewer, or in the browser
 * where there is none. `PROLONG_HELP_DIR` names where the pages for the browser are instead of the directory
 * of the installation.
 */
void prolong_help_show (GtkWindow *window, const char *place);

/** prolong_help_show_for_window: the page of a window that has one of its own; %FALSE when @window has none.
 */
gboolean prolong_help_show_for_window (GtkWindow *window);

G_END_DECLS
