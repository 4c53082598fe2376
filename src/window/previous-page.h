/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/words.h"

G_BEGIN_DECLS

/**
 * ProlongPreviousPage:
 *
 * Asks for the code of the license that a renewal code extends, or for consent to a shorter term. Emits
 * `submitted` when prolong_previous_page_read() has a code, `shorter` on consent, and `declined`.
 */
#define PROLONG_TYPE_PREVIOUS_PAGE (prolong_previous_page_get_type ())
G_DECLARE_FINAL_TYPE (ProlongPreviousPage, prolong_previous_page, PROLONG, PREVIOUS_PAGE, AdwBin)

GtkWidget *prolong_previous_page_new (void);

/**
 * prolong_previous_page_show:
 * @format: of the vendor's codes
 * @shorter_term: seconds that the code gives without the previous license; 0 when that is not offered
 * @refused: whether a previous code was given and did not do
 */
void prolong_previous_page_show (ProlongPreviousPage *self,
                                 const ProlongCodeFormat *format,
                                 gint64 shorter_term,
                                 gboolean refused);

/** prolong_previous_page_read: (transfer full) (nullable): the code; %NULL after telling what is wrong with
 * it. */
ProlongCode *prolong_previous_page_read (ProlongPreviousPage *self);

/** prolong_previous_page_clear: forgets the code. */
void prolong_previous_page_clear (ProlongPreviousPage *self);

/** prolong_previous_page_focus: moves the focus to the heading. */
void prolong_previous_page_focus (ProlongPreviousPage *self);
GtkWidget *prolong_previous_page_get_button (ProlongPreviousPage *self);

G_END_DECLS
