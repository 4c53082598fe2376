/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/clerk.h"

#include "service/bell.h"
#include "service/demo.h"

/* A clock that was set, or a machine that slept, is noticed after this at the latest. */
#define LOOK_EVERY 3600

/* After a failure, such as a full disk. */
#define TRY_AGAIN 30

struct _ProlongClerk
{
  ProlongSetup *setup;
  ProlongSetup *used; /* by the sweep under way */
  ProlongWorker *writer;
  ProlongBell *bell; /* (nullable) */
  void (*swept) (gpointer data);
  gpointer data;
  guint timer;
  gint64 next;    /* written by the writer while it sweeps */
  gboolean busy;  /* a sweep is under way */
  gboolean again; /* and another is wanted after it */
  gboolean stopped;
};

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
on_timer (gpointer user_data)
{
  ProlongClerk *clerk = user_data;

  clerk->timer = 0;
  prolong_clerk_wake (clerk);
  return G_SOURCE_REMOVE;
}

static void
on_swept (gpointer data, const GError *error)
{
  ProlongClerk *clerk = data;
  gint64 wait = clerk->next ? CLAMP (clerk->next - get_now (), 0, LOOK_EVERY) : LOOK_EVERY;

  if (error)
    g_printerr ("prolong-service: %s\n", error->message);
  clerk->busy = FALSE;
  g_clear_pointer (&clerk->used, prolong_setup_unref);
  if (clerk->stopped)
    return;
  clerk->swept (clerk->data);
  clerk->timer = g_timeout_add_seconds (error ? TRY_AGAIN : (guint)wait, on_timer, clerk);
  if (clerk->again)
    prolong_clerk_wake (clerk);
}

static gboolean
on_sweep (ProlongStore *store, gpointer data, GError **error)
{
  ProlongClerk *clerk = data;

  const ProlongOffice *office = &clerk->used->office;
  gint64 now = get_now ();

  return prolong_orders_sweep (office, store, now, &clerk->next, error)
         && (!office->demo || prolong_demo_renew (office, store, now, &clerk->next, error));
}

static const ProlongWork sweeping = { .run = on_sweep, .done = on_swept };

void
prolong_clerk_wake (ProlongClerk *clerk)
{
  clerk->again = clerk->busy;
  if (clerk->busy || clerk->stopped || !clerk->setup->office.catalog)
    return;
  clerk->busy = TRUE;
  clerk->used = prolong_setup_ref (clerk->setup);
  g_clear_handle_id (&clerk->timer, g_source_remove);
  prolong_worker_push (clerk->writer, &sweeping, clerk);
}

static void
on_bell (gpointer data)
{
  prolong_clerk_wake (data);
}

ProlongClerk *
prolong_clerk_new (ProlongSetup *setup, ProlongWorker *writer, void (*swept) (gpointer data), gpointer data)
{
  ProlongClerk *clerk = g_new0 (ProlongClerk, 1);

  clerk->setup = prolong_setup_ref (setup);
  clerk->writer = writer;
  clerk->swept = swept;
  clerk->data = data;
  clerk->bell = prolong_bell_watch (setup->directory->store, on_bell, clerk);
  prolong_clerk_wake (clerk);
  return clerk;
}

void
prolong_clerk_set_setup (ProlongClerk *clerk, ProlongSetup *setup)
{
  prolong_setup_unref (clerk->setup);
  clerk->setup = prolong_setup_ref (setup);
  prolong_clerk_wake (clerk);
}

void
prolong_clerk_stop (ProlongClerk *clerk)
{
  clerk->stopped = TRUE;
  g_clear_pointer (&clerk->bell, prolong_bell_free);
  g_clear_handle_id (&clerk->timer, g_source_remove);
}

void
prolong_clerk_free (ProlongClerk *clerk)
{
  prolong_clerk_stop (clerk);
  g_clear_pointer (&clerk->used, prolong_setup_unref);
  prolong_setup_unref (clerk->setup);
  g_free (clerk);
}
