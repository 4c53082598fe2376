/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/ticket.h"

G_BEGIN_DECLS

/* By value, ended by NULL. They stand apart from the ticket, so that naming them takes no JSON, no Nettle. */
extern const char *const prolong_license_kind_names[];
extern const char *const prolong_license_status_names[];

G_END_DECLS
