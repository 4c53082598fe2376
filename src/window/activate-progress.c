/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-progress.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/look.h"
#include "window/wrap-box.h"

#define N_NAMED_STEPS PROLONG_STEP_WAITING

struct _ProlongActivateProgress
{
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkProgressBar *bar;
  GtkListBox *steps;
  GtkBox *notice;
  ProlongWrapBox *buttons;
  GtkWidget *row[N_NAMED_STEPS];
  GtkImage *icon[N_NAMED_STEPS];
  GtkSpinner *spinner[N_NAMED_STEPS];
  GtkWidget *cancel;
  GtkWidget *hide;
  char *situation; /* (nullable) what the notice says */
};

G_DEFINE_FINAL_TYPE (ProlongActivateProgress, prolong_activate_progress, ADW_TYPE_BIN)

/* While an operation waits, its problem tells which step it waits in. */
static ProlongStep
find_named_step (const ProlongOperationInfo *operation)
{
  if (operation == NULL)
    return PROLONG_STEP_CHECKING;
  if (operation->step < PROLONG_STEP_WAITING)
    return operation->step;
  if (g_str_has_prefix (operation->error, "keyring-"))
    return PROLONG_STEP_STORING;
  return PROLONG_STEP_SENDING;
}

static void
show_step (ProlongActivateProgress *self,
           ProlongOperationKind kind,
           ProlongStep step,
           ProlongStep current,
           gboolean waits)
{
  const char *title = prolong_words_operation_step (kind, step);
  gboolean done = step < current;
  gboolean spins = step == current && !waits;
  const char *state = done             ? C_ ("step", "done")
                      : step > current ? C_ ("step", "to come")
                                       : C_ ("step", "under way");

  if (step == current && waits)
    state = C_ ("step", "waits");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row[step]), title);
  gtk_image_set_from_icon_name (self->icon[step], done              ? "emblem-ok-symbolic"
                                                  : step == current ? "content-loading-symbolic"
                                                                    : "media-record-symbolic");
  gtk_widget_set_opacity (GTK_WIDGET (self->icon[step]), step > current ? 0.25 : 1);
  gtk_widget_set_visible (GTK_WIDGET (self->icon[step]), !spins);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner[step]), spins);
  gtk_spinner_set_spinning (self->spinner[step], spins);
  if (step > current)
    gtk_widget_add_css_class (self->row[step], "dim-label");
  else
    gtk_widget_remove_css_class (self->row[step], "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row[step]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  state, -1);
}

static GtkWidget *
new_waiting_notice (const ProlongOperationInfo *operation)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean lost
      = g_str_equal (operation->error, prolong_problem_get_name (PROLONG_PROBLEM_KEYRING_UNAVAILABLE));
  g_auto (ProlongWords) words = { NULL, NULL };
  g_autofree char *when = prolong_words_moment (operation->retry_at, now);
  g_autofree char *next = NULL;
  g_autofree char *body = NULL;
  ProlongProblem problem;
  GtkWidget *notice;

  if (prolong_problem_from_name (operation->error, &problem))
    prolong_words_for_problem (problem, operation->error_details, &words);
  /* Translators: %s is a moment such as "today, 21:30". */
  next = operation->retry_at != 0 ? g_strdup_printf (_ ("Next attempt: %s."), when) : g_strdup ("");
  body = g_strdup_printf ("%s%s%s", words.way_out != NULL ? words.way_out : "",
                          words.way_out != NULL && next[0] != '\0' ? "\n" : "", next);
  notice = prolong_look_notice (
      "dialog-warning-symbolic", words.what != NULL ? words.what : _ ("The vendor’s service did not answer."),
      body, lost ? _ ("Enter the code") : _ ("Try again"), lost ? "activate.provide" : "activate.retry");
  prolong_look_mark (notice);
  return notice;
}

static void
show_notice (ProlongActivateProgress *self, const ProlongOperationInfo *operation)
{
  gboolean waits = operation != NULL && operation->step == PROLONG_STEP_WAITING;
  g_autofree char *situation
      = waits ? g_strdup_printf ("%s %" G_GINT64_FORMAT, operation->error, operation->retry_at) : NULL;
  GtkWidget *child;

  if (g_strcmp0 (situation, self->situation) == 0)
    return;
  g_free (self->situation);
  self->situation = g_steal_pointer (&situation);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notice))) != NULL)
    gtk_box_remove (self->notice, child);
  if (waits)
    gtk_box_append (self->notice, new_waiting_notice (operation));
  gtk_widget_set_visible (GTK_WIDGET (self->notice), waits);
}

void
prolong_activate_progress_update (ProlongActivateProgress *self,
                                  const ProlongOperationInfo *operation,
                                  const char *product,
                                  ProlongOperationKind kind)
{
  ProlongStep current = find_named_step (operation);
  gboolean waits = operation != NULL && operation->step == PROLONG_STEP_WAITING;
  gboolean cancellable = operation != NULL && operation->cancellable;
  /* Translators: %s is the name of a product. */
  g_autofree char *heading = kind == PROLONG_OPERATION_RESERVE
                                 ? g_strdup_printf (_ ("Saving a reserve code for %s"), product)
                                 /* Translators: %s is the name of a product. */
                                 : g_strdup_printf (_ ("Activating %s"), product);

  gtk_label_set_label (self->heading, heading);
  gtk_progress_bar_set_fraction (self->bar, operation != NULL ? CLAMP (operation->progress, 0.0, 1.0) : 0);
  for (ProlongStep step = 0; step < N_NAMED_STEPS; step++)
    show_step (self, kind, step, current, waits);
  /* Saving a code uses nothing: there is no license yet to ask for and to verify. */
  gtk_widget_set_visible (self->row[PROLONG_STEP_SENDING], kind != PROLONG_OPERATION_RESERVE);
  gtk_widget_set_visible (self->row[PROLONG_STEP_VERIFYING], kind != PROLONG_OPERATION_RESERVE);
  show_notice (self, operation);
  gtk_widget_set_visible (self->cancel, cancellable);
  gtk_widget_set_visible (self->hide, !cancellable);
}

void
prolong_activate_progress_focus (ProlongActivateProgress *self)
{
  prolong_look_focus (self->heading);
}

static void
build_step (ProlongActivateProgress *self, ProlongStep step)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *spinner
      = g_object_new (GTK_TYPE_SPINNER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->row[step] = row;
  self->icon[step] = GTK_IMAGE (icon);
  self->spinner[step] = GTK_SPINNER (spinner);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), prolong_words_step (step));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), spinner);
  gtk_list_box_append (self->steps, row);
}

static void
prolong_activate_progress_finalize (GObject *object)
{
  g_free (PROLONG_ACTIVATE_PROGRESS (object)->situation);
  G_OBJECT_CLASS (prolong_activate_progress_parent_class)->finalize (object);
}

static void
prolong_activate_progress_class_init (ProlongActivateProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_activate_progress_finalize;
  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/prolong/Prolong/activate-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateProgress, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateProgress, steps);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateProgress, notice);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateProgress, buttons);
}

static void
prolong_activate_progress_init (ProlongActivateProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (ProlongStep step = 0; step < N_NAMED_STEPS; step++)
    build_step (self, step);
  self->cancel = prolong_look_pill (_ ("Cancel"), "activate.cancel", FALSE);
  /* Translators: leaves the panel while the activation goes on. */
  self->hide = prolong_look_pill (C_ ("button", "Hide"), "win.panel::license", FALSE);
  prolong_wrap_box_append (self->buttons, self->cancel);
  prolong_wrap_box_append (self->buttons, self->hide);
}
