/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/notices-private.h"

#include "agent/window-caller.h"
#include "license/reminders.h"
#include "license/term.h"

/* The actions of the window program that a notice can ask for; what else comes over the bus is not ours. */
static const char *const window_actions[] = { "show-license", "show-panel", "renew", "enter-code", NULL };

static const struct
{
  const char *action;
  gint64 days;
} laters[] = {
  { PROLONG_NOTICES_TOMORROW, 1 },
  { PROLONG_NOTICES_NEXT_WEEK, 7 },
};

static gint64
now_of_topic (ProlongNotices *self, const char *topic)
{
  g_auto (GStrv) words = g_strsplit (topic, " ", 3);
  GPtrArray *licenses = prolong_engine_get_licenses (self->engine);

  for (guint i = 0; i < licenses->len; i++)
    if (g_strcmp0 (words[1], prolong_license_get_ticket (licenses->pdata[i])->sub) == 0)
      return prolong_asks_get_now (self->asks, licenses->pdata[i]);
  return prolong_clock_get_system (self->clock);
}

/* All that the notice tells of is told again then, as long as it is true. */
static void
remind_later (ProlongNotices *self, ProlongSlot slot, gint64 days)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  ProlongShown *shown = prolong_notices_find_shown (self, slot);

  for (guint i = 0; i < self->record->told->len; i++)
    {
      const ProlongTold *told = self->record->told->pdata[i];
      gint64 until = now_of_topic (self, told->topic) + days * PROLONG_SECONDS_PER_DAY;

      if (told->standing && prolong_slot_of_kind (prolong_facts_kind_of_topic (told->topic)) == slot)
        prolong_notices_record_set_later (self->record, told->topic, prolong_reminder_by_day (until, zone));
    }
  /* Most desktops close what was pressed, but they need not. */
  prolong_notifier_withdraw (self->notifier, shown->handle);
  prolong_notices_clear_slot (self, slot);
  prolong_notices_write (self);
  prolong_notices_look_soon (self);
}

static void
press (ProlongNotices *self, ProlongSlot slot, const char *key, const char *token)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (key, &action, &target, NULL))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (laters); i++)
    if (g_str_equal (action, laters[i].action))
      {
        remind_later (self, slot, laters[i].days);
        return;
      }
  if (self->bus != NULL && g_strv_contains (window_actions, action))
    prolong_window_caller_activate (self->bus, action, target, token);
}

static void
on_pressed (ProlongNotifier *notifier,
            const char *handle,
            const char *key,
            const char *token,
            ProlongNotices *self)
{
  for (ProlongSlot slot = 0; slot < PROLONG_N_SLOTS; slot++)
    {
      ProlongShown *shown = prolong_notices_find_shown (self, slot);
      g_autofree char *pressed = NULL;

      if (shown == NULL || !g_str_equal (shown->handle, handle))
        continue;
      pressed = g_strdup (key != NULL ? key : shown->press);
      press (self, slot, pressed, token);
      return;
    }
}

void
prolong_notices_connect_presses (ProlongNotices *self)
{
  g_signal_connect_object (self->notifier, "pressed", G_CALLBACK (on_pressed), self, 0);
}
