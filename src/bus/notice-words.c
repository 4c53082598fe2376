/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/notice-words.h"

#include "bus/words.h"
#include "config.h"

#include <glib/gi18n-lib.h>

/* More lines than that no desktop shows. */
#define MAX_LINES 5

/* The sentence stands in a table, where the compiler cannot see it; that each translation has its one %s is
 * what msgfmt checks. */
static char *
fill (const char *sentence, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", 2);

  return g_strjoinv (text, parts);
}

static char *
days_title (const ProlongNoticeInfo *info)
{
  if (info->days_left <= 1)
    /* Translators: %s is the name of a license. */
    return g_strdup_printf (_ ("%s: last day"), info->name);
  /* Translators: %s is the name of a license, %u a number of days. One day is told as "last day" instead. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s: %u day left", "%s: %u days left", info->days_left), info->name,
      info->days_left);
}

static char *
title_of_one (const ProlongNoticeInfo *info)
{
  static const char *const titles[] = {
    /* Translators: %s is the name of a license. */
    [PROLONG_NOTICE_GRACE] = N_ ("%s: the license has ended, the grace period runs"),
    /* Translators: %s is the name of a license. */
    [PROLONG_NOTICE_ENDED] = N_ ("%s: the license has ended"),
    /* Translators: %s is the name of a license. */
    [PROLONG_NOTICE_BLOCKED] = N_ ("%s: the license is blocked"),
    /* Translators: %s is the name of a license or of a product. */
    [PROLONG_NOTICE_PROBLEM] = N_ ("%s: a problem with your reserve code"),
    /* Translators: %s is the name of a license or of a product. */
    [PROLONG_NOTICE_WAITING] = N_ ("%s: your reserve code has not taken over yet"),
    /* Translators: %s is the name of a license or of a product. */
    [PROLONG_NOTICE_FAILED] = N_ ("%s: your reserve code has not taken over"),
    /* Translators: %s is the name of a license. */
    [PROLONG_NOTICE_TAKEN_OVER] = N_ ("%s: your reserve code has taken over"),
    /* Translators: %s is the name of a license or of a product. */
    [PROLONG_NOTICE_ARRIVED] = N_ ("%s: the code that you bought is here"),
    /* Translators: %s is the name of a license or of a product. */
    [PROLONG_NOTICE_USED] = N_ ("%s: the code that you bought is activated"),
    /* Translators: %s is the name of a license or of a product. */
    [PROLONG_NOTICE_NOT_ADDED] = N_ ("%s: the code that you bought was not added"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (titles) == PROLONG_N_NOTICES);
  if (info->kind == PROLONG_NOTICE_ENDS)
    return days_title (info);
  return fill (_ (titles[info->kind]), info->name);
}

char *
prolong_words_notice_title (const ProlongNoticeInfo *infos, guint n_infos)
{
  if (n_infos == 1)
    return title_of_one (&infos[0]);
  switch (infos[0].kind)
    {
    case PROLONG_NOTICE_ENDS:
      /* Translators: %u is a number of licenses, at least 2. */
      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u license ends soon", "%u licenses end soon", n_infos), n_infos);
    case PROLONG_NOTICE_GRACE:
    case PROLONG_NOTICE_ENDED:
    case PROLONG_NOTICE_BLOCKED:
      /* Translators: %u is a number of licenses, at least 2. */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u license needs your attention",
                                           "%u licenses need your attention", n_infos),
                              n_infos);
    case PROLONG_NOTICE_TAKEN_OVER:
      return g_strdup (_ ("Your reserve codes have taken over"));
    case PROLONG_NOTICE_ARRIVED:
    case PROLONG_NOTICE_USED:
    case PROLONG_NOTICE_NOT_ADDED:
      return g_strdup (_ ("The codes that you bought have arrived"));
    default:
      /* Translators: %u is a number of reserve codes, at least 2. */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u reserve code needs your attention",
                                           "%u reserve codes need your attention", n_infos),
                              n_infos);
    }
}

/* Sentences. Each part is whole, for languages put words in an order of their own. */

