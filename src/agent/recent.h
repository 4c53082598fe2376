/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/problem.h"

G_BEGIN_DECLS

/**
 * ProlongRecent:
 *
 * The newest problems of this run of the agent, for whoever is to help: what was tried, and by which name it
 * failed. One line for each kind of failure, since a retry fails in the same way many times.
 */
typedef struct _ProlongRecent ProlongRecent;

typedef enum
{
  PROLONG_TRIED_CHECK,
  PROLONG_TRIED_CODE, /* an activation, a saving or a hand-over */
  PROLONG_TRIED_ORDER,
  PROLONG_TRIED_SHOP,
  PROLONG_TRIED_AUTO_RENEWAL,
  PROLONG_TRIED_SUPPORT,
  PROLONG_N_TRIED
} ProlongTried;

typedef struct
{
  ProlongTried tried;
  char *vendor;
  char *product; /* empty for none */
  ProlongProblem problem;
  gint64 at; /* system time of the newest */
} ProlongRecentProblem;

const char *prolong_tried_get_name (ProlongTried tried);

ProlongRecent *prolong_recent_new (void);
void prolong_recent_free (ProlongRecent *recent);

/** prolong_recent_note: @product may be %NULL; a negative @problem is none, and passed over. */
void prolong_recent_note (ProlongRecent *recent,
                          ProlongTried tried,
                          const char *vendor,
                          const char *product,
                          int problem,
                          gint64 now);

/** prolong_recent_list: (transfer none) (element-type ProlongRecentProblem): the oldest first. */
const GPtrArray *prolong_recent_list (const ProlongRecent *recent);

G_END_DECLS
