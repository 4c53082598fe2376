/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/previous-page.h"

#include <glib/gi18n-lib.h>

#include "window/code-field.h"
#include "window/look.h"

struct _ProlongPreviousPage
{
  AdwBin parent_instance;

  GtkLabel *heading;
  ProlongCodeField *field;
  GtkBox *button_place;
  GtkWidget *button;
  GtkBox *shorter;
  GtkBox *decline_place;
};

enum
{
  SUBMITTED,
  SHORTER,
  DECLINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongPreviousPage, prolong_previous_page, ADW_TYPE_BIN)

static void
show_shorter (ProlongPreviousPage *self, gint64 term)
{
  g_autofree char *length = prolong_words_term (term);
  g_autofree char *body = NULL;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->shorter));

  if (child != NULL)
    gtk_box_remove (self->shorter, child);
  gtk_widget_set_visible (GTK_WIDGET (self->shorter), term > 0);
  if (term <= 0)
    return;
  /* Translators: %s is a length of time, for example "180 days". */
  body = g_strdup_printf (_ ("Without it the renewal code gives a shorter term: %s."), length);
  gtk_box_append (self->shorter,
                  prolong_look_notice ("dialog-information-symbolic", _ ("No earlier code at hand?"), body,
                                       _ ("Accept the shorter term"), "previous.shorter"));
}

void
prolong_previous_page_show (ProlongPreviousPage *self,
                            const ProlongCodeFormat *format,
                            gint64 shorter_term,
                            gboolean refused)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  if (format != NULL)
    prolong_code_field_set_format (self->field, format);
  show_shorter (self, shorter_term);
  if (!refused)
    return;
  words.what = g_strdup (_ ("This is not the code of an earlier license of this product."));
  words.way_out = g_strdup (
      _ ("Compare it with the license e‑mail of the earlier license, or ask the vendor’s support."));
  prolong_code_field_tell (self->field, &words);
}

ProlongCode *
prolong_previous_page_read (ProlongPreviousPage *self)
{
  ProlongCode *code = prolong_code_field_read (self->field);

  if (code == NULL)
    prolong_code_field_focus (self->field);
  return code;
}

void
prolong_previous_page_clear (ProlongPreviousPage *self)
{
  prolong_code_field_clear (self->field);
}

void
prolong_previous_page_focus (ProlongPreviousPage *self)
{
  prolong_look_focus (self->heading);
}

GtkWidget *
prolong_previous_page_get_button (ProlongPreviousPage *self)
{
  return self->button;
}

static void
on_submitted (ProlongPreviousPage *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

static void
on_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint signal = g_str_equal (action, "previous.shorter")   ? SHORTER
                 : g_str_equal (action, "previous.decline") ? DECLINED
                                                            : SUBMITTED;

  g_signal_emit (widget, signals[signal], 0);
}

static void
prolong_previous_page_class_init (ProlongPreviousPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[SUBMITTED]
      = g_signal_new ("submitted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHORTER] = g_signal_new ("shorter", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DECLINED] = g_signal_new ("declined", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PROLONG_TYPE_CODE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/previous-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongPreviousPage, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreviousPage, field);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreviousPage, button_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreviousPage, shorter);
  gtk_widget_class_bind_template_child (widget_class, ProlongPreviousPage, decline_place);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
  gtk_widget_class_install_action (widget_class, "previous.submit", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "previous.shorter", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "previous.decline", NULL, on_action);
}

static void
prolong_previous_page_init (ProlongPreviousPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->button = prolong_look_pill (_ ("Continue"), "previous.submit", TRUE);
  gtk_box_append (self->button_place, self->button);
  gtk_box_append (self->decline_place,
                  prolong_look_pill (_ ("Enter another code"), "previous.decline", FALSE));
}

GtkWidget *
prolong_previous_page_new (void)
{
  return g_object_new (PROLONG_TYPE_PREVIOUS_PAGE, NULL);
}
