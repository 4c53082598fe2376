/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ProlongApplication:
 *
 * The one instance of the window program: a second start raises the window of the first.
 */
#define PROLONG_TYPE_APPLICATION (prolong_application_get_type ())
G_DECLARE_FINAL_TYPE (ProlongApplication, prolong_application, PROLONG, APPLICATION, AdwApplication)

ProlongApplication *prolong_application_new (void);

G_END_DECLS
