/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/window.h"

G_BEGIN_DECLS

/** prolong_window_check_status: asks the services of all licenses anew, and tells what came of it. */
void prolong_window_check_status (ProlongWindow *window);

G_END_DECLS
