/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/preferences-check.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"

struct _ProlongPreferencesCheck
{
  AdwActionRow parent_instance;

  GtkWidget *spinner;
  GtkWidget *button;
  ProlongClient *client;
  GCancellable *cancellable;
  GString *outcome; /* a line for each license that was asked for */
  guint n_asked;    /* and have not answered */
  gboolean failed;
  gboolean told;
};

G_DEFINE_FINAL_TYPE (ProlongPreferencesCheck, prolong_preferences_check, ADW_TYPE_ACTION_ROW)

typedef struct
{
  ProlongPreferencesCheck *check;
  char *license; /* its name */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->check);
  g_free (question->license);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
show_busy (ProlongPreferencesCheck *self)
{
  gboolean busy = self->n_asked > 0;

  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

static char *
words_for_error (const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_error (error, &words);
  return g_strdup_printf ("%s %s", words.what, words.way_out);
}

static void
tell_outcome (ProlongPreferencesCheck *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *moment = prolong_words_moment (now, now);
  /* Translators: %s is a moment, such as "today, 09:12". */
  g_autofree char *checked = g_strdup_printf (_ ("Checked: %s"), moment);

  self->told = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), self->failed ? self->outcome->str : checked);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  ProlongPreferencesCheck *self = question->check;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_autofree char *words = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  words = answer != NULL ? g_strdup (_ ("The license is up to date")) : words_for_error (error);
  if (answer == NULL)
    self->failed = TRUE;
  if (self->outcome->len > 0)
    g_string_append_c (self->outcome, '\n');
  /* Translators: the name of a license, and what came of asking about it. */
  g_string_append_printf (self->outcome, _ ("%s: %s"), question->license, words);
  self->n_asked--;
  show_busy (self);
  if (self->n_asked == 0)
    tell_outcome (self);
}

static void
on_clicked (ProlongPreferencesCheck *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  if (self->n_asked > 0 || snapshot == NULL)
    return;
  g_string_truncate (self->outcome, 0);
  self->failed = FALSE;
  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);
      Question *question = g_new0 (Question, 1);

      question->check = g_object_ref (self);
      question->license = g_strdup (license->name);
      self->n_asked++;
      prolong_client_call (self->client, license->path, PROLONG_BUS_LICENSE, "Refresh", NULL,
                           self->cancellable, on_refreshed, question);
    }
  if (self->n_asked > 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Asking the vendors…"));
  show_busy (self);
}

/* The one that was not confirmed for longest speaks for all. */
static char *
words_for_last (const ProlongSnapshot *snapshot)
{
  gint64 oldest = G_MAXINT64;
  g_autofree char *moment = NULL;

  if (snapshot->licenses->len == 0)
    return g_strdup (_ ("No license yet"));
  for (guint i = 0; i < snapshot->licenses->len; i++)
    oldest
        = MIN (oldest, ((const ProlongLicenseInfo *)g_ptr_array_index (snapshot->licenses, i))->checked_at);
  moment = prolong_words_moment (oldest, g_get_real_time () / G_USEC_PER_SEC);
  return g_strdup_printf (_ ("Checked: %s"), moment);
}

void
prolong_preferences_check_update (ProlongPreferencesCheck *self,
                                  ProlongClient *client,
                                  const ProlongSnapshot *snapshot)
{
  g_set_object (&self->client, client);
  gtk_widget_set_sensitive (self->button, snapshot->licenses->len > 0);
  if (self->n_asked == 0 && !self->told)
    {
      g_autofree char *words = words_for_last (snapshot);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
    }
}

static void
prolong_preferences_check_dispose (GObject *object)
{
  ProlongPreferencesCheck *self = PROLONG_PREFERENCES_CHECK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_preferences_check_parent_class)->dispose (object);
}

static void
prolong_preferences_check_finalize (GObject *object)
{
  ProlongPreferencesCheck *self = PROLONG_PREFERENCES_CHECK (object);

  g_object_unref (self->cancellable);
  g_string_free (self->outcome, TRUE);
  G_OBJECT_CLASS (prolong_preferences_check_parent_class)->finalize (object);
}

static void
prolong_preferences_check_class_init (ProlongPreferencesCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = prolong_preferences_check_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_preferences_check_finalize;
}

static void
prolong_preferences_check_init (ProlongPreferencesCheck *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  self->cancellable = g_cancellable_new ();
  self->outcome = g_string_new (NULL);
  self->spinner = gtk_spinner_new ();
  self->button = gtk_button_new_with_label (_ ("Check now"));
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Asking the vendors…"), -1);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_suffix (row, self->spinner);
  adw_action_row_add_suffix (row, self->button);
}
