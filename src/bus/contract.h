/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "license/problem.h"

G_BEGIN_DECLS

#define PROLONG_BUS_MAX_DEVICE_NAME 256 /* bytes that SetDeviceName takes */

#define PROLONG_BUS_NAME "io.github.prolong.Prolong.Agent"
#define PROLONG_BUS_PATH "/io/github/prolong/Prolong/Agent"
#define PROLONG_BUS_LICENSES PROLONG_BUS_PATH "/licenses"
#define PROLONG_BUS_OPERATIONS PROLONG_BUS_PATH "/operations"
#define PROLONG_BUS_RESERVES PROLONG_BUS_PATH "/reserves"
#define PROLONG_BUS_MANAGER "io.github.prolong.Manager1"
#define PROLONG_BUS_LICENSE "io.github.prolong.License1"
#define PROLONG_BUS_OPERATION "io.github.prolong.Operation1"
#define PROLONG_BUS_RESERVE "io.github.prolong.Reserve1"
#define PROLONG_BUS_ERROR_PREFIX "io.github.prolong.Error."

/**
 * prolong_bus_errors_init:
 *
 * Registers a D-Bus error name for every problem, so that errors of the domain #PROLONG_PROBLEM cross the bus
 * in both directions. Called once by every program, before its first call.
 */
void prolong_bus_errors_init (void);

/** prolong_bus_error_get_name: (transfer full): for example `io.github.prolong.Error.CodeUnknown`. */
char *prolong_bus_error_get_name (ProlongProblem problem);

G_END_DECLS
