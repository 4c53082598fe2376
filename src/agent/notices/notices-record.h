/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What was told to the person: the file that keeps it from being told twice (see agent/record.h).
 */

/** A fact that was told. */
typedef struct
{
  char *topic;       /* what it is about, such as one end of one license */
  guint mark;        /* days before the end, or 0 */
  gboolean standing; /* the notice that tells it has not gone away yet */
} ProlongTold;

/** A topic that the person wants to hear of later. */
typedef struct
{
  char *topic;
  gint64 until; /* seconds UTC, in the time of its vendor */
} ProlongLater;

/** A notice that the desktop shows. */
typedef struct
{
  char *slot;
  char *handle;
  char *run;   /* the run of the notification service that gave the handle */
  char *press; /* what pressing it does, as an action with its target */
} ProlongShown;

typedef struct
{
  GPtrArray *told;       /* (element-type ProlongTold) the oldest first */
  GPtrArray *later;      /* (element-type ProlongLater) */
  GPtrArray *shown;      /* (element-type ProlongShown) */
  GPtrArray *hand_overs; /* (element-type utf8) ids of operations whose outcome is to be told */
  gint64 digest_at;      /* system time of the newest digest */
} ProlongNoticesRecord;

ProlongNoticesRecord *prolong_notices_record_new (void);

/** prolong_notices_record_decode: (transfer full): of a file of the state directory. */
ProlongNoticesRecord *prolong_notices_record_decode (const char *text, gsize length, GError **error);
GBytes *prolong_notices_record_encode (const ProlongNoticesRecord *record);
void prolong_notices_record_free (ProlongNoticesRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongNoticesRecord, prolong_notices_record_free)

ProlongTold *
prolong_notices_record_find_told (const ProlongNoticesRecord *record, const char *topic, guint mark);

/** prolong_notices_record_note_told: remembers it as told and standing; the oldest is forgotten when there
 * are many. */
void prolong_notices_record_note_told (ProlongNoticesRecord *record,
                                       const char *topic,
                                       guint mark,
                                       gboolean standing);

/** prolong_notices_record_forget_told: whether it was there. */
gboolean prolong_notices_record_forget_told (ProlongNoticesRecord *record, const char *topic, guint mark);

/** prolong_notices_record_get_later: until when nothing is to be said of @topic; 0 when the person did not
 * ask. */
gint64 prolong_notices_record_get_later (const ProlongNoticesRecord *record, const char *topic);

/** prolong_notices_record_set_later: 0 forgets it. */
void prolong_notices_record_set_later (ProlongNoticesRecord *record, const char *topic, gint64 until);

ProlongShown *prolong_notices_record_find_shown (const ProlongNoticesRecord *record, const char *slot);
void prolong_notices_record_set_shown (ProlongNoticesRecord *record,
                                       const char *slot,
                                       const char *handle,
                                       const char *run,
                                       const char *press);
void prolong_notices_record_forget_shown (ProlongNoticesRecord *record, const char *slot);

G_END_DECLS
