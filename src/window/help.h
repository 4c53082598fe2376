/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * prolong_help_show:
 * @window: tells the person when that does not work
 * @panel: (nullable): name of the panel that the help is for
 *
 * Opens the page of a panel, in the language of the window: in the desktop's help viewer, or in the browser
 * where there is none. `PROLONG_HELP_DIR` names where the pages for the browser are instead of the directory
 * of the installation.
 */
void prolong_help_show (GtkWindow *window, const char *panel);

G_END_DECLS
