/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"

/* Runs a fuzz target without a fuzzer: over each seed, every beginning of it, and random changes of it. */
#define N_MUTATIONS 500

/* A copy of just that size, so that reading past the end is found. */
static void
try_input (const guint8 *data, gsize length)
{
  guint8 *copy = g_malloc (MAX (length, 1));

  if (length > 0)
    memcpy (copy, data, length);
  LLVMFuzzerTestOneInput (copy, length);
  g_free (copy);
}

static void
mutate (GRand *random, GByteArray *bytes)
{
  static const char *const scraps[]
      = { "\"",      "{",       "[",    "]",        "}", ",",  ".",     "-",
          "\\u0000", "\\ud800", "\xff", "\xc2\xa0", "=", "\n", "1e999", "99999999999999999999",
          "null",    "А",       "%s" };
  guint doubled = MIN (bytes->len, 64);
  const char *scrap = scraps[g_rand_int_range (random, 0, G_N_ELEMENTS (scraps))];
  guint at = (guint)g_rand_int_range (random, 0, (gint32)bytes->len);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      bytes->data[at] ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      g_byte_array_remove_index (bytes, at);
      break;
    case 2:
      memcpy (bytes->data + at, scrap, MIN (strlen (scrap), bytes->len - at));
      break;
    default:
      g_byte_array_set_size (bytes, bytes->len + doubled);
      memcpy (bytes->data + bytes->len - doubled, bytes->data, doubled);
    }
}

static void
test_seed (gconstpointer path)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  for (gsize cut = 0; cut <= length; cut++)
    try_input ((const guint8 *)data, cut);
  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *)data, (guint)length);
      for (int n = g_rand_int_range (random, 1, 5); n > 0 && bytes->len > 0; n--)
        mutate (random, bytes);
      try_input (bytes->data, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/fuzz/%s", name);

      g_ptr_array_add (paths, g_build_filename (argv[1], name, NULL));
      g_test_add_data_func (test, g_ptr_array_index (paths, paths->len - 1), test_seed);
    }
  return g_test_run ();
}
