/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-success.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/first-start.h"
#include "window/look.h"
#include "window/ring.h"

/* Long enough to be seen, short enough that nobody waits for it, in milliseconds. */
#define FILLING 700

struct _ProlongActivateSuccess
{
  AdwBin parent_instance;

  ProlongRing *ring;
  AdwAnimation *filling;
  GtkLabel *heading;
  GtkLabel *words;
  GtkBox *button_place;
  GtkWidget *button;
  const char *login_words; /* (nullable) static: what is said about the login, while one code is told */
};

G_DEFINE_FINAL_TYPE (ProlongActivateSuccess, prolong_activate_success, ADW_TYPE_BIN)

static char *
dup_words (const ProlongLicenseInfo *license)
{
  g_autofree char *days
      = g_strdup_printf (ngettext ("%u day", "%u days", license->days_left), license->days_left);
  g_autofree char *end = prolong_words_date (license->expires_at);
  /* Translators: the first %s is for example "365 days", the second a date. */
  g_autofree char *term = g_strdup_printf (_ ("%s, until %s"), days, end);
  g_autofree char *device
      /* Translators: this device is the %u-th one of the %u that the license is for. */
      = g_strdup_printf (_ ("Device %u of %u"), license->devices_used, license->devices_limit);

  return g_strdup_printf ("%s\n%s", term, device);
}

void
prolong_activate_success_update (ProlongActivateSuccess *self, const ProlongLicenseInfo *license)
{
  g_autofree char *heading = NULL;
  g_autofree char *words = NULL;

  if (license == NULL)
    {
      gtk_label_set_label (self->heading, _ ("The license is activated"));
      gtk_label_set_label (self->words, "");
      return;
    }
  /* Translators: %s is the name of a license, such as "Internet Security". */
  heading = g_strdup_printf (_ ("%s is activated"), license->name);
  words = dup_words (license);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->words, words);
}

/* A change of how the session starts is told once; that it was refused, each time. */
static const char *
find_login_words (const char *start_at_login)
{
  if (g_str_equal (start_at_login, "on") && !prolong_tell_once ("start-at-login"))
    return "";
  return prolong_words_start_at_login (start_at_login);
}

void
prolong_activate_success_update_reserve (ProlongActivateSuccess *self,
                                         const ProlongReserveInfo *reserve,
                                         const char *start_at_login)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *state = reserve != NULL ? prolong_words_reserve_state (reserve, now) : g_strdup ("");
  g_autofree char *way_out = reserve != NULL ? prolong_words_reserve_way_out (reserve) : g_strdup ("");
  g_autofree char *gives = reserve != NULL ? prolong_words_reserve_gives (reserve) : g_strdup ("");
  g_autofree char *devices = reserve != NULL ? prolong_words_reserve_devices (reserve) : g_strdup ("");
  const char *parts[] = { state, way_out, gives, devices, NULL };
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->login_words == NULL)
    self->login_words = find_login_words (start_at_login);
  parts[G_N_ELEMENTS (parts) - 1] = self->login_words;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", parts[i]);
  gtk_label_set_label (self->heading,
                       prolong_words_operation_step (PROLONG_OPERATION_RESERVE, PROLONG_STEP_DONE));
  gtk_label_set_label (self->words, words->str);
}

void
prolong_activate_success_clear (ProlongActivateSuccess *self)
{
  self->login_words = NULL;
}

static void
on_filling (double value, gpointer user_data)
{
  ProlongActivateSuccess *self = user_data;

  prolong_ring_show (self->ring, value, "success", gtk_label_get_label (self->heading));
}

void
prolong_activate_success_focus (ProlongActivateSuccess *self)
{
  adw_animation_play (self->filling);
  prolong_look_focus (self->heading);
}

GtkWidget *
prolong_activate_success_get_button (ProlongActivateSuccess *self)
{
  return self->button;
}

static void
prolong_activate_success_dispose (GObject *object)
{
  g_clear_object (&PROLONG_ACTIVATE_SUCCESS (object)->filling);
  G_OBJECT_CLASS (prolong_activate_success_parent_class)->dispose (object);
}

static void
prolong_activate_success_class_init (ProlongActivateSuccessClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = prolong_activate_success_dispose;
  g_type_ensure (PROLONG_TYPE_RING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/prolong/Prolong/activate-success.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, ring);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, words);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, button_place);
}

static void
prolong_activate_success_init (ProlongActivateSuccess *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FILLING,
                                           adw_callback_animation_target_new (on_filling, self, NULL));
  self->button = prolong_look_pill (_ ("Finish"), "activate.finish", TRUE);
  gtk_box_append (self->button_place, self->button);
}
