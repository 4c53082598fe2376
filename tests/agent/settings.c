/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/settings.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "agent/device.h"
#include "license/problem.h"

typedef struct
{
  char *parent;
  char *directory;
  char *file;
  ProlongStore *store;
  ProlongSettings *settings;
  guint changes;
} Fixture;

static void
count (Fixture *fixture)
{
  fixture->changes++;
}

/* As after a restart. */
static void
start (Fixture *fixture)
{
  g_clear_object (&fixture->settings);
  fixture->settings = prolong_settings_new (fixture->store);
  fixture->changes = 0;
  g_signal_connect_swapped (fixture->settings, "changed", G_CALLBACK (count), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->parent = g_dir_make_tmp ("prolong-settings-XXXXXX", NULL);
  fixture->directory = g_build_filename (fixture->parent, "prolong", NULL);
  fixture->file = g_build_filename (fixture->directory, "settings.json", NULL);
  fixture->store = prolong_store_new (fixture->directory);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->store);
  g_unlink (fixture->file);
  g_rmdir (fixture->directory);
  g_unlink (fixture->directory);
  g_rmdir (fixture->parent);
  g_free (fixture->file);
  g_free (fixture->directory);
  g_free (fixture->parent);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
finish (Fixture *fixture, GAsyncResult **place, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (*place == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (place);
  return prolong_settings_set_finish (fixture->settings, result, error);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  static const guint wanted[] = { 1, 14, 7 };
  GAsyncResult *results[4] = { NULL, NULL, NULL, NULL };
  const guint *days;
  gsize n;

  g_assert_true (prolong_settings_get_tray (fixture->settings));
  g_assert_true (prolong_settings_get_notifications (fixture->settings));
  prolong_settings_get_notification_days (fixture->settings, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpstr (prolong_settings_get_device_name (fixture->settings), ==, "");

  /* All at once: each is made upon the one before it. */
  prolong_settings_set_tray_async (fixture->settings, FALSE, keep_result, &results[0]);
  prolong_settings_set_notifications_async (fixture->settings, FALSE, keep_result, &results[1]);
  prolong_settings_set_notification_days_async (fixture->settings, wanted, 3, keep_result, &results[2]);
  prolong_settings_set_device_name_async (fixture->settings, "Кухня", keep_result, &results[3]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_true (finish (fixture, &results[i], NULL));
  g_assert_cmpuint (fixture->changes, ==, 4);

  start (fixture);
  g_assert_false (prolong_settings_get_tray (fixture->settings));
  g_assert_false (prolong_settings_get_notifications (fixture->settings));
  days = prolong_settings_get_notification_days (fixture->settings, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (days[0], ==, 14);
  g_assert_cmpuint (days[2], ==, 1);
  g_assert_cmpstr (prolong_settings_get_device_name (fixture->settings), ==, "Кухня");
}

static void
test_same (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  prolong_settings_set_tray_async (fixture->settings, TRUE, keep_result, &result);
  g_assert_true (finish (fixture, &result, NULL));
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  static const guint wrong[] = { 30, 0 };
  GAsyncResult *results[3] = { NULL, NULL, NULL };
  g_autoptr (GError) days_error = NULL;
  g_autoptr (GError) name_error = NULL;

  prolong_settings_set_notification_days_async (fixture->settings, wrong, 2, keep_result, &results[0]);
  prolong_settings_set_device_name_async (fixture->settings, "a\tb", keep_result, &results[1]);
  prolong_settings_set_tray_async (fixture->settings, FALSE, keep_result, &results[2]);
  g_assert_false (finish (fixture, &results[0], &days_error));
  g_assert_error (days_error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_assert_false (finish (fixture, &results[1], &name_error));
  g_assert_error (name_error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_assert_true (finish (fixture, &results[2], NULL));
  g_assert_cmpuint (fixture->changes, ==, 1);
}

/* Where the directory should be stands a file: nothing can be written, and all is as it was. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->directory, "", 0, NULL));
  prolong_settings_set_tray_async (fixture->settings, FALSE, keep_result, &first);
  g_assert_false (finish (fixture, &first, &error));
  g_assert_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_STORAGE_FULL);
  g_assert_true (prolong_settings_get_tray (fixture->settings));
  g_assert_cmpuint (fixture->changes, ==, 0);

  g_assert_cmpint (g_unlink (fixture->directory), ==, 0);
  prolong_settings_set_notifications_async (fixture->settings, FALSE, keep_result, &second);
  g_assert_true (finish (fixture, &second, NULL));
  start (fixture);
  g_assert_true (prolong_settings_get_tray (fixture->settings));
  g_assert_false (prolong_settings_get_notifications (fixture->settings));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  g_assert_cmpint (g_mkdir (fixture->directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->file, "{\"tray\":false", -1, NULL));
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "settings.json: *");
  start (fixture);
  g_test_assert_expected_messages ();
  g_assert_true (prolong_settings_get_tray (fixture->settings));

  prolong_settings_set_tray_async (fixture->settings, FALSE, keep_result, &result);
  g_assert_true (finish (fixture, &result, NULL));
  start (fixture);
  g_assert_false (prolong_settings_get_tray (fixture->settings));
}

static void
test_device_name (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *chosen = NULL;
  GAsyncResult *emptied = NULL;
  g_autofree char *first = prolong_device_name (fixture->settings);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_cmpstr (first, ==, g_get_host_name ());
  prolong_settings_set_device_name_async (fixture->settings, "  desk ", keep_result, &chosen);
  g_assert_true (finish (fixture, &chosen, NULL));
  second = prolong_device_name (fixture->settings);
  g_assert_cmpstr (second, ==, "desk");
  prolong_settings_set_device_name_async (fixture->settings, "  ", keep_result, &emptied);
  g_assert_true (finish (fixture, &emptied, NULL));
  third = prolong_device_name (fixture->settings);
  g_assert_cmpstr (third, ==, g_get_host_name ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/settings/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/settings/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/settings/invalid", Fixture, NULL, set_up, test_invalid, tear_down);
  g_test_add ("/settings/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/settings/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/settings/device-name", Fixture, NULL, set_up, test_device_name, tear_down);
  return g_test_run ();
}
