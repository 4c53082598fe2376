/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ProlongSheet:
 *
 * What an e-mail says, part by part, of which both its text and its HTML are made. All strings are plain
 * text: nothing in them is taken for markup.
 */
typedef struct _ProlongSheet ProlongSheet;

/** prolong_sheet_new: @title is in the HTML head and above the HTML text. */
ProlongSheet *prolong_sheet_new (const char *title);
void prolong_sheet_free (ProlongSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongSheet, prolong_sheet_free)

void prolong_sheet_add_heading (ProlongSheet *sheet, const char *text);
void prolong_sheet_add_paragraph (ProlongSheet *sheet, const char *text);

/** prolong_sheet_add_step: a numbered step; steps that follow each other are one list. */
void prolong_sheet_add_step (ProlongSheet *sheet, const char *text);

/** prolong_sheet_add_row: @value, such as a price, stands at the right of @label. */
void prolong_sheet_add_row (ProlongSheet *sheet, const char *label, const char *value);

/** prolong_sheet_add_sum: as a row, with a line above. */
void prolong_sheet_add_sum (ProlongSheet *sheet, const char *label, const char *value);

/** prolong_sheet_add_number: @value stands below @label, to be compared and copied. */
void prolong_sheet_add_number (ProlongSheet *sheet, const char *label, const char *value);

/** prolong_sheet_add_code: @value stands below @label on a line of its own, in a frame. */
void prolong_sheet_add_code (ProlongSheet *sheet, const char *label, const char *value);

/** prolong_sheet_add_lines: @value stands below @label as it is, line by line. */
void prolong_sheet_add_lines (ProlongSheet *sheet, const char *label, const char *value);

/** prolong_sheet_add_link: @label leads to @url; as text, @url stands below @label. */
void prolong_sheet_add_link (ProlongSheet *sheet, const char *label, const char *url);

/** prolong_sheet_to_text: (transfer full): lines end with a line feed. */
char *prolong_sheet_to_text (const ProlongSheet *sheet);

/**
 * prolong_sheet_to_html:
 * @language: of its words, as HTML names it
 *
 * Returns: (transfer full): a whole document in itself, without scripts, pictures, or anything to be fetched.
 */
char *prolong_sheet_to_html (const ProlongSheet *sheet, const char *language);

G_END_DECLS
