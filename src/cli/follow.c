/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/follow.h"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "cli/describe.h"
#include "cli/outcome.h"
#include "cli/output.h"

/* The entry for start at login is written beside the first reserve code; a portal may ask the person
 * meanwhile. */
#define LOGIN_PATIENCE_MS 1000

typedef struct
{
  const ProlongFollow *call;
  GMainLoop *loop;
  ProlongClient *client;
  GCancellable *cancellable;
  guint n_calls;    /* that have no answer yet */
  char *path;       /* of the operation; NULL until it is known */
  int shown;        /* the newest step that was told, -1 for none */
  guint patience;   /* source */
  gboolean seen;    /* there was news of the operation */
  gboolean settled; /* nothing more is waited for after the end */
  gboolean interrupted;
  gboolean ended; /* everything was told */
  ProlongExit status;
  GError *refusal;
} Following;

static void
following_clear (Following *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_error (&self->refusal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Following, following_clear)

static void
end (Following *self, ProlongExit status)
{
  self->ended = TRUE;
  self->status = status;
  g_main_loop_quit (self->loop);
}

static void
end_with_error (Following *self, const GError *error)
{
  if (error->domain != PROLONG_PROBLEM)
    {
      end (self, prolong_cli_fail (self->call->cli, error));
      return;
    }
  g_clear_error (&self->refusal);
  self->refusal = g_error_copy (error);
  end (self, PROLONG_EXIT_REFUSED);
}

static void
call_operation (Following *self, const char *method, GVariant *arguments, GAsyncReadyCallback callback)
{
  self->n_calls++;
  prolong_client_call (self->client, self->path, PROLONG_BUS_OPERATION, method, arguments, self->cancellable,
                       callback, self);
}

static GVariant *
take_answer (Following *self, GAsyncResult *result, GError **error)
{
  self->n_calls--;
  return prolong_client_call_finish (self->client, result, error);
}

static const ProlongOperationInfo *
find_operation (Following *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  return snapshot != NULL && self->path != NULL ? prolong_snapshot_find_operation (snapshot, self->path)
                                                : NULL;
}

static void
dismissed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Following *self = user_data;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = take_answer (self, result, NULL);

  g_main_loop_quit (self->loop);
}

/* An operation that was there before belongs to the window, where the person is to read its end. */
static void
dismiss (Following *self, ProlongExit status)
{
  self->ended = TRUE;
  self->status = status;
  if (prolong_snapshot_find_operation (self->call->before, self->path) != NULL)
    g_main_loop_quit (self->loop);
  else
    call_operation (self, "Dismiss", NULL, dismissed_cb);
}

static GError *
problem_of (const ProlongOperationInfo *operation)
{
  ProlongProblem problem;

  if (!prolong_problem_from_name (operation->error, &problem))
    problem = operation->step == PROLONG_STEP_CANCELLED ? PROLONG_PROBLEM_CANCELLED
                                                        : PROLONG_PROBLEM_SERVICE_UNAVAILABLE;
  return prolong_problem_error_new (problem, operation->error_details, "%s", operation->error);
}

static void
tell_waiting (Following *self, const ProlongOperationInfo *operation)
{
  g_autoptr (GError) problem = problem_of (operation);
  ProlongExit status = prolong_cli_refuse_for (self->call->cli, self->call->before, operation->vendor,
                                               operation->product, problem);

  if (operation->retry_at != 0)
    {
      g_autofree char *moment
          = prolong_words_moment (operation->retry_at, g_get_real_time () / G_USEC_PER_SEC);

      /* Translators: %s is a moment, for example "today, 09:12". */
      g_printerr (_ ("This goes on by itself; the next attempt: %s."), moment);
      g_printerr ("\n");
    }
  end (self, status);
}

static void
tell_going_on (Following *self)
{
  g_printerr ("%s\n", _ ("The activation can no longer be stopped from here. It goes on in the background; "
                         "“prolongctl status” tells its end."));
  end (self, PROLONG_EXIT_FAILED);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Following *self = user_data;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = take_answer (self, result, NULL);

  if (answer == NULL && !self->ended)
    tell_going_on (self);
}

/* A wait that was there before, and that was to be cut short, is not news. */
static gboolean
is_old_wait (Following *self, const ProlongOperationInfo *operation)
{
  const ProlongOperationInfo *old = prolong_snapshot_find_operation (self->call->before, self->path);

  return !self->seen && old != NULL && old->step == PROLONG_STEP_WAITING
         && operation->step == PROLONG_STEP_WAITING && operation->retry_at == old->retry_at
         && g_str_equal (operation->error, old->error);
}

/* An operation that ended is gone when the agent was restarted, or when the window was quicker to dismiss it.
 */
static void
tell_vanished (Following *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);
  const ProlongWords words = {
    .what = (char *)_ ("The activation has ended, and its outcome is not known here."),
    .way_out = (char *)_ ("“prolongctl status” tells what is licensed now."),
  };

  if (prolong_cli_tell_news (self->call->cli, self->call->before, snapshot, self->call->vendor))
    {
      end (self, PROLONG_EXIT_DONE);
      return;
    }
  prolong_cli_tell (self->call->cli, "outcome-unknown", &words, NULL);
  end (self, PROLONG_EXIT_FAILED);
}

