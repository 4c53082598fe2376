/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-notices.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/look.h"

#define BACKGROUND_REFUSED "background-refused"

static void
add_operation (GtkBox *box, const ProlongChoice *choice)
{
  if (choice->operation == NULL)
    return;
  if (choice->operation->kind == PROLONG_OPERATION_HAND_OVER)
    {
      gtk_box_append (box,
                      prolong_look_notice ("content-loading-symbolic", _ ("A reserve code is taking over"),
                                           NULL, C_ ("button", "Show"), "win.panel::reserve"));
      return;
    }
  if (choice->operation->kind == PROLONG_OPERATION_RESERVE)
    return;
  gtk_box_append (box, prolong_look_notice ("content-loading-symbolic", _ ("An activation is under way"),
                                            NULL, C_ ("button", "Show"), "win.panel::activate"));
}

static void
add_blocked (GtkBox *box, const ProlongChoice *choice)
{
  gboolean support = choice->vendor != NULL && prolong_vendor_has_support (choice->vendor);

  if (choice->license->state != PROLONG_STATE_BLOCKED)
    return;
  gtk_box_append (box, prolong_look_notice ("action-unavailable-symbolic",
                                            _ ("The vendor has blocked this license"),
                                            _ ("The vendor knows why, and can lift it."),
                                            support ? _ ("Contact support") : NULL, "win.support"));
}

static void
add_clock (GtkBox *box, const ProlongChoice *choice)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_str_equal (choice->license->clock, "ok"))
    return;
  prolong_words_for_problem (PROLONG_PROBLEM_CLOCK_BEHIND, NULL, &words);
  gtk_box_append (box, prolong_look_notice ("preferences-system-time-symbolic", words.what, words.way_out,
                                            _ ("Check now"), "win.refresh"));
}

static void
add_unconfirmed (GtkBox *box, const ProlongChoice *choice)
{
  const ProlongLicenseInfo *license = choice->license;
  g_autofree char *since = prolong_words_date (license->checked_at);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongProblem problem;

  if (license->confirmed)
    return;
  /* Translators: %s is a date; the license service last confirmed the license then. */
  title = g_strdup_printf (_ ("Not confirmed since %s"), since);
  if (prolong_problem_from_name (license->check_problem, &problem))
    prolong_words_for_problem (problem, NULL, &words);
  body = g_strdup_printf ("%s%s%s", words.what != NULL ? words.what : "", words.what != NULL ? " " : "",
                          _ ("The license counts until its end date."));
  gtk_box_append (
      box, prolong_look_notice ("network-offline-symbolic", title, body, _ ("Check now"), "win.refresh"));
}

static void
add_background (GtkBox *box, const ProlongChoice *choice)
{
  const char *state = choice->snapshot->start_at_login;

  if (g_str_equal (state, BACKGROUND_REFUSED))
    gtk_box_append (box, prolong_look_notice ("dialog-warning-symbolic",
                                              _ ("Prolong may not stay in the background"),
                                              prolong_words_start_at_login (state), NULL, NULL));
}

typedef void (*AddNotice) (GtkBox *box, const ProlongChoice *choice);

static const AddNotice notices[] = { add_operation, add_blocked, add_clock, add_unconfirmed, add_background };

/* What the notices depend on; while it stays the same they stay too, and keep the focus. */
static char *
dup_situation (const ProlongChoice *choice)
{
  const ProlongLicenseInfo *license = choice->license;

  return g_strdup_printf ("%s %d %s %d %d %s %" G_GINT64_FORMAT, license->path, license->state,
                          license->clock, g_str_equal (choice->snapshot->start_at_login, BACKGROUND_REFUSED),
                          license->confirmed, license->check_problem,
                          choice->operation != NULL ? -1 - (gint64)choice->operation->kind
                                                    : license->checked_at);
}

void
prolong_license_notices_update (GtkBox *box, const ProlongChoice *choice)
{
  g_autofree char *situation = dup_situation (choice);
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), "situation"), situation) == 0)
    return;
  g_object_set_data_full (G_OBJECT (box), "situation", g_steal_pointer (&situation), g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (notices); i++)
    notices[i](box, choice);
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
}
