/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-coverage.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/coverage.h"
#include "window/look.h"

struct _ProlongLicenseCoverage
{
  AdwBin parent_instance;

  ProlongCoverage *timeline;
  GtkLabel *words;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (ProlongLicenseCoverage, prolong_license_coverage, ADW_TYPE_BIN)

/* Until when there is no gap; and the first gap, since a person may still close it. */
static char *
dup_covered (const ProlongLicenseInfo *license, GArray *plan)
{
  g_autofree char *covered = prolong_words_covered_until (
      license->covered_until > g_get_real_time () / G_USEC_PER_SEC ? license->covered_until : 0);

  for (guint i = 0; i < plan->len; i++)
    {
      const ProlongSpan *span = &g_array_index (plan, ProlongSpan, i);
      g_autofree char *gap = span->kind == PROLONG_SPAN_GAP ? prolong_words_gap (span->from, span->to) : NULL;

      if (gap != NULL)
        return g_strdup_printf ("%s\n%s", covered, gap);
    }
  return g_steal_pointer (&covered);
}

static void
update_row (GtkWidget *row, const ProlongReserveInfo *reserve)
{
  g_autofree char *words = prolong_words_reserve_state (reserve, g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: the first %s is a masked activation code, the second what is true of it. */
  g_autofree char *name = g_strdup_printf (_ ("Reserve code %s: %s"), reserve->code, words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), reserve->code);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
new_row (void)
{
  GtkWidget *row = adw_action_row_new ();

  prolong_look_name_alone (row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), prolong_look_arrow ());
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), "win.panel::reserve");
  return row;
}

guint
prolong_license_coverage_update (ProlongLicenseCoverage *self, const ProlongChoice *choice)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) reserves
      = prolong_snapshot_list_reserves (choice->snapshot, choice->vendor_id, choice->product_id);
  g_autoptr (GArray) plan = prolong_coverage_plan_new (choice->license, reserves, now);
  g_autofree char *covered = dup_covered (choice->license, plan);
  g_autofree char *words = prolong_words_coverage (choice->license, reserves);
  GtkListBoxRow *row;

  prolong_coverage_show (self->timeline, plan, words);
  gtk_widget_set_visible (GTK_WIDGET (self->timeline), plan->len > 0);
  gtk_label_set_label (self->words, covered);
  for (guint i = 0; i < reserves->len; i++)
    {
      row = gtk_list_box_get_row_at_index (self->rows, (int)i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (new_row ());
          gtk_list_box_append (self->rows, GTK_WIDGET (row));
        }
      update_row (GTK_WIDGET (row), g_ptr_array_index (reserves, i));
    }
  while ((row = gtk_list_box_get_row_at_index (self->rows, (int)reserves->len)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), reserves->len > 0);
  return reserves->len;
}

static void
prolong_license_coverage_class_init (ProlongLicenseCoverageClass *klass)
{
}

static void
prolong_license_coverage_init (ProlongLicenseCoverage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = gtk_label_new (NULL);
  GtkWidget *rows = gtk_list_box_new ();

  self->timeline = g_object_new (PROLONG_TYPE_COVERAGE, NULL);
  self->words = GTK_LABEL (words);
  self->rows = GTK_LIST_BOX (rows);
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_justify (self->words, GTK_JUSTIFY_CENTER);
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_widget_set_margin_top (rows, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reserve codes"),
                                  -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->timeline));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), rows);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