static gboolean settled_cb (gpointer user_data);

/* Whether it is still to be seen if the agent starts at login from now on. */
static gboolean
is_settling (Following *self, const ProlongOperationInfo *operation)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  if (self->settled || operation->kind != PROLONG_OPERATION_RESERVE || self->call->before->reserves->len > 0
      || !g_str_equal (snapshot->start_at_login, "off"))
    return FALSE;
  if (self->patience == 0)
    self->patience = g_timeout_add (LOGIN_PATIENCE_MS, settled_cb, self);
  return TRUE;
}

static void
look_at_end (Following *self, const ProlongOperationInfo *operation)
{
  if (operation->step == PROLONG_STEP_DONE)
    {
      prolong_cli_tell_done (self->call->cli, self->call->before, prolong_client_get_snapshot (self->client),
                             operation);
      dismiss (self, PROLONG_EXIT_DONE);
      return;
    }
  g_clear_error (&self->refusal);
  self->refusal = problem_of (operation);
  dismiss (self, PROLONG_EXIT_REFUSED);
}

static void
look (Following *self)
{
  const ProlongOperationInfo *operation = find_operation (self);

  if (self->ended)
    return;
  if (operation == NULL && self->seen)
    tell_vanished (self);
  if (operation == NULL || is_old_wait (self, operation))
    return;

  self->seen = TRUE;
  if (operation->step == PROLONG_STEP_DONE && is_settling (self, operation))
    return;
  prolong_cli_tell_steps (self->call->cli, operation->kind, self->shown, operation->step);
  self->shown = (int)operation->step;
  if (operation->step == PROLONG_STEP_WAITING)
    tell_waiting (self, operation);
  else if (prolong_cli_has_ended (operation))
    look_at_end (self, operation);
}

static gboolean
settled_cb (gpointer user_data)
{
  Following *self = user_data;

  self->patience = 0;
  self->settled = TRUE;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (ProlongClient *client, Following *self)
{
  const GError *error = prolong_client_get_error (client);

  /* Before there is an operation, the call that makes it tells what is wrong. */
  if (error != NULL && self->path != NULL && !self->ended)
    end (self, prolong_cli_fail (self->call->cli, error));
  else
    look (self);
}

/* The end of a call whose success shows in the operation. */
static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Following *self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) answer = take_answer (self, result, &error);

  if (answer == NULL && !self->ended)
    end_with_error (self, error);
}

/* An operation that lost its code in a restart, because there is no keyring, has it now. */
static void
provided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Following *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = take_answer (self, result, &error);

  if (answer != NULL)
    call_operation (self, "Retry", NULL, called_cb);
  else if (!self->ended)
    end_with_error (self, error);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Following *self = user_data;
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

static void
go_on (Following *self)
{
  const ProlongOperationInfo *old = prolong_snapshot_find_operation (self->call->before, self->path);

  if (self->interrupted)
    call_operation (self, "Cancel", NULL, cancelled_cb);
  else if (old == NULL || old->step != PROLONG_STEP_WAITING)
    return;
  else if (self->call->code != NULL)
    call_operation (self, "ProvideCode", g_variant_new ("(s)", prolong_code_get_text (self->call->code)),
                    provided_cb);
  else
    call_operation (self, "Retry", NULL, called_cb);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Following *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = take_answer (self, result, &error);

  if (answer != NULL && !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, self->call->method);
  if (self->ended)
    return;
  if (error != NULL)
    {
      end_with_error (self, error);
      return;
    }
  g_variant_get (answer, "(o)", &self->path);
  go_on (self);
  look (self);
}

/* What follows may run the main loop again, when this is no longer there. */
static void
settle_calls (Following *self)
{
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_cancellable_cancel (self->cancellable);
  while (self->n_calls > 0)
    g_main_context_iteration (NULL, TRUE);
}

ProlongExit
prolong_cli_follow (const ProlongFollow *follow, GError **refusal)
{
  g_auto (Following) self = { .call = follow, .shown = follow->shown };
  guint sources[2];

  self.loop = g_main_loop_new (NULL, FALSE);
  self.client = prolong_client_new (follow->bus);
  self.cancellable = g_cancellable_new ();
  g_signal_connect (self.client, "changed", G_CALLBACK (changed_cb), &self);
  sources[0] = g_unix_signal_add (SIGINT, interrupted_cb, &self);
  sources[1] = g_unix_signal_add (SIGTERM, interrupted_cb, &self);

  self.n_calls++;
  prolong_client_call (self.client, follow->path, follow->interface, follow->method, follow->arguments,
                       self.cancellable, begun_cb, &self);
  g_main_loop_run (self.loop);

  g_source_remove (sources[0]);
  g_source_remove (sources[1]);
  settle_calls (&self);
  if (self.refusal != NULL)
    g_propagate_error (refusal, g_steal_pointer (&self.refusal));
  return self.status;
}
