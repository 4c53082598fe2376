/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

char *
prolong_words_named_label (const char *name, const char *vendor, ProlongState state, guint days_left)
{
  g_autofree char *label = prolong_words_label (state, days_left);

  if (vendor != NULL)
    /* Translators: the name of a license, its vendor in parentheses, and the words of its label, for example
     * "Internet Security (Demo Vendor) · License: 23 days left". */
    return g_strdup_printf (_ ("%s (%s) · %s"), name, vendor, label);
  /* Translators: the name of a license and the words of its label, for example
   * "Internet Security · License: 23 days left". */
  return g_strdup_printf (_ ("%s · %s"), name, label);
}
