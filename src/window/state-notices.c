/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/state-notices.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"
#include "window/look.h"

typedef struct
{
  const ProlongSnapshot *snapshot;
  const ProlongChoice *choice;
  gboolean codes;
} Situation;

static gboolean
is_locked (const Situation *situation)
{
  return situation->codes && g_str_equal (situation->snapshot->keyring, "locked");
}

static gboolean
has_no_keyring (const Situation *situation)
{
  return situation->codes && g_str_equal (situation->snapshot->keyring, "unavailable");
}

/* Whether the service said no to a license is told with that license. */
static gboolean
service_is (const Situation *situation, ProlongProblem problem)
{
  const ProlongLicenseInfo *license = situation->choice->license;
  const ProlongVendorInfo *vendor = situation->choice->vendor;

  return vendor != NULL && g_str_equal (vendor->service_state, prolong_problem_get_name (problem))
         && (license == NULL || license->confirmed);
}

static gboolean
is_unreachable (const Situation *situation)
{
  return service_is (situation, PROLONG_PROBLEM_SERVICE_UNAVAILABLE);
}

static gboolean
is_untrusted (const Situation *situation)
{
  return service_is (situation, PROLONG_PROBLEM_SERVICE_UNTRUSTED);
}

static gboolean
is_full (const Situation *situation)
{
  return g_str_equal (situation->snapshot->storage, prolong_problem_get_name (PROLONG_PROBLEM_STORAGE_FULL));
}

static const struct
{
  gboolean (*holds) (const Situation *situation);
  ProlongProblem problem;
  const char *icon;
  const char *body; /* (nullable) where the words for the problem are about something else */
  const char *button;
  const char *action;
} notices[] = {
  { is_full, PROLONG_PROBLEM_STORAGE_FULL, "drive-harddisk-symbolic", NULL, N_ ("Try again"), "win.refresh" },
  { is_locked, PROLONG_PROBLEM_KEYRING_LOCKED, "changes-prevent-symbolic",
    N_ ("Prolong asks for your password when it needs a code. You can also unlock it now."), N_ ("Unlock"),
    "win.unlock" },
  { has_no_keyring, PROLONG_PROBLEM_KEYRING_UNAVAILABLE, "dialog-password-symbolic",
    N_ ("The reserve codes are kept there, and cannot take over without it. Start a keyring such as GNOME "
        "Keyring or "
        "KWallet, and try again."),
    N_ ("Try again"), "win.unlock" },
  { is_untrusted, PROLONG_PROBLEM_SERVICE_UNTRUSTED, "security-low-symbolic", NULL, N_ ("Check now"),
    "win.refresh" },
  { is_unreachable, PROLONG_PROBLEM_SERVICE_UNAVAILABLE, "network-offline-symbolic", NULL, N_ ("Check now"),
    "win.refresh" },
};

/* While they stay the same they stay, and keep the focus. */
static gboolean
is_told (GtkBox *box, guint wanted)
{
  guint told = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (box), "told"));

  g_object_set_data (G_OBJECT (box), "told", GUINT_TO_POINTER (wanted + 1));
  return told == wanted + 1;
}

static void
add_notice (GtkBox *box, gsize i, gboolean license)
{
  gboolean can_act = license || !g_str_equal (notices[i].action, "win.refresh");
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_problem (notices[i].problem, NULL, &words);
  gtk_box_append (box, prolong_look_notice (notices[i].icon, words.what,
                                            notices[i].body != NULL ? _ (notices[i].body) : words.way_out,
                                            can_act ? _ (notices[i].button) : NULL, notices[i].action));
}

void
prolong_state_notices_update (GtkBox *box,
                              const ProlongSnapshot *snapshot,
                              const ProlongChoice *choice,
                              gboolean codes)
{
  Situation situation = { snapshot, choice, codes };
  GtkWidget *child;
  guint wanted = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (notices); i++)
    wanted |= notices[i].holds (&situation) ? 1u << i : 0;
  if (is_told (box, wanted))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (notices); i++)
    if (wanted & 1u << i)
      add_notice (box, i, choice->license != NULL);
  gtk_widget_set_visible (GTK_WIDGET (box), wanted != 0);
}
