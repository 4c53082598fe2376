/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** prolong_first_start_claim: TRUE the first time it is called for this account, FALSE ever after. */
gboolean prolong_first_start_claim (void);

/** prolong_tell_once: the same for one thing that is to be told once; @what is a short ASCII name. */
gboolean prolong_tell_once (const char *what);

G_END_DECLS
