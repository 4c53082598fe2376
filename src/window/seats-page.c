/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/seats-page.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "window/dialogs.h"
#include "window/look.h"
#include "window/wrap-box.h"

struct _ProlongSeatsPage
{
  AdwBin parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  char *license;     /* (nullable) object path; then there is no code */
  char *vendor;      /* (nullable) */
  ProlongCode *code; /* (nullable) */
  char *seat;        /* (nullable) the one that the person was asked about */

  GtkLabel *heading;
  GtkLabel *words;
  GtkBox *notice;
  GtkSpinner *spinner;
  GtkListBox *rows;
  ProlongWrapBox *ways_out;
};

enum
{
  RELEASED,
  ANOTHER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongSeatsPage, prolong_seats_page, ADW_TYPE_BIN)

static void
set_busy (ProlongSeatsPage *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), !busy);
}

static void
clear_notice (ProlongSeatsPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notice))) != NULL)
    gtk_box_remove (self->notice, child);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
}

static void
tell_error (ProlongSeatsPage *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  clear_notice (self);
  prolong_words_for_error (error, &words);
  gtk_box_append (self->notice, prolong_look_notice ("dialog-warning-symbolic", words.what, words.way_out,
                                                     _ ("Try again"), "seats.retry"));
  gtk_widget_set_visible (GTK_WIDGET (self->notice), TRUE);
}

static char *
dup_subtitle (const char *hint, gint64 last_seen)
{
  g_autofree char *seen = prolong_words_last_seen (last_seen, g_get_real_time () / G_USEC_PER_SEC);
  const char *words = prolong_words_seat_hint (hint);

  return g_strdup_printf ("%s%s%s", seen, words[0] != '\0' ? "\n" : "", words);
}

static GtkWidget *
new_release_button (const char *seat, const char *device)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("seat", "Release"));
  /* Translators: %s is the name of a device, which then no longer uses a license. */
  g_autofree char *name = g_strdup_printf (_ ("Release %s"), device);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", seat, device);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "seats.release");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
add_seat (ProlongSeatsPage *self, GVariant *seat)
{
  GtkWidget *row = adw_action_row_new ();
  const char *id = "";
  const char *device = "";
  const char *hint = "";
  gint64 last_seen = 0;
  g_autofree char *subtitle = NULL;
  g_autofree char *name = NULL;

  g_variant_lookup (seat, "id", "&s", &id);
  g_variant_lookup (seat, "device_name", "&s", &device);
  g_variant_lookup (seat, "hint", "&s", &hint);
  g_variant_lookup (seat, "last_seen", "x", &last_seen);
  if (device[0] == '\0')
    device = _ ("Device without a name");
  subtitle = dup_subtitle (hint, last_seen);
  name = g_strdup_printf ("%s. %s", device, subtitle);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), device);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  prolong_look_name_alone (row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (!g_str_equal (hint, "this") && id[0] != '\0')
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_release_button (id, device));
  gtk_list_box_append (self->rows, row);
}

static void
show_seats (ProlongSeatsPage *self, GVariant *seats)
{
  GtkWidget *row;
  gsize n_seats = seats != NULL ? g_variant_n_children (seats) : 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, row);
  for (gsize i = 0; i < n_seats; i++)
    {
      g_autoptr (GVariant) seat = g_variant_get_child_value (seats, i);

      add_seat (self, seat);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n_seats > 0);
}

static void
on_seats (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongSeatsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  g_autoptr (GVariant) seats = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (answer == NULL)
    {
      tell_error (self, error);
      return;
    }
  if (!g_variant_is_of_type (answer, G_VARIANT_TYPE ("(aa{sv})")))
    return;
  seats = g_variant_get_child_value (answer, 0);
  show_seats (self, seats);
}

static void
call (ProlongSeatsPage *self, const char *method, const char *seat, GAsyncReadyCallback callback)
{
  gboolean license = self->license != NULL;
  GVariant *arguments = NULL;

  if (license)
    arguments = seat != NULL ? g_variant_new ("(s)", seat) : NULL;
  else if (seat != NULL)
    arguments = g_variant_new ("(sss)", self->vendor, prolong_code_get_text (self->code), seat);
  else
    arguments = g_variant_new ("(ss)", self->vendor, prolong_code_get_text (self->code));
  set_busy (self, TRUE);
  prolong_client_call (self->client, license ? self->license : PROLONG_BUS_PATH,
                       license ? PROLONG_BUS_LICENSE : PROLONG_BUS_MANAGER, method, arguments,
                       self->cancellable, callback, g_object_ref (self));
}

