/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/notices/asks.h"
#include "agent/notices/facts.h"
#include "agent/notices/notices-record.h"
#include "agent/notices/notices.h"

G_BEGIN_DECLS

/* What notices.c (looking), notices-due.c (what is due), notices-tell.c (telling it) and notices-press.c
 * (what is pressed) share. */

/** A notice that the desktop shows at most once; it tells of facts of some kinds. */
typedef enum
{
  PROLONG_SLOT_REMINDER, /* the digest */
  PROLONG_SLOT_ENDED,
  PROLONG_SLOT_RESERVE,
  PROLONG_SLOT_TAKEN_OVER,
  PROLONG_SLOT_ORDER,
  PROLONG_N_SLOTS
} ProlongSlot;

struct _ProlongNotices
{
  GObject parent_instance;
  ProlongEngineFollower follower;
  ProlongEngine *engine;
  ProlongClock *clock;
  ProlongStore *store;
  ProlongNotifier *notifier;
  GDBusConnection *bus;
  ProlongNoticesRecord *record;
  ProlongAsks *asks;
  GTimeZone *zone;
  gint64 alarm;    /* system time */
  gint64 retry_at; /* system time; nothing is shown before, for the desktop refused it */
  guint look_source;
  gboolean run_known; /* whether what an earlier run of the agent left is still there */
  gboolean telling;   /* one notice at a time */
};

ProlongSlot prolong_slot_of_kind (ProlongNoticeKind kind);
const char *prolong_slot_get_name (ProlongSlot slot);

/** prolong_notices_look_soon: looks once the caller is done. */
void prolong_notices_look_soon (ProlongNotices *notices);

void prolong_notices_write (ProlongNotices *notices);

/** prolong_notices_note_alarm: it is to look again at that system time. */
void prolong_notices_note_alarm (ProlongNotices *notices, gint64 system);

/** prolong_notices_is_desktop_ready: whether a notice can be shown now; if not, it looks again when it can.
 */
gboolean prolong_notices_is_desktop_ready (ProlongNotices *notices);

/** prolong_notices_tell_news: tells what is due, once the service was asked. */
void prolong_notices_tell_news (ProlongNotices *notices, const ProlongFacts *facts);

/** prolong_notices_find_shown: (nullable): what the desktop shows in a slot, if it is still the same desktop.
 */
ProlongShown *prolong_notices_find_shown (ProlongNotices *notices, ProlongSlot slot);

/** prolong_notices_clear_standing: what a slot told stands no more; whether something did. */
gboolean prolong_notices_clear_standing (ProlongNotices *notices, ProlongSlot slot);

/** prolong_notices_clear_slot: its notice is gone; whether there was something. */
gboolean prolong_notices_clear_slot (ProlongNotices *notices, ProlongSlot slot);

/**
 * prolong_notices_tell:
 * @news: (element-type ProlongFact): of one slot; empty when part of what stands there is no longer true
 *
 * Shows @news together with what else stands in the slot. Remembers it first, so that a kill in between
 * leaves something untold and nothing told twice.
 */
void
prolong_notices_tell (ProlongNotices *notices, ProlongSlot slot, const ProlongFacts *facts, GPtrArray *news);

/** prolong_notices_connect_presses: acts on what is pressed. */
void prolong_notices_connect_presses (ProlongNotices *notices);

#define PROLONG_NOTICES_FILE "notices.json"

/* The actions of the buttons that the agent carries out itself. */
#define PROLONG_NOTICES_TOMORROW "remind-tomorrow"
#define PROLONG_NOTICES_NEXT_WEEK "remind-next-week"

G_END_DECLS
