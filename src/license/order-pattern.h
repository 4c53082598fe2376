/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PROLONG_ORDER_NUMBER_MAX 64

/*
 * What order numbers of one place look like, as a profile states it. Capitals, digits and `-`, `/`, `.`, `_`
 * stand for themselves, `#` for a digit, `@` for a letter, and `*` for either, where the number as a whole
 * must have both; `[23]` is one of these characters. `{11}` or `{6,12}` after one of them says how many; only
 * one in a pattern may vary, so that the length of a number tells how many it has, and nothing is ever tried
 * twice.
 */

/** prolong_order_pattern_is_sound: whether @pattern is one. */
gboolean prolong_order_pattern_is_sound (const char *pattern);

/** prolong_order_pattern_fits: whether @number, of prolong_order_number_fold(), is what the sound @pattern
 * says. */
gboolean prolong_order_pattern_fits (const char *pattern, const char *number);

/**
 * prolong_order_number_fold:
 * @text: what a person typed or pasted
 *
 * Returns: (transfer full) (nullable): @text in capitals, without white space, with `-` for every dash and
 * Latin letters for the Cyrillic ones that look like them; %NULL when something else is in it, or more than
 * any order number has.
 */
char *prolong_order_number_fold (const char *text);

G_END_DECLS
