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
 * Takes over the locale of the session and finds the translations, in the directory that the environment
 * variable PROLONG_LOCALE_DIR names, else where they are installed. Called once by every program, before
 * anything else.
 */
void prolong_words_init (void);

/**
 * prolong_words_label:
 *
 * Returns: (transfer full): the words of the label, for example "License: 23 days left" (A2).
 */
char *prolong_words_label (ProlongState state, guint days_left);

/**
 * prolong_words_named_label:
 * @vendor: (nullable): its name, where another license has the same name
 *
 * Returns: (transfer full): the label with the name of the license before it, where there are several
 * licenses.
 */
char *prolong_words_named_label (const char *name, const char *vendor, ProlongState state, guint days_left);

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

/** prolong_words_for_error: the same for the error of a call; what is no problem has no words of its own. */
void prolong_words_for_error (const GError *error, ProlongWords *words);

/**
 * prolong_words_for_refusal:
 * @license: (nullable): that of the product for which the code was entered
 *
 * As prolong_words_for_problem(), for a refusal that a method call brought: it comes without details, and the
 * end of the license that stands in the way, or who manages it, is known here.
 */
void prolong_words_for_refusal (ProlongProblem problem,
                                GVariant *details,
                                const ProlongLicenseInfo *license,
                                ProlongWords *words);

/** prolong_words_for_code_error: words for a code that is not well formed. */
void
prolong_words_for_code_error (ProlongCodeError error, const ProlongCodeFormat *format, ProlongWords *words);

/** prolong_words_for_profile_error: words for a file that could not be read, or is no vendor profile. */
void prolong_words_for_profile_error (const GError *error, ProlongWords *words);

/**
 * prolong_words_for_vendor_check:
 * @verdict: of CheckVendor
 * @vendor: name of the vendor
 * @previous_service: of CheckVendor
 *
 * What a person is asked before a profile is taken in, and what that means.
 */
void prolong_words_for_vendor_check (const char *verdict,
                                     const char *vendor,
                                     const char *previous_service,
                                     const char *service,
                                     ProlongWords *words);

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

/** prolong_words_term: (transfer full): @seconds as "365 days", "2 hours" or "2 minutes"; empty for 0. */
char *prolong_words_term (gint64 seconds);

/**
 * prolong_words_operation_step:
 *
 * Returns: (transfer none): as prolong_words_step(), in the words of an activation, of saving a reserve code,
 * or of a hand-over.
 */
const char *prolong_words_operation_step (ProlongOperationKind kind, ProlongStep step);

/**
 * prolong_words_reserve_state:
 *
 * Returns: (transfer full): for example "Takes over on 14 December 2026", "Not checked yet: the service could
 * not be reached", or "Would not be activated. The vendor has blocked this activation code."
 */
char *prolong_words_reserve_state (const ProlongReserveInfo *reserve, gint64 now);

/** prolong_words_reserve_way_out: (transfer full): what can be done where it would not be activated; else
 * empty. */
char *prolong_words_reserve_way_out (const ProlongReserveInfo *reserve);

/** prolong_words_reserve_gives: (transfer full): for example "365 days, until 14 December 2027"; empty if
 * unknown. */
char *prolong_words_reserve_gives (const ProlongReserveInfo *reserve);

/**
 * prolong_words_reserve_devices:
 *
 * Returns: (transfer full): how many seats are free, and that the code is to be added on each device (C6);
 * empty for a code for one device, and when it is not known.
 */
char *prolong_words_reserve_devices (const ProlongReserveInfo *reserve);

/** prolong_words_reserve_checked: (transfer full): for example "Checked: today, 09:12", or "Not checked yet".
 */
char *prolong_words_reserve_checked (const ProlongReserveInfo *reserve, gint64 now);

/** prolong_words_start_at_login: (transfer none): a sentence for the property StartAtLogin; else empty. */
const char *prolong_words_start_at_login (const char *value);

/** prolong_words_tray: (transfer none): a sentence for the property Tray; else empty. */
const char *prolong_words_tray (const char *value);

/**
 * prolong_words_days_before_end:
 * @days: (array length=n): in the order in which they are told
 *
 * Returns: (transfer full): for example "30, 14, 7 and 1 days before the end"; empty for none.
 */
char *prolong_words_days_before_end (const guint *days, gsize n);

/** prolong_words_covered_until: (transfer full): for example "Covered until 14 December 2027"; 0: "Not
 * covered". */
char *prolong_words_covered_until (gint64 instant);

/** prolong_words_gap: (transfer full): for example "Not covered from 3 March 2027 to 14 May 2027". */
char *prolong_words_gap (gint64 from, gint64 to);

/**
 * prolong_words_coverage:
 * @license: (nullable): the current one
 * @reserves: (element-type ProlongReserveInfo): those of its product, in their order
 *
 * Returns: (transfer full): the timeline of coverage in sentences: what follows what, the gaps, and until
 * when there is none (A6).
 */
char *prolong_words_coverage (const ProlongLicenseInfo *license, GPtrArray *reserves);

/** prolong_words_seat_hint: (transfer none): a hint of QuerySeats, `this` or `old`, in words; empty for none.
 */
const char *prolong_words_seat_hint (const char *hint);

/** prolong_words_last_seen: (transfer full): of a device, for example "Last seen: yesterday, 23:55". */
char *prolong_words_last_seen (gint64 instant, gint64 now);

/** prolong_words_instant: (transfer full): @instant as RFC 3339 in UTC, for scripts and tooltips. */
char *prolong_words_instant (gint64 instant);

G_END_DECLS
