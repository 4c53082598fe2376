/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

void
prolong_words_init (void)
{
  const char *directory = g_getenv ("PROLONG_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : PROLONG_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static char *
days_label (guint days)
{
  if (days == 1)
    return g_strdup (_ ("License: last day"));

  /* Translators: %u is a number of days. One day is told as "last day" instead. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "License: %u day left", "License: %u days left", days), days);
}

static char *
grace_label (guint days)
{
  /* Translators: %u is a number of days. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "License ended, grace period: %u day left",
                                       "License ended, grace period: %u days left", days),
                          days);
}

char *
prolong_words_label (ProlongState state, guint days_left)
{
  static const char *const labels[] = {
    [PROLONG_STATE_NONE] = N_ ("No license"),
    [PROLONG_STATE_EXPIRED] = N_ ("License expired"),
    [PROLONG_STATE_BLOCKED] = N_ ("License blocked"),
    [PROLONG_STATE_PENDING] = N_ ("License: activation is under way"),
  };

  g_return_val_if_fail (state < PROLONG_N_STATES, NULL);

  if (state == PROLONG_STATE_ACTIVE || state == PROLONG_STATE_EXPIRING)
    return days_label (days_left);
  if (state == PROLONG_STATE_GRACE)
    return grace_label (days_left);
  return g_strdup (_ (labels[state]));
}

const char *
prolong_words_kind (ProlongLicenseKind kind)
{
  static const char *const kinds[] = {
    [PROLONG_LICENSE_TRIAL] = N_ ("Trial"),
    [PROLONG_LICENSE_COMMERCIAL] = N_ ("Commercial"),
    [PROLONG_LICENSE_SUBSCRIPTION] = N_ ("Subscription"),
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  return _ (kinds[kind]);
}

const char *
prolong_words_step (ProlongStep step)
{
  static const char *const steps[] = {
    [PROLONG_STEP_CHECKING] = N_ ("Checking the activation code"),
    [PROLONG_STEP_STORING] = N_ ("Storing the code in the keyring"),
    [PROLONG_STEP_SENDING] = N_ ("Asking the vendor for the license"),
    [PROLONG_STEP_VERIFYING] = N_ ("Verifying the vendor’s answer"),
    [PROLONG_STEP_SAVING] = N_ ("Saving the license"),
    [PROLONG_STEP_WAITING] = N_ ("Waiting for the next attempt"),
    [PROLONG_STEP_DONE] = N_ ("The license is activated"),
    [PROLONG_STEP_REFUSED] = N_ ("The activation code was refused"),
    [PROLONG_STEP_CANCELLED] = N_ ("The activation was cancelled"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (steps) == PROLONG_N_STEPS);
  g_return_val_if_fail (step < PROLONG_N_STEPS, NULL);
  return _ (steps[step]);
}

/* Instants from outside may lie beyond the years that a calendar has. */
static char *
format_instant (GDateTime *instant, const char *format)
{
  g_autofree char *text = instant != NULL ? g_date_time_format (instant, format) : NULL;

  return text != NULL ? g_steal_pointer (&text) : g_strdup ("—");
}

char *
prolong_words_date (gint64 instant)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (instant);

  /* Translators: a date in long form as for g_date_time_format(): %-d day, %B month (in the genitive), %Y
   * year. */
  return format_instant (local, _ ("%-d %B %Y"));
}

/* The difference of the calendar days, not of the hours: at 00:05, five to twelve was yesterday. */
static gint64
days_between (GDateTime *from, GDateTime *to)
{
  GDate first, second;

  g_date_set_dmy (&first, g_date_time_get_day_of_month (from), g_date_time_get_month (from),
                  g_date_time_get_year (from));
  g_date_set_dmy (&second, g_date_time_get_day_of_month (to), g_date_time_get_month (to),
                  g_date_time_get_year (to));
  return g_date_days_between (&first, &second);
}

char *
prolong_words_moment (gint64 instant, gint64 now)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (instant);
  g_autoptr (GDateTime) here = g_date_time_new_from_unix_local (now);
  gint64 days;

  if (local == NULL || here == NULL)
    return g_strdup ("—");

  days = days_between (here, local);
  if (days == 0)
    /* Translators: as for g_date_time_format(): %H hours, %M minutes. */
    return format_instant (local, _ ("today, %H:%M"));
  if (days == -1)
    return format_instant (local, _ ("yesterday, %H:%M"));
  if (days == 1)
    return format_instant (local, _ ("tomorrow, %H:%M"));
  /* Translators: as for g_date_time_format(): %-d day, %B month (in the genitive), %Y year, %H hours, %M
   * minutes. */
  return format_instant (local, _ ("%-d %B %Y, %H:%M"));
}

char *
prolong_words_instant (gint64 instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant);

  return format_instant (utc, "%Y-%m-%dT%H:%M:%SZ");
}
