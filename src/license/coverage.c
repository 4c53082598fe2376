/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/coverage.h"

gint64
prolong_coverage_lay_out (gint64 end, ProlongCoverage *codes, guint n_codes)
{
  gboolean known = TRUE;

  for (guint i = 0; i < n_codes; i++)
    {
      ProlongCoverage *code = &codes[i];

      code->starts = code->expires = code->turn = 0;
      if (!code->counts || !known)
        continue;
      code->starts = end;
      /* What follows a code of unknown term starts at an unknown time. */
      known = code->term > 0;
      if (!known)
        continue;
      code->expires = (code->first_activated > 0 ? code->first_activated : end) + code->term;
      /* A code that was used long ago may end before its turn comes: then it adds nothing. */
      if (code->expires <= end)
        {
          code->turn = end;
          code->starts = code->expires = 0;
        }
      else
        end = code->expires;
    }
  return end;
}
