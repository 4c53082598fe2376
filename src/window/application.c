/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/application.h"

#include "bus/client.h"
#include "window/check-status.h"
#include "window/chooser.h"
#include "window/dialogs.h"
#include "window/help.h"
#include "window/preferences.h"
#include "window/quit.h"
#include "window/vendor-file.h"
#include "window/window.h"

/* Longer than an agent that runs takes to answer, and short enough to go unnoticed. */
#define PATIENCE_MILLISECONDS 100

struct _ProlongApplication
{
  AdwApplication parent_instance;

  ProlongClient *client; /* (nullable) none without a session bus */
  GPtrArray *waiting;    /* (element-type Request) until the agent has answered */
  GtkWindow *question;   /* (nullable) whether to quit */
  ProlongWindow *unseen; /* (nullable) comes into sight when the agent has answered */
  guint patience;        /* source that ends waiting for that */
};

G_DEFINE_FINAL_TYPE (ProlongApplication, prolong_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "window.close", { "<Control>w" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.panel::license", { "<Control>1", "<Alt>1" } },
  { "win.panel::activate", { "<Control>2", "<Alt>2" } },
  { "win.panel::reserve", { "<Control>3", "<Alt>3" } },
  { "win.refresh", { "<Control>r" } },
};

/* The window, made when there is none yet. */
static ProlongWindow *
get_window (ProlongApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !PROLONG_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return window != NULL ? PROLONG_WINDOW (window) : prolong_window_new (GTK_APPLICATION (self), self->client);
}

static gboolean
has_answered (ProlongApplication *self)
{
  return self->client == NULL || prolong_client_get_snapshot (self->client) != NULL
         || prolong_client_get_error (self->client) != NULL;
}

/* GTK gives the focus to the first control when a window comes into sight and nothing has it. */
static void
present (ProlongWindow *window)
{
  gboolean focused = gtk_window_get_focus (GTK_WINDOW (window)) != NULL;

  gtk_window_present (GTK_WINDOW (window));
  if (!focused)
    prolong_window_focus (window);
}

static void
show_unseen (ProlongApplication *self)
{
  g_autoptr (ProlongWindow) window = self->unseen != NULL ? g_object_ref (self->unseen) : NULL;

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_weak_pointer (&self->unseen);
  if (window != NULL)
    present (window);
}

static void
on_patience_over (gpointer user_data)
{
  ProlongApplication *self = user_data;

  self->patience = 0;
  show_unseen (self);
}

/* A window that is filled before it is seen is laid out once. Mostly the answer is there when GTK has
 * started. */
static void
show (ProlongApplication *self, ProlongWindow *window)
{
  if (has_answered (self) || gtk_widget_get_mapped (GTK_WIDGET (window)))
    {
      present (window);
      return;
    }
  g_set_weak_pointer (&self->unseen, window);
  if (self->patience == 0)
    self->patience = g_timeout_add_once (PATIENCE_MILLISECONDS, on_patience_over, self);
}

/* The program ends without windows, but not before the agent has answered what the last one still asked. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  (void)prolong_quit_close_windows (GTK_APPLICATION (user_data));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  prolong_dialogs_show_about (GTK_WINDOW (get_window (user_data)));
}

static void
on_help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (active == NULL || !prolong_help_show_for_window (active))
    gtk_widget_activate_action (GTK_WIDGET (get_window (user_data)), "win.help", NULL);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongApplication *self = user_data;
  ProlongWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  prolong_preferences_show (GTK_WINDOW (window), self->client);
}

/* Tray and notifications open a panel by this action, also when the program is not running yet. */
static void
on_show_panel (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongWindow *window = get_window (user_data);

  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.panel", parameter);
  show (user_data, window);
}

/* The action of the desktop file, which cannot carry a parameter. */
static void
on_enter_code (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongWindow *window = get_window (user_data);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.enter-code", NULL);
  show (user_data, window);
}

/* Tray and notifications open one license by this action. */
static void
on_show_license (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongWindow *window = get_window (user_data);
  const char *vendor;
  const char *product;
  g_autofree char *id = NULL;

  g_variant_get (parameter, "(&s&s)", &vendor, &product);
  id = prolong_chooser_dup_id (vendor, product);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.license", "s", id);
  show (user_data, window);
}

/* What the tray asks for depends on what the agent says, and the program may just have been started for it.
 */

typedef struct
{
  char *action;
  GVariant *parameter;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->action);
  g_clear_pointer (&request->parameter, g_variant_unref);
  g_free (request);
}

