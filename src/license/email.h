/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 5321 section 4.5.3.1, without the angle brackets. */
#define PROLONG_EMAIL_MAX_BYTES 254

/**
 * prolong_email_is_sound:
 *
 * Returns: whether @address has the form of an e-mail address to which mail can go everywhere: a dot-string
 * and a domain with a dot in it (RFC 5321 section 4.1.2), all ASCII. Quoted names and address literals are
 * refused, and with them everything that could begin another header, argument or address.
 */
gboolean prolong_email_is_sound (const char *address);

G_END_DECLS
