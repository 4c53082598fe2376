/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/preferences.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "window/dialogs.h"
#include "window/look.h"
#include "window/preferences-check.h"
#include "window/preferences-days.h"

#define SPINNER_DELAY_MS 1000

/* A part of the preferences, with room to tell what goes on and what went wrong. */
typedef enum
{
  PLACE_DESKTOP,
  PLACE_NOTIFICATIONS,
  PLACE_DEVICE,
  N_PLACES
} PlaceName;

typedef struct
{
  GtkSpinner *spinner;
  GtkLabel *notice;
  guint n_calls; /* that wait for an answer */
  guint delay;   /* until the spinner is shown */
} Place;

struct _ProlongPreferences
{
  AdwPreferencesWindow parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  ProlongPreferencesDays *days;
  Place places[N_PLACES];
  gboolean showing; /* what is, not what the person wants */

  GtkWidget *page;
  AdwActionRow *login_row;
  GtkSwitch *login;
  AdwActionRow *tray_row;
  GtkSwitch *tray;
  AdwPreferencesGroup *notifications_group;
  GtkSwitch *notifications;
  AdwPreferencesGroup *device_group;
  GtkEditable *device_name;
  char *shown_name; /* what the field held before the person typed */
  ProlongPreferencesCheck *check;
  GtkSpinner *desktop_spinner, *notifications_spinner, *device_spinner;
  GtkLabel *desktop_notice, *notifications_notice, *device_notice;
};

G_DEFINE_FINAL_TYPE (ProlongPreferences, prolong_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* Showing. */

static void
tell (Place *place, const char *words)
{
  gtk_label_set_label (place->notice, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (place->notice), words != NULL);
}

static void
show_switch (GtkSwitch *widget, gboolean on)
{
  gtk_switch_set_active (widget, on);
  gtk_switch_set_state (widget, on);
}

static void
show_desktop (ProlongPreferences *self, const ProlongSnapshot *snapshot)
{
  show_switch (self->login, g_str_equal (snapshot->start_at_login, "on"));
  show_switch (self->tray, !g_str_equal (snapshot->tray, "off"));
  adw_action_row_set_subtitle (self->login_row, prolong_words_start_at_login (snapshot->start_at_login));
  adw_action_row_set_subtitle (self->tray_row, prolong_words_tray (snapshot->tray));
}

static void
show_notifications (ProlongPreferences *self, const ProlongSnapshot *snapshot)
{
  show_switch (self->notifications, snapshot->notifications);
  prolong_preferences_days_update (self->days, snapshot);
}

/* What the person is typing stays, unless the name is another one by now. */
static void
show_device (ProlongPreferences *self, const ProlongSnapshot *snapshot)
{
  if (g_strcmp0 (self->shown_name, snapshot->device_name) == 0)
    return;
  g_free (self->shown_name);
  self->shown_name = g_strdup (snapshot->device_name);
  gtk_editable_set_text (self->device_name, self->shown_name);
}

static void
show (ProlongPreferences *self, const ProlongSnapshot *snapshot)
{
  static void (*const show_place[N_PLACES]) (ProlongPreferences *, const ProlongSnapshot *) = {
    [PLACE_DESKTOP] = show_desktop,
    [PLACE_NOTIFICATIONS] = show_notifications,
    [PLACE_DEVICE] = show_device,
  };

  gtk_widget_set_sensitive (self->page, TRUE);
  self->showing = TRUE;
  /* What the person just changed stays as it is until the agent has answered. */
  for (guint i = 0; i < N_PLACES; i++)
    if (self->places[i].n_calls == 0)
      show_place[i](self, snapshot);
  self->showing = FALSE;
}

static void
on_client_changed (ProlongPreferences *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  if (snapshot == NULL)
    return;
  show (self, snapshot);
  prolong_preferences_check_update (self->check, self->client, snapshot);
}

/* Asking the agent. */

typedef struct
{
  ProlongPreferences *self;
  Place *place;
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->self);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void
show_progress (Place *place, gboolean on)
{
  gtk_widget_set_visible (GTK_WIDGET (place->spinner), on);
  gtk_spinner_set_spinning (place->spinner, on);
}

static gboolean
on_delay (gpointer user_data)
{
  Place *place = user_data;

  place->delay = 0;
  show_progress (place, TRUE);
  return G_SOURCE_REMOVE;
}

static void
settle (Place *place)
{
  place->n_calls--;
  if (place->n_calls > 0)
    return;
  g_clear_handle_id (&place->delay, g_source_remove);
  show_progress (place, FALSE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);
  g_autoptr (ProlongSnapshot) snapshot = NULL;

  if (g_cancellable_is_cancelled (wish->self->cancellable))
    return;
  settle (wish->place);
  if (answer == NULL)
    {
      on_client_changed (wish->self);
      return;
    }
  snapshot = prolong_snapshot_new (NULL, answer);
  show (wish->self, snapshot);
}

static char *
words_for_error (const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS))
    return g_strdup (_ ("This name cannot be used."));
  prolong_words_for_error (error, &words);
  return g_strdup_printf ("%s %s", words.what, words.way_out);
}

