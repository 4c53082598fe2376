/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "bus/client.h"
#include "license/code.h"
#include "license/problem.h"
#include "license/term.h"

G_BEGIN_DECLS

/* What a person reads, in the language of the session; one wording for window, tray and command line. */

/**
 * prolong_words_init:
 *
 * Takes over the locale of the session and finds the translations, in the directory that the environment variable
 * PROLONG_LOCALE_DIR names, else where they are installed. Called once by every program, before anything else.
 */
void prolong_words_init (void);

/**
 * prolong_words_label:
 *
 * Returns: (transfer full): the words of the label, for example "License: 23 days left" (A2).
 */
char *prolong_words_label (ProlongState state, guint days_left);

/** prolong_words_kind: (transfer none): "Trial", "Commercial", "Subscription". */
const char *prolong_words_kind (ProlongLicenseKind kind);

/** prolong_words_step: (transfer none): what is being done, for example "Checking the activation code". */
const char *prolong_words_step (ProlongStep step);

/**
 * ProlongWords:
 * @what: what happened, a short sentence
 * @way_out: what the person can do next, one or two sentences
 */
typedef struct
{
  char *what;
  char *way_out;
} ProlongWords;

/**
 * prolong_words_for_problem:
 * @details: (nullable): an `a{sv}` as carried by the problem; dates and names in it become part of the words
 */
void prolong_words_for_problem (ProlongProblem problem, GVariant *details, ProlongWords *words);

/** prolong_words_for_code_error: words for a code that is not well formed. */
void prolong_words_for_code_error (ProlongCodeError error, const ProlongCodeFormat *format, ProlongWords *words);
void prolong_words_clear (ProlongWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProlongWords, prolong_words_clear)

/**
 * prolong_words_date:
 * @instant: seconds UTC
 *
 * Returns: (transfer full): the local date in the long form of the locale, for example "14 December 2026".
 */
char *prolong_words_date (gint64 instant);

/**
 * prolong_words_moment:
 *
 * Returns: (transfer full): date and time of day close to @now, for example "today, 09:12".
 */
char *prolong_words_moment (gint64 instant, gint64 now);

/** prolong_words_instant: (transfer full): @instant as RFC 3339 in UTC, for scripts and tooltips. */
char *prolong_words_instant (gint64 instant);

G_END_DECLS
