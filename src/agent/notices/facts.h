/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "bus/notice-words.h"

G_BEGIN_DECLS

/**
 * ProlongFact:
 * @topic: what it is about; with @mark it names the fact
 * @mark: of an end that comes: the last mark of today, in days before the end; else 0
 * @since: from when on it is told, in the time of its vendor
 * @earlier_mark: of an end that comes: the mark that has been reached; 0 for none
 * @earlier_since: from when on that is told
 * @now: the instant that counts for it, in the time of its vendor
 * @settles: (element-type utf8): topics that need not be told any more once this one was
 * @license: (nullable): the license that it is about
 * @info: for the words
 *
 * Something that is true now, whether it is to be told or not.
 */
typedef struct
{
  ProlongNoticeKind kind;
  char *topic;
  guint mark;
  gint64 since;
  guint earlier_mark;
  gint64 earlier_since;
  gint64 now;
  GPtrArray *settles;
  ProlongLicense *license;
  char *vendor;
  char *product;
  ProlongNoticeInfo info;
  char *name;
} ProlongFact;

/**
 * ProlongFacts:
 * @list: (element-type ProlongFact)
 * @alarm: the system time at which the passing of time makes another fact true, or lets one be told
 */
typedef struct
{
  GPtrArray *list;
  gint64 alarm;
} ProlongFacts;

/**
 * ProlongFactsQuestion:
 * @engine: what it is about
 * @zone: where the person lives
 * @hand_overs: (element-type utf8): operations whose outcome is to be told
 * @get_now: the instant that counts for a license, in the time of its vendor
 * @has_waited: whether a hand-over that waits for the network has done so long enough, else when it will have
 */
typedef struct
{
  ProlongEngine *engine;
  GTimeZone *zone;
  GPtrArray *hand_overs;
  gint64 (*get_now) (gpointer data, ProlongLicense *license);
  gboolean (*has_waited) (gpointer data, const char *operation, gint64 *until);
  gpointer data;
} ProlongFactsQuestion;

/** prolong_facts_find: what there is to be said of licenses, reserve codes and hand-overs. */
void prolong_facts_find (const ProlongFactsQuestion *question, ProlongFacts *facts);
void prolong_facts_clear (ProlongFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProlongFacts, prolong_facts_clear)

/** prolong_facts_find_topic: (nullable): the fact with that topic. */
ProlongFact *prolong_facts_find_topic (const ProlongFacts *facts, const char *topic);

/** prolong_facts_kind_of_topic: the kind of a fact that was told, by its topic. */
ProlongNoticeKind prolong_facts_kind_of_topic (const char *topic);

/** prolong_facts_is_timeless: whether a topic can become untrue and true again, and is then news again. */
gboolean prolong_facts_is_timeless (const char *topic);

G_END_DECLS
