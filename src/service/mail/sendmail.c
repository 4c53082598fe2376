/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/sendmail.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

/* What sendmail gets to tidy up between SIGTERM and SIGKILL. */
#define LATE_SECONDS 5

/* The exit statuses of sysexits.h, as sendmail has them. What an administrator can mend is tried again. */
static const struct
{
  int status;
  ProlongSendmailOutcome outcome;
  const char *reason;
} statuses[] = {
  { EX_OK, PROLONG_SENDMAIL_TAKEN, NULL },
  { EX_DATAERR, PROLONG_SENDMAIL_REFUSED, "data-refused" },
  { EX_NOUSER, PROLONG_SENDMAIL_REFUSED, "no-such-user" },
  { EX_NOHOST, PROLONG_SENDMAIL_LATER, "no-such-host" },
  { EX_UNAVAILABLE, PROLONG_SENDMAIL_LATER, "unavailable" },
  { EX_TEMPFAIL, PROLONG_SENDMAIL_LATER, "try-later" },
  { EX_USAGE, PROLONG_SENDMAIL_LATER, "usage" },
  { EX_NOPERM, PROLONG_SENDMAIL_LATER, "no-permission" },
  { EX_CONFIG, PROLONG_SENDMAIL_LATER, "configuration" },
};

typedef struct
{
  GSubprocess *process;
  GMainLoop *loop;
  gboolean late;
  guint timer; /* source */
} Run;

/* A file without a name, so that codes are in no file that anybody could open. */
static int
make_input (GBytes *message)
{
  gsize length;
  const char *data = g_bytes_get_data (message, &length);
  int fd = memfd_create ("mail", MFD_CLOEXEC);

  for (gsize done = 0; fd >= 0 && done < length;)
    {
      gssize written = write (fd, data + done, length - done);

      if (written < 0 && errno != EINTR)
        {
          close (fd);
          return -1;
        }
      done += (gsize)MAX (written, 0);
    }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}

static gboolean
on_late (gpointer user_data)
{
  Run *run = user_data;

  if (run->late)
    {
      g_subprocess_force_exit (run->process);
      run->timer = 0;
      return G_SOURCE_REMOVE;
    }
  run->late = TRUE;
  g_subprocess_send_signal (run->process, SIGTERM);
  run->timer = g_timeout_add_seconds (LATE_SECONDS, on_late, run);
  return G_SOURCE_REMOVE;
}

static void
on_end (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  (void)g_subprocess_wait_finish (run->process, result, NULL);
  g_main_loop_quit (run->loop);
}

static GSubprocess *
start (const ProlongMailSettings *settings, const char *to, GBytes *message, int keep)
{
  const char *const argv[] = { settings->sendmail, "-i", "-f", settings->from, "--", to, NULL };
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  int input = make_input (message);
  int kept = keep < 0 ? -1 : fcntl (keep, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

  if (input < 0)
    return NULL;
  g_subprocess_launcher_take_stdin_fd (launcher, input);
  if (kept >= 0)
    g_subprocess_launcher_take_fd (launcher, kept, STDERR_FILENO + 1);
  return g_subprocess_launcher_spawnv (launcher, argv, NULL);
}

static ProlongSendmailOutcome
judge (const Run *run, const char **reason)
{
  int status = g_subprocess_get_if_exited (run->process) ? g_subprocess_get_exit_status (run->process) : -1;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      {
        *reason = statuses[i].reason;
        return statuses[i].outcome;
      }
  *reason = run->late ? "time-limit" : "sendmail-failed";
  return PROLONG_SENDMAIL_LATER;
}

ProlongSendmailOutcome
prolong_sendmail_run (const ProlongMailSettings *settings,
                      const char *to,
                      GBytes *message,
                      int keep,
                      const char **reason)
{
  g_autoptr (GSubprocess) process = start (settings, to, message, keep);
  g_autoptr (GMainLoop) loop = NULL;
  Run run = { .process = process };

  if (!process)
    {
      *reason = "no-sendmail";
      return PROLONG_SENDMAIL_LATER;
    }
  run.loop = loop = g_main_loop_new (NULL, FALSE);
  run.timer = g_timeout_add_seconds (settings->limit, on_late, &run);
  g_subprocess_wait_async (process, NULL, on_end, &run);
  g_main_loop_run (loop);
  g_clear_handle_id (&run.timer, g_source_remove);
  return judge (&run, reason);
}
