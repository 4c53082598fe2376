/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What licenses do as time passes, jumps and stands still, on a clock that the test moves. */

#include "agent/license.h"

#define START G_GINT64_CONSTANT (1800000000)
#define DAY PROLONG_SECONDS_PER_DAY
#define HOUR G_GINT64_CONSTANT (3600)

#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, ProlongClock)

struct _TestClock
{
  ProlongClock parent_instance;
  gint64 system;
  gint64 boot;
};

G_DEFINE_TYPE (TestClock, test_clock, PROLONG_TYPE_CLOCK)

static gint64
test_clock_get_system (ProlongClock *clock)
{
  return TEST_CLOCK (clock)->system;
}

static gint64
test_clock_get_boot (ProlongClock *clock)
{
  return TEST_CLOCK (clock)->boot;
}

static const char *
test_clock_get_boot_id (ProlongClock *clock)
{
  return "this-run";
}

static void
test_clock_set_alarm (ProlongClock *clock, gint64 instant)
{
}

static void
test_clock_class_init (TestClockClass *class)
{
  ProlongClockClass *clock_class = PROLONG_CLOCK_CLASS (class);

  clock_class->get_system = test_clock_get_system;
  clock_class->get_boot = test_clock_get_boot;
  clock_class->get_boot_id = test_clock_get_boot_id;
  clock_class->set_alarm = test_clock_set_alarm;
}

static void
test_clock_init (TestClock *clock)
{
  clock->system = START;
  clock->boot = 1000;
}

typedef struct
{
  TestClock *clock;
  ProlongContext context;
  ProlongVendor *vendor;
  ProlongLicense *license;
} Fixture;

static ProlongVendor *
vendor_new (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "[Vendor]\nId=%s\nName=Test\nService=http://127.0.0.1:9/v1\n[Keys]\n"
      "k=11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\n[Product p]\nName=Product\n[Reminders]\nDays=30;7;1\n",
      id);
  g_autoptr (ProlongProfile) profile = prolong_profile_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return prolong_vendor_new (profile, FALSE);
}

static ProlongTicket *
ticket_new (gint64 days)
{
  ProlongTicket *ticket = prolong_ticket_new ();

  ticket->sub = g_strdup ("activation");
  ticket->product = g_strdup ("p");
  ticket->iat = START;
  ticket->check_by = START + 7 * DAY;
  ticket->status = PROLONG_LICENSE_ACTIVE;
  ticket->starts = START;
  ticket->expires = ticket->grace_until = START + days * DAY;
  return ticket;
}

static ProlongLicenseRecord *
record_new (const char *boot_id)
{
  ProlongLicenseRecord *record = g_new0 (ProlongLicenseRecord, 1);

  record->vendor = g_strdup ("test");
  record->product = g_strdup ("p");
  record->seat_token = g_strdup ("token");
  record->replaces = g_strdup ("");
  record->checked_at = START;
  record->service_time = START;
  record->boot_id = g_strdup (boot_id);
  record->boot_time = 1000;
  return record;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  fixture->context.clock = PROLONG_CLOCK (fixture->clock);
  fixture->vendor = vendor_new ("test");
  fixture->license
      = prolong_license_new (&fixture->context, fixture->vendor, record_new ("this-run"), ticket_new (365));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->license);
  g_object_unref (fixture->vendor);
  g_object_unref (fixture->clock);
}

static void
pass (Fixture *fixture, gint64 seconds)
{
  fixture->clock->system += seconds;
  fixture->clock->boot += seconds;
}

static void
test_passing (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 365);
  pass (fixture, DAY - 1);
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 365);
  pass (fixture, 1);
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 364);
  pass (fixture, 334 * DAY);
  g_assert_cmpint (prolong_license_get_state (fixture->license), ==, PROLONG_STATE_EXPIRING);
  pass (fixture, 30 * DAY - 1);
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 1);
  pass (fixture, 1);
  g_assert_cmpint (prolong_license_get_state (fixture->license), ==, PROLONG_STATE_EXPIRED);
  g_assert_false (prolong_license_is_running (fixture->license));
}

static void
test_clock_set_back (Fixture *fixture, gconstpointer data)
{
  pass (fixture, 364 * DAY + 23 * HOUR + 1800);
  g_assert_false (prolong_license_is_clock_behind (fixture->license));
  fixture->clock->system -= HOUR;
  g_assert_true (prolong_license_is_clock_behind (fixture->license));
  g_assert_true (prolong_license_is_running (fixture->license));
  pass (fixture, 1800);
  g_assert_cmpint (prolong_license_get_state (fixture->license), ==, PROLONG_STATE_EXPIRED);
}

static void
test_clock_set_back_a_year (Fixture *fixture, gconstpointer data)
{
  fixture->clock->system -= 365 * DAY;
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 365);
  g_assert_cmpint (prolong_license_get_state (fixture->license), ==, PROLONG_STATE_ACTIVE);
  pass (fixture, 10 * DAY);
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 355);
}

