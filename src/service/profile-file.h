/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * prolong_profile_file_add:
 * @id: of the vendor
 * @text: of the vendor profile
 *
 * Serves the profile as `/profile/ID.prolong-vendor`, and under `/profile`, for links in license e-mails: a
 * browser takes it as a download of Prolong's media type, and the desktop opens it with Prolong, which shows
 * it and asks.
 */
void prolong_profile_file_add (SoupServer *soup, const char *id, const char *text);

G_END_DECLS
