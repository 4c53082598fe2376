/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/notices-private.h"

G_DEFINE_TYPE (ProlongNotices, prolong_notices, G_TYPE_OBJECT)

static const char *const slot_names[] = {
  [PROLONG_SLOT_REMINDER] = "reminder", [PROLONG_SLOT_ENDED] = "ended",
  [PROLONG_SLOT_RESERVE] = "reserve",   [PROLONG_SLOT_TAKEN_OVER] = "taken-over",
  [PROLONG_SLOT_ORDER] = "order",
};
G_STATIC_ASSERT (G_N_ELEMENTS (slot_names) == PROLONG_N_SLOTS);

const char *
prolong_slot_get_name (ProlongSlot slot)
{
  return slot_names[slot];
}

ProlongSlot
prolong_slot_of_kind (ProlongNoticeKind kind)
{
  static const ProlongSlot slots[] = {
    [PROLONG_NOTICE_ENDS] = PROLONG_SLOT_REMINDER,   [PROLONG_NOTICE_GRACE] = PROLONG_SLOT_ENDED,
    [PROLONG_NOTICE_ENDED] = PROLONG_SLOT_ENDED,     [PROLONG_NOTICE_BLOCKED] = PROLONG_SLOT_ENDED,
    [PROLONG_NOTICE_PROBLEM] = PROLONG_SLOT_RESERVE, [PROLONG_NOTICE_WAITING] = PROLONG_SLOT_RESERVE,
    [PROLONG_NOTICE_FAILED] = PROLONG_SLOT_RESERVE,  [PROLONG_NOTICE_TAKEN_OVER] = PROLONG_SLOT_TAKEN_OVER,
    [PROLONG_NOTICE_ARRIVED] = PROLONG_SLOT_ORDER,   [PROLONG_NOTICE_USED] = PROLONG_SLOT_ORDER,
    [PROLONG_NOTICE_NOT_ADDED] = PROLONG_SLOT_ORDER,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (slots) == PROLONG_N_NOTICES);
  return slots[kind];
}

/* The record. */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

void
prolong_notices_write (ProlongNotices *self)
{
  g_autoptr (GBytes) bytes = prolong_notices_record_encode (self->record);

  prolong_store_write_async (self->store, PROLONG_NOTICES_FILE, bytes, on_written, NULL);
}

static ProlongNoticesRecord *
read_record (ProlongStore *store)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = prolong_store_read (store, PROLONG_NOTICES_FILE, &length, &error);
  ProlongNoticesRecord *record = NULL;

  if (text != NULL)
    record = prolong_notices_record_decode (text, length, &error);
  if (error != NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("%s: %s", PROLONG_NOTICES_FILE, error->message);
  return record != NULL ? record : prolong_notices_record_new ();
}

static gboolean
stands_in (const ProlongTold *told, ProlongSlot slot)
{
  return told->standing && prolong_slot_of_kind (prolong_facts_kind_of_topic (told->topic)) == slot;
}

gboolean
prolong_notices_clear_standing (ProlongNotices *self, ProlongSlot slot)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->record->told->len; i++)
    {
      ProlongTold *told = self->record->told->pdata[i];

      if (stands_in (told, slot))
        {
          told->standing = FALSE;
          changed = TRUE;
        }
    }
  return changed;
}

gboolean
prolong_notices_clear_slot (ProlongNotices *self, ProlongSlot slot)
{
  gboolean shown = prolong_notices_record_find_shown (self->record, slot_names[slot]) != NULL;
  gboolean standing = prolong_notices_clear_standing (self, slot);

  prolong_notices_record_forget_shown (self->record, slot_names[slot]);
  prolong_notifier_listen (self->notifier, self->record->shown->len > 0);
  return shown || standing;
}

