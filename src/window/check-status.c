/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/check-status.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "window/window-private.h"

typedef struct
{
  ProlongWindow *window;
  guint n_calls;
  guint n_left;
  ProlongWords words; /* of the first problem */
} Check;

static void
note_error (Check *check, const GError *error)
{
  if (check->words.what == NULL)
    prolong_words_for_error (error, &check->words);
}

static void
finish (Check *check)
{
  ProlongWindow *self = check->window;

  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      self->refreshing = FALSE;
      prolong_window_update (self);
      prolong_window_tell (self, check->words.what != NULL ? check->words.what
                                 : check->n_calls > 1      ? _ ("All licenses are up to date")
                                                           : _ ("The license is up to date"));
    }
  prolong_words_clear (&check->words);
  g_object_unref (self);
  g_free (check);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (answer == NULL)
    note_error (check, error);
  if (--check->n_left == 0)
    finish (check);
}

void
prolong_window_check_status (ProlongWindow *self)
{
  const ProlongSnapshot *snapshot = self->client != NULL ? prolong_client_get_snapshot (self->client) : NULL;
  Check *check;

  if (snapshot == NULL || snapshot->licenses->len == 0 || self->refreshing)
    return;
  check = g_new0 (Check, 1);
  check->window = g_object_ref (self);
  check->n_calls = check->n_left = snapshot->licenses->len;
  self->refreshing = TRUE;
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      prolong_client_call (self->client, license->path, PROLONG_BUS_LICENSE, "Refresh", NULL,
                           self->cancellable, on_checked, check);
    }
  prolong_window_update (self);
}
