/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ProlongEmailPicture:
 *
 * A drawing of the license e-mail in which the activation code is marked, in the colours of light and dark.
 */
#define PROLONG_TYPE_EMAIL_PICTURE (prolong_email_picture_get_type ())
G_DECLARE_FINAL_TYPE (ProlongEmailPicture, prolong_email_picture, PROLONG, EMAIL_PICTURE, GtkWidget)

/** prolong_email_picture_show_number: whether it also shows where the license number stands, which is no
 * code. */
void prolong_email_picture_show_number (ProlongEmailPicture *self, gboolean number);

G_END_DECLS
