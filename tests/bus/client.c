/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/client.h"

#include <glib/gstdio.h>

#include "bus/contract.h"

/** A private bus with a peer that it starts on demand. */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus;
  char *dir;
  char *starts; /* a file that has a byte for every start of the peer */
} Fixture;

typedef struct
{
  gboolean no_peer;
  gboolean dies;
} Plan;

static void
write_service (const char *dir)
{
  g_autofree char *file = g_build_filename (dir, PROLONG_BUS_NAME ".service", NULL);
  g_autofree char *text = g_strdup_printf ("[D-BUS Service]\nName=%s\nExec=%s\n", PROLONG_BUS_NAME,
                                           g_getenv ("PROLONG_TEST_PEER"));

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Plan *plan = data;

  fixture->dir = g_dir_make_tmp ("prolong-bus-XXXXXX", NULL);
  fixture->starts = g_build_filename (fixture->dir, "starts", NULL);
  g_setenv ("PEER_STARTS", fixture->starts, TRUE);
  g_unsetenv ("PEER_DIES");
  if (plan != NULL && plan->dies)
    g_setenv ("PEER_DIES", "1", TRUE);
  if (plan == NULL || !plan->no_peer)
    write_service (fixture->dir);

  fixture->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_add_service_dir (fixture->daemon, fixture->dir);
  g_test_dbus_up (fixture->daemon);
  fixture->bus = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (fixture->daemon),
                                                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                             | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                         NULL, NULL, NULL);
  g_assert_nonnull (fixture->bus);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *service = g_build_filename (fixture->dir, PROLONG_BUS_NAME ".service", NULL);

  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_clear_object (&fixture->bus);
  g_test_dbus_down (fixture->daemon);
  g_clear_object (&fixture->daemon);
  g_unlink (service);
  g_unlink (fixture->starts);
  g_rmdir (fixture->dir);
  g_clear_pointer (&fixture->dir, g_free);
  g_clear_pointer (&fixture->starts, g_free);
}

static GVariant *
control (Fixture *fixture, const char *method, GVariant *arguments)
{
  return g_dbus_connection_call_sync (fixture->bus, PROLONG_BUS_NAME, "/control",
                                      "io.github.prolong.TestPeer", method, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);
}

static gsize
count_starts (Fixture *fixture)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  g_file_get_contents (fixture->starts, &text, &length, NULL);
  return length;
}

static void
count_cb (ProlongClient *client, guint *n_changed)
{
  (*n_changed)++;
}

static guint
get_days (ProlongClient *client)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (client);
  const ProlongLicenseInfo *license;

  if (snapshot == NULL || snapshot->licenses->len == 0)
    return 0;
  license = g_ptr_array_index (snapshot->licenses, 0);
  return license->days_left;
}