ProlongShown *
prolong_notices_find_shown (ProlongNotices *self, ProlongSlot slot)
{
  ProlongShown *shown = prolong_notices_record_find_shown (self->record, slot_names[slot]);

  return shown != NULL && g_strcmp0 (shown->run, prolong_notifier_get_run (self->notifier)) == 0 ? shown
                                                                                                 : NULL;
}

/* Withdraws what a slot shows. */
static gboolean
withdraw (ProlongNotices *self, ProlongSlot slot)
{
  ProlongShown *shown = prolong_notices_find_shown (self, slot);

  if (shown != NULL)
    prolong_notifier_withdraw (self->notifier, shown->handle);
  return prolong_notices_clear_slot (self, slot);
}

void
prolong_notices_note_alarm (ProlongNotices *self, gint64 system)
{
  self->alarm = MIN (self->alarm, system);
}

gboolean
prolong_notices_is_desktop_ready (ProlongNotices *self)
{
  if (self->retry_at > prolong_clock_get_system (self->clock))
    {
      prolong_notices_note_alarm (self, self->retry_at);
      return FALSE;
    }
  if (prolong_notifier_get_state (self->notifier) == PROLONG_NOTIFIER_UNKNOWN)
    prolong_notifier_look (self->notifier, TRUE);
  return prolong_notifier_get_state (self->notifier) == PROLONG_NOTIFIER_READY;
}

/* What is no longer true. */

static gboolean
is_hand_over_under_way (ProlongNotices *self)
{
  GPtrArray *operations = prolong_engine_get_operations (self->engine);

  for (guint i = 0; i < operations->len; i++)
    if (prolong_operation_get_intent (operations->pdata[i])->kind == PROLONG_INTENT_HAND_OVER
        && !prolong_operation_has_ended (operations->pdata[i]))
      return TRUE;
  return FALSE;
}

/* What does not go by time is news when it is true once more; but not because it is tried again just now. */
static gboolean
forget_untrue (ProlongNotices *self, const ProlongFacts *facts)
{
  gboolean changed = FALSE;

  if (is_hand_over_under_way (self))
    return FALSE;
  for (guint i = self->record->told->len; i > 0; i--)
    {
      const ProlongTold *told = self->record->told->pdata[i - 1];

      if (told->standing || !prolong_facts_is_timeless (told->topic)
          || prolong_facts_find_topic (facts, told->topic) != NULL)
        continue;
      g_ptr_array_remove_index (self->record->told, i - 1);
      changed = TRUE;
    }
  return changed;
}

/* How much of what stands in @slot is still true, and how much is not. */
static void
count_standing (ProlongNotices *self,
                ProlongSlot slot,
                const ProlongFacts *facts,
                guint *n_true,
                guint *n_untrue)
{
  *n_true = *n_untrue = 0;
  for (guint i = 0; i < self->record->told->len; i++)
    {
      const ProlongTold *told = self->record->told->pdata[i];

      if (stands_in (told, slot))
        (*(prolong_facts_find_topic (facts, told->topic) != NULL ? n_true : n_untrue))++;
    }
}

static void
clear_untrue (ProlongNotices *self, ProlongSlot slot, const ProlongFacts *facts)
{
  for (guint i = 0; i < self->record->told->len; i++)
    {
      ProlongTold *told = self->record->told->pdata[i];

      if (stands_in (told, slot) && prolong_facts_find_topic (facts, told->topic) == NULL)
        told->standing = FALSE;
    }
}

static gboolean
withdraw_untrue (ProlongNotices *self, const ProlongFacts *facts)
{
  gboolean changed = FALSE;

  for (ProlongSlot slot = 0; slot < PROLONG_N_SLOTS && !self->telling; slot++)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      guint n_true, n_untrue;

      count_standing (self, slot, facts, &n_true, &n_untrue);
      if (n_untrue == 0)
        continue;
      if (n_true == 0 || prolong_notices_find_shown (self, slot) == NULL)
        changed = withdraw (self, slot) || changed;
      else if (prolong_notices_is_desktop_ready (self))
        {
          clear_untrue (self, slot, facts);
          prolong_notices_tell (self, slot, facts, none);
        }
    }
  return changed;
}

