/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ProlongWrapBox:
 *
 * Children side by side, in the middle; those that do not fit go to the next line.
 */
#define PROLONG_TYPE_WRAP_BOX (prolong_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (ProlongWrapBox, prolong_wrap_box, PROLONG, WRAP_BOX, GtkWidget)

void prolong_wrap_box_append (ProlongWrapBox *self, GtkWidget *child);
void prolong_wrap_box_clear (ProlongWrapBox *self);

G_END_DECLS