static void
wait_for_days (ProlongClient *client, guint days)
{
  while (get_days (client) != days)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_change (guint *n_changed)
{
  guint before = *n_changed;

  while (*n_changed == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
get_counts (Fixture *fixture, guint *attached, guint *reads)
{
  g_autoptr (GVariant) answer = control (fixture, "Count", NULL);

  g_assert_nonnull (answer);
  g_variant_get (answer, "(uu)", attached, reads);
}

static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  guint n_changed = 0, attached, reads;

  g_assert_null (prolong_client_get_snapshot (client));
  g_signal_connect (client, "changed", G_CALLBACK (count_cb), &n_changed);
  wait_for_days (client, 365);

  g_assert_null (prolong_client_get_error (client));
  g_assert_cmpstr (prolong_client_get_snapshot (client)->keyring, ==, "available");
  get_counts (fixture, &attached, &reads);
  g_assert_cmpuint (attached, ==, 1);
  g_assert_cmpuint (reads, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);

  wait_for_days (client, 365);
  g_variant_unref (control (fixture, "SetDays", g_variant_new ("(u)", 23)));
  wait_for_days (client, 23);
}

/* A hundred signals cost one more reading, or two: one under way and one after it. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  guint attached, reads;

  wait_for_days (client, 365);
  g_variant_unref (control (fixture, "Burst", g_variant_new ("(u)", 100)));
  g_variant_unref (control (fixture, "SetDays", g_variant_new ("(u)", 22)));
  wait_for_days (client, 22);
  get_counts (fixture, &attached, &reads);
  g_assert_cmpuint (attached, ==, 1);
  g_assert_cmpuint (reads, >=, 2);
  g_assert_cmpuint (reads, <=, 5);
}

/* Signals that change nothing are not told any further. */
static void
test_no_news (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  guint n_changed = 0;

  wait_for_days (client, 365);
  g_signal_connect (client, "changed", G_CALLBACK (count_cb), &n_changed);
  g_variant_unref (control (fixture, "Burst", g_variant_new ("(u)", 3)));
  g_variant_unref (control (fixture, "SetDays", g_variant_new ("(u)", 21)));
  wait_for_days (client, 21);
  g_assert_cmpuint (n_changed, ==, 1);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  guint attached, reads, n_changed = 0;

  wait_for_days (client, 365);
  g_variant_unref (control (fixture, "SetDays", g_variant_new ("(u)", 23)));
  wait_for_days (client, 23);

  g_signal_connect (client, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_null (control (fixture, "Die", NULL));
  wait_for_days (client, 365);
  g_assert_null (prolong_client_get_error (client));
  g_assert_cmpuint (count_starts (fixture), ==, 2);
  get_counts (fixture, &attached, &reads);
  g_assert_cmpuint (attached, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);
}

static const Plan plan_dies = { .dies = TRUE };

static void
test_dies_at_every_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  guint n_changed = 0;
  gsize starts;

  g_signal_connect (client, "changed", G_CALLBACK (count_cb), &n_changed);
  wait_for_change (&n_changed);
  g_assert_nonnull (prolong_client_get_error (client));
  g_assert_null (prolong_client_get_snapshot (client));

  /* What a round trip over the bus did not start is not on its way. */
  g_assert_null (control (fixture, "Count", NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (control (fixture, "Count", NULL));
  starts = count_starts (fixture);
  g_assert_cmpuint (starts, >=, 1);
  g_assert_cmpuint (starts, <=, 3);

  prolong_client_retry (client);
  wait_for_change (&n_changed);
  g_assert_nonnull (prolong_client_get_error (client));
  g_assert_cmpuint (count_starts (fixture), >, starts);
}

static const Plan plan_no_peer = { .no_peer = TRUE };

static void
test_no_agent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  g_signal_connect (client, "changed", G_CALLBACK (count_cb), &n_changed);
  wait_for_change (&n_changed);
  g_assert_error (prolong_client_get_error (client), G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
  g_assert_false (g_str_has_prefix (prolong_client_get_error (client)->message, "GDBus.Error"));

  g_assert_null (prolong_snapshot_read_sync (fixture->bus, NULL, &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
}

static void
test_read_sync (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongSnapshot) snapshot = prolong_snapshot_read_sync (fixture->bus, NULL, &error);
  guint attached, reads;

  g_assert_no_error (error);
  g_assert_cmpuint (snapshot->licenses->len, ==, 1);
  get_counts (fixture, &attached, &reads);
  g_assert_cmpuint (attached, ==, 0);
}

/* A client that is let go while calls are under way leaves nothing behind that would touch it. */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  ProlongClient *client = prolong_client_new (fixture->bus);

  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *)&client);
  g_object_unref (client);
  g_assert_null (client);
  g_assert_null (control (fixture, "Nothing", NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, error);

  g_assert_null (answer);
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongClient) client = prolong_client_new (fixture->bus);
  g_autoptr (GError) error = NULL;

  prolong_client_call (client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "AddCode",
                       g_variant_new ("(sssa{sv})", "", "", "code", NULL), NULL, called_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_CODE_UNKNOWN);
  g_assert_cmpstr (error->message, ==, "No.");
}

#define ADD(path, plan, function) g_test_add (path, Fixture, plan, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  prolong_bus_errors_init ();
  ADD ("/client/first", NULL, test_first);
  ADD ("/client/change", NULL, test_change);
  ADD ("/client/burst", NULL, test_burst);
  ADD ("/client/no-news", NULL, test_no_news);
  ADD ("/client/restart", NULL, test_restart);
  ADD ("/client/dies-at-every-start", &plan_dies, test_dies_at_every_start);
  ADD ("/client/no-agent", &plan_no_peer, test_no_agent);
  ADD ("/client/read-sync", NULL, test_read_sync);
  ADD ("/client/let-go", NULL, test_let_go);
  ADD ("/client/call", NULL, test_call);
  return g_test_run ();
}
