/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/notices-private.h"

#include "license/term.h"

/* The desktop refused a notice: it is not pressed. */
#define RETRY_SECONDS (15 * 60)

/* What is on its way to the desktop. */
typedef struct
{
  ProlongNotices *self;
  ProlongSlot slot;
  ProlongNotice *notice;
  GPtrArray *news;  /* (element-type ProlongTold) that were noted for it */
  GPtrArray *lines; /* (element-type ProlongTold) that stand once it is shown */
  gint64 digest_before;
} Telling;

static void
told_free (gpointer data)
{
  ProlongTold *told = data;

  g_free (told->topic);
  g_free (told);
}

static void
telling_free (Telling *telling)
{
  g_object_unref (telling->self);
  prolong_notice_free (telling->notice);
  g_ptr_array_unref (telling->news);
  g_ptr_array_unref (telling->lines);
  g_free (telling);
}

static void
add_told (GPtrArray *list, const char *topic, guint mark)
{
  ProlongTold *told = g_new0 (ProlongTold, 1);

  told->topic = g_strdup (topic);
  told->mark = mark;
  g_ptr_array_add (list, told);
}

/* What the notice says. */

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const ProlongFact *one = *(const ProlongFact *const *)a;
  const ProlongFact *other = *(const ProlongFact *const *)b;

  return (one->info.end > other->info.end) - (one->info.end < other->info.end);
}

static ProlongTold *
find_standing (ProlongNotices *self, const ProlongFact *fact)
{
  for (guint i = 0; i < self->record->told->len; i++)
    {
      ProlongTold *told = self->record->told->pdata[i];

      if (told->standing && g_str_equal (told->topic, fact->topic))
        return told;
    }
  return NULL;
}

/* (element-type ProlongFact): what is new and what still stands, the nearest end first. */
static GPtrArray *
find_lines (ProlongNotices *self, ProlongSlot slot, const ProlongFacts *facts, GPtrArray *news)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < facts->list->len; i++)
    {
      ProlongFact *fact = facts->list->pdata[i];

      if (prolong_slot_of_kind (fact->kind) == slot
          && (g_ptr_array_find (news, fact, NULL) || find_standing (self, fact) != NULL))
        g_ptr_array_add (lines, fact);
    }
  g_ptr_array_sort (lines, compare_ends);
  return lines;
}

static ProlongNoticeInfo
complete_info (ProlongNotices *self, const ProlongFact *fact)
{
  ProlongNoticeInfo info = fact->info;

  if (fact->license != NULL && prolong_asks_is_in_vain (self->asks, fact->license))
    info.unconfirmed_since = prolong_license_get_record (fact->license)->checked_at;
  return info;
}

static GVariant *
target_of (const ProlongFact *fact)
{
  return g_variant_new ("(ss)", fact->vendor, fact->product);
}

static void
add_button (ProlongNotice *notice,
            ProlongNoticeButtonKind button,
            const char *action,
            GVariant *target,
            gboolean opens)
{
  prolong_notice_add_button (notice, prolong_words_notice_button (button), action, target, opens);
}

static void
add_later (ProlongNotice *notice, const ProlongFact *first)
{
  gint64 left = first->info.end - first->now;

  /* Nobody wants to be reminded once it is over: that is told anyway. */
  if (left > PROLONG_SECONDS_PER_DAY)
    add_button (notice, PROLONG_NOTICE_BUTTON_TOMORROW, PROLONG_NOTICES_TOMORROW, NULL, FALSE);
  if (left > 7 * PROLONG_SECONDS_PER_DAY)
    add_button (notice, PROLONG_NOTICE_BUTTON_NEXT_WEEK, PROLONG_NOTICES_NEXT_WEEK, NULL, FALSE);
}

