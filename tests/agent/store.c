/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store.h"

#include <glib/gstdio.h>

#include "license/json.h"
#include "license/problem.h"

typedef struct
{
  char *parent;
  char *directory;
  ProlongStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->parent = g_dir_make_tmp ("prolong-store-XXXXXX", NULL);
  fixture->directory = g_build_filename (fixture->parent, "state", "prolong", NULL);
  fixture->store = prolong_store_new (fixture->directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->directory, 0, NULL);
  g_autofree char *state = g_path_get_dirname (fixture->directory);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_rmdir (state);
  g_unlink (state);
  g_rmdir (fixture->parent);
  g_object_unref (fixture->store);
  g_free (fixture->directory);
  g_free (fixture->parent);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
write_file (Fixture *fixture, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_static (text, strlen (text)) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  prolong_store_write_async (fixture->store, name, bytes, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return prolong_store_write_finish (fixture->store, result, error);
}

static guint
mode_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->directory, "a.license", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (write_file (fixture, "a.license", "one", &error));
  g_assert_true (write_file (fixture, "a.license", "two", &error));
  text = prolong_store_read (fixture->store, "a.license", &length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "two");
  g_assert_cmpuint (mode_of (path), ==, 0600);
  g_assert_cmpuint (mode_of (fixture->directory), ==, 0700);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = prolong_store_list (fixture->store, ".license");
  g_autoptr (GPtrArray) names = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (write_file (fixture, "b.license", "b", NULL));
  g_assert_true (write_file (fixture, "a.license", "a", NULL));
  g_assert_true (write_file (fixture, "c.journal", "c", NULL));
  names = prolong_store_list (fixture->store, ".license");
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "a.license");
  g_assert_cmpstr (names->pdata[1], ==, "b.license");
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) names = NULL;

  g_assert_true (write_file (fixture, "a.license", "a", NULL));
  g_assert_true (write_file (fixture, "a.license", NULL, NULL));
  g_assert_true (write_file (fixture, "a.license", NULL, NULL));
  names = prolong_store_list (fixture->store, ".license");
  g_assert_cmpuint (names->len, ==, 0);
}

/* Where the directory should be stands a file: nothing can be written, and that is told by its name. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = g_path_get_dirname (fixture->directory);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (state, "", 0, NULL));
  g_assert_false (write_file (fixture, "a.license", "a", &error));
  g_assert_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_STORAGE_FULL);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) last = NULL;
  g_autofree char *text = NULL;
  gsize length;

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i);
      g_autoptr (GBytes) bytes = g_bytes_new (number, strlen (number));

      prolong_store_write_async (fixture->store, "a.license", bytes, i == 49 ? keep_result : NULL, &last);
    }
  while (last == NULL)
    g_main_context_iteration (NULL, TRUE);
  text = prolong_store_read (fixture->store, "a.license", &length, NULL);
  g_assert_cmpstr (text, ==, "49");
}

static void
write_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("again", 5);

  g_assert_true (prolong_store_write_finish (PROLONG_STORE (source), result, NULL));
  prolong_store_write_async (PROLONG_STORE (source), "a.license", bytes, keep_result, user_data);
}

/* A callback that writes in its turn is how the journal goes from step to step. */
static void
test_write_from_callback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("first", 5);

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (GAsyncResult) last = NULL;

      prolong_store_write_async (fixture->store, "a.license", bytes, write_again, &last);
      while (last == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (prolong_store_write_finish (fixture->store, last, NULL));
    }
}

/* What a kill left of a write goes, and nothing else. */
static void
test_partial (Fixture *fixture, gconstpointer data)
{
  static const char *const kept[]
      = { "a.license", "a.b-1.support", "a.support.1234567", "note.AbC123", "a.reserves" };
  static const char *const partial[] = { "a.license.AbC123", "a.b-1.support.zZ9000", "notices.json.000000" };
  g_autoptr (GPtrArray) names = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_true (write_file (fixture, kept[i], "x", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (partial); i++)
    g_assert_true (write_file (fixture, partial[i], "x", NULL));
  prolong_store_remove_partial (fixture->store);
  g_assert_true (write_file (fixture, "a.order", "the last of the queue", NULL));
  names = prolong_store_list (fixture->store, "");
  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (kept) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_true (g_ptr_array_find_with_equal_func (names, kept[i], g_str_equal, NULL));
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (PROLONG_JSON_MAX_BYTES + 1, 'x');
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (write_file (fixture, "a.license", large, NULL));
  g_assert_null (prolong_store_read (fixture->store, "a.license", &length, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/write", Fixture, NULL, set_up, test_write, tear_down);
  g_test_add ("/store/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/store/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/store/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/store/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/store/write-from-callback", Fixture, NULL, set_up, test_write_from_callback, tear_down);
  g_test_add ("/store/partial", Fixture, NULL, set_up, test_partial, tear_down);
  g_test_add ("/store/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
  return g_test_run ();
}
