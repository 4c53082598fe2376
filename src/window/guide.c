/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/guide.h"

#include "window/look.h"
#include "window/wrap-box.h"

struct _ProlongGuide
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *heading;
  GtkLabel *words;
  GtkBox *body;
  ProlongWrapBox *buttons;
  GtkSpinner *spinner;
  GtkLabel *problem;
  GtkBox *after;
};

G_DEFINE_FINAL_TYPE (ProlongGuide, prolong_guide, ADW_TYPE_BIN)

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  gtk_widget_set_visible (GTK_WIDGET (box), FALSE);
}

void
prolong_guide_start (ProlongGuide *self, const char *icon, const char *heading, const char *words)
{
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL && *words != '\0');
  empty (self->body);
  empty (self->after);
  prolong_wrap_box_clear (self->buttons);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), FALSE);
  prolong_guide_set_busy (self, FALSE);
  prolong_guide_tell (self, NULL);
}

void
prolong_guide_add (ProlongGuide *self, GtkWidget *widget)
{
  gtk_box_append (self->body, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->body), TRUE);
}

void
prolong_guide_add_after (ProlongGuide *self, GtkWidget *widget)
{
  gtk_box_append (self->after, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->after), TRUE);
}

GtkWidget *
prolong_guide_add_button (ProlongGuide *self, const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = prolong_look_pill (label, action, suggested);

  prolong_wrap_box_append (self->buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), TRUE);
  return button;
}

void
prolong_guide_add_open (ProlongGuide *self, const char *label, const char *address, gboolean suggested)
{
  GtkWidget *button = prolong_guide_add_button (self, label, "contact.open::", suggested);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", address);
}

void
prolong_guide_set_busy (ProlongGuide *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

void
prolong_guide_tell (ProlongGuide *self, const ProlongWords *words)
{
  g_autofree char *text
      = words != NULL ? g_strdup_printf ("%s %s", words->what, words->way_out != NULL ? words->way_out : "")
                      : NULL;

  gtk_label_set_label (self->problem, text != NULL ? g_strstrip (text) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    prolong_look_scroll_to (GTK_WIDGET (self->problem));
}

const char *
prolong_guide_get_heading (ProlongGuide *self)
{
  return gtk_label_get_label (self->heading);
}

void
prolong_guide_focus (ProlongGuide *self)
{
  prolong_look_focus (self->heading);
}

static void
prolong_guide_class_init (ProlongGuideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/guide.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, icon);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, words);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, body);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, buttons);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, spinner);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, problem);
  gtk_widget_class_bind_template_child (widget_class, ProlongGuide, after);
}

static void
prolong_guide_init (ProlongGuide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
prolong_guide_new (void)
{
  return g_object_new (PROLONG_TYPE_GUIDE, NULL);
}

GtkWidget *
prolong_guide_new_scrolled (GtkWidget *step)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_set_margin_top (step, 24);
  gtk_widget_set_margin_bottom (step, 18);
  gtk_widget_set_margin_start (step, 12);
  gtk_widget_set_margin_end (step, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 420);
  adw_clamp_set_child (ADW_CLAMP (clamp), step);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

GtkWidget *
prolong_guide_new_page (ProlongGuide **guide)
{
  GtkWidget *step = prolong_guide_new ();

  *guide = PROLONG_GUIDE (step);
  return prolong_guide_new_scrolled (step);
}
