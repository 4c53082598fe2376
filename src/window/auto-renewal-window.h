/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongAutoRenewalWindow:
 *
 * Guides a person to the way in which auto-renewal is turned off where the subscription was bought, and goes
 * it where the renewal service can.
 */
#define PROLONG_TYPE_AUTO_RENEWAL_WINDOW (prolong_auto_renewal_window_get_type ())
G_DECLARE_FINAL_TYPE (ProlongAutoRenewalWindow,
                      prolong_auto_renewal_window,
                      PROLONG,
                      AUTO_RENEWAL_WINDOW,
                      AdwWindow)

/** prolong_auto_renewal_window_show: for the license of a product. */
void prolong_auto_renewal_window_show (GtkWindow *parent,
                                       ProlongClient *client,
                                       const char *vendor,
                                       const char *product);

G_END_DECLS
