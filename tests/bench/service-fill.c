/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * service-fill DIRECTORY COUNT: issues COUNT codes and writes the rows of one activation of each, many to a
 * transaction. Prints the size of the database before, with the codes, and with the activations, in bytes.
 */
#include "service-rows.h"
#include "service/directory.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define PART 20000

static gint64
get_size (const ProlongDirectory *directory, ProlongStore *store)
{
  GStatBuf info = { 0 };

  prolong_store_tidy (store, TRUE);
  g_stat (directory->store, &info);
  return info.st_size;
}

static void
activate (ProlongStore *store, gint64 first, guint count)
{
  g_autoptr (GError) error = NULL;

  bench_check (prolong_store_begin (store, &error), error);
  for (guint i = 0; i < count; i++)
    bench_write_rows (store, first + 1 + i, (guint)first + i);
  bench_check (prolong_store_commit (store, &error), error);
  prolong_store_tidy (store, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = argc == 3 ? prolong_directory_load (argv[1], &error) : NULL;
  g_autoptr (ProlongStore) store = NULL;
  guint count = argc == 3 ? (guint)atoi (argv[2]) : 0;
  gint64 first = 0;

  if (argc != 3)
    return fprintf (stderr, "usage: service-fill DIRECTORY COUNT\n"), 2;
  bench_check (directory != NULL, error);
  store = prolong_store_open (directory->store, PROLONG_STORE_WRITE, &error);
  bench_check (store != NULL, error);
  ProlongOffice office = { directory->profile, directory->keys };
  printf ("%" G_GINT64_FORMAT " ", get_size (directory, store));
  for (guint done = 0; done < count; done += MIN (PART, count - done))
    {
      gint64 before = bench_issue (&office, store, MIN (PART, count - done));

      first = done == 0 ? before : first;
      prolong_store_tidy (store, TRUE);
    }
  printf ("%" G_GINT64_FORMAT " ", get_size (directory, store));
  for (guint done = 0; done < count; done += MIN (PART, count - done))
    activate (store, first + done, MIN (PART, count - done));
  printf ("%" G_GINT64_FORMAT "\n", get_size (directory, store));
  return 0;
}
