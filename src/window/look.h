/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/client.h"

G_BEGIN_DECLS

/* How a state looks, the same on every panel; words always say it too. */

/** prolong_look_icon: name of a symbolic icon. */
const char *prolong_look_icon (ProlongState state);

/** prolong_look_style: (nullable): the libadwaita class that colours it. */
const char *prolong_look_style (ProlongState state, guint days_left);

/** prolong_look_license_style: (nullable): the same for a license; one that renews by itself is no cause for
 * alarm. */
const char *prolong_look_license_style (const ProlongLicenseInfo *license);

/** prolong_look_license_icon: name of a symbolic icon, likewise. */
const char *prolong_look_license_icon (const ProlongLicenseInfo *license);

/** prolong_look_pill: a rounded button for @action whose label wraps where there is no room. */
GtkWidget *prolong_look_pill (const char *label, const char *action, gboolean suggested);

/** prolong_look_button: a plain button whose label wraps where there is no room. */
GtkWidget *prolong_look_button (const char *label);

/** prolong_look_focus: moves the focus to a heading, which GTK does not do for a label that cannot be
 * selected. */
void prolong_look_focus (GtkLabel *heading);

/** prolong_look_scroll_to: brings @widget, which was just shown, into sight; what has the focus stays where
 * it is. */
void prolong_look_scroll_to (GtkWidget *widget);

/** prolong_look_name_alone: takes title and subtitle out of the spoken name of an #AdwActionRow, which is
 * given one that says both. */
void prolong_look_name_alone (GtkWidget *row);

/** prolong_look_menu: gives @button a menu that is called @name. */
void prolong_look_menu (GtkMenuButton *button, GMenuModel *menu, const char *name);

/** prolong_look_arrow: what stands at the end of a row that opens something. */
GtkWidget *prolong_look_arrow (void);

/** prolong_look_no_product: (transfer none): what to do where no vendor is known. */
const char *prolong_look_no_product (void);

/**
 * prolong_look_notice:
 * @title: (nullable): what is the matter
 * @body: (nullable): what it means and what to do
 * @button: (nullable): label of the way out
 * @action: (nullable): what the way out does
 *
 * Returns: a card that tells one thing.
 */
GtkWidget *prolong_look_notice (const char *icon,
                                const char *title,
                                const char *body,
                                const char *button,
                                const char *action);

/** prolong_look_twice: the warning of a double payment (E7); @action turns auto-renewal off. */
GtkWidget *prolong_look_twice (const char *action);

/** prolong_look_mark: the button of @notice, which has one, is what helps now. */
void prolong_look_mark (GtkWidget *notice);

G_END_DECLS