static void
withdraw_all (ProlongNotices *self)
{
  gboolean changed = FALSE;

  for (ProlongSlot slot = 0; slot < PROLONG_N_SLOTS; slot++)
    changed = withdraw (self, slot) || changed;
  if (changed)
    prolong_notices_write (self);
}

/* Hand-overs. */

static gboolean
is_known_operation (ProlongNotices *self, const char *id)
{
  GPtrArray *licenses = prolong_engine_get_licenses (self->engine);
  GPtrArray *operations = prolong_engine_get_operations (self->engine);

  for (guint i = 0; i < licenses->len; i++)
    if (g_str_equal (prolong_license_get_record (licenses->pdata[i])->operation, id))
      return TRUE;
  for (guint i = 0; i < operations->len; i++)
    if (g_str_equal (prolong_operation_get_intent (operations->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* They are written down while they are under way, for the agent may end before they do. */
static gboolean
note_hand_overs (ProlongNotices *self)
{
  GPtrArray *known = self->record->hand_overs;
  GPtrArray *operations = prolong_engine_get_operations (self->engine);
  gboolean changed = FALSE;

  for (guint i = known->len; i > 0; i--)
    if (!is_known_operation (self, known->pdata[i - 1]))
      {
        g_ptr_array_remove_index (known, i - 1);
        changed = TRUE;
      }
  for (guint i = 0; i < operations->len; i++)
    {
      const ProlongIntent *intent = prolong_operation_get_intent (operations->pdata[i]);

      if (intent->kind != PROLONG_INTENT_HAND_OVER || prolong_operation_has_ended (operations->pdata[i])
          || g_ptr_array_find_with_equal_func (known, intent->id, g_str_equal, NULL))
        continue;
      g_ptr_array_add (known, g_strdup (intent->id));
      changed = TRUE;
    }
  return changed;
}

/* Looking. */

static gint64
get_now (gpointer data, ProlongLicense *license)
{
  return prolong_asks_get_now (PROLONG_NOTICES (data)->asks, license);
}

static gboolean
has_waited (gpointer data, const char *operation, gint64 *until)
{
  return prolong_asks_has_waited (PROLONG_NOTICES (data)->asks, operation, until);
}

static void
look (ProlongNotices *self)
{
  ProlongFactsQuestion question = {
    .engine = self->engine,
    .hand_overs = self->record->hand_overs,
    .get_now = get_now,
    .has_waited = has_waited,
    .data = self,
  };
  g_auto (ProlongFacts) facts = { 0 };
  gboolean changed = note_hand_overs (self);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = question.zone = g_time_zone_new_local ();
  prolong_facts_find (&question, &facts);
  self->alarm = facts.alarm;
  changed = withdraw_untrue (self, &facts) || changed;
  changed = forget_untrue (self, &facts) || changed;
  if (changed && !self->telling)
    prolong_notices_write (self);
  prolong_notices_tell_news (self, &facts);
}

static gboolean
on_look (gpointer user_data)
{
  ProlongNotices *self = user_data;

  self->look_source = 0;
  self->alarm = G_MAXINT64;
  /* Until it is known what of an earlier run the desktop still shows, and while something is on its way
   * there, all waits: each of them lets it look again. */
  if (self->telling || (self->record->shown->len > 0 && !self->run_known))
    return G_SOURCE_REMOVE;
  if (prolong_settings_get_notifications (prolong_engine_get_settings (self->engine)))
    look (self);
  else
    withdraw_all (self);
  prolong_engine_set_alarm (self->engine);
  return G_SOURCE_REMOVE;
}

void
prolong_notices_look_soon (ProlongNotices *self)
{
  /* One look for all the changes that come together. */
  if (self->look_source == 0)
    self->look_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_look, self, NULL);
}

static void
follower_look (gpointer data)
{
  prolong_notices_look_soon (data);
}

static gint64
follower_get_alarm (gpointer data)
{
  return PROLONG_NOTICES (data)->alarm;
}

/* The desktop. */

static void
on_notifier_changed (ProlongNotifier *notifier, ProlongNotices *self)
{
  gboolean changed = FALSE;

  self->run_known = TRUE;
  for (ProlongSlot slot = 0; slot < PROLONG_N_SLOTS; slot++)
    if (prolong_notices_record_find_shown (self->record, slot_names[slot]) != NULL
        && prolong_notices_find_shown (self, slot) == NULL)
      changed = prolong_notices_clear_slot (self, slot) || changed;
  if (changed)
    prolong_notices_write (self);
  prolong_notices_look_soon (self);
}

static void
on_notifier_closed (ProlongNotifier *notifier, const char *handle, ProlongNotices *self)
{
  for (ProlongSlot slot = 0; slot < PROLONG_N_SLOTS; slot++)
    {
      ProlongShown *shown = prolong_notices_find_shown (self, slot);

      if (shown == NULL || !g_str_equal (shown->handle, handle))
        continue;
      prolong_notices_clear_slot (self, slot);
      prolong_notices_write (self);
    }
}

void
prolong_notices_start (ProlongNotices *self)
{
  self->run_known = prolong_notifier_get_run (self->notifier) != NULL;
  if (self->record->shown->len > 0)
    {
      prolong_notifier_listen (self->notifier, TRUE);
      prolong_notifier_look (self->notifier, FALSE);
    }
  if (self->run_known)
    on_notifier_changed (self->notifier, self);
  g_signal_connect_object (self->engine, "changed", G_CALLBACK (prolong_notices_look_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (prolong_engine_get_settings (self->engine), "changed",
                           G_CALLBACK (prolong_notices_look_soon), self, G_CONNECT_SWAPPED);
  prolong_engine_set_follower (self->engine, &self->follower);
}

static void
prolong_notices_dispose (GObject *object)
{
  ProlongNotices *self = PROLONG_NOTICES (object);

  if (self->engine != NULL)
    prolong_engine_set_follower (self->engine, NULL);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->engine);
  g_clear_object (&self->notifier);
  G_OBJECT_CLASS (prolong_notices_parent_class)->dispose (object);
}

static void
prolong_notices_finalize (GObject *object)
{
  ProlongNotices *self = PROLONG_NOTICES (object);

  g_object_unref (self->clock);
  g_object_unref (self->store);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  prolong_asks_free (self->asks);
  prolong_notices_record_free (self->record);
  G_OBJECT_CLASS (prolong_notices_parent_class)->finalize (object);
}

static void
prolong_notices_class_init (ProlongNoticesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = prolong_notices_dispose;
  G_OBJECT_CLASS (class)->finalize = prolong_notices_finalize;
}

static void
prolong_notices_init (ProlongNotices *self)
{
  self->follower = (ProlongEngineFollower){ follower_look, follower_get_alarm, self };
  self->alarm = G_MAXINT64;
}

ProlongNotices *
prolong_notices_new (ProlongEngine *engine,
                     ProlongClock *clock,
                     ProlongStore *store,
                     ProlongNotifier *notifier,
                     GDBusConnection *bus)
{
  ProlongNotices *self = g_object_new (PROLONG_TYPE_NOTICES, NULL);

  self->engine = g_object_ref (engine);
  self->clock = g_object_ref (clock);
  self->store = g_object_ref (store);
  self->notifier = g_object_ref (notifier);
  g_set_object (&self->bus, bus);
  self->asks = prolong_asks_new (clock);
  self->record = read_record (store);
  g_signal_connect_object (notifier, "changed", G_CALLBACK (on_notifier_changed), self, 0);
  g_signal_connect_object (notifier, "closed", G_CALLBACK (on_notifier_closed), self, 0);
  prolong_notices_connect_presses (self);
  return self;
}
