/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* Returns "30, 14, 7 and 1". */
static char *
list_days (const guint *days, gsize n)
{
  g_autoptr (GString) first = g_string_new (NULL);

  for (gsize i = 0; i + 1 < n; i++)
    g_string_append_printf (first, i == 0 ? "%u" : ", %u", days[i]);
  /* Translators: the end of a list of numbers: %s is "30, 14, 7", %u is the last number. */
  return g_strdup_printf (_ ("%s and %u"), first->str, days[n - 1]);
}

char *
prolong_words_days_before_end (const guint *days, gsize n)
{
  g_autofree char *list = NULL;

  if (n == 0)
    return g_strdup ("");
  if (n == 1)
    /* Translators: %u is a number of days before the end of a license. */
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u day before the end", "%u days before the end", days[0]), days[0]);
  list = list_days (days, n);
  /* Translators: %s is a list of numbers, such as "30, 14, 7 and 1"; the form is that for the last of them.
   */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s days before the end", "%s days before the end", days[n - 1]), list);
}

const char *
prolong_words_tray (const char *value)
{
  if (g_str_equal (value, "shown"))
    return _ ("The icon shows how many days are left, and opens Prolong.");
  if (g_str_equal (value, "unavailable"))
    return _ ("This desktop shows no tray. Everything, Quit included, is in the window.");
  if (g_str_equal (value, "off"))
    return _ ("Everything, Quit included, is in the window.");
  return "";
}
