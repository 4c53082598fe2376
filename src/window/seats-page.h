/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/client.h"

G_BEGIN_DECLS

/**
 * ProlongSeatsPage:
 *
 * The devices that hold the seats of a code or of a license; one of them can be released after a question.
 * Emits `released` when that was done, and `another` when the person would rather enter another code.
 */
#define PROLONG_TYPE_SEATS_PAGE (prolong_seats_page_get_type ())
G_DECLARE_FINAL_TYPE (ProlongSeatsPage, prolong_seats_page, PROLONG, SEATS_PAGE, AdwBin)

GtkWidget *prolong_seats_page_new (ProlongClient *client);

/**
 * prolong_seats_page_show_code:
 * @details: (nullable): of `code-exhausted`; shown until the service has told more
 */
void prolong_seats_page_show_code (ProlongSeatsPage *self,
                                   const char *vendor,
                                   ProlongCode *code,
                                   GVariant *details);

/** prolong_seats_page_show_license: @path is the object path of the license. */
void prolong_seats_page_show_license (ProlongSeatsPage *self, const char *path, const char *name);

/** prolong_seats_page_forget: forgets the code. */
void prolong_seats_page_forget (ProlongSeatsPage *self);

/** prolong_seats_page_focus: moves the focus to the heading. */
void prolong_seats_page_focus (ProlongSeatsPage *self);

/** prolong_seats_window_show: the seats of a license in a window of their own. */
void prolong_seats_window_show (GtkWindow *parent, ProlongClient *client, const ProlongLicenseInfo *license);

G_END_DECLS
