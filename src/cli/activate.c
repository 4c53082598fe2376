/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "cli/describe.h"
#include "cli/output.h"

/** One activation that is followed from the code to its end, or to where it goes on without us. */
typedef struct
{
  const ProlongCli *cli;
  const ProlongVendorInfo *vendor;
  ProlongCode *code;
  GDBusConnection *bus;
  ProlongSnapshot *before; /* the agent before the code was added */

  GMainLoop *loop;
  ProlongClient *client;
  char *path; /* of the operation; NULL until it is known */
  int shown;  /* the newest step that was told, -1 for none */
  gboolean seen; /* the operation was on the bus */
  gboolean interrupted;
  gboolean ended; /* everything was told */
  ProlongExit status;
} Activation;

static void
activation_clear (Activation *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->before, prolong_snapshot_free);
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Activation, activation_clear)

static void
end (Activation *self, ProlongExit status)
{
  self->ended = TRUE;
  self->status = status;
  g_main_loop_quit (self->loop);
}

static void
call_operation (Activation *self, const char *method, GVariant *arguments, GAsyncReadyCallback callback)
{
  prolong_client_call (self->client, self->path, PROLONG_BUS_OPERATION, method, arguments, NULL, callback, self);
}

static const ProlongOperationInfo *
find_operation (Activation *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  return snapshot != NULL && self->path != NULL ? prolong_snapshot_find_operation (snapshot, self->path) : NULL;
}

static void
dismissed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Activation *self = user_data;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = prolong_client_call_finish (self->client, result, NULL);

  g_main_loop_quit (self->loop);
}

/* An operation that was there before belongs to the window, where the person is to read its end. */
static void
dismiss (Activation *self, ProlongExit status)
{
  self->ended = TRUE;
  self->status = status;
  if (prolong_snapshot_find_operation (self->before, self->path) != NULL)
    g_main_loop_quit (self->loop);
  else
    call_operation (self, "Dismiss", NULL, dismissed_cb);
}

static const ProlongLicenseInfo *
find_license (Activation *self, const ProlongOperationInfo *operation)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (g_str_equal (license->path, operation->license))
        return license;
    }
  return prolong_snapshot_find_license (snapshot, operation->vendor, operation->product);
}

static void
tell_done (Activation *self, const ProlongLicenseInfo *license)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap (
        "license", license != NULL ? prolong_cli_license_to_json (license) : prolong_cli_json_null ()));
  else if (license != NULL)
    {
      prolong_cli_describe_license (text, license, g_get_real_time () / G_USEC_PER_SEC);
      prolong_cli_print (text->str);
    }
  dismiss (self, PROLONG_EXIT_DONE);
}

static ProlongExit
tell_problem (Activation *self, const ProlongOperationInfo *operation)
{
  ProlongProblem problem;

  if (!prolong_problem_from_name (operation->error, &problem))
    problem = operation->step == PROLONG_STEP_CANCELLED ? PROLONG_PROBLEM_CANCELLED
                                                        : PROLONG_PROBLEM_SERVICE_UNAVAILABLE;
  return prolong_cli_refuse (self->cli, problem, operation->error_details);
}

static void
tell_waiting (Activation *self, const ProlongOperationInfo *operation)
{
  ProlongExit status = tell_problem (self, operation);

  if (operation->retry_at != 0)
    {
      g_autofree char *moment = prolong_words_moment (operation->retry_at, g_get_real_time () / G_USEC_PER_SEC);

      /* Translators: %s is a moment, for example "today, 09:12". */
      g_printerr (_("The activation goes on by itself; the next attempt: %s."), moment);
      g_printerr ("\n");
    }
  end (self, status);
}

static void
print_step (Activation *self, int step)
{
  if (!self->cli->json)
    {
      prolong_cli_print (prolong_words_step ((ProlongStep) step));
      prolong_cli_print ("\n");
    }
}

/* Quick steps may pass between two looks; they are told all the same, so that the output is always the same. */
static void
tell_step (Activation *self, ProlongStep step)
{
  gboolean forward = step <= PROLONG_STEP_SAVING || step == PROLONG_STEP_DONE;

  if (self->shown == (int) step)
    return;
  for (int passed = self->shown + 1; forward && passed <= PROLONG_STEP_SAVING && passed < (int) step; passed++)
    print_step (self, passed);
  print_step (self, (int) step);
  self->shown = (int) step;
}

static void
tell_going_on (Activation *self)
{
  g_printerr ("%s\n", _("The activation can no longer be stopped from here. It goes on in the background; "
                        "“prolongctl status” tells its end."));
  end (self, PROLONG_EXIT_FAILED);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Activation *self = user_data;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = prolong_client_call_finish (self->client, result, NULL);

  if (answer == NULL)
    tell_going_on (self);
}

/* A wait that was there before, and that was to be cut short, is not news. */
static gboolean
is_old_wait (Activation *self, const ProlongOperationInfo *operation)
{
  const ProlongOperationInfo *old = prolong_snapshot_find_operation (self->before, self->path);

  return self->shown == -1 && old != NULL && old->step == PROLONG_STEP_WAITING
         && operation->step == PROLONG_STEP_WAITING && operation->retry_at == old->retry_at
         && g_str_equal (operation->error, old->error);
}

