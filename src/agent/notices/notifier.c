/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/notifier.h"

#include "agent/notices/desktop-notifier.h"
#include "agent/notices/portal-notifier.h"
#include "bus/sandbox.h"

enum
{
  CHANGED,
  CLOSED,
  PRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE (ProlongNotifier, prolong_notifier, G_TYPE_OBJECT)

static void
button_free (gpointer data)
{
  ProlongNoticeButton *button = data;

  g_free (button->label);
  g_free (button->action);
  g_clear_pointer (&button->target, g_variant_unref);
  g_free (button);
}

ProlongNotice *
prolong_notice_new (const char *slot)
{
  ProlongNotice *notice = g_new0 (ProlongNotice, 1);

  notice->slot = slot;
  notice->urgency = PROLONG_URGENCY_NORMAL;
  notice->buttons = g_ptr_array_new_with_free_func (button_free);
  return notice;
}

void
prolong_notice_free (ProlongNotice *notice)
{
  g_free (notice->title);
  g_free (notice->body);
  g_ptr_array_unref (notice->buttons);
  g_free (notice);
}

void
prolong_notice_add_button (ProlongNotice *notice,
                           const char *label,
                           const char *action,
                           GVariant *target,
                           gboolean opens)
{
  ProlongNoticeButton *button = g_new0 (ProlongNoticeButton, 1);

  button->label = g_strdup (label);
  button->action = g_strdup (action);
  button->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  button->opens = opens;
  g_ptr_array_add (notice->buttons, button);
}

char *
prolong_notice_button_get_key (const ProlongNoticeButton *button)
{
  return g_action_print_detailed_name (button->action, button->target);
}

void
prolong_notifier_look (ProlongNotifier *notifier, gboolean start)
{
  PROLONG_NOTIFIER_GET_CLASS (notifier)->look (notifier, start);
}

ProlongNotifierState
prolong_notifier_get_state (ProlongNotifier *notifier)
{
  return PROLONG_NOTIFIER_GET_CLASS (notifier)->get_state (notifier);
}

const char *
prolong_notifier_get_run (ProlongNotifier *notifier)
{
  return PROLONG_NOTIFIER_GET_CLASS (notifier)->get_run (notifier);
}

gboolean
prolong_notifier_has_buttons (ProlongNotifier *notifier)
{
  return PROLONG_NOTIFIER_GET_CLASS (notifier)->has_buttons (notifier);
}

void
prolong_notifier_listen (ProlongNotifier *notifier, gboolean on)
{
  PROLONG_NOTIFIER_GET_CLASS (notifier)->listen (notifier, on);
}

void
prolong_notifier_show_async (ProlongNotifier *notifier,
                             const ProlongNotice *notice,
                             const char *handle,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (notifier, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_notifier_show_async);
  PROLONG_NOTIFIER_GET_CLASS (notifier)->show (notifier, notice, handle, task);
}

char *
prolong_notifier_show_finish (ProlongNotifier *notifier, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, notifier), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
prolong_notifier_withdraw (ProlongNotifier *notifier, const char *handle)
{
  PROLONG_NOTIFIER_GET_CLASS (notifier)->withdraw (notifier, handle);
}

void
prolong_notifier_emit_changed (ProlongNotifier *notifier)
{
  g_signal_emit (notifier, signals[CHANGED], 0);
}

void
prolong_notifier_emit_closed (ProlongNotifier *notifier, const char *handle)
{
  g_signal_emit (notifier, signals[CLOSED], 0, handle);
}

void
prolong_notifier_emit_pressed (ProlongNotifier *notifier,
                               const char *handle,
                               const char *key,
                               const char *token)
{
  g_signal_emit (notifier, signals[PRESSED], 0, handle, key, token);
}

static guint
add_signal (const char *name, guint n_strings)
{
  GType types[] = { G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING };

  return g_signal_newv (name, PROLONG_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL, G_TYPE_NONE,
                        n_strings, types);
}

static void
prolong_notifier_class_init (ProlongNotifierClass *class)
{
  signals[CHANGED] = add_signal ("changed", 0);
  signals[CLOSED] = add_signal ("closed", 1);
  signals[PRESSED] = add_signal ("pressed", 3);
}

static void
prolong_notifier_init (ProlongNotifier *notifier)
{
}

static gboolean always_sandboxed;

void
prolong_notifier_set_sandboxed (gboolean sandboxed)
{
  always_sandboxed = sandboxed;
}

ProlongNotifier *
prolong_notifier_new_for_desktop (GDBusConnection *bus)
{
  if (always_sandboxed || prolong_is_sandboxed ())
    return prolong_portal_notifier_new (bus);
  return prolong_desktop_notifier_new (bus);
}
