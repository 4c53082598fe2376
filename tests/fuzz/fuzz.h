/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** LLVMFuzzerTestOneInput: what libFuzzer calls with every input; aborts when a promise is broken. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);
