/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * prolong_pages_add:
 *
 * Serves the web shop under `/shop/`, from the files that are compiled in, and leads `/` and `/shop` there.
 * The pages may load nothing from elsewhere, be shown in no frame and tell nobody where a reader came from.
 */
void prolong_pages_add (SoupServer *soup);

G_END_DECLS
