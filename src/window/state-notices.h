/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "window/choice.h"

G_BEGIN_DECLS

/**
 * prolong_state_notices_update:
 * @box: a box that holds nothing else; hidden while there is nothing to tell
 * @codes: whether there are reserve codes, which need the keyring
 *
 * Tells what is the matter around the licenses (the keyring, the service, the disk, the clock), each with a
 * way out.
 */
void prolong_state_notices_update (GtkBox *box,
                                   const ProlongSnapshot *snapshot,
                                   const ProlongChoice *choice,
                                   gboolean codes);

G_END_DECLS
