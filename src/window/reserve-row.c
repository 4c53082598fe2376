/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/reserve-row.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/look.h"

struct _ProlongReserveRow
{
  GtkListBoxRow parent_instance;

  char *path;
  guint position;

  GtkImage *icon;
  GtkLabel *code;
  GtkLabel *state;
  GtkLabel *advice;
  GtkLabel *gift;
  GtkLabel *devices;
  GtkLabel *checked;
  GtkBox *way_place;
  GtkWidget *way; /* (nullable) the button that is shown */
  const char *way_label;
  GtkSpinner *spinner;
  GtkWidget *check;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (ProlongReserveRow, prolong_reserve_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *style; /* (nullable) */
} looks[] = {
  [PROLONG_RESERVE_READY] = { "emblem-ok-symbolic", "success" },
  [PROLONG_RESERVE_UNCHECKED] = { "dialog-question-symbolic", NULL },
  [PROLONG_RESERVE_PROBLEM] = { "dialog-warning-symbolic", "error" },
  [PROLONG_RESERVE_ACTIVATING] = { "content-loading-symbolic", NULL },
};

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
show_look (ProlongReserveRow *self, ProlongReserveState state)
{
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].style != NULL)
      {
        gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].style);
        gtk_widget_remove_css_class (GTK_WIDGET (self->state), looks[i].style);
      }
  if (looks[state].style == NULL)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].style);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), looks[state].style);
}

/* What the state does not tell yet: the way out, or why it waits and until when. */
static char *
dup_advice (const ProlongReserveInfo *reserve, const ProlongOperationInfo *operation)
{
  gboolean waits = operation != NULL && operation->step == PROLONG_STEP_WAITING;
  g_auto (ProlongWords) words = { NULL, NULL };
  g_autofree char *moment = NULL;
  g_autofree char *next = NULL;
  ProlongProblem problem;

  if (!waits)
    return prolong_words_reserve_way_out (reserve);
  if (!prolong_problem_from_name (operation->error, &problem))
    return NULL;
  prolong_words_for_problem (problem, operation->error_details, &words);
  if (operation->retry_at == 0)
    return g_strdup_printf ("%s %s", words.what, words.way_out);
  moment = prolong_words_moment (operation->retry_at, g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: %s is a moment such as "today, 21:30". */
  next = g_strdup_printf (_ ("Next attempt: %s."), moment);
  return g_strdup_printf ("%s %s %s", words.what, words.way_out, next);
}

/* Once the license no longer runs, a code need not wait for anything. */
static const char *
find_way (const ProlongReserveInfo *reserve,
          const ProlongChoice *choice,
          const ProlongOperationInfo *operation,
          const char **action)
{
  *action = "reserve.activate";
  if (operation != NULL && !prolong_operation_has_ended (operation))
    {
      *action = "reserve.retry";
      return operation->step == PROLONG_STEP_WAITING ? N_ ("Try again") : NULL;
    }
  if (prolong_license_runs (choice->license) || reserve->state == PROLONG_RESERVE_ACTIVATING)
    return NULL;
  return reserve->state == PROLONG_RESERVE_PROBLEM ? N_ ("Try again") : N_ ("Activate now");
}

static void
on_clicked (GtkWidget *button, const char *action)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, PROLONG_TYPE_RESERVE_ROW);

  gtk_widget_activate_action (row, action, "s", PROLONG_RESERVE_ROW (row)->path);
}

/* A button that belongs to an action is pressable whenever the action is; here that depends on the place as
 * well. */
static void
set_action (GtkWidget *button, const char *action)
{
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), (gpointer)action);
}

static void
show_way (ProlongReserveRow *self, const char *label, const char *action)
{
  if (label == self->way_label)
    return;
  self->way_label = label;
  if (self->way != NULL)
    gtk_box_remove (self->way_place, self->way);
  self->way = NULL;
  if (label == NULL)
    return;
  self->way = gtk_button_new_with_label (_ (label));
  gtk_widget_add_css_class (self->way, "suggested-action");
  gtk_widget_set_margin_bottom (self->way, 6);
  set_action (self->way, action);
  gtk_box_append (self->way_place, self->way);
}

static void
show_buttons (ProlongReserveRow *self, guint place, guint n_places, gboolean busy, gboolean checking)
{
  gtk_widget_set_visible (self->up, n_places > 1);
  gtk_widget_set_visible (self->down, n_places > 1);
  gtk_widget_set_sensitive (self->up, place > 0 && !busy);
  gtk_widget_set_sensitive (self->down, place + 1 < n_places && !busy);
  gtk_widget_set_sensitive (self->remove, !busy);
  gtk_widget_set_visible (self->check, !checking && !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), checking);
  gtk_spinner_set_spinning (self->spinner, checking);
}

