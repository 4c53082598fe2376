/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProlongNoticeButton:
 * @label: what a person reads on it; %NULL for what happens when the notice itself is pressed
 * @action: of the window program (src/window/application.c), or one of ours
 * @target: (nullable): of the action; an action with a target or with @opens is the window program's
 * @opens: whether the window program carries it out
 */
typedef struct
{
  char *label;
  char *action;
  GVariant *target;
  gboolean opens;
} ProlongNoticeButton;

typedef enum
{
  PROLONG_URGENCY_LOW, /* as the desktop's notification service counts */
  PROLONG_URGENCY_NORMAL,
} ProlongUrgency;

/**
 * ProlongNotice:
 * @slot: which of the agent's notices it is: a newer one of a slot takes the place of the older
 * @title: plain text, one line
 * @body: plain text
 * @stays: until the person has dealt with it
 * @buttons: (element-type ProlongNoticeButton)
 *
 * Something to be told to the person.
 */
typedef struct
{
  const char *slot;
  char *title;
  char *body;
  ProlongUrgency urgency;
  gboolean stays;
  GPtrArray *buttons;
} ProlongNotice;

ProlongNotice *prolong_notice_new (const char *slot);
void prolong_notice_free (ProlongNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongNotice, prolong_notice_free)

/** prolong_notice_add_button: (nullable) @label, @target, of which a floating reference is taken. */
void prolong_notice_add_button (ProlongNotice *notice,
                                const char *label,
                                const char *action,
                                GVariant *target,
                                gboolean opens);

/** prolong_notice_button_get_key: (transfer full): action and target in one word. */
char *prolong_notice_button_get_key (const ProlongNoticeButton *button);

typedef enum
{
  PROLONG_NOTIFIER_UNKNOWN,
  PROLONG_NOTIFIER_READY,
  PROLONG_NOTIFIER_ABSENT, /* until it comes by itself */
} ProlongNotifierState;

/**
 * ProlongNotifier:
 *
 * The desktop's notification service, which may be absent, come late and go away. A handle names a notice
 * that it shows, as long as it runs.
 *
 * Emits `changed` when its state or its run is another, `closed` (handle) when a notice went away, and
 * `pressed` (handle, key or %NULL for the notice itself, activation token or %NULL).
 */
#define PROLONG_TYPE_NOTIFIER (prolong_notifier_get_type ())
G_DECLARE_DERIVABLE_TYPE (ProlongNotifier, prolong_notifier, PROLONG, NOTIFIER, GObject)

struct _ProlongNotifierClass
{
  GObjectClass parent_class;

  void (*look) (ProlongNotifier *notifier, gboolean start);
  ProlongNotifierState (*get_state) (ProlongNotifier *notifier);
  const char *(*get_run) (ProlongNotifier *notifier);
  gboolean (*has_buttons) (ProlongNotifier *notifier);
  void (*listen) (ProlongNotifier *notifier, gboolean on);
  void (*show) (ProlongNotifier *notifier, const ProlongNotice *notice, const char *handle, GTask *task);
  void (*withdraw) (ProlongNotifier *notifier, const char *handle);
};

/** prolong_notifier_new_for_desktop: that of the session, or the portal in a sandbox. */
ProlongNotifier *prolong_notifier_new_for_desktop (GDBusConnection *bus);

/** prolong_notifier_set_sandboxed: for tests: as if in a sandbox. */
void prolong_notifier_set_sandboxed (gboolean sandboxed);

/** prolong_notifier_look: looks whether it is there; @start: it is needed, and the bus may start it. */
void prolong_notifier_look (ProlongNotifier *notifier, gboolean start);
ProlongNotifierState prolong_notifier_get_state (ProlongNotifier *notifier);

/** prolong_notifier_get_run: (nullable): tells one run of the service from another; %NULL while it is not
 * there. */
const char *prolong_notifier_get_run (ProlongNotifier *notifier);

/** prolong_notifier_has_buttons: whether it shows buttons; known when it is ready. */
gboolean prolong_notifier_has_buttons (ProlongNotifier *notifier);

/** prolong_notifier_listen: whether what becomes of notices is to be told; costs wake-ups. */
void prolong_notifier_listen (ProlongNotifier *notifier, gboolean on);

/** prolong_notifier_show_async: (nullable) @handle: of the notice whose place this one takes. */
void prolong_notifier_show_async (ProlongNotifier *notifier,
                                  const ProlongNotice *notice,
                                  const char *handle,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/** prolong_notifier_show_finish: (transfer full): the handle. */
char *prolong_notifier_show_finish (ProlongNotifier *notifier,
                                    GAsyncResult *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_notifier_withdraw (ProlongNotifier *notifier, const char *handle);

/* What the kinds of it tell. */
void prolong_notifier_emit_changed (ProlongNotifier *notifier);
void prolong_notifier_emit_closed (ProlongNotifier *notifier, const char *handle);
void prolong_notifier_emit_pressed (ProlongNotifier *notifier,
                                    const char *handle,
                                    const char *key,
                                    const char *token);

G_END_DECLS
