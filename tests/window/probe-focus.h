/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Tells from now on where the keyboard is in the windows of this program. */
void probe_focus_attach (void);
