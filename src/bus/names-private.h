/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a name on the bus is a known one; its value in the enumeration is then in @value. */
gboolean prolong_step_from_name (const char *name, int *value);
gboolean prolong_operation_kind_from_name (const char *name, int *value);
gboolean prolong_reserve_state_from_name (const char *name, int *value);

G_END_DECLS
