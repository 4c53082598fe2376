/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/window-private.h"

G_BEGIN_DECLS

/**
 * prolong_vendor_file_open:
 *
 * Reads a profile file, shows what it is and what adding it means, and gives it to the agent if the person
 * wants that.
 */
void prolong_vendor_file_open (ProlongWindow *window, GFile *file);

/** prolong_vendor_file_accept_drops: a profile file that is dropped on the window is opened. */
void prolong_vendor_file_accept_drops (ProlongWindow *window);

G_END_DECLS
