/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

char *
prolong_words_covered_until (gint64 instant)
{
  g_autofree char *date = prolong_words_date (instant);

  if (instant <= 0)
    return g_strdup (_ ("Not covered"));
  /* Translators: of all licenses together; %s is a date. */
  return g_strdup_printf (_ ("Covered until %s"), date);
}

char *
prolong_words_gap (gint64 from, gint64 to)
{
  g_autofree char *first = prolong_words_date (from);
  g_autofree char *last = prolong_words_date (to);

  /* Translators: both %s are dates. */
  return g_strdup_printf (_ ("Not covered from %s to %s"), first, last);
}

/* What is covered so far, while the licenses are told one after the other. */
typedef struct
{
  GString *text;
  gint64 end;     /* of what was told last, 0 for nothing yet */
  gint64 covered; /* up to the first gap */
} Account;

static void
tell (Account *account, const char *sentence)
{
  if (account->text->len > 0)
    g_string_append_c (account->text, ' ');
  g_string_append (account->text, sentence);
  g_string_append_c (account->text, '.');
}

static void
tell_license (Account *account, const ProlongLicenseInfo *license)
{
  gint64 end = prolong_license_info_get_end (license);
  g_autofree char *date = prolong_words_date (end);
  g_autofree char *sentence = NULL;

  if (!prolong_state_is_running (license->state))
    return;
  sentence = license->state == PROLONG_STATE_GRACE
                 /* Translators: the license ended; %s is the date until which it may be used all the same. */
                 ? g_strdup_printf (_ ("Grace period until %s"), date)
                 /* Translators: %s is a date. */
                 : g_strdup_printf (_ ("Current license until %s"), date);
  tell (account, sentence);
  account->end = account->covered = end;
}

static void
tell_unknown (Account *account, const ProlongReserveInfo *reserve, guint number)
{
  g_autofree char *sentence
      = reserve->state == PROLONG_RESERVE_PROBLEM
            /* Translators: %u is its place in the order. */
            ? g_strdup_printf (_ ("Reserve code %u would not be activated"), number)
            /* Translators: %u is its place in the order. */
            : g_strdup_printf (_ ("It is not known yet when reserve code %u takes over"), number);

  tell (account, sentence);
}

static void
tell_reserve (Account *account, const ProlongReserveInfo *reserve, guint number)
{
  g_autofree char *first = prolong_words_date (reserve->starts_at);
  g_autofree char *last = prolong_words_date (reserve->expires_at);
  g_autofree char *sentence = NULL;

  if (reserve->starts_at <= 0 || reserve->expires_at <= reserve->starts_at
      || reserve->state == PROLONG_RESERVE_PROBLEM)
    {
      tell_unknown (account, reserve, number);
      return;
    }
  if (account->end > 0 && reserve->starts_at > account->end)
    {
      g_autofree char *gap = prolong_words_gap (account->end, reserve->starts_at);

      tell (account, gap);
    }
  /* Translators: %u is its place in the order, both %s are dates. */
  sentence = g_strdup_printf (_ ("Reserve code %u from %s to %s"), number, first, last);
  tell (account, sentence);
  if (account->covered == account->end && (account->end == 0 || reserve->starts_at <= account->end))
    account->covered = MAX (account->covered, reserve->expires_at);
  account->end = MAX (account->end, reserve->expires_at);
}

char *
prolong_words_coverage (const ProlongLicenseInfo *license, GPtrArray *reserves)
{
  Account account = { g_string_new (NULL), 0, 0 };
  g_autofree char *covered = NULL;

  if (license != NULL)
    tell_license (&account, license);
  for (guint i = 0; i < reserves->len; i++)
    tell_reserve (&account, g_ptr_array_index (reserves, i), i + 1);
  covered = prolong_words_covered_until (account.covered);
  tell (&account, covered);
  return g_string_free (account.text, FALSE);
}
