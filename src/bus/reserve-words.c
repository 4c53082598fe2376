/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR G_GINT64_CONSTANT (3600)

static guint
count (gint64 seconds, gint64 unit)
{
  return (guint)CLAMP ((seconds - 1) / unit + 1, 0, G_MAXINT);
}

char *
prolong_words_term (gint64 seconds)
{
  guint n_days = count (seconds, PROLONG_SECONDS_PER_DAY);
  guint n_hours = count (seconds, HOUR);
  guint n_minutes = count (seconds, MINUTE);

  if (seconds <= 0)
    return g_strdup ("");
  if (seconds >= PROLONG_SECONDS_PER_DAY)
    /* Translators: %u is a number of days. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", n_days), n_days);
  if (seconds >= HOUR)
    /* Translators: %u is a number of hours. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour", "%u hours", n_hours), n_hours);
  /* Translators: %u is a number of minutes. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", n_minutes), n_minutes);
}

static char *
tell_ready (const ProlongReserveInfo *reserve, gint64 now)
{
  g_autofree char *when = NULL;

  if (reserve->starts_at <= 0)
    return g_strdup (_ ("Takes over when the current license ends"));
  if (reserve->starts_at <= now)
    return g_strdup (_ ("Takes over as soon as it can be activated"));
  if (reserve->starts_at - now < PROLONG_SECONDS_PER_DAY)
    {
      when = prolong_words_moment (reserve->starts_at, now);
      /* Translators: %s is a moment close to now, for example "today, 09:12". */
      return g_strdup_printf (_ ("Takes over %s"), when);
    }
  when = prolong_words_date (reserve->starts_at);
  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("Takes over on %s"), when);
}

static char *
tell_unchecked (const ProlongReserveInfo *reserve)
{
  g_auto (ProlongWords) words = { 0 };
  ProlongProblem problem;

  if (!prolong_problem_from_name (reserve->problem, &problem))
    return g_strdup (_ ("Not checked yet"));
  if (problem == PROLONG_PROBLEM_SERVICE_UNAVAILABLE)
    return g_strdup (_ ("Not checked yet: the service could not be reached"));
  prolong_words_for_problem (problem, reserve->problem_details, &words);
  /* Translators: %s is a sentence that tells why. */
  return g_strdup_printf (_ ("Not checked yet. %s"), words.what);
}

static char *
tell_problem (const ProlongReserveInfo *reserve)
{
  g_auto (ProlongWords) words = { 0 };
  ProlongProblem problem;

  if (!prolong_problem_from_name (reserve->problem, &problem))
    return g_strdup (_ ("Would not be activated"));
  prolong_words_for_problem (problem, reserve->problem_details, &words);
  /* Translators: %s is a sentence that tells why. */
  return g_strdup_printf (_ ("Would not be activated. %s"), words.what);
}

char *
prolong_words_reserve_state (const ProlongReserveInfo *reserve, gint64 now)
{
  switch (reserve->state)
    {
    case PROLONG_RESERVE_READY:
      return tell_ready (reserve, now);
    case PROLONG_RESERVE_UNCHECKED:
      return tell_unchecked (reserve);
    case PROLONG_RESERVE_PROBLEM:
      return tell_problem (reserve);
    case PROLONG_RESERVE_ACTIVATING:
    default:
      return g_strdup (_ ("Is being activated"));
    }
}

char *
prolong_words_reserve_way_out (const ProlongReserveInfo *reserve)
{
  ProlongWords words = { 0 };
  ProlongProblem problem;

  if (reserve->state != PROLONG_RESERVE_PROBLEM || !prolong_problem_from_name (reserve->problem, &problem))
    return g_strdup ("");
  prolong_words_for_problem (problem, reserve->problem_details, &words);
  g_free (words.what);
  return words.way_out;
}

char *
prolong_words_reserve_gives (const ProlongReserveInfo *reserve)
{
  g_autofree char *term = prolong_words_term (reserve->term);
  g_autofree char *end = NULL;

  if (*term == '\0' || reserve->expires_at <= 0)
    return g_steal_pointer (&term);
  end = prolong_words_date (reserve->expires_at);
  /* Translators: the first %s is a length of time, for example "365 days", the second is a date. */
  return g_strdup_printf (_ ("%s, until %s"), term, end);
}

