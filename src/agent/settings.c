/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/settings.h"

#include "agent/record.h"

#define FILE_NAME "settings.json"

struct _ProlongSettings
{
  GObject parent_instance;
  ProlongStore *store;
  ProlongSettingsRecord *record; /* as it is on the disk */
  GQueue pending;                /* of GTask, each with a Change; the head is being written */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongSettings, prolong_settings, G_TYPE_OBJECT)

/* A choice that is not durable yet. Each is made upon the one before it, which may have failed. */
typedef struct _Change Change;
struct _Change
{
  gboolean (*apply) (ProlongSettingsRecord *record, const Change *change);
  gboolean on;
  GArray *days;
  char *name;
  ProlongSettingsRecord *record; /* what is being written */
};

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->days, g_array_unref);
  g_clear_pointer (&change->record, prolong_settings_record_free);
  g_free (change->name);
  g_free (change);
}

static gboolean
apply_tray (ProlongSettingsRecord *record, const Change *change)
{
  record->tray = change->on;
  return TRUE;
}

static gboolean
apply_notifications (ProlongSettingsRecord *record, const Change *change)
{
  record->notifications = change->on;
  return TRUE;
}

static gboolean
apply_days (ProlongSettingsRecord *record, const Change *change)
{
  return prolong_settings_record_set_days (record, (const guint *)change->days->data, change->days->len);
}

static gboolean
apply_name (ProlongSettingsRecord *record, const Change *change)
{
  return prolong_settings_record_set_device_name (record, change->name);
}

static gboolean
apply_email (ProlongSettingsRecord *record, const Change *change)
{
  return prolong_settings_record_set_email (record, change->name);
}

static void write_next (ProlongSettings *self);

/* The next one starts before the caller hears, who may want another change in its turn. */
static void
settle (ProlongSettings *self, GError *error)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->pending);

  write_next (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongSettings) self = user_data;
  Change *change = g_task_get_task_data (g_queue_peek_head (&self->pending));
  GError *error = NULL;

  if (prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      G_GNUC_UNUSED g_autoptr (ProlongSettingsRecord) old = self->record;

      self->record = g_steal_pointer (&change->record);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  settle (self, error);
}

static void
write_next (ProlongSettings *self)
{
  GTask *task = g_queue_peek_head (&self->pending);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  Change *change;

  if (task == NULL)
    return;
  change = g_task_get_task_data (task);
  change->record = prolong_settings_record_copy (self->record);
  if (!change->apply (change->record, change))
    {
      settle (self, g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "That cannot be chosen"));
      return;
    }
  before = prolong_settings_record_encode (self->record);
  after = prolong_settings_record_encode (change->record);
  if (g_bytes_equal (before, after))
    settle (self, NULL);
  else
    prolong_store_write_async (self->store, FILE_NAME, after, on_written, g_object_ref (self));
}

static void
add_change (ProlongSettings *self, Change *change, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, add_change);
  g_task_set_task_data (task, change, change_free);
  g_queue_push_tail (&self->pending, task);
  if (self->pending.length == 1)
    write_next (self);
}

void
prolong_settings_set_tray_async (ProlongSettings *self,
                                 gboolean on,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->apply = apply_tray;
  change->on = on;
  add_change (self, change, callback, user_data);
}

void
prolong_settings_set_notifications_async (ProlongSettings *self,
                                          gboolean on,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->apply = apply_notifications;
  change->on = on;
  add_change (self, change, callback, user_data);
}

void
prolong_settings_set_notification_days_async (ProlongSettings *self,
                                              const guint *days,
                                              gsize n,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->apply = apply_days;
  change->days = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (change->days, days, n);
  add_change (self, change, callback, user_data);
}

void
prolong_settings_set_device_name_async (ProlongSettings *self,
                                        const char *name,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->apply = apply_name;
  change->name = g_strdup (name);
  add_change (self, change, callback, user_data);
}

void
prolong_settings_set_email_async (ProlongSettings *self,
                                  const char *email,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Change *change = g_new0 (Change, 1);

  change->apply = apply_email;
  change->name = g_strdup (email);
  add_change (self, change, callback, user_data);
}

gboolean
prolong_settings_set_finish (ProlongSettings *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
prolong_settings_get_tray (ProlongSettings *self)
{
  return self->record->tray;
}

gboolean
prolong_settings_get_notifications (ProlongSettings *self)
{
  return self->record->notifications;
}

const guint *
prolong_settings_get_notification_days (ProlongSettings *self, gsize *n)
{
  *n = self->record->notification_days->len;
  return (const guint *)self->record->notification_days->data;
}

const char *
prolong_settings_get_device_name (ProlongSettings *self)
{
  return self->record->device_name;
}

const char *
prolong_settings_get_email (ProlongSettings *self)
{
  return self->record->email;
}

static void
prolong_settings_finalize (GObject *object)
{
  ProlongSettings *self = PROLONG_SETTINGS (object);

  g_object_unref (self->store);
  prolong_settings_record_free (self->record);
  G_OBJECT_CLASS (prolong_settings_parent_class)->finalize (object);
}

static void
prolong_settings_class_init (ProlongSettingsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_settings_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
prolong_settings_init (ProlongSettings *self)
{
  g_queue_init (&self->pending);
}

ProlongSettings *
prolong_settings_new (ProlongStore *store)
{
  ProlongSettings *self = g_object_new (PROLONG_TYPE_SETTINGS, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = prolong_store_read (store, FILE_NAME, &length, &error);

  self->store = g_object_ref (store);
  if (text != NULL)
    self->record = prolong_settings_record_decode (text, length, &error);
  if (error != NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("%s: %s", FILE_NAME, error->message);
  if (self->record == NULL)
    self->record = prolong_settings_record_new ();
  return self;
}
