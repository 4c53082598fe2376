/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/reserve-removal.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"

/* Long enough to reach the button with the keyboard. */
#define UNDO_SECONDS 10

struct _ProlongReserveRemoval
{
  GObject parent_instance;

  ProlongClient *client;
  AdwToastOverlay *toasts;
  GHashTable *waiting;  /* path -> AdwToast */
  GHashTable *removing; /* paths that the agent was told */
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongReserveRemoval, prolong_reserve_removal, G_TYPE_OBJECT)

typedef struct
{
  ProlongReserveRemoval *removal;
  char *path;
} Call;

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (ProlongReserveRemoval) self = call->removal;
  g_autofree char *path = call->path;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  g_free (call);
  /* After success the row must not come back before the agent's word that it is gone. */
  if (answer == NULL)
    {
      g_hash_table_remove (self->removing, path);
      g_signal_emit (self, signals[FAILED], 0, error);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  g_application_release (g_application_get_default ());
}

static void
remove_now (ProlongReserveRemoval *self, const char *path)
{
  Call *call;

  call = g_new0 (Call, 1);
  call->removal = g_object_ref (self);
  call->path = g_strdup (path);
  g_hash_table_add (self->removing, g_strdup (path));
  g_hash_table_remove (self->waiting, path);
  g_application_hold (g_application_get_default ());
  prolong_client_call (self->client, call->path, PROLONG_BUS_RESERVE, "Remove", NULL, NULL, on_removed, call);
}

static const char *
find_path (ProlongReserveRemoval *self, AdwToast *toast)
{
  GHashTableIter iter;
  gpointer path, other;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &path, &other))
    if (other == toast)
      return path;
  return NULL;
}

static void
on_undo (AdwToast *toast, gpointer user_data)
{
  ProlongReserveRemoval *self = user_data;
  const char *path = find_path (self, toast);

  if (path == NULL)
    return;
  g_hash_table_remove (self->waiting, path);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_dismissed (AdwToast *toast, gpointer user_data)
{
  ProlongReserveRemoval *self = user_data;
  const char *path = find_path (self, toast);

  if (path != NULL)
    remove_now (self, path);
}

void
prolong_reserve_removal_add (ProlongReserveRemoval *self, const char *path)
{
  AdwToast *toast;

  if (prolong_reserve_removal_hides (self, path))
    return;
  toast = adw_toast_new (_ ("Reserve code removed"));
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_hash_table_insert (self->waiting, g_strdup (path), g_object_ref (toast));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

gboolean
prolong_reserve_removal_hides (ProlongReserveRemoval *self, const char *path)
{
  return g_hash_table_contains (self->waiting, path) || g_hash_table_contains (self->removing, path);
}

void
prolong_reserve_removal_flush (ProlongReserveRemoval *self)
{
  GHashTableIter iter;
  gpointer key;

  for (g_hash_table_iter_init (&iter, self->waiting); g_hash_table_iter_next (&iter, &key, NULL);
       g_hash_table_iter_init (&iter, self->waiting))
    {
      g_autofree char *path = g_strdup (key);

      remove_now (self, path);
    }
}

static void
prolong_reserve_removal_finalize (GObject *object)
{
  ProlongReserveRemoval *self = PROLONG_RESERVE_REMOVAL (object);

  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->removing);
  g_object_unref (self->client);
  g_object_unref (self->toasts);
  G_OBJECT_CLASS (prolong_reserve_removal_parent_class)->finalize (object);
}

static void
prolong_reserve_removal_class_init (ProlongReserveRemovalClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_reserve_removal_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
      = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
prolong_reserve_removal_init (ProlongReserveRemoval *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->removing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ProlongReserveRemoval *
prolong_reserve_removal_new (ProlongClient *client, AdwToastOverlay *toasts)
{
  ProlongReserveRemoval *self = g_object_new (PROLONG_TYPE_RESERVE_REMOVAL, NULL);

  self->client = g_object_ref (client);
  self->toasts = g_object_ref (toasts);
  return self;
}
