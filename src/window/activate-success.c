/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-success.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/look.h"

struct _ProlongActivateSuccess
{
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkLabel *words;
  GtkBox *button_place;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (ProlongActivateSuccess, prolong_activate_success, ADW_TYPE_BIN)

static char *
dup_words (const ProlongLicenseInfo *license)
{
  g_autofree char *days
      = g_strdup_printf (ngettext ("%u day", "%u days", license->days_left), license->days_left);
  g_autofree char *end = prolong_words_date (license->expires_at);
  /* Translators: the first %s is for example "365 days", the second a date. */
  g_autofree char *term = g_strdup_printf (_("%s, until %s"), days, end);
  g_autofree char *device
      /* Translators: this device is the %u-th one of the %u that the license is for. */
      = g_strdup_printf (_("Device %u of %u"), license->devices_used, license->devices_limit);

  return g_strdup_printf ("%s\n%s", term, device);
}

void
prolong_activate_success_update (ProlongActivateSuccess *self, const ProlongLicenseInfo *license)
{
  g_autofree char *heading = NULL;
  g_autofree char *words = NULL;

  if (license == NULL)
    {
      gtk_label_set_label (self->heading, _("The license is activated"));
      gtk_label_set_label (self->words, "");
      return;
    }
  /* Translators: %s is the name of a license, such as "Internet Security". */
  heading = g_strdup_printf (_("%s is activated"), license->name);
  words = dup_words (license);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->words, words);
}

void
prolong_activate_success_focus (ProlongActivateSuccess *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

GtkWidget *
prolong_activate_success_get_button (ProlongActivateSuccess *self)
{
  return self->button;
}

static void
prolong_activate_success_class_init (ProlongActivateSuccessClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/prolong/Prolong/activate-success.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, words);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateSuccess, button_place);
}

static void
prolong_activate_success_init (ProlongActivateSuccess *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->button = prolong_look_pill (_("Finish"), "activate.finish", TRUE);
  gtk_box_append (self->button_place, self->button);
}