/* An operation that ended is gone when the agent was restarted, or when the window was quicker to dismiss it. */
static void
tell_vanished (Activation *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);
  const ProlongWords words = {
    .what = (char *) _("The activation has ended, and its outcome is not known here."),
    .way_out = (char *) _("“prolongctl status” tells what is licensed now."),
  };

  for (guint i = 0; i < snapshot->licenses->len; i++)
    {
      const ProlongLicenseInfo *license = g_ptr_array_index (snapshot->licenses, i);

      if (g_str_equal (license->vendor, self->vendor->id)
          && prolong_snapshot_find_license (self->before, license->vendor, license->product) == NULL)
        {
          tell_step (self, PROLONG_STEP_DONE);
          tell_done (self, license);
          return;
        }
    }
  prolong_cli_tell (self->cli, "outcome-unknown", &words, NULL);
  end (self, PROLONG_EXIT_FAILED);
}

static void
look (Activation *self)
{
  const ProlongOperationInfo *operation = find_operation (self);

  if (self->ended)
    return;
  if (operation == NULL && self->seen)
    tell_vanished (self);
  if (operation == NULL || is_old_wait (self, operation))
    return;

  self->seen = TRUE;
  tell_step (self, operation->step);
  if (operation->step == PROLONG_STEP_DONE)
    tell_done (self, find_license (self, operation));
  else if (operation->step == PROLONG_STEP_WAITING)
    tell_waiting (self, operation);
  else if (prolong_cli_has_ended (operation))
    dismiss (self, tell_problem (self, operation));
}

static void
changed_cb (ProlongClient *client, Activation *self)
{
  const GError *error = prolong_client_get_error (client);

  /* Before there is an operation, the call that makes it tells what is wrong. */
  if (error != NULL && self->path != NULL && !self->ended)
    end (self, prolong_cli_fail (self->cli, error));
  else
    look (self);
}

/* The end of a call whose success shows in the operation. */
static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Activation *self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = prolong_client_call_finish (self->client, result, &error);

  if (answer == NULL && !self->ended)
    end (self, prolong_cli_fail (self->cli, error));
}

/* An operation that lost its code in a restart, because there is no keyring, has it now. */
static void
provided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Activation *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (self->client, result, &error);

  if (answer != NULL)
    call_operation (self, "Retry", NULL, called_cb);
  else if (!self->ended)
    end (self, prolong_cli_fail (self->cli, error));
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Activation *self = user_data;
  const ProlongOperationInfo *operation = find_operation (self);

  /* Who presses the keys twice does not want to wait for an answer any longer. */
  if (self->ended || (self->path == NULL && self->interrupted))
    end (self, PROLONG_EXIT_FAILED);
  else if (self->interrupted || (operation != NULL && !operation->cancellable))
    tell_going_on (self);
  else if (self->path != NULL)
    call_operation (self, "Cancel", NULL, cancelled_cb);
  self->interrupted = TRUE;
  return G_SOURCE_CONTINUE;
}

/* The bus carries no details of an error; until when the license runs that stands against the code is known here. */
static ProlongExit
tell_not_added (Activation *self, const GError *error)
{
  const ProlongLicenseInfo *running = NULL;

  if (self->cli->product != NULL)
    running = prolong_snapshot_find_license (self->before, self->vendor->id, self->cli->product);
  if (!g_error_matches (error, PROLONG_PROBLEM, PROLONG_PROBLEM_LICENSE_RUNNING) || running == NULL)
    return prolong_cli_fail (self->cli, error);
  return prolong_cli_refuse (self->cli, PROLONG_PROBLEM_LICENSE_RUNNING,
                             g_variant_new_parsed ("{'current_expires': <%x>}", running->expires_at));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Activation *self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = prolong_client_call_finish (self->client, result, &error);
  const ProlongOperationInfo *old;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    {
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "AddCode");
      end (self, tell_not_added (self, error));
      return;
    }

  g_variant_get (answer, "(o)", &self->path);
  old = prolong_snapshot_find_operation (self->before, self->path);
  if (self->interrupted)
    call_operation (self, "Cancel", NULL, cancelled_cb);
  else if (old != NULL && old->step == PROLONG_STEP_WAITING)
    call_operation (self, "ProvideCode", g_variant_new ("(s)", prolong_code_get_text (self->code)), provided_cb);
  look (self);
}

static void
start (Activation *self)
{
  const char *product = self->cli->product != NULL ? self->cli->product : "";

  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "AddCode",
                       g_variant_new ("(sssa{sv})", self->vendor->id, product, prolong_code_get_text (self->code), NULL),
                       NULL, added_cb, self);
}

/* Returns whether there is a code to activate; otherwise the person was told why not. */
static gboolean
prepare (Activation *self)
{
  g_autoptr (GError) error = NULL;

  self->bus = prolong_cli_connect (&error);
  self->before = self->bus != NULL ? prolong_snapshot_read_sync (self->bus, NULL, &error) : NULL;
  if (self->before == NULL)
    {
      self->status = prolong_cli_fail (self->cli, error);
      return FALSE;
    }
  self->vendor = prolong_cli_choose_vendor (self->cli, self->before, &self->status);
  if (self->vendor != NULL)
    self->code = prolong_cli_read_code (self->cli, &self->vendor->format, &self->status);
  return self->code != NULL;
}

ProlongExit
prolong_cli_activate (const ProlongCli *cli)
{
  g_auto (Activation) self = { .cli = cli, .shown = -1 };
  guint sources[2];

  if (!prepare (&self))
    return self.status;

  self.loop = g_main_loop_new (NULL, FALSE);
  self.client = prolong_client_new (self.bus);
  g_signal_connect (self.client, "changed", G_CALLBACK (changed_cb), &self);
  sources[0] = g_unix_signal_add (SIGINT, interrupted_cb, &self);
  sources[1] = g_unix_signal_add (SIGTERM, interrupted_cb, &self);

  start (&self);
  g_main_loop_run (self.loop);

  g_source_remove (sources[0]);
  g_source_remove (sources[1]);
  g_signal_handlers_disconnect_by_data (self.client, &self);
  return self.status;
}