static void
query (ProlongSeatsPage *self)
{
  if (self->license == NULL && self->code == NULL)
    return;
  clear_notice (self);
  call (self, "QuerySeats", NULL, on_seats);
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongSeatsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (answer == NULL)
    {
      tell_error (self, error);
      return;
    }
  if (self->license != NULL)
    query (self);
  g_signal_emit (self, signals[RELEASED], 0);
}

static void
on_release_confirmed (ProlongSeatsPage *self)
{
  g_autofree char *seat = g_steal_pointer (&self->seat);

  if (seat == NULL || (self->license == NULL && self->code == NULL))
    return;
  clear_notice (self);
  call (self, "ReleaseSeat", seat, on_released);
}

static void
on_release (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongSeatsPage *self = PROLONG_SEATS_PAGE (widget);
  const char *device;

  g_free (self->seat);
  g_variant_get (parameter, "(s&s)", &self->seat, &device);
  prolong_dialogs_ask_release (GTK_WINDOW (gtk_widget_get_root (widget)), device,
                               G_CALLBACK (on_release_confirmed), self);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  query (PROLONG_SEATS_PAGE (widget));
}

static void
on_another (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ANOTHER], 0);
}

static void
reset (ProlongSeatsPage *self)
{
  prolong_seats_page_forget (self);
  clear_notice (self);
  show_seats (self, NULL);
  prolong_wrap_box_clear (self->ways_out);
}

void
prolong_seats_page_show_code (ProlongSeatsPage *self,
                              const char *vendor,
                              ProlongCode *code,
                              GVariant *details)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  g_autoptr (GVariant) seats = NULL;

  reset (self);
  self->vendor = g_strdup (vendor);
  self->code = prolong_code_ref (code);
  prolong_words_for_problem (PROLONG_PROBLEM_CODE_EXHAUSTED, details, &words);
  gtk_label_set_label (self->heading, _ ("The code is in use on other devices"));
  gtk_label_set_label (self->words, words.what);
  if (details != NULL)
    seats = g_variant_lookup_value (details, "seats", G_VARIANT_TYPE ("aa{sv}"));
  show_seats (self, seats);
  prolong_wrap_box_append (self->ways_out,
                           prolong_look_pill (_ ("Enter another code"), "seats.another", FALSE));
  prolong_wrap_box_append (self->ways_out, prolong_look_pill (_ ("Contact support"), "win.support", FALSE));
  query (self);
}

void
prolong_seats_page_show_license (ProlongSeatsPage *self, const char *path, const char *name)
{
  reset (self);
  self->license = g_strdup (path);
  gtk_label_set_label (self->heading, name);
  gtk_label_set_label (self->words,
                       _ ("These devices use the license. A place that you release can be taken by another "
                          "device."));
  query (self);
}

void
prolong_seats_page_forget (ProlongSeatsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_pointer (&self->vendor, g_free);
  g_clear_pointer (&self->license, g_free);
  g_clear_pointer (&self->seat, g_free);
  set_busy (self, FALSE);
}

void
prolong_seats_page_focus (ProlongSeatsPage *self)
{
  prolong_look_focus (self->heading);
}

static void
prolong_seats_page_dispose (GObject *object)
{
  ProlongSeatsPage *self = PROLONG_SEATS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_seats_page_parent_class)->dispose (object);
}

static void
prolong_seats_page_finalize (GObject *object)
{
  ProlongSeatsPage *self = PROLONG_SEATS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->code, prolong_code_unref);
  g_free (self->vendor);
  g_free (self->license);
  g_free (self->seat);
  G_OBJECT_CLASS (prolong_seats_page_parent_class)->finalize (object);
}

static void
prolong_seats_page_class_init (ProlongSeatsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_seats_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_seats_page_finalize;
  signals[RELEASED] = g_signal_new ("released", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANOTHER] = g_signal_new ("another", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/seats-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongSeatsPage, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongSeatsPage, words);
  gtk_widget_class_bind_template_child (widget_class, ProlongSeatsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ProlongSeatsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongSeatsPage, rows);
  gtk_widget_class_bind_template_child (widget_class, ProlongSeatsPage, ways_out);
  gtk_widget_class_install_action (widget_class, "seats.release", "(ss)", on_release);
  gtk_widget_class_install_action (widget_class, "seats.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "seats.another", NULL, on_another);
}

static void
prolong_seats_page_init (ProlongSeatsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
prolong_seats_page_new (ProlongClient *client)
{
  ProlongSeatsPage *self = g_object_new (PROLONG_TYPE_SEATS_PAGE, NULL);

  g_set_object (&self->client, client);
  return GTK_WIDGET (self);
}
