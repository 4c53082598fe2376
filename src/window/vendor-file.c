/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/vendor-file.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "license/profile.h"
#include "window/dialogs.h"

/* One byte more than a profile may have, so that the parser sees that it is too large. */
#define READ_BYTES (PROLONG_PROFILE_MAX_BYTES + 1)

/** A profile file on its way from the file to the agent; the window may go meanwhile. */
typedef struct
{
  GWeakRef window;
  char *text;
  ProlongProfile *profile; /* (nullable) until it was read */
} Opening;

static void
opening_free (Opening *self)
{
  g_weak_ref_clear (&self->window);
  g_free (self->text);
  g_clear_pointer (&self->profile, prolong_profile_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
tell (Opening *self, const ProlongWords *words)
{
  g_autoptr (ProlongWindow) window = g_weak_ref_get (&self->window);

  if (window != NULL)
    prolong_dialogs_show_problem (GTK_WINDOW (window), words->what, words->way_out);
}

static void
tell_unreadable (Opening *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_profile_error (error, &words);
  tell (self, &words);
}

static void
tell_refusal (Opening *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_error (error, &words);
  tell (self, &words);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) self = user_data;
  g_autoptr (ProlongWindow) window = g_weak_ref_get (&self->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  const ProlongProduct *first = g_ptr_array_index (self->profile->products, 0);
  g_autofree char *words = NULL;

  if (answer == NULL)
    {
      tell_refusal (self, error);
      return;
    }
  if (window == NULL)
    return;
  /* Translators: %s is the name of a vendor. */
  words = g_strdup_printf (_ ("%s is there now"), self->profile->name);
  prolong_window_tell (window, words);
  prolong_window_choose (window, self->profile->id, first->id);
}

static void
on_confirmed (gpointer user_data)
{
  Opening *self = user_data;
  g_autoptr (ProlongWindow) window = g_weak_ref_get (&self->window);
  Opening *call;

  if (window == NULL)
    return;
  call = g_new0 (Opening, 1);
  g_weak_ref_init (&call->window, window);
  call->profile = prolong_profile_ref (self->profile);
  prolong_client_call (window->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "AddVendor",
                       g_variant_new ("(s)", self->text), NULL, on_added, call);
}

static void
ask (Opening *self, ProlongWindow *window, GVariant *verdict)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  const char *what = "new";
  const char *previous = "";

  g_variant_lookup (verdict, "verdict", "&s", &what);
  g_variant_lookup (verdict, "previous_service", "&s", &previous);
  prolong_words_for_vendor_check (what, self->profile->name, previous, self->profile->service_url, &words);
  prolong_dialogs_ask_add_vendor (GTK_WINDOW (window), &words, what, self->profile, on_confirmed, self,
                                  (GDestroyNotify)opening_free);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) self = user_data;
  g_autoptr (ProlongWindow) window = g_weak_ref_get (&self->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_autoptr (GVariant) verdict = NULL;

  if (answer == NULL)
    {
      tell_refusal (self, error);
      return;
    }
  if (window == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{sv})")))
    return;
  verdict = g_variant_get_child_value (answer, 0);
  ask (g_steal_pointer (&self), window, verdict);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) self = user_data;
  g_autoptr (ProlongWindow) window = g_weak_ref_get (&self->window);
  g_autoptr (GError) error = NULL;
  GVariant *arguments;
  gsize length;

  if (g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    self->profile = prolong_profile_parse (self->text, length, &error);
  if (self->profile == NULL)
    {
      tell_unreadable (self, error);
      return;
    }
  if (window == NULL || window->client == NULL)
    return;
  self->text[length] = '\0';
  arguments = g_variant_new ("(s)", self->text);
  prolong_client_call (window->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "CheckVendor", arguments, NULL,
                       on_checked, g_steal_pointer (&self));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      tell_unreadable (self, error);
      return;
    }
  self->text = g_malloc (READ_BYTES);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), self->text, READ_BYTES, G_PRIORITY_DEFAULT, NULL,
                                 on_read, self);
  g_steal_pointer (&self);
}

void
prolong_vendor_file_open (ProlongWindow *window, GFile *file)
{
  Opening *self = g_new0 (Opening, 1);

  g_weak_ref_init (&self->window, window);
  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, on_opened, self);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  prolong_vendor_file_open (PROLONG_WINDOW (user_data), files->data);
  return TRUE;
}

void
prolong_vendor_file_accept_drops (ProlongWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), window, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
