/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/keys.h"
#include "service/worker.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

#define JOBS 20
#define BAD 7 /* the number of the job that fails */

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("prolong-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const ends[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (fixture->path, ends[i], NULL);

      g_unlink (file);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static ProlongStore *
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ProlongStore *store = prolong_store_open (fixture->path, PROLONG_STORE_WRITE, &error);

  g_assert_no_error (error);
  return store;
}

static ProlongStoreCode *
make_code (guint8 mark)
{
  ProlongStoreCode *code = g_new0 (ProlongStoreCode, 1);

  memset (code->lookup, mark, sizeof code->lookup);
  code->sealed = g_bytes_new_static ("sealed", 6);
  code->number = g_strdup_printf ("%u", mark);
  code->product = g_strdup ("internet-security");
  code->term = 86400;
  code->devices = 1;
  return code;
}

typedef struct
{
  guint8 mark;
  guint *waiting; /* jobs without an answer */
  GError *error;
} Job;

static gboolean
add_code (ProlongStore *store, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (ProlongStoreCode) code = make_code (job->mark);

  if (!prolong_store_add_code (store, code, error))
    return FALSE;
  if (job->mark != BAD)
    return TRUE;
  /* What the failing job wrote before it failed must go. */
  g_clear_pointer (&code->number, g_free);
  return prolong_store_add_code (store, code, error);
}

static void
on_done (gpointer data, const GError *error)
{
  Job *job = data;

  job->error = error ? g_error_copy (error) : NULL;
  (*job->waiting)--;
}

/* Jobs that wait together share a commit; the one that fails takes no other with it. */
static void
test_batch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock_path = g_strconcat (fixture->path, ".lock", NULL);
  const ProlongWork work = { add_code, on_done };
  ProlongWorker *worker = prolong_worker_new ("test", open_store (fixture), PROLONG_STORE_WRITE);
  int lock = g_open (lock_path, O_RDWR | O_CLOEXEC, 0);
  g_autoptr (ProlongStore) store = NULL;
  guint waiting = JOBS, jobs = 0, commits = 0;
  Job job[JOBS] = { { 0 } };

  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  for (guint i = 0; i < JOBS; i++)
    {
      job[i].mark = (guint8)i;
      job[i].waiting = &waiting;
      prolong_worker_push (worker, &work, &job[i]);
    }
  g_close (lock, NULL);
  while (waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  prolong_worker_count (worker, &jobs, &commits);
  prolong_worker_stop (worker);
  g_assert_cmpuint (jobs, ==, JOBS);
  g_assert_cmpuint (commits, <=, 2);
  store = open_store (fixture);
  for (guint i = 0; i < JOBS; i++)
    {
      g_autoptr (ProlongStoreCode) like = make_code ((guint8)i);
      g_autoptr (ProlongStoreCode) found = prolong_store_find_code (store, like->lookup, NULL);

      g_assert_cmpint (found != NULL, ==, i != BAD);
      g_assert_cmpint (job[i].error != NULL, ==, i == BAD);
      g_clear_error (&job[i].error);
    }
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongStore) store = open_store (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);
  guint rounds = 0;

  g_assert_true (prolong_store_begin (store, &error));
  for (guint i = 0; i < 500; i++)
    {
      ProlongStoreAnswer answer = { .status = 200, .body = body, .created = i };

      memcpy (answer.key, &i, sizeof i);
      g_assert_true (prolong_store_add_answer (store, &answer, &error));
    }
  while (prolong_store_forget_answers (store, 450))
    rounds++;
  g_assert_true (prolong_store_commit (store, &error));
  g_assert_cmpuint (rounds, ==, 3);
  for (guint i = 0; i < 500; i++)
    {
      guint8 key[PROLONG_STORE_HASH_BYTES] = { 0 };
      g_autoptr (ProlongStoreAnswer) answer = NULL;

      memcpy (key, &i, sizeof i);
      answer = prolong_store_find_answer (store, key, &error);
      g_assert_no_error (error);
      g_assert_cmpint (answer != NULL, ==, i >= 450);
    }
}

