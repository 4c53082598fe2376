/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bus/client.h"

G_BEGIN_DECLS

/** prolong_license_details_show: a window with everything that is known about a license, ready to be copied.
 */
void
prolong_license_details_show (GtkWindow *parent, const ProlongLicenseInfo *license, const char *device_name);

G_END_DECLS