static void
add_buttons_of_license (ProlongNotice *notice, const ProlongFact *fact)
{
  prolong_notice_add_button (notice, NULL, "show-license", target_of (fact), TRUE);
  if (fact->kind == PROLONG_NOTICE_TAKEN_OVER || fact->kind == PROLONG_NOTICE_USED)
    return;
  if (fact->kind != PROLONG_NOTICE_BLOCKED && fact->kind != PROLONG_NOTICE_NOT_ADDED)
    add_button (notice, PROLONG_NOTICE_BUTTON_RENEW, "renew", target_of (fact), TRUE);
  else
    add_button (notice, PROLONG_NOTICE_BUTTON_SHOW_LICENSE, "show-license", target_of (fact), TRUE);
  if (fact->kind == PROLONG_NOTICE_ENDED || fact->kind == PROLONG_NOTICE_GRACE)
    add_button (notice, PROLONG_NOTICE_BUTTON_ENTER_CODE, "enter-code", NULL, TRUE);
}

/* Three at most beside a press on the notice itself, for no desktop shows more. */
static void
add_buttons (ProlongNotice *notice, ProlongSlot slot, GPtrArray *lines)
{
  const ProlongFact *first = lines->pdata[0];

  if (slot == PROLONG_SLOT_RESERVE || (lines->len == 1 && first->kind == PROLONG_NOTICE_ARRIVED))
    {
      prolong_notice_add_button (notice, NULL, "show-panel", g_variant_new_string ("reserve"), TRUE);
      add_button (notice, PROLONG_NOTICE_BUTTON_SHOW_RESERVES, "show-panel", g_variant_new_string ("reserve"),
                  TRUE);
    }
  else if (lines->len == 1)
    add_buttons_of_license (notice, first);
  else
    {
      prolong_notice_add_button (notice, NULL, "show-panel", g_variant_new_string ("license"), TRUE);
      add_button (notice, PROLONG_NOTICE_BUTTON_SHOW_LICENSES, "show-panel", g_variant_new_string ("license"),
                  TRUE);
    }
  if (slot == PROLONG_SLOT_REMINDER)
    add_later (notice, first);
}

static ProlongNotice *
notice_new (ProlongNotices *self, ProlongSlot slot, GPtrArray *lines, gboolean quiet)
{
  g_autofree ProlongNoticeInfo *infos = g_new0 (ProlongNoticeInfo, lines->len);
  ProlongNotice *notice = prolong_notice_new (prolong_slot_get_name (slot));
  gboolean has_buttons = prolong_notifier_has_buttons (self->notifier);

  for (guint i = 0; i < lines->len; i++)
    infos[i] = complete_info (self, lines->pdata[i]);
  notice->title = prolong_words_notice_title (infos, lines->len);
  notice->body
      = prolong_words_notice_body (infos, lines->len, prolong_clock_get_system (self->clock), has_buttons);
  notice->urgency = quiet || slot == PROLONG_SLOT_TAKEN_OVER || slot == PROLONG_SLOT_ORDER
                        ? PROLONG_URGENCY_LOW
                        : PROLONG_URGENCY_NORMAL;
  notice->stays = slot == PROLONG_SLOT_ENDED || slot == PROLONG_SLOT_RESERVE;
  add_buttons (notice, slot, lines);
  return notice;
}

/* What is remembered of it. */

static void
note (Telling *telling, const char *topic, guint mark)
{
  prolong_notices_record_note_told (telling->self->record, topic, mark, FALSE);
  add_told (telling->news, topic, mark);
}

static void
note_news (Telling *telling, const ProlongFact *fact)
{
  ProlongNotices *self = telling->self;

  note (telling, fact->topic, fact->mark);
  if (fact->earlier_mark != 0 && fact->earlier_mark != fact->mark)
    note (telling, fact->topic, fact->earlier_mark);
  for (guint i = 0; i < fact->settles->len; i++)
    note (telling, fact->settles->pdata[i], 0);
  prolong_notices_record_set_later (self->record, fact->topic, 0);
  if (fact->license != NULL)
    prolong_asks_forget (self->asks, fact->license);
  if (telling->slot == PROLONG_SLOT_REMINDER)
    self->record->digest_at = prolong_clock_get_system (self->clock);
}