/* The buttons of all rows are called the same; the code tells them apart. */
static void
describe_buttons (ProlongReserveRow *self)
{
  GtkWidget *buttons[] = { self->check, self->up, self->down, self->remove };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_label_get_label (self->code), -1);
}

static void
show_name (ProlongReserveRow *self, guint place, guint n_places)
{
  g_autofree char *name = NULL;
  const char *parts[] = { gtk_label_get_label (self->state), gtk_label_get_label (self->advice),
                          gtk_label_get_label (self->gift), gtk_label_get_label (self->devices) };
  GString *words = g_string_new (NULL);

  /* Translators: %s is a masked activation code; it takes over as the %u-th of %u. */
  name = g_strdup_printf (_ ("Reserve code %s, %u of %u"), gtk_label_get_label (self->code), place + 1,
                          n_places);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", parts[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
  g_string_free (words, TRUE);
}

/* What a code would give is told first by its name, where that is not the one of the product that is shown.
 */
static char *
dup_gift (const ProlongReserveInfo *reserve, const ProlongChoice *choice)
{
  g_autofree char *gift = prolong_words_reserve_gives (reserve);

  if (gift[0] == '\0' || reserve->name[0] == '\0' || g_str_equal (reserve->name, choice->name))
    return g_steal_pointer (&gift);
  return g_strdup_printf ("%s · %s", reserve->name, gift);
}

void
prolong_reserve_row_update (ProlongReserveRow *self,
                            const ProlongReserveInfo *reserve,
                            const ProlongChoice *choice,
                            const ProlongOperationInfo *operation,
                            guint place,
                            guint n_places,
                            gboolean checking)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean busy = reserve->state == PROLONG_RESERVE_ACTIVATING
                  || (operation != NULL && !prolong_operation_has_ended (operation));
  g_autofree char *state = prolong_words_reserve_state (reserve, now);
  g_autofree char *advice = dup_advice (reserve, operation);
  g_autofree char *gift = dup_gift (reserve, choice);
  g_autofree char *devices = prolong_words_reserve_devices (reserve);
  g_autofree char *checked = prolong_words_reserve_checked (reserve, now);
  const char *action;
  const char *way = find_way (reserve, choice, operation, &action);

  self->position = reserve->position;
  gtk_label_set_label (self->code, reserve->code);
  show_look (self, reserve->state);
  show_text (self->state, state);
  show_text (self->advice, advice);
  show_text (self->gift, gift);
  show_text (self->devices, devices);
  show_text (self->checked, reserve->checked_at != 0 ? checked : NULL);
  show_way (self, way, action);
  show_buttons (self, place, n_places, busy, checking);
  show_name (self, place, n_places);
  describe_buttons (self);
}

const char *
prolong_reserve_row_get_path (ProlongReserveRow *self)
{
  return self->path;
}

guint
prolong_reserve_row_get_position (ProlongReserveRow *self)
{
  return self->position;
}

static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReserveRow *self = PROLONG_RESERVE_ROW (widget);
  gboolean up = g_str_equal (action, "row.up");

  if (gtk_widget_get_visible (self->up) && gtk_widget_get_sensitive (up ? self->up : self->down))
    gtk_widget_activate_action (widget, up ? "reserve.up" : "reserve.down", "s", self->path);
}

static void
prolong_reserve_row_finalize (GObject *object)
{
  g_free (PROLONG_RESERVE_ROW (object)->path);
  G_OBJECT_CLASS (prolong_reserve_row_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/io/github/prolong/Prolong/reserve-row.ui");
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, icon);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, code);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, state);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, advice);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, gift);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, devices);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, checked);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, way_place);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, spinner);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, check);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, up);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, down);
  gtk_widget_class_bind_template_child (klass, ProlongReserveRow, remove);
}

static void
prolong_reserve_row_class_init (ProlongReserveRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_reserve_row_finalize;
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "row.up", NULL, on_move);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, on_move);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Up, GDK_ALT_MASK, "row.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Down, GDK_ALT_MASK, "row.down", NULL);
}

static void
prolong_reserve_row_init (ProlongReserveRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
prolong_reserve_row_new (const char *path)
{
  ProlongReserveRow *self = g_object_new (PROLONG_TYPE_RESERVE_ROW, NULL);
  const struct
  {
    GtkWidget *button;
    const char *action;
    const char *name;
  } buttons[] = {
    { self->check, "reserve.check", _ ("Check the code now") },
    { self->up, "reserve.up", _ ("Move up") },
    { self->down, "reserve.down", _ ("Move down") },
    { self->remove, "reserve.remove", _ ("Remove the code") },
  };

  self->path = g_strdup (path);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      set_action (buttons[i].button, buttons[i].action);
      gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[i].button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      buttons[i].name, -1);
    }
  return GTK_WIDGET (self);
}