static void
add (GString *text, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
add_end (GString *text, const ProlongNoticeInfo *info, gint64 now)
{
  g_autofree char *sentence = NULL;
  g_autofree char *when = NULL;

  if (info->end - now < PROLONG_SECONDS_PER_DAY)
    {
      when = prolong_words_moment (info->end, now);
      /* Translators: %s is a moment close to now, for example "today, 09:12". */
      sentence = g_strdup_printf (_ ("The license ends %s."), when);
    }
  else
    {
      when = prolong_words_date (info->end);
      /* Translators: %s is a date. */
      sentence = g_strdup_printf (_ ("The license ends on %s."), when);
    }
  add (text, sentence);
}

static void
add_dated (GString *text, const char *format, gint64 instant)
{
  g_autofree char *date = prolong_words_date (instant);
  g_autofree char *sentence = fill (format, date);

  add (text, sentence);
}

static void
add_problem (GString *text, const ProlongNoticeInfo *info)
{
  g_auto (ProlongWords) words = { 0 };

  prolong_words_for_problem (info->problem, info->details, &words);
  add (text, words.what);
  add (text, words.way_out);
}

static void
add_term (GString *text, const ProlongNoticeInfo *info)
{
  g_autofree char *term = prolong_words_term (info->days_left * PROLONG_SECONDS_PER_DAY);
  g_autofree char *date = prolong_words_date (info->end);
  /* Translators: the first %s is a length of time, for example "365 days", the second is a date. */
  g_autofree char *sentence = g_strdup_printf (_ ("%s, until %s"), term, date);

  add (text, sentence);
}

static const char *
way_out_without_buttons (ProlongNoticeKind kind)
{
  static const char *const ways[PROLONG_N_NOTICES] = {
    [PROLONG_NOTICE_ENDS] = N_ ("Open Prolong to renew it or to enter an activation code."),
    [PROLONG_NOTICE_GRACE] = N_ ("Open Prolong to renew it or to enter an activation code."),
    [PROLONG_NOTICE_ENDED] = N_ ("Open Prolong to renew it or to enter an activation code."),
    [PROLONG_NOTICE_PROBLEM] = N_ ("Open Prolong to see your reserve codes."),
    [PROLONG_NOTICE_WAITING] = N_ ("Open Prolong to see your reserve codes."),
    [PROLONG_NOTICE_FAILED] = N_ ("Open Prolong to see your reserve codes."),
  };

  return ways[kind] != NULL ? _ (ways[kind]) : NULL;
}

static char *
body_of_one (const ProlongNoticeInfo *info, gint64 now, gboolean has_buttons)
{
  GString *text = g_string_new (NULL);

  switch (info->kind)
    {
    case PROLONG_NOTICE_ENDS:
      add_end (text, info, now);
      break;
    case PROLONG_NOTICE_GRACE:
      /* Translators: said of a license; %s is a date. */
      add_dated (text, _ ("It still works until %s."), info->end);
      break;
    case PROLONG_NOTICE_ENDED:
      /* Translators: said of a license; %s is a date. */
      add_dated (text, _ ("It ended on %s."), info->end);
      break;
    case PROLONG_NOTICE_BLOCKED:
      add (text, _ ("The vendor has blocked it. Open Prolong to see what you can do."));
      break;
    case PROLONG_NOTICE_TAKEN_OVER:
      add_term (text, info);
      break;
    case PROLONG_NOTICE_ARRIVED:
      add (text, _ ("It is among your reserve codes, and takes over when the current license ends."));
      break;
    case PROLONG_NOTICE_USED:
      add (text, _ ("There is nothing left to do."));
      break;
    default:
      add_problem (text, info);
    }
  if (info->unconfirmed_since > 0)
    /* Translators: said of a license; %s is a date. */
    add_dated (text, _ ("The vendor cannot be reached now, and last confirmed it on %s."),
               info->unconfirmed_since);
  if (!has_buttons)
    add (text, way_out_without_buttons (info->kind));
  return g_string_free (text, FALSE);
}

char *
prolong_words_notice_body (const ProlongNoticeInfo *infos, guint n_infos, gint64 now, gboolean has_buttons)
{
  GString *text;

  if (n_infos == 1)
    return body_of_one (&infos[0], now, has_buttons);
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (n_infos, MAX_LINES); i++)
    {
      g_autofree char *line = title_of_one (&infos[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (n_infos > MAX_LINES)
    {
      guint n_more = n_infos - MAX_LINES;

      g_string_append_c (text, '\n');
      /* Translators: %u is how many more there are than the lines above name. */
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n_more),
                              n_more);
    }
  if (!has_buttons && way_out_without_buttons (infos[0].kind) != NULL)
    g_string_append_printf (text, "\n%s", _ ("Open Prolong to see what you can do."));
  return g_string_free (text, FALSE);
}

const char *
prolong_words_notice_button (ProlongNoticeButtonKind button)
{
  static const char *const labels[] = {
    [PROLONG_NOTICE_BUTTON_RENEW] = N_ ("Renew"),
    [PROLONG_NOTICE_BUTTON_TOMORROW] = N_ ("Remind me tomorrow"),
    [PROLONG_NOTICE_BUTTON_NEXT_WEEK] = N_ ("Remind me next week"),
    [PROLONG_NOTICE_BUTTON_ENTER_CODE] = N_ ("Enter activation code"),
    [PROLONG_NOTICE_BUTTON_SHOW_LICENSE] = N_ ("Show license"),
    [PROLONG_NOTICE_BUTTON_SHOW_LICENSES] = N_ ("Show licenses"),
    [PROLONG_NOTICE_BUTTON_SHOW_RESERVES] = N_ ("Show reserve codes"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (labels) == PROLONG_N_NOTICE_BUTTONS);
  return _ (labels[button]);
}