/* A transaction that was not committed leaves nothing, and the store goes on. */
static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongStore) store = open_store (fixture);
  g_autoptr (ProlongStoreCode) code = make_code (1);
  g_autoptr (ProlongStoreCode) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (prolong_store_begin (store, &error));
  g_assert_true (prolong_store_add_code (store, code, &error));
  prolong_store_rollback (store);
  found = prolong_store_find_code (store, code->lookup, &error);
  g_assert_null (found);
  g_assert_no_error (error);
  g_assert_true (prolong_store_begin (store, &error));
  g_assert_true (prolong_store_add_code (store, code, &error));
  g_assert_true (prolong_store_commit (store, &error));
  found = prolong_store_find_code (store, code->lookup, &error);
  g_assert_nonnull (found);
}

static void
test_open_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "no", "store.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (prolong_store_open (missing, PROLONG_STORE_WRITE, &error));
  g_assert_error (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (fixture->path, "this is no database, but a text", -1, &error));
  g_assert_null (prolong_store_open (fixture->path, PROLONG_STORE_WRITE, &error));
  g_assert_error (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_FAILED);
}

static void
test_seal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongKeys) keys = prolong_keys_new_from_text ("one", "acme");
  g_autoptr (ProlongKeys) other = prolong_keys_new_from_text ("two", "acme");
  g_autoptr (GBytes) sealed = prolong_keys_seal (keys, "answer", "secret", 6);
  g_autoptr (GBytes) again = prolong_keys_seal (keys, "answer", "secret", 6);
  g_autoptr (GBytes) open = prolong_keys_unseal (keys, "answer", sealed, &error);
  gsize length = g_bytes_get_size (sealed);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (open, NULL), g_bytes_get_size (open), "secret", 6);
  g_assert_false (g_bytes_equal (sealed, again));
  g_assert_null (prolong_keys_unseal (keys, "code", sealed, NULL));
  g_assert_null (prolong_keys_unseal (other, "answer", sealed, NULL));
  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (sealed, NULL), length);
      g_autoptr (GBytes) changed = NULL;

      bytes[bit / 8] ^= (guint8)(1 << bit % 8);
      changed = g_bytes_new_take (g_steal_pointer (&bytes), length);
      g_assert_null (prolong_keys_unseal (keys, "answer", changed, NULL));
    }
  for (gsize part = 0; part < length; part++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, part);

      g_assert_null (prolong_keys_unseal (keys, "answer", cut, NULL));
    }
}

static void
test_hash (void)
{
  g_autoptr (ProlongKeys) keys = prolong_keys_new_from_text ("one", "acme");
  g_autoptr (ProlongKeys) other = prolong_keys_new_from_text ("two", "acme");
  guint8 a[PROLONG_KEYS_BYTES], b[PROLONG_KEYS_BYTES];

  prolong_keys_hash (keys, "code", "x", 1, a);
  prolong_keys_hash (keys, "code", "x", 1, b);
  g_assert_true (prolong_equal (a, b));
  prolong_keys_hash (keys, "key", "x", 1, b);
  g_assert_false (prolong_equal (a, b));
  prolong_keys_hash (other, "code", "x", 1, b);
  g_assert_false (prolong_equal (a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/store/batch", Fixture, NULL, set_up, test_batch, tear_down);
  g_test_add ("/service/store/forget", Fixture, NULL, set_up, test_forget, tear_down);
  g_test_add ("/service/store/rollback", Fixture, NULL, set_up, test_rollback, tear_down);
  g_test_add ("/service/store/open-fails", Fixture, NULL, set_up, test_open_fails, tear_down);
  g_test_add_func ("/service/keys/seal", test_seal);
  g_test_add_func ("/service/keys/hash", test_hash);
  return g_test_run ();
}