/* The alarm is told in system time, though what it waits for is reckoned in the vendor's. */
static void
test_alarm_with_clock_behind (Fixture *fixture, gconstpointer data)
{
  gint64 alarm;

  fixture->clock->system -= 10 * HOUR;
  alarm = prolong_license_get_alarm (fixture->license);
  g_assert_cmpint (alarm, <=, fixture->clock->system + DAY);
  pass (fixture, DAY - 1);
  g_assert_cmpuint (prolong_license_get_days_left (fixture->license), ==, 365);
  g_assert_cmpint (prolong_license_get_alarm (fixture->license), <=, fixture->clock->system + 1);
}

static void
test_restart_of_the_machine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongVendor) vendor = vendor_new ("test");
  g_autoptr (ProlongLicense) license
      = prolong_license_new (&fixture->context, vendor, record_new ("an-earlier-run"), ticket_new (365));

  /* The boot time of another run says nothing; the signed time still does. */
  fixture->clock->boot = 50 * DAY;
  g_assert_cmpuint (prolong_license_get_days_left (license), ==, 365);
  fixture->clock->system = START - 400 * DAY;
  g_assert_cmpuint (prolong_license_get_days_left (license), ==, 365);
  g_assert_true (prolong_license_is_clock_behind (license));
}

static void
test_vendors_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongVendor) other = vendor_new ("other");

  prolong_vendor_learn_time (fixture->vendor, START + 1000 * DAY, "this-run", fixture->clock->boot);
  g_assert_cmpint (prolong_license_get_state (fixture->license), ==, PROLONG_STATE_EXPIRED);
  g_assert_cmpint (prolong_vendor_get_now (other, fixture->context.clock, NULL), ==, START);
}

static void
test_older_time_is_not_learnt (Fixture *fixture, gconstpointer data)
{
  prolong_vendor_learn_time (fixture->vendor, START - DAY, "this-run", fixture->clock->boot);
  g_assert_cmpint (prolong_vendor_get_now (fixture->vendor, fixture->context.clock, NULL), ==, START);
}

static void
test_confirmation (Fixture *fixture, gconstpointer data)
{
  g_assert_true (prolong_license_is_confirmed (fixture->license));
  pass (fixture, 7 * DAY);
  g_assert_true (prolong_license_is_confirmed (fixture->license));
  pass (fixture, 1);
  g_assert_false (prolong_license_is_confirmed (fixture->license));
  g_assert_true (prolong_license_is_running (fixture->license));
}

static void
test_check_is_due_within_a_day_and_a_quarter (Fixture *fixture, gconstpointer data)
{
  gint64 alarm = prolong_license_get_alarm (fixture->license);

  g_assert_cmpint (alarm, >=, START + 18 * HOUR);
  g_assert_cmpint (alarm, <=, START + 30 * HOUR);
}

static void
test_overdue_check_is_made_within_a_minute (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ProlongLicense) license = NULL;

  pass (fixture, 100 * DAY);
  license
      = prolong_license_new (&fixture->context, fixture->vendor, record_new ("this-run"), ticket_new (365));
  g_assert_cmpint (prolong_license_get_alarm (license), <=, fixture->clock->system + 60);
}

static gboolean
fail_test (gpointer data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

static void
quit (ProlongClock *clock, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

/* The alarm of the real clock, and one that has passed already. */
static void
test_real_alarm (void)
{
  g_autoptr (ProlongClock) clock = prolong_clock_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint limit = g_timeout_add_seconds (20, fail_test, NULL);
  gint64 instant = prolong_clock_get_system (clock) + 1;

  g_signal_connect (clock, "woke", G_CALLBACK (quit), loop);
  prolong_clock_set_alarm (clock, instant);
  g_main_loop_run (loop);
  g_assert_cmpint (prolong_clock_get_system (clock), >=, instant);
  prolong_clock_set_alarm (clock, instant - 1000);
  g_main_loop_run (loop);
  prolong_clock_set_alarm (clock, G_MAXINT64);
  g_assert_false (g_main_context_pending (NULL));
  g_source_remove (limit);
}

#define ADD(path, function) g_test_add ("/time/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("passing", test_passing);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("clock-set-back-a-year", test_clock_set_back_a_year);
  ADD ("alarm-with-clock-behind", test_alarm_with_clock_behind);
  ADD ("restart-of-the-machine", test_restart_of_the_machine);
  ADD ("vendors-apart", test_vendors_apart);
  ADD ("older-time-is-not-learnt", test_older_time_is_not_learnt);
  ADD ("confirmation", test_confirmation);
  ADD ("check-due", test_check_is_due_within_a_day_and_a_quarter);
  ADD ("check-overdue", test_overdue_check_is_made_within_a_minute);
  g_test_add_func ("/time/real-alarm", test_real_alarm);
  return g_test_run ();
}
