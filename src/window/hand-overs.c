/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/hand-overs.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"

static gboolean
is_over (const ProlongOperationInfo *operation)
{
  return operation->kind == PROLONG_OPERATION_HAND_OVER && prolong_operation_has_ended (operation);
}

gboolean
prolong_hand_overs_leave (const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->operations->len; i++)
    if (!is_over (g_ptr_array_index (snapshot->operations, i)))
      return TRUE;
  return FALSE;
}

static void
on_dismissed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  G_GNUC_UNUSED g_autoptr (GVariant) answer
      = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);
}

/* A snapshot may still hold what was dismissed a moment ago. */
static gboolean
is_told (ProlongClient *client, const char *path)
{
  GHashTable *told = g_object_get_data (G_OBJECT (client), "hand-overs-told");

  if (told == NULL)
    {
      told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (client), "hand-overs-told", told, (GDestroyNotify)g_hash_table_unref);
    }
  return !g_hash_table_add (told, g_strdup (path));
}

static void
tell_done (const ProlongSnapshot *snapshot, const ProlongOperationInfo *operation, AdwToastOverlay *toasts)
{
  const ProlongLicenseInfo *license
      = prolong_snapshot_find_license (snapshot, operation->vendor, operation->product);
  g_autofree char *date = license != NULL ? prolong_words_date (license->expires_at) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;

  if (license == NULL)
    return;
  /* Translators: %s is a date; the license now lasts until then. */
  words = g_strdup_printf (_ ("A reserve code has taken over: until %s"), date);
  markup = g_markup_escape_text (words, -1);
  adw_toast_overlay_add_toast (toasts, adw_toast_new (markup));
}

void
prolong_hand_overs_tell (ProlongClient *client,
                         const ProlongSnapshot *snapshot,
                         ProlongActivatePanel *wizard,
                         AdwToastOverlay *toasts)
{
  for (guint i = 0; i < snapshot->operations->len; i++)
    {
      const ProlongOperationInfo *operation = g_ptr_array_index (snapshot->operations, i);

      if (!is_over (operation) || (wizard != NULL && prolong_activate_panel_follows (wizard, operation->path))
          || is_told (client, operation->path))
        continue;
      if (operation->step == PROLONG_STEP_DONE)
        tell_done (snapshot, operation, toasts);
      prolong_client_call (client, operation->path, PROLONG_BUS_OPERATION, "Dismiss", NULL, NULL,
                           on_dismissed, NULL);
    }
}