char *
prolong_words_reserve_devices (const ProlongReserveInfo *reserve)
{
  guint limit = reserve->devices_limit;
  guint n_free = limit - MIN (reserve->devices_used, limit);
  g_autofree char *left = NULL;

  if (limit < 2)
    return g_strdup ("");
  left = g_strdup_printf (
      /* Translators: the first %u is how many seats are free, the second is how many there are. */
      g_dngettext (GETTEXT_PACKAGE, "%u of %u seats is free.", "%u of %u seats are free.", n_free), n_free,
      limit);
  /* Translators: %s is a sentence that tells how many seats are free. */
  return g_strdup_printf (_ ("%s Add the code on each device that is to use it."), left);
}

char *
prolong_words_reserve_checked (const ProlongReserveInfo *reserve, gint64 now)
{
  g_autofree char *when = NULL;

  if (reserve->checked_at <= 0)
    return g_strdup (_ ("Not checked yet"));
  when = prolong_words_moment (reserve->checked_at, now);
  /* Translators: %s is a moment, for example "today, 09:12". */
  return g_strdup_printf (_ ("Checked: %s"), when);
}

const char *
prolong_words_operation_step (ProlongOperationKind kind, ProlongStep step)
{
  /* Where there is nothing, a reserve code goes the way of any activation. */
  static const char *const steps[PROLONG_N_OPERATION_KINDS][PROLONG_N_STEPS] = {
    [PROLONG_OPERATION_RESERVE] = {
      [PROLONG_STEP_SENDING] = N_("Asking the vendor what the code would give"),
      [PROLONG_STEP_SAVING] = N_("Saving the reserve code"),
      [PROLONG_STEP_DONE] = N_("The reserve code is saved"),
      [PROLONG_STEP_CANCELLED] = N_("The reserve code was not saved"),
    },
    [PROLONG_OPERATION_HAND_OVER] = {
      [PROLONG_STEP_CHECKING] = N_("Checking the reserve code"),
      [PROLONG_STEP_DONE] = N_("The reserve code has taken over"),
      [PROLONG_STEP_REFUSED] = N_("The reserve code was not activated"),
      [PROLONG_STEP_CANCELLED] = N_("The reserve code was not activated"),
    },
  };

  g_return_val_if_fail (kind < PROLONG_N_OPERATION_KINDS && step < PROLONG_N_STEPS, NULL);
  return steps[kind][step] != NULL ? _ (steps[kind][step]) : prolong_words_step (step);
}

const char *
prolong_words_start_at_login (const char *value)
{
  if (g_str_equal (value, "on"))
    return _ ("Prolong starts when you log in, so that reserve codes take over by themselves.");
  if (g_str_equal (value, "off"))
    return _ ("Prolong does not start when you log in. A reserve code takes over only while Prolong runs.");
  if (g_str_equal (value, "refused"))
    return _ ("The desktop does not let Prolong start when you log in. A reserve code takes over only while "
              "you are "
              "logged in and Prolong runs.");
  if (g_str_equal (value, "background-refused"))
    return _ (
        "The desktop does not let Prolong run without its window. Only while that is open are you told that "
        "a "
        "license ends, and do reserve codes take over. You can allow it in the settings of the desktop.");
  return "";
}

const char *
prolong_words_seat_hint (const char *hint)
{
  if (g_str_equal (hint, "this"))
    return _ ("This device");
  if (g_str_equal (hint, "old"))
    return _ ("This may be your old computer");
  return "";
}

char *
prolong_words_last_seen (gint64 instant, gint64 now)
{
  g_autofree char *when = NULL;

  if (instant <= 0)
    return g_strdup (_ ("Not seen yet"));
  when = prolong_words_moment (instant, now);
  /* Translators: said of a device; %s is a moment, for example "today, 09:12". */
  return g_strdup_printf (_ ("Last seen: %s"), when);
}
