/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/post.h"

#include "service/bell.h"
#include "service/mail/courier.h"
#include "service/store/mails.h"

#include <gio/gio.h>

/* Each takes a process or two; a mail system takes some at once, and asks for less when it is many. */
#define COURIERS_MAX 4

/* How many to ask the store for: those that couriers are with already are among them. */
#define LIST_MAX (4 * COURIERS_MAX)

/* A timer does not see that the clock is set, so that none is longer. */
#define WAIT_MAX 3600

/* After a courier that could not do its work: the disk is full, for example. */
#define REST_SECONDS 60

/* This very program, also when a newer one was installed in its place. */
#define PROGRAM "/proc/self/exe"

typedef struct
{
  ProlongPost *post;
  gint64 id;
} Round;

struct _ProlongPost
{
  ProlongSetup *setup;
  ProlongWorker *reader;
  GHashTable *under_way; /* ids (gint64) */
  ProlongBell *bell;     /* (nullable) */
  guint timer;           /* source */
  gboolean asking;
  gboolean ask_again;
  gboolean resting;

  /* The answer of the store, which a worker writes while asking. */
  GArray *due;
  gint64 next;
};

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
on_time (gpointer user_data)
{
  ProlongPost *post = user_data;

  post->timer = 0;
  post->resting = FALSE;
  prolong_post_check (post);
  return G_SOURCE_REMOVE;
}

static void
wait_for (ProlongPost *post, gint64 seconds)
{
  g_clear_handle_id (&post->timer, g_source_remove);
  post->timer = g_timeout_add_seconds ((guint)CLAMP (seconds, 1, WAIT_MAX), on_time, post);
}

static void
rest (ProlongPost *post)
{
  post->resting = TRUE;
  wait_for (post, REST_SECONDS);
}

static void
on_courier_end (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Round *round = user_data;
  ProlongPost *post = round->post;
  gboolean good = g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, NULL);

  prolong_mail_reach ("returned");
  g_hash_table_remove (post->under_way, &round->id);
  if (good)
    prolong_post_check (post);
  else
    rest (post);
}

static gboolean
start_courier (ProlongPost *post, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  const char *const argv[] = {
    PROGRAM, "mails", "send", "--directory", post->setup->directory->path, "--shop", post->setup->shop_url,
    number,  NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  Round *round;

  prolong_mail_reach ("found");
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  if (!process)
    {
      g_warning ("No courier for mail can be started: %s", error->message);
      return FALSE;
    }
  prolong_mail_reach ("started");
  round = g_new0 (Round, 1);
  round->post = post;
  round->id = id;
  g_hash_table_add (post->under_way, g_memdup2 (&id, sizeof id));
  g_subprocess_wait_async (process, NULL, on_courier_end, round);
  return TRUE;
}

static gboolean
on_ask (ProlongStore *store, gpointer job, GError **error)
{
  ProlongPost *post = job;
  gint64 now = get_now ();

  g_clear_pointer (&post->due, g_array_unref);
  post->due = prolong_store_list_due_mails (store, now, LIST_MAX, error);
  return post->due && prolong_store_get_mail_due (store, now, &post->next, error);
}

static void
on_answer (gpointer job, const GError *error)
{
  ProlongPost *post = job;

  post->asking = FALSE;
  if (error)
    {
      g_warning ("The queue of mail cannot be read: %s", error->message);
      rest (post);
      return;
    }
  if (post->resting)
    return;
  for (guint i = 0; i < post->due->len && g_hash_table_size (post->under_way) < COURIERS_MAX; i++)
    {
      gint64 id = g_array_index (post->due, gint64, i);

      if (g_hash_table_contains (post->under_way, &id) || start_courier (post, id))
        continue;
      rest (post);
      return;
    }
  if (post->next)
    wait_for (post, post->next - get_now ());
  if (post->ask_again)
    prolong_post_check (post);
}

static const ProlongWork asking = { .run = on_ask, .done = on_answer };

void
prolong_post_check (ProlongPost *post)
{
  post->ask_again = post->asking;
  if (post->asking || post->resting || !post->setup->directory->mail.from)
    return;
  post->asking = TRUE;
  prolong_worker_push (post->reader, &asking, post);
}

static void
on_bell (gpointer data)
{
  prolong_post_check (data);
}

ProlongPost *
prolong_post_new (ProlongSetup *setup, ProlongWorker *reader)
{
  ProlongPost *post = g_new0 (ProlongPost, 1);

  post->setup = prolong_setup_ref (setup);
  post->reader = reader;
  post->under_way = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  post->bell = prolong_bell_watch (setup->directory->store, on_bell, post);
  prolong_post_check (post);
  return post;
}

void
prolong_post_set_setup (ProlongPost *post, ProlongSetup *setup)
{
  prolong_setup_unref (post->setup);
  post->setup = prolong_setup_ref (setup);
  prolong_post_check (post);
}

void
prolong_post_free (ProlongPost *post)
{
  g_clear_pointer (&post->bell, prolong_bell_free);
  g_clear_handle_id (&post->timer, g_source_remove);
  g_clear_pointer (&post->under_way, g_hash_table_unref);
  g_clear_pointer (&post->due, g_array_unref);
  prolong_setup_unref (post->setup);
  g_free (post);
}
