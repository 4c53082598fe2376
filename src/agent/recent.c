/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/recent.h"

/* As many as a person who helps reads. */
#define MAX_PROBLEMS 20

static const char *const tried_names[] = {
  [PROLONG_TRIED_CHECK] = "check",
  [PROLONG_TRIED_CODE] = "code",
  [PROLONG_TRIED_ORDER] = "order",
  [PROLONG_TRIED_SHOP] = "shop",
  [PROLONG_TRIED_AUTO_RENEWAL] = "auto-renewal",
  [PROLONG_TRIED_SUPPORT] = "support",
};
G_STATIC_ASSERT (G_N_ELEMENTS (tried_names) == PROLONG_N_TRIED);

const char *
prolong_tried_get_name (ProlongTried tried)
{
  return tried_names[tried];
}

struct _ProlongRecent
{
  GPtrArray *list;
};

static void
problem_free (gpointer data)
{
  ProlongRecentProblem *problem = data;

  g_free (problem->vendor);
  g_free (problem->product);
  g_free (problem);
}

ProlongRecent *
prolong_recent_new (void)
{
  ProlongRecent *recent = g_new0 (ProlongRecent, 1);

  recent->list = g_ptr_array_new_with_free_func (problem_free);
  return recent;
}

void
prolong_recent_free (ProlongRecent *recent)
{
  g_ptr_array_unref (recent->list);
  g_free (recent);
}

void
prolong_recent_note (ProlongRecent *recent,
                     ProlongTried tried,
                     const char *vendor,
                     const char *product,
                     int problem,
                     gint64 now)
{
  ProlongRecentProblem *noted;

  if (problem < 0)
    return;
  noted = g_new0 (ProlongRecentProblem, 1);
  noted->tried = tried;
  noted->vendor = g_strdup (vendor);
  noted->product = g_strdup (product != NULL ? product : "");
  noted->problem = problem;
  noted->at = now;
  for (guint i = recent->list->len; i > 0; i--)
    {
      const ProlongRecentProblem *old = recent->list->pdata[i - 1];

      if (old->tried == tried && old->problem == noted->problem && g_str_equal (old->vendor, noted->vendor)
          && g_str_equal (old->product, noted->product))
        g_ptr_array_remove_index (recent->list, i - 1);
    }
  if (recent->list->len == MAX_PROBLEMS)
    g_ptr_array_remove_index (recent->list, 0);
  g_ptr_array_add (recent->list, noted);
}

const GPtrArray *
prolong_recent_list (const ProlongRecent *recent)
{
  return recent->list;
}
