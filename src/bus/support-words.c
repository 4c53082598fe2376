/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/support-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

const char *
prolong_words_support_field (const char *field)
{
  static const struct
  {
    const char *field;
    const char *words;
  } table[] = {
    { "topic", N_ ("Topic") },
    { "name", N_ ("Name") },
    { "email", N_ ("E‑mail") },
    { "message", N_ ("Message") },
    { "purchase-date", N_ ("Date of purchase") },
    { "order-number", N_ ("Order number") },
    { "license-number", N_ ("License number") },
    { "diagnosis", N_ ("Diagnosis") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].field, field))
      return _ (table[i].words);
  return "";
}

static char *
tell_refused (const ProlongSupportInfo *request)
{
  g_auto (ProlongWords) words = { 0 };
  ProlongProblem problem;

  if (!prolong_problem_from_name (request->problem, &problem))
    return g_strdup (_ ("The vendor did not take it."));
  prolong_words_for_problem (problem, NULL, &words);
  /* Translators: both %s are sentences. */
  return g_strdup_printf (_ ("The vendor did not take it. %s %s"), words.what, words.way_out);
}

static char *
tell_waiting (const ProlongSupportInfo *request, gint64 now)
{
  g_autofree char *moment = prolong_words_moment (request->retry_at, now);

  if (request->retry_at <= now)
    return g_strdup (_ ("Kept here, and sent as soon as the vendor can be reached."));
  /* Translators: %s is a date and a time of day, such as “today, 09:12”. */
  return g_strdup_printf (_ ("Kept here, and sent as soon as the vendor can be reached. Next attempt: %s."),
                          moment);
}

char *
prolong_words_support_state (const ProlongSupportInfo *request, gint64 now)
{
  if (g_str_equal (request->state, "refused"))
    return tell_refused (request);
  if (g_str_equal (request->state, "waiting"))
    return tell_waiting (request, now);
  if (!g_str_equal (request->state, "sent"))
    return g_strdup (_ ("It is being sent."));
  /* Translators: %s is the number under which the vendor's support keeps a request. */
  return g_strdup_printf (_ ("Sent. Reference: %s"), request->reference);
}
