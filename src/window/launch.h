/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * prolong_launch:
 * @window: tells the person when that does not work
 * @uri: a web page, an e-mail address, a file or a help page
 *
 * Opens @uri with the program that the desktop has for it; in a sandbox through the portal.
 */
void prolong_launch (GtkWindow *window, const char *uri);

G_END_DECLS
