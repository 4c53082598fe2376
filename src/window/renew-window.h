/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * ProlongRenewWindow:
 *
 * Renewing a license: the vendor's offers, the check out, and what comes next. Where the vendor has no
 * offers, or cannot be asked, it shows the shops that it has.
 */
#define PROLONG_TYPE_RENEW_WINDOW (prolong_renew_window_get_type ())
G_DECLARE_FINAL_TYPE (ProlongRenewWindow, prolong_renew_window, PROLONG, RENEW_WINDOW, AdwWindow)

/** prolong_renew_window_show: @choice: what is renewed, with a vendor. */
void prolong_renew_window_show (GtkWindow *parent, ProlongClient *client, const ProlongChoice *choice);

G_END_DECLS
