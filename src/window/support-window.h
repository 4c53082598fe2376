/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/support-form.h"

G_BEGIN_DECLS

/**
 * ProlongSupportWindow:
 *
 * Writes to a vendor's support: the form, the diagnosis before it is attached, and what became of the
 * request.
 */
#define PROLONG_TYPE_SUPPORT_WINDOW (prolong_support_window_get_type ())
G_DECLARE_FINAL_TYPE (ProlongSupportWindow, prolong_support_window, PROLONG, SUPPORT_WINDOW, AdwWindow)

/**
 * prolong_support_window_show:
 * @product: the one that it is about
 * @draft: (nullable): what is known of the request
 *
 * Without support topics the vendor's own page or address is opened instead.
 */
void prolong_support_window_show (GtkWindow *parent,
                                  ProlongClient *client,
                                  const char *vendor,
                                  const char *product,
                                  const ProlongSupportDraft *draft);

G_END_DECLS
