/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/problem.h"

G_BEGIN_DECLS

/** What a person is told of without having asked. */
typedef enum
{
  PROLONG_NOTICE_ENDS,  /* a license ends soon */
  PROLONG_NOTICE_GRACE, /* it has ended, its grace period runs */
  PROLONG_NOTICE_ENDED, /* it has ended for good */
  PROLONG_NOTICE_BLOCKED,
  PROLONG_NOTICE_PROBLEM, /* a reserve code would not be activated */
  PROLONG_NOTICE_WAITING, /* a hand-over is due, and something stands in its way */
  PROLONG_NOTICE_FAILED,  /* a hand-over was refused */
  PROLONG_NOTICE_TAKEN_OVER,
  PROLONG_NOTICE_ARRIVED,   /* the code of an order is a reserve code */
  PROLONG_NOTICE_USED,      /* the code of an order is activated */
  PROLONG_NOTICE_NOT_ADDED, /* the code of an order was refused */
  PROLONG_N_NOTICES
} ProlongNoticeKind;

/**
 * ProlongNoticeInfo:
 * @name: of the license or, without one, of the product
 * @days_left: to the end, rounded up
 * @end: of the license, or of its grace period; 0 for unknown
 * @unconfirmed_since: when the service could not be asked: when it last confirmed the license; else 0
 * @problem: of %PROLONG_NOTICE_PROBLEM, %PROLONG_NOTICE_WAITING, %PROLONG_NOTICE_FAILED and
 * %PROLONG_NOTICE_NOT_ADDED
 * @details: (nullable): its details
 */
typedef struct
{
  ProlongNoticeKind kind;
  const char *name;
  guint days_left;
  gint64 end;
  gint64 unconfirmed_since;
  ProlongProblem problem;
  GVariant *details;
} ProlongNoticeInfo;

/**
 * prolong_words_notice_title:
 * @infos: (array length=n_infos): what one notice tells of, at least one
 *
 * Returns: (transfer full): one line, for example "Internet Security: 7 days left" or "3 licenses end soon".
 */
char *prolong_words_notice_title (const ProlongNoticeInfo *infos, guint n_infos);

/**
 * prolong_words_notice_body:
 * @now: seconds UTC
 * @has_buttons: whether the notice has buttons; if not, the words say what to do
 *
 * Returns: (transfer full): plain text; of several facts a line each.
 */
char *
prolong_words_notice_body (const ProlongNoticeInfo *infos, guint n_infos, gint64 now, gboolean has_buttons);

typedef enum
{
  PROLONG_NOTICE_BUTTON_RENEW,
  PROLONG_NOTICE_BUTTON_TOMORROW,
  PROLONG_NOTICE_BUTTON_NEXT_WEEK,
  PROLONG_NOTICE_BUTTON_ENTER_CODE,
  PROLONG_NOTICE_BUTTON_SHOW_LICENSE,
  PROLONG_NOTICE_BUTTON_SHOW_LICENSES,
  PROLONG_NOTICE_BUTTON_SHOW_RESERVES,
  PROLONG_N_NOTICE_BUTTONS
} ProlongNoticeButtonKind;

/** prolong_words_notice_button: (transfer none): what stands on it. */
const char *prolong_words_notice_button (ProlongNoticeButtonKind button);

G_END_DECLS
