/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/activate-entry.h"

#include <glib/gi18n-lib.h>

#include "bus/subscription-words.h"
#include "window/code-field.h"
#include "window/email-picture.h"
#include "window/look.h"
#include "window/way-out.h"

struct _ProlongActivateEntry
{
  AdwBin parent_instance;

  GtkLabel *heading;
  GtkLabel *words;
  GtkBox *rule;
  char *rule_told; /* (nullable) what the rule is that is shown */
  GtkWidget *help;
  ProlongCodeField *field;
  ProlongWrapBox *ways_out;
  GtkBox *button_place;
  GtkWidget *button;
  GtkBox *again_place;
  gboolean asks_again;
};

G_DEFINE_FINAL_TYPE (ProlongActivateEntry, prolong_activate_entry, ADW_TYPE_BIN)

static void
on_submitted (ProlongActivateEntry *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "activate.submit", NULL);
}

/* Ways out belong to the code that was refused; they go when another one is typed. One picture is enough. */
static void
on_changed (ProlongActivateEntry *self)
{
  gtk_widget_set_visible (self->help, !prolong_code_field_holds_number (self->field));
  prolong_way_out_update (self->ways_out, "", NULL, NULL);
}

/* While a license runs, the code is kept until it ends, unless a rule stands against that. */
static char *
dup_words (const ProlongChoice *choice, gboolean rule)
{
  g_autofree char *end = NULL;

  if (rule || !prolong_license_runs (choice->license))
    /* Translators: %s is the name of a product. */
    return g_strdup_printf (_ ("for %s"), choice->name);
  end = prolong_words_date (prolong_license_info_get_end (choice->license));
  /* Translators: the first %s is the name of a product, the second a date. */
  return g_strdup_printf (_ ("for %s, as a reserve code: it takes over when the current license ends, on %s"),
                          choice->name, end);
}

static void
label_button (ProlongActivateEntry *self, const char *label)
{
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->button))), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* A rule that stands against a code now is told before it is typed. */
static char *
dup_rule (const ProlongLicenseInfo *license)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongProblem problem;

  if (!prolong_license_runs (license) || !prolong_problem_from_name (license->add_code, &problem))
    return NULL;
  prolong_words_for_problem (problem, NULL, &words);
  return g_strdup_printf ("%s %s", words.what, words.way_out);
}

/* With auto-renewal on, whoever uses a code pays twice (E7). */
static GtkWidget *
new_rule_notice (const char *rule, gboolean renews)
{
  if (rule == NULL)
    return prolong_look_twice ("win.auto-renewal");
  return prolong_look_notice ("dialog-information-symbolic", NULL, rule,
                              renews ? _ ("Turn auto-renewal off") : NULL, "win.auto-renewal");
}

static void
show_rule (ProlongActivateEntry *self, const char *rule, gboolean renews)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rule));
  g_autofree char *situation = rule != NULL || renews ? g_strdup_printf ("%d %s", renews, rule) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->rule), situation != NULL);
  if (g_strcmp0 (situation, self->rule_told) == 0)
    return;
  g_free (self->rule_told);
  self->rule_told = g_strdup (situation);
  if (child != NULL)
    gtk_box_remove (self->rule, child);
  if (situation != NULL)
    gtk_box_append (self->rule, new_rule_notice (rule, renews));
}

void
prolong_activate_entry_update (ProlongActivateEntry *self, const ProlongChoice *choice)
{
  g_autofree char *words = NULL;
  g_autofree char *rule = dup_rule (choice->license);

  label_button (self, prolong_license_runs (choice->license) && !self->asks_again
                          ? _ ("Save activation code")
                          : _ ("Add activation code"));
  prolong_code_field_set_vendors (self->field, choice->snapshot, choice->vendor);
  if (self->asks_again)
    return;
  words = dup_words (choice, rule != NULL);
  gtk_label_set_label (self->words, words);
  show_rule (self, rule, choice->license != NULL && prolong_license_info_is_calm (choice->license));
}

ProlongCode *
prolong_activate_entry_read (ProlongActivateEntry *self)
{
  ProlongCode *code = prolong_code_field_read (self->field);

  if (code == NULL)
    prolong_code_field_focus (self->field);
  else
    prolong_way_out_update (self->ways_out, "", NULL, NULL);
  return code;
}

void
prolong_activate_entry_refuse (ProlongActivateEntry *self,
                               const char *problem,
                               GVariant *details,
                               const char *code,
                               const ProlongChoice *choice)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongProblem known;

  if (prolong_problem_from_name (problem, &known))
    {
      prolong_words_for_refusal (known, details, choice != NULL ? choice->license : NULL, &words);
    }
  else
    {
      words.what = g_strdup (_ ("The code could not be activated."));
      words.way_out = g_strdup (_ ("Try again later."));
    }
  if (prolong_code_field_is_empty (self->field) && code[0] != '\0')
    {
      g_autofree char *what = g_steal_pointer (&words.what);

      words.what = g_strdup_printf ("%s: %s", code, what);
    }
  prolong_code_field_tell (self->field, &words);
  prolong_way_out_update (self->ways_out, problem, details, choice != NULL ? choice->vendor : NULL);
}

void
prolong_activate_entry_ask_again (ProlongActivateEntry *self, const char *code)
{
  g_autofree char *words = NULL;

  self->asks_again = code != NULL;
  gtk_label_set_label (self->heading,
                       code != NULL ? _ ("Enter the code once more") : _ ("Add an activation code"));
  if (code == NULL)
    return;
  /* Translators: %s is an activation code of which only the last symbols are shown. */
  words = g_strdup_printf (
      _ ("There is no keyring to keep it in, so Prolong needs the code %s again to go on."), code);
  gtk_label_set_label (self->words, words);
  prolong_code_field_clear (self->field);
}

gboolean
prolong_activate_entry_is_empty (ProlongActivateEntry *self)
{
  return prolong_code_field_is_empty (self->field);
}

void
prolong_activate_entry_clear (ProlongActivateEntry *self)
{
  prolong_code_field_clear (self->field);
  prolong_way_out_update (self->ways_out, "", NULL, NULL);
}

void
prolong_activate_entry_focus (ProlongActivateEntry *self)
{
  prolong_code_field_focus (self->field);
}

GtkWidget *
prolong_activate_entry_get_button (ProlongActivateEntry *self)
{
  return self->button;
}

static void
prolong_activate_entry_finalize (GObject *object)
{
  g_free (PROLONG_ACTIVATE_ENTRY (object)->rule_told);
  G_OBJECT_CLASS (prolong_activate_entry_parent_class)->finalize (object);
}

static void
prolong_activate_entry_class_init (ProlongActivateEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = prolong_activate_entry_finalize;
  g_type_ensure (PROLONG_TYPE_CODE_FIELD);
  g_type_ensure (PROLONG_TYPE_EMAIL_PICTURE);
  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/activate-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, words);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, rule);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, field);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, help);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, ways_out);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, button_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongActivateEntry, again_place);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
prolong_activate_entry_init (ProlongActivateEntry *self)
{
  GtkWidget *again;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->button = prolong_look_pill (_ ("Add activation code"), "activate.submit", TRUE);
  gtk_box_append (self->button_place, self->button);
  again = prolong_look_button (_ ("Send my license e‑mail again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "win.send-mail");
  gtk_box_append (self->again_place, again);
}
