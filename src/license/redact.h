/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/code.h"

G_BEGIN_DECLS

/* What stands in the place of something hidden, whatever its length. */
#define PROLONG_REDACTED "•••••"

/**
 * prolong_redact:
 * @text: UTF-8
 * @formats: (array length=n_formats): of all vendors whose codes may stand in @text
 * @names: (nullable) (array zero-terminated=1): words to be hidden, in upper or lower case; %NULL hides only
 * secrets
 * @n_secrets: (out) (optional): how many secrets were hidden
 *
 * Hides secrets: activation codes as prolong_code_parse() forgives them, also mistyped ones, and tokens and
 * tickets: long words of letters and digits. With @names also license numbers, e-mail and network addresses
 * and these words. Nothing of what it gave is hidden by doing it once more.
 *
 * Returns: (transfer full): @text with %PROLONG_REDACTED in their places.
 */
char *prolong_redact (const char *text,
                      const ProlongCodeFormat *formats,
                      gsize n_formats,
                      const char *const *names,
                      guint *n_secrets);

G_END_DECLS