static void
take_back (Telling *telling)
{
  ProlongNotices *self = telling->self;

  for (guint i = 0; i < telling->news->len; i++)
    {
      const ProlongTold *told = telling->news->pdata[i];

      prolong_notices_record_forget_told (self->record, told->topic, told->mark);
    }
  self->record->digest_at = telling->digest_before;
  self->retry_at = prolong_clock_get_system (self->clock) + RETRY_SECONDS;
}

static void
note_standing (Telling *telling, const char *handle)
{
  ProlongNotices *self = telling->self;
  const ProlongNoticeButton *press = telling->notice->buttons->pdata[0];
  g_autofree char *key = prolong_notice_button_get_key (press);

  prolong_notices_clear_standing (self, telling->slot);
  for (guint i = 0; i < telling->lines->len; i++)
    {
      const ProlongTold *line = telling->lines->pdata[i];
      ProlongTold *told = prolong_notices_record_find_told (self->record, line->topic, line->mark);

      if (told != NULL)
        told->standing = TRUE;
    }
  prolong_notices_record_set_shown (self->record, prolong_slot_get_name (telling->slot), handle,
                                    prolong_notifier_get_run (self->notifier), key);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Telling *telling = user_data;
  ProlongNotices *self = telling->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *handle = prolong_notifier_show_finish (PROLONG_NOTIFIER (source), result, &error);

  if (handle == NULL)
    {
      g_message ("A notice is not shown: %s", error->message);
      take_back (telling);
    }
  /* The desktop may have gone away in between, and its notices with it. */
  else if (prolong_notifier_get_run (self->notifier) != NULL)
    note_standing (telling, handle);
  prolong_notifier_listen (self->notifier, self->record->shown->len > 0);
  prolong_notices_write (self);
  self->telling = FALSE;
  prolong_notices_look_soon (self);
  telling_free (telling);
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Telling *telling = user_data;
  ProlongNotices *self = telling->self;
  g_autoptr (GError) error = NULL;
  ProlongShown *shown;

  /* A full disk is no reason to let a license end in silence. */
  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("What is told may be told again: %s", error->message);
  if (self->notifier == NULL)
    {
      telling_free (telling);
      return;
    }
  shown = prolong_notices_find_shown (self, telling->slot);
  prolong_notifier_listen (self->notifier, TRUE);
  prolong_notifier_show_async (self->notifier, telling->notice, shown != NULL ? shown->handle : NULL,
                               on_shown, telling);
}

void
prolong_notices_tell (ProlongNotices *self, ProlongSlot slot, const ProlongFacts *facts, GPtrArray *news)
{
  g_autoptr (GPtrArray) lines = find_lines (self, slot, facts, news);
  Telling *telling = g_new0 (Telling, 1);
  g_autoptr (GBytes) bytes = NULL;

  telling->self = g_object_ref (self);
  telling->slot = slot;
  telling->notice = notice_new (self, slot, lines, news->len == 0);
  telling->news = g_ptr_array_new_with_free_func (told_free);
  telling->lines = g_ptr_array_new_with_free_func (told_free);
  telling->digest_before = self->record->digest_at;
  for (guint i = 0; i < news->len; i++)
    note_news (telling, news->pdata[i]);
  for (guint i = 0; i < lines->len; i++)
    {
      const ProlongFact *fact = lines->pdata[i];
      const ProlongTold *standing = g_ptr_array_find (news, fact, NULL) ? NULL : find_standing (self, fact);

      add_told (telling->lines, fact->topic, standing != NULL ? standing->mark : fact->mark);
    }
  self->telling = TRUE;
  bytes = prolong_notices_record_encode (self->record);
  prolong_store_write_async (self->store, PROLONG_NOTICES_FILE, bytes, on_noted, telling);
}
