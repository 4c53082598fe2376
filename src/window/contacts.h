/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * prolong_contacts_new:
 * @url: of its page; empty for none, as the others
 *
 * Returns: (nullable): rows that open the page, a new e-mail, or a call to whom @title names; %NULL where
 * nothing of it is known. They need the action of prolong_contacts_install_action().
 */
GtkWidget *prolong_contacts_new (const char *title, const char *url, const char *email, const char *phone);

/** prolong_contacts_may_open: whether @address is one that a button may open: a web page, an e-mail, or a
 * call. */
gboolean prolong_contacts_may_open (const char *address);

/** prolong_contacts_install_action: `contact.open` with the address, for the widgets within those of @klass.
 */
void prolong_contacts_install_action (GtkWidgetClass *klass);

G_END_DECLS
