/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/fields.h"

G_BEGIN_DECLS

#define PROLONG_MAX_SEATS 256

/* Of a ProlongSeat, in the answer about seats and in the problem `code-exhausted`. */
extern const ProlongField prolong_seat_fields[];

G_END_DECLS
