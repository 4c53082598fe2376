/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "license/json.h"
#include "license/problem.h"

struct _ProlongStore
{
  GObject parent_instance;
  char *directory;
  GQueue pending; /* of GTask; the head is being written */
};

G_DEFINE_TYPE (ProlongStore, prolong_store, G_TYPE_OBJECT)

typedef struct
{
  char *path;
  GBytes *data;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  g_clear_pointer (&write->data, g_bytes_unref);
  g_free (write);
}

static gboolean
sync_directory (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int result = fd < 0 ? -1 : fsync (fd);
  int saved = errno;

  if (fd >= 0)
    close (fd);
  if (result < 0)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return result == 0;
}

static gboolean
make_directory (const char *path, GError **error)
{
  g_autofree char *parent = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (path, 0700) < 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
      return FALSE;
    }
  parent = g_path_get_dirname (path);
  return sync_directory (parent, error);
}

static gboolean
remove_file (const char *directory, const char *path, GError **error)
{
  if (g_unlink (path) < 0)
    {
      int saved = errno;

      if (saved == ENOENT)
        return TRUE;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
      return FALSE;
    }
  return sync_directory (directory, error);
}

static gboolean
apply (const Write *write, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (write->path);
  gsize length;
  const char *data;

  if (write->data == NULL)
    return remove_file (directory, write->path, error);

  data = g_bytes_get_data (write->data, &length);
  return make_directory (directory, error)
         && g_file_set_contents_full (write->path, data, length,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                      error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (apply (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (
        task, prolong_problem_error_new (PROLONG_PROBLEM_STORAGE_FULL, NULL, "%s", error->message));
}

static void write_next (ProlongStore *store);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongStore *store = PROLONG_STORE (source);
  GError *error = NULL;

  /* The next one starts before the callback runs, which may queue another and must not start it twice. */
  g_queue_pop_head (&store->pending);
  write_next (store);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_next (ProlongStore *store)
{
  GTask *head = g_queue_peek_head (&store->pending);
  g_autoptr (GTask) inner = NULL;

  if (head == NULL)
    return;
  inner = g_task_new (store, NULL, on_written, head);
  g_task_set_source_tag (inner, write_next);
  g_task_set_task_data (inner, g_task_get_task_data (head), NULL);
  g_task_run_in_thread (inner, write_in_thread);
}

void
prolong_store_write_async (ProlongStore *store,
                           const char *name,
                           GBytes *data,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Write *write = g_new0 (Write, 1);

  write->path = g_build_filename (store->directory, name, NULL);
  write->data = data != NULL ? g_bytes_ref (data) : NULL;
  g_task_set_source_tag (task, prolong_store_write_async);
  g_task_set_task_data (task, write, write_free);
  g_queue_push_tail (&store->pending, task);
  if (store->pending.length == 1)
    write_next (store);
}

gboolean
prolong_store_write_finish (ProlongStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
prolong_store_list (ProlongStore *store, const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (store->directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* GLib writes beside the file, under its name with six characters more, and renames that. */
#define N_RANDOM 6

static gboolean
is_partial (const char *name)
{
  const char *random = strrchr (name, '.');
  gsize length = random != NULL ? strlen (random + 1) : 0;

  return length == N_RANDOM && memchr (name, '.', (gsize)(random - name)) != NULL
         && strspn (random + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS) == N_RANDOM;
}

static gboolean
has_known_name (const char *name)
{
  static const char *const suffixes[]
      = { ".license", ".journal", ".reserves", ".order", ".support", ".json" };
  gsize length = (gsize)(strrchr (name, '.') - name);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize n = strlen (suffixes[i]);

      if (length > n && strncmp (name + length - n, suffixes[i], n) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_partial_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

void
prolong_store_remove_partial (ProlongStore *store)
{
  g_autoptr (GPtrArray) names = prolong_store_list (store, "");

  for (guint i = 0; i < names->len; i++)
    if (is_partial (names->pdata[i]) && has_known_name (names->pdata[i]))
      prolong_store_write_async (store, names->pdata[i], NULL, on_partial_removed, NULL);
}

char *
prolong_store_read (ProlongStore *store, const char *name, gsize *length, GError **error)
{
  g_autofree char *path = g_build_filename (store->directory, name, NULL);
  g_autofree char *contents = NULL;

  if (!g_file_get_contents (path, &contents, length, error))
    return NULL;
  if (*length > PROLONG_JSON_MAX_BYTES)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is too large", path);
      return NULL;
    }
  return g_steal_pointer (&contents);
}

static void
prolong_store_finalize (GObject *object)
{
  ProlongStore *store = PROLONG_STORE (object);

  g_free (store->directory);
  G_OBJECT_CLASS (prolong_store_parent_class)->finalize (object);
}

static void
prolong_store_class_init (ProlongStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_store_finalize;
}

static void
prolong_store_init (ProlongStore *store)
{
  g_queue_init (&store->pending);
}

ProlongStore *
prolong_store_new (const char *directory)
{
  ProlongStore *store = g_object_new (PROLONG_TYPE_STORE, NULL);

  store->directory = g_strdup (directory);
  return store;
}
