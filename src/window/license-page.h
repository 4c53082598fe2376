/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongLicensePage:
 *
 * One license: how long it lasts, what it is, and what can be done with it. Its buttons are actions of the
 * window.
 */
#define PROLONG_TYPE_LICENSE_PAGE (prolong_license_page_get_type ())
G_DECLARE_FINAL_TYPE (ProlongLicensePage, prolong_license_page, PROLONG, LICENSE_PAGE, AdwBin)

GtkWidget *prolong_license_page_new (void);

/**
 * prolong_license_page_update:
 * @choice: a choice with a license
 * @chooser: whether there are other products to choose
 * @refreshing: whether the service is being asked at this moment
 */
void prolong_license_page_update (ProlongLicensePage *self,
                                  const ProlongChoice *choice,
                                  gboolean chooser,
                                  gboolean refreshing);

/** prolong_license_page_focus: moves the focus to the heading. */
void prolong_license_page_focus (ProlongLicensePage *self);

G_END_DECLS
