/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/preferences-days.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"

/* A row whose check button stands for a day, or, with day 0, for those of the vendors. */
typedef struct
{
  guint day;
  AdwActionRow *row;
  GtkCheckButton *check;
} Line;

struct _ProlongPreferencesDays
{
  GObject parent_instance;

  AdwPreferencesGroup *group;
  GArray *lines; /* (element-type Line) */
  gboolean showing;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProlongPreferencesDays, prolong_preferences_days, G_TYPE_OBJECT)

static Line *
get_line (ProlongPreferencesDays *self, guint i)
{
  return &g_array_index (self->lines, Line, i);
}

static void
on_toggled (GtkCheckButton *check, ProlongPreferencesDays *self)
{
  GtkCheckButton *vendors = get_line (self, 0)->check;
  GVariantBuilder builder;

  if (self->showing)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("au"));
  for (guint i = 1; i < self->lines->len; i++)
    if (check != vendors || !gtk_check_button_get_active (vendors))
      if (gtk_check_button_get_active (get_line (self, i)->check))
        g_variant_builder_add (&builder, "u", get_line (self, i)->day);
  g_signal_emit (self, signals[CHOSEN], 0, g_variant_builder_end (&builder));
}

static void
add_line (ProlongPreferencesDays *self, guint day)
{
  g_autofree char *title
      = day == 0 ? g_strdup (_ ("As the vendor says")) : prolong_words_days_before_end (&day, 1);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  Line line = { day, ADW_ACTION_ROW (row), GTK_CHECK_BUTTON (check) };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (line.row, check);
  adw_action_row_set_activatable_widget (line.row, check);
  adw_preferences_group_add (self->group, row);
  g_array_append_val (self->lines, line);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, 0);
}

static int
compare_descending (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a, second = *(const guint *)b;

  return first < second ? 1 : first > second ? -1 : 0;
}

static gboolean
has_day (const GArray *days, guint day)
{
  for (guint i = 0; i < days->len; i++)
    if (g_array_index (days, guint, i) == day)
      return TRUE;
  return FALSE;
}

static void
add_days (GArray *days, const GArray *more)
{
  for (guint i = 0; i < more->len; i++)
    if (!has_day (days, g_array_index (more, guint, i)))
      g_array_append_val (days, g_array_index (more, guint, i));
}

/* All that there is to choose from: the days of every vendor, and what was chosen before. */
static GArray *
collect_days (const ProlongSnapshot *snapshot)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < snapshot->vendors->len; i++)
    add_days (days, ((const ProlongVendorInfo *)g_ptr_array_index (snapshot->vendors, i))->reminder_days);
  add_days (days, snapshot->notification_days);
  g_array_sort (days, compare_descending);
  return days;
}

/* Rows that stay the same keep the focus. */
static gboolean
are_shown (ProlongPreferencesDays *self, const GArray *days)
{
  if (self->lines->len != days->len + 1)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    if (get_line (self, i + 1)->day != g_array_index (days, guint, i))
      return FALSE;
  return TRUE;
}

static void
show_lines (ProlongPreferencesDays *self, const GArray *days)
{
  for (guint i = 0; i < self->lines->len; i++)
    adw_preferences_group_remove (self->group, GTK_WIDGET (get_line (self, i)->row));
  g_array_set_size (self->lines, 0);
  add_line (self, 0);
  for (guint i = 0; i < days->len; i++)
    add_line (self, g_array_index (days, guint, i));
}

/* One vendor's days in words; of several, each by its name. */
static char *
words_for_vendors (const ProlongSnapshot *snapshot)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < snapshot->vendors->len; i++)
    {
      const ProlongVendorInfo *vendor = g_ptr_array_index (snapshot->vendors, i);
      g_autofree char *days = prolong_words_days_before_end ((const guint *)vendor->reminder_days->data,
                                                             vendor->reminder_days->len);

      if (i > 0)
        g_string_append_c (words, '\n');
      if (snapshot->vendors->len > 1)
        g_string_append_printf (words, "%s: ", vendor->name);
      g_string_append (words, days);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
prolong_preferences_days_update (ProlongPreferencesDays *self, const ProlongSnapshot *snapshot)
{
  g_autoptr (GArray) days = collect_days (snapshot);
  gboolean vendors = snapshot->notification_days->len == 0;
  guint n_chosen = vendors ? days->len : snapshot->notification_days->len;
  g_autofree char *words = words_for_vendors (snapshot);

  self->showing = TRUE;
  if (!are_shown (self, days))
    show_lines (self, days);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = get_line (self, i);
      gboolean on = line->day == 0 ? vendors : vendors || has_day (snapshot->notification_days, line->day);
      /* No day at all would mean those of the vendors. */
      gboolean last = line->day != 0 && on && n_chosen == 1;

      gtk_check_button_set_active (line->check, on);
      gtk_widget_set_visible (GTK_WIDGET (line->row), days->len > 0);
      gtk_widget_set_sensitive (GTK_WIDGET (line->row), snapshot->notifications && !last);
      gtk_widget_set_sensitive (GTK_WIDGET (line->check), snapshot->notifications && !last);
      if (line->day != 0)
        adw_action_row_set_subtitle (line->row,
                                     last ? _ ("To be told on no day, switch the notifications off.") : "");
    }
  adw_action_row_set_subtitle (get_line (self, 0)->row, words);
  self->showing = FALSE;
}

static void
prolong_preferences_days_finalize (GObject *object)
{
  g_array_unref (PROLONG_PREFERENCES_DAYS (object)->lines);
  G_OBJECT_CLASS (prolong_preferences_days_parent_class)->finalize (object);
}

static void
prolong_preferences_days_class_init (ProlongPreferencesDaysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = prolong_preferences_days_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_VARIANT);
}

static void
prolong_preferences_days_init (ProlongPreferencesDays *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
}

ProlongPreferencesDays *
prolong_preferences_days_new (AdwPreferencesGroup *group)
{
  ProlongPreferencesDays *self = g_object_new (PROLONG_TYPE_PREFERENCES_DAYS, NULL);

  self->group = group;
  return self;
}
