/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/office.h"

/* Ends the program unless @good. */
void bench_check (gboolean good, GError *error);

/* Issues @count codes in one transaction. Returns: the row before the first of them; rows count up by one. */
gint64 bench_issue (const ProlongOffice *office, ProlongStore *store, guint count);

/* Writes the rows that the activation of @code leaves, @i being its number. */
void bench_write_rows (ProlongStore *store, gint64 code, guint i);
