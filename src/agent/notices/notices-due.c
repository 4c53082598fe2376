/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/notices-private.h"

#include "license/reminders.h"

static gboolean
was_told (ProlongNotices *self, const ProlongFact *fact, guint mark)
{
  return prolong_notices_record_find_told (self->record, fact->topic, mark) != NULL;
}

/* Whether there is something to be told of @fact at @now. What the person wants to hear of later is told
 * then, and not before, whatever marks lie in between. */
static gboolean
is_due (ProlongNotices *self, const ProlongFact *fact, gint64 now)
{
  gint64 later = prolong_notices_record_get_later (self->record, fact->topic);

  if (later != 0)
    return later <= now;
  if (fact->earlier_mark != 0 && fact->earlier_since <= now && !was_told (self, fact, fact->earlier_mark))
    return TRUE;
  return fact->since <= now && !was_told (self, fact, fact->mark);
}

static gboolean
is_digest_allowed (ProlongNotices *self)
{
  gint64 system = prolong_clock_get_system (self->clock);

  if (self->record->digest_at == 0
      || !prolong_reminder_is_same_day (self->record->digest_at, system, self->zone))
    return TRUE;
  prolong_notices_note_alarm (self, prolong_reminder_next_morning (system, self->zone));
  return FALSE;
}

static gboolean
is_warning (const ProlongFact *fact)
{
  return fact->kind == PROLONG_NOTICE_ENDS || fact->kind == PROLONG_NOTICE_GRACE
         || fact->kind == PROLONG_NOTICE_ENDED;
}

/* (element-type ProlongFact): what is due in a slot; of ends to come, all that are due today. */
static GPtrArray *
find_due (ProlongNotices *self, ProlongSlot slot, const ProlongFacts *facts)
{
  GPtrArray *due = g_ptr_array_new ();
  gboolean now = FALSE;

  for (guint i = 0; i < facts->list->len; i++)
    {
      ProlongFact *fact = facts->list->pdata[i];
      gint64 later = prolong_notices_record_get_later (self->record, fact->topic);

      if (prolong_slot_of_kind (fact->kind) != slot)
        continue;
      if (later > fact->now)
        prolong_notices_note_alarm (self, prolong_clock_get_system (self->clock) + (later - fact->now));
      now = now || is_due (self, fact, fact->now);
      if (is_due (self, fact,
                  slot == PROLONG_SLOT_REMINDER ? prolong_reminder_evening (fact->now, self->zone)
                                                : fact->now))
        g_ptr_array_add (due, fact);
    }
  if (!now)
    g_ptr_array_set_size (due, 0);
  return due;
}

/* The service is asked about every license that one notice warns of before it warns of any. */
static gboolean
is_confirmed (ProlongNotices *self, GPtrArray *due)
{
  gboolean ready = TRUE;

  for (guint i = 0; i < due->len; i++)
    {
      ProlongFact *fact = due->pdata[i];
      gint64 until;

      if (!is_warning (fact))
        continue;
      if (prolong_asks_look (self->asks, fact->license, &until) == PROLONG_ASK_WAITING)
        {
          prolong_notices_note_alarm (self, until);
          ready = FALSE;
        }
      else if (prolong_asks_get_now (self->asks, fact->license) < fact->now)
        {
          /* By its own time there may be nothing to warn of. */
          prolong_notices_look_soon (self);
          ready = FALSE;
        }
    }
  return ready;
}

void
prolong_notices_tell_news (ProlongNotices *self, const ProlongFacts *facts)
{
  for (ProlongSlot slot = 0; slot < PROLONG_N_SLOTS && !self->telling; slot++)
    {
      g_autoptr (GPtrArray) due = find_due (self, slot, facts);

      if (due->len > 0 && (slot != PROLONG_SLOT_REMINDER || is_digest_allowed (self))
          && is_confirmed (self, due) && prolong_notices_is_desktop_ready (self))
        prolong_notices_tell (self, slot, facts, due);
    }
}