static void
on_client_changed (ProlongApplication *self)
{
  g_autoptr (GPtrArray) waiting = NULL;

  if (!has_answered (self))
    return;
  show_unseen (self);
  if (self->waiting->len == 0)
    return;
  waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (request_free);
  for (guint i = 0; i < waiting->len; i++)
    {
      Request *request = waiting->pdata[i];

      g_action_group_activate_action (G_ACTION_GROUP (self), request->action, request->parameter);
      g_application_release (G_APPLICATION (self));
    }
}

/* Returns whether the action comes again when the agent has answered. */
static gboolean
wait_for_agent (ProlongApplication *self, GSimpleAction *action, GVariant *parameter)
{
  Request *request;

  if (has_answered (self))
    return FALSE;
  request = g_new0 (Request, 1);
  request->action = g_strdup (g_action_get_name (G_ACTION (action)));
  request->parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
  g_ptr_array_add (self->waiting, request);
  g_application_hold (G_APPLICATION (self));
  return TRUE;
}

static void
on_check_status (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongApplication *self = user_data;
  ProlongWindow *window = get_window (self);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.panel", "s", "license");
  show (self, window);
  if (!wait_for_agent (self, action, parameter))
    prolong_window_check_status (window);
}

static void
on_renew (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongApplication *self = user_data;
  ProlongWindow *window = get_window (self);
  g_autofree char *id = NULL;
  const char *vendor_id, *product_id;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.panel", "s", "license");
  show (self, window);
  if (wait_for_agent (self, action, parameter))
    return;
  g_variant_get (parameter, "(&s&s)", &vendor_id, &product_id);
  id = prolong_chooser_dup_id (vendor_id, product_id);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.license", "s", id);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.renew", NULL);
}

static void
on_quit_confirmed (ProlongApplication *self)
{
  prolong_quit_agent (GTK_APPLICATION (self), self->client);
}

static void
on_confirm_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ProlongApplication *self = user_data;
  const ProlongSnapshot *snapshot;

  if (wait_for_agent (self, action, parameter))
    return;
  snapshot = self->client != NULL ? prolong_client_get_snapshot (self->client) : NULL;
  if (snapshot == NULL || !prolong_quit_costs (snapshot))
    on_quit_confirmed (self);
  else if (self->question != NULL)
    gtk_window_present (self->question);
  else
    g_set_weak_pointer (&self->question,
                        prolong_dialogs_ask_quit (GTK_APPLICATION (self),
                                                  gtk_application_get_active_window (GTK_APPLICATION (self)),
                                                  g_str_equal (snapshot->start_at_login, "on"),
                                                  G_CALLBACK (on_quit_confirmed), self));
}

static const GActionEntry actions[] = {
  { "quit", on_quit },
  { "about", on_about },
  { "help", on_help },
  { "enter-code", on_enter_code },
  { "preferences", on_preferences },
  { "show-panel", on_show_panel, "s" },
  { "show-license", on_show_license, "(ss)" },
  { "check-status", on_check_status },
  { "renew", on_renew, "(ss)" },
  { "confirm-quit", on_confirm_quit },
};

static void
prolong_application_startup (GApplication *application)
{
  ProlongApplication *self = PROLONG_APPLICATION (application);
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  /* The agent answers while GTK starts, so that the first frame already shows the license. */
  if (bus != NULL)
    {
      self->client = prolong_client_new (bus);
      g_signal_connect_object (self->client, "changed", G_CALLBACK (on_client_changed), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  G_APPLICATION_CLASS (prolong_application_parent_class)->startup (application);

  /* Text that can be copied, such as the license number, would look marked whenever the focus passes it. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].keys);
}

static void
prolong_application_activate (GApplication *application)
{
  ProlongApplication *self = PROLONG_APPLICATION (application);

  show (self, get_window (self));
}

/* Profile files of vendors, from a file manager or the command line. */
static void
prolong_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ProlongWindow *window = get_window (PROLONG_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    prolong_vendor_file_open (window, files[i]);
}

static void
prolong_application_dispose (GObject *object)
{
  ProlongApplication *self = PROLONG_APPLICATION (object);

  g_clear_object (&self->client);
  g_clear_weak_pointer (&self->question);
  g_clear_weak_pointer (&self->unseen);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS (prolong_application_parent_class)->dispose (object);
}

static void
prolong_application_class_init (ProlongApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = prolong_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = prolong_application_startup;
  G_APPLICATION_CLASS (klass)->activate = prolong_application_activate;
  G_APPLICATION_CLASS (klass)->open = prolong_application_open;
}

static void
prolong_application_init (ProlongApplication *self)
{
  self->waiting = g_ptr_array_new_with_free_func (request_free);
}

ProlongApplication *
prolong_application_new (void)
{
  return g_object_new (PROLONG_TYPE_APPLICATION, "application-id", PROLONG_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
