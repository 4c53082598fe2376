/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * prolong_cli_json_format:
 * @value: dictionaries with string keys become objects, other containers arrays, a maybe without a value null
 *
 * json-glib would cost a start of the program more than everything else in it.
 *
 * Returns: (transfer full): @value as compact JSON.
 */
char *prolong_cli_json_format (GVariant *value);

G_END_DECLS
