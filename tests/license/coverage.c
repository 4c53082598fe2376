/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/coverage.h"

#define END G_GINT64_CONSTANT (1795262400)
#define DAY G_GINT64_CONSTANT (86400)

/* Up to three codes behind a license that ends at END: what each is, and what comes of it. Times are days
 * from END. */
static const struct
{
  const char *why;
  guint n_codes;
  struct
  {
    gint64 term;
    gint64 first_activated; /* days from END, negative: before it; 0: never */
    gboolean counts;
    gint64 starts, expires, turn; /* days from END, -1 for none */
  } codes[3];
  gint64 covered;
} rows[] = {
  { "no code", 0, {}, 0 },
  { "a code that was never used starts at the end", 1, { { 365, 0, TRUE, 0, 365, -1 } }, 365 },
  { "codes follow each other", 2, { { 365, 0, TRUE, 0, 365, -1 }, { 90, 0, TRUE, 365, 455, -1 } }, 455 },
  { "one that was used counts from its first use", 1, { { 365, -65, TRUE, 0, 300, -1 } }, 300 },
  { "one that would not be activated is left out",
    2,
    { { 365, 0, FALSE, -1, -1, -1 }, { 90, 0, TRUE, 0, 90, -1 } },
    90 },
  { "behind a code of unknown term nothing is known",
    2,
    { { 0, 0, TRUE, 0, -1, -1 }, { 90, 0, TRUE, -1, -1, -1 } },
    0 },
  { "one that ends with the license adds nothing", 1, { { 365, -365, TRUE, -1, -1, 0 } }, 0 },
  { "one that ends before its turn adds nothing there",
    2,
    { { 365, 0, TRUE, 0, 365, -1 }, { 365, -65, TRUE, -1, -1, 365 } },
    365 },
  { "in an earlier place the same one is of use",
    2,
    { { 365, -65, TRUE, 0, 300, -1 }, { 365, 0, TRUE, 300, 665, -1 } },
    665 },
  { "what stands behind it comes a turn earlier",
    3,
    { { 365, 0, TRUE, 0, 365, -1 }, { 365, -65, TRUE, -1, -1, 365 }, { 90, 0, TRUE, 365, 455, -1 } },
    455 },
};

static gint64
instant (gint64 days)
{
  return days >= 0 ? END + days * DAY : 0;
}

static void
test_row (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  ProlongCoverage codes[G_N_ELEMENTS (rows[0].codes)] = { 0 };
  gint64 covered;

  for (guint i = 0; i < rows[row].n_codes; i++)
    {
      gint64 first = rows[row].codes[i].first_activated;

      codes[i].term = rows[row].codes[i].term * DAY;
      codes[i].first_activated = first != 0 ? END + first * DAY : 0;
      codes[i].counts = rows[row].codes[i].counts;
      codes[i].turn = 7; /* of an earlier order */
    }
  covered = prolong_coverage_lay_out (END, codes, rows[row].n_codes);
  g_assert_cmpint (covered, ==, instant (rows[row].covered));
  for (guint i = 0; i < rows[row].n_codes; i++)
    {
      g_assert_cmpint (codes[i].starts, ==, instant (rows[row].codes[i].starts));
      g_assert_cmpint (codes[i].expires, ==, instant (rows[row].codes[i].expires));
      g_assert_cmpint (codes[i].turn, ==, instant (rows[row].codes[i].turn));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/coverage/%s", rows[i].why);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
