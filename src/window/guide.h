/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/words.h"

G_BEGIN_DECLS

/**
 * ProlongGuide:
 *
 * One step that tells something and offers what to do: heading, words, what belongs to them, buttons, and
 * what went wrong. It is filled anew for each step.
 */
#define PROLONG_TYPE_GUIDE (prolong_guide_get_type ())
G_DECLARE_FINAL_TYPE (ProlongGuide, prolong_guide, PROLONG, GUIDE, AdwBin)

GtkWidget *prolong_guide_new (void);

/** prolong_guide_new_scrolled: a page that scrolls, and is not stretched, around @step. */
GtkWidget *prolong_guide_new_scrolled (GtkWidget *step);

/** prolong_guide_new_page: (out) @guide: the step; returns it in a page that scrolls. */
GtkWidget *prolong_guide_new_page (ProlongGuide **guide);

/**
 * prolong_guide_start:
 * @icon: (nullable): name of a symbolic icon
 * @words: (nullable)
 *
 * Empties it and begins a step.
 */
void prolong_guide_start (ProlongGuide *self, const char *icon, const char *heading, const char *words);

/** prolong_guide_add: something between words and buttons. */
void prolong_guide_add (ProlongGuide *self, GtkWidget *widget);

/** prolong_guide_add_after: something below the buttons. */
void prolong_guide_add_after (ProlongGuide *self, GtkWidget *widget);

/** prolong_guide_add_button: @action may carry a target, as in `win.panel::license`. Returns the button. */
GtkWidget *
prolong_guide_add_button (ProlongGuide *self, const char *label, const char *action, gboolean suggested);

/** prolong_guide_add_open: a button that opens @address, see prolong_contacts_install_action(). */
void prolong_guide_add_open (ProlongGuide *self, const char *label, const char *address, gboolean suggested);

/** prolong_guide_set_busy: something is being asked; the buttons wait. */
void prolong_guide_set_busy (ProlongGuide *self, gboolean busy);

/** prolong_guide_tell: (nullable) @words: what went wrong, below the buttons. */
void prolong_guide_tell (ProlongGuide *self, const ProlongWords *words);

/** prolong_guide_get_heading: what the step is called. */
const char *prolong_guide_get_heading (ProlongGuide *self);

/** prolong_guide_focus: moves the focus to the heading. */
void prolong_guide_focus (ProlongGuide *self);

G_END_DECLS