/* The snapshot of the client may be from before the answer, so that the agent is asked what is now. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  ProlongPreferences *self = wish->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL)
    {
      g_autofree char *words = words_for_error (error);

      tell (wish->place, words);
    }
  prolong_client_call (self->client, PROLONG_BUS_PATH, "org.freedesktop.DBus.Properties", "GetAll",
                       g_variant_new ("(s)", PROLONG_BUS_MANAGER), self->cancellable, on_read,
                       g_steal_pointer (&wish));
}

static void
set (ProlongPreferences *self, PlaceName name, const char *method, GVariant *arguments)
{
  Place *place = &self->places[name];
  Wish *wish = g_new0 (Wish, 1);

  wish->self = g_object_ref (self);
  wish->place = place;
  tell (place, NULL);
  place->n_calls++;
  if (place->delay == 0)
    place->delay = g_timeout_add (SPINNER_DELAY_MS, on_delay, place);
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, method, arguments,
                       self->cancellable, on_answered, wish);
}

/* A switch moves at once, and takes its colour when the agent has answered. */
static gboolean
set_switch (GtkSwitch *widget, gboolean on, PlaceName name, const char *method)
{
  ProlongPreferences *self = PROLONG_PREFERENCES (gtk_widget_get_root (GTK_WIDGET (widget)));

  if (self->showing)
    return FALSE;
  set (self, name, method, g_variant_new ("(b)", on));
  return TRUE;
}

static gboolean
on_login (GtkSwitch *widget, gboolean on, gpointer user_data)
{
  return set_switch (widget, on, PLACE_DESKTOP, "SetStartAtLogin");
}

static gboolean
on_tray (GtkSwitch *widget, gboolean on, gpointer user_data)
{
  return set_switch (widget, on, PLACE_DESKTOP, "SetTray");
}

static gboolean
on_notifications (GtkSwitch *widget, gboolean on, gpointer user_data)
{
  return set_switch (widget, on, PLACE_NOTIFICATIONS, "SetNotifications");
}

static void
on_days_chosen (ProlongPreferences *self, GVariant *days)
{
  set (self, PLACE_NOTIFICATIONS, "SetNotificationDays", g_variant_new ("(@au)", days));
}

static gboolean
is_name_too_long (ProlongPreferences *self)
{
  return strlen (gtk_editable_get_text (self->device_name)) > PROLONG_BUS_MAX_DEVICE_NAME;
}

static void
on_name_changed (ProlongPreferences *self)
{
  gboolean too_long = is_name_too_long (self);

  if (self->showing)
    return;
  tell (&self->places[PLACE_DEVICE], too_long ? _ ("This name is too long.") : NULL);
  if (!too_long)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->device_name), "error");
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->device_name), "error");
  prolong_look_scroll_to (GTK_WIDGET (self->places[PLACE_DEVICE].notice));
}

static void
on_name_applied (ProlongPreferences *self)
{
  if (is_name_too_long (self))
    return;
  /* Whatever the name is then, the field is to show it. */
  g_clear_pointer (&self->shown_name, g_free);
  set (self, PLACE_DEVICE, "SetDeviceName", g_variant_new ("(s)", gtk_editable_get_text (self->device_name)));
}

static void
prolong_preferences_dispose (GObject *object)
{
  ProlongPreferences *self = PROLONG_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < N_PLACES; i++)
    g_clear_handle_id (&self->places[i].delay, g_source_remove);
  g_clear_object (&self->days);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_preferences_parent_class)->dispose (object);
}

static void
prolong_preferences_finalize (GObject *object)
{
  ProlongPreferences *self = PROLONG_PREFERENCES (object);

  g_object_unref (self->cancellable);
  g_free (self->shown_name);
  G_OBJECT_CLASS (prolong_preferences_parent_class)->finalize (object);
}

static void
prolong_preferences_class_init (ProlongPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_preferences_finalize;
  g_type_ensure (PROLONG_TYPE_PREFERENCES_CHECK);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, page);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, login_row);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, login);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, tray_row);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, tray);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, notifications_group);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, notifications);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, device_group);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, device_name);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, check);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, desktop_spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, notifications_spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, device_spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, desktop_notice);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, notifications_notice);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreferences, device_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_login);
  gtk_widget_class_bind_template_callback (widget_class, on_tray);
  gtk_widget_class_bind_template_callback (widget_class, on_notifications);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
}

static void
prolong_preferences_init (ProlongPreferences *self)
{
  g_autofree char *description = NULL;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->places[PLACE_DESKTOP] = (Place){ self->desktop_spinner, self->desktop_notice, 0, 0 };
  self->places[PLACE_NOTIFICATIONS]
      = (Place){ self->notifications_spinner, self->notifications_notice, 0, 0 };
  self->places[PLACE_DEVICE] = (Place){ self->device_spinner, self->device_notice, 0, 0 };
  self->days = prolong_preferences_days_new (self->notifications_group);
  g_signal_connect_object (self->days, "chosen", G_CALLBACK (on_days_chosen), self, G_CONNECT_SWAPPED);
  description = g_markup_printf_escaped (
      /* Translators: %s is the host name of this computer. */
      _ ("Your vendors see it in the list of devices. Leave the field empty for the name of the computer, "
         "%s."),
      g_get_host_name ());
  adw_preferences_group_set_description (self->device_group, description);
}

static ProlongPreferences *
find_open (GtkWindow *parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (PROLONG_IS_PREFERENCES (window->data) && gtk_window_get_transient_for (window->data) == parent)
      return window->data;
  return NULL;
}

void
prolong_preferences_show (GtkWindow *parent, ProlongClient *client)
{
  ProlongPreferences *self = find_open (parent);

  if (self == NULL)
    {
      self = g_object_new (PROLONG_TYPE_PREFERENCES, NULL);
      prolong_dialogs_set_parent (GTK_WINDOW (self), parent);
      g_set_object (&self->client, client);
      if (client != NULL)
        {
          g_signal_connect_object (client, "changed", G_CALLBACK (on_client_changed), self,
                                   G_CONNECT_SWAPPED);
          on_client_changed (self);
        }
    }
  gtk_window_present (GTK_WINDOW (self));
}
