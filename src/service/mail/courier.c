/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/courier.h"

#include "service/directory.h"
#include "service/mail/queue.h"
#include "service/mail/reading.h"
#include "service/mail/sendmail.h"
#include "service/mail/speech.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define LOCK_FILE "mail.lock"

/* Seconds before the next attempt: about three days in all, in which an administrator sees to what is wrong.
 */
static const guint waits[]
    = { 60, 300, 900, 1800, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 12 * 3600, 24 * 3600, 24 * 3600 };

/* So often is an e-mail sent again of which nobody knows whether sendmail has taken it. */
#define DOUBTS_MAX 1

static void (*observer) (const char *point);

typedef struct
{
  const char *shop_url;
  ProlongDirectory *directory;
  ProlongStore *store;
  ProlongStoreMail *mail;
  ProlongStoreOrder *order;     /* (nullable) that it is about, or: */
  ProlongStoreCode *code;       /* (nullable) whose subscription it is about */
  ProlongStoreSupport *support; /* (nullable) */
  char *to;                     /* (nullable) address, once it is composed */
  int lock;
} Courier;

static void
courier_clear (Courier *courier)
{
  g_clear_pointer (&courier->mail, prolong_store_mail_free);
  g_clear_pointer (&courier->order, prolong_store_order_free);
  g_clear_pointer (&courier->code, prolong_store_code_free);
  g_clear_pointer (&courier->support, prolong_store_support_free);
  g_free (courier->to);
  g_clear_pointer (&courier->store, prolong_store_close);
  g_clear_pointer (&courier->directory, prolong_directory_free);
  if (courier->lock >= 0)
    close (courier->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Courier, courier_clear)

void
prolong_mail_set_observer (void (*function) (const char *point))
{
  observer = function;
}

void
prolong_mail_reach (const char *point)
{
  if (observer)
    observer (point);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/*
 * Each e-mail has a byte of the file. Its lock belongs to the open file, and so lasts until both this process
 * and the sendmail that it started are gone, however they end.
 */
static gboolean
take_lock (Courier *courier, const char *directory, gint64 id, GError **error)
{
  g_autofree char *path = g_build_filename (directory, LOCK_FILE, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = id, .l_len = 1 };
  int result;

  courier->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  do
    result = courier->lock < 0 ? -1 : fcntl (courier->lock, F_OFD_SETLKW, &lock);
  while (result < 0 && courier->lock >= 0 && errno == EINTR);
  if (result == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
note (Courier *courier, GError **error)
{
  if (!prolong_store_begin (courier->store, error))
    return FALSE;
  if (prolong_store_update_mail (courier->store, courier->mail, error))
    return prolong_store_commit (courier->store, error);
  prolong_store_rollback (courier->store);
  return FALSE;
}

static void
end (ProlongStoreMail *mail, ProlongMailState state, const char *reason)
{
  mail->state = state;
  g_free (mail->reason);
  mail->reason = g_strdup (reason);
}

/* For whoever reads the log; `mails list` says the same. */
static void
fail (ProlongStoreMail *mail, const char *reason)
{
  end (mail, PROLONG_MAIL_FAILED, reason);
  g_printerr ("prolong-service: e-mail %" G_GINT64_FORMAT " failed for good: %s\n", mail->id, reason);
}

static void
put_off (ProlongStoreMail *mail, const char *reason)
{
  guint tried = MAX (mail->attempts, 1) - 1;

  if (tried >= G_N_ELEMENTS (waits))
    {
      fail (mail, reason);
      return;
    }
  end (mail, PROLONG_MAIL_WAITING, reason);
  mail->due = get_now () + waits[tried];
}

/* The courier before was killed, with sendmail under way or just ended. */
static void
settle_doubt (ProlongStoreMail *mail)
{
  mail->doubts++;
  if (mail->doubts > DOUBTS_MAX)
    fail (mail, "in-doubt");
  else
    put_off (mail, "in-doubt");
}

static ProlongOffice
get_office (const Courier *courier)
{
  const ProlongDirectory *directory = courier->directory;

  return (ProlongOffice){ .profile = directory->profile,
                          .keys = directory->keys,
                          .policy = &directory->policy,
                          .catalog = directory->catalog,
                          .shop_url = courier->shop_url,
                          .support_email = directory->mail.support };
}

static ProlongLetter *
read_letter (const Courier *courier, GError **error)
{
  const ProlongOffice office = get_office (courier);

  if (courier->support)
    return prolong_letter_read_support (&office, courier->support, courier->mail->kind, error);
  if (courier->code)
    return prolong_letter_read_subscription (&office, courier->code);
  return prolong_letter_read (&office, courier->store, courier->order, get_now (), error);
}

static GBytes *
compose (Courier *courier, GError **error)
{
  const ProlongDirectory *directory = courier->directory;
  g_autoptr (ProlongLetter) letter = read_letter (courier, error);
  g_autofree char *profile_url
      = g_uri_resolve_relative (courier->shop_url, "profile", G_URI_FLAGS_NONE, NULL); /* beside the shop */
  g_autofree char *id = prolong_mail_make_id (directory->keys, directory->mail.from, courier->mail->id);
  const ProlongLetterHead head = { .kind = courier->mail->kind,
                                   .id = id,
                                   .date = courier->mail->dated,
                                   .name = directory->profile->name,
                                   .from = directory->mail.from,
                                   .profile_url = profile_url,
                                   .support_url = directory->profile->support_url,
                                   .support_email = directory->profile->support_email };

  if (!letter)
    return NULL;
  courier->to = g_strdup (letter->to);
  return prolong_letter_compose (letter, &head, error);
}

static ProlongSendmailOutcome
put_in_folder (const Courier *courier, GBytes *message, const char **reason)
{
  g_autofree char *name = g_strdup_printf ("mail-%" G_GINT64_FORMAT ".eml", courier->mail->id);
  g_autofree char *path = g_build_filename (courier->directory->mail.folder, name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (message, &length);

  if (g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    return PROLONG_SENDMAIL_TAKEN;
  *reason = "folder";
  return PROLONG_SENDMAIL_LATER;
}

static ProlongSendmailOutcome
hand_over (const Courier *courier, GBytes *message, const char **reason)
{
  if (courier->directory->mail.folder)
    return put_in_folder (courier, message, reason);
  return prolong_sendmail_run (&courier->directory->mail, courier->to, message, courier->lock, reason);
}

/* What cannot be read or written now can be later, unless it is the e-mail itself that is unsound. */
static gboolean
give_up (Courier *courier, const GError *failure, GError **error)
{
  if (failure->domain == PROLONG_STORE_ERROR)
    {
      g_propagate_error (error, g_error_copy (failure));
      return FALSE;
    }
  fail (courier->mail, "cannot-be-written");
  return note (courier, error);
}

static gboolean
deliver (Courier *courier, GError **error)
{
  ProlongStoreMail *mail = courier->mail;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) failure = NULL;
  const char *reason = NULL;
  ProlongSendmailOutcome outcome;

  if (!mail->dated)
    mail->dated = get_now ();
  message = compose (courier, &failure);
  if (!message)
    return give_up (courier, failure, error);
  prolong_mail_reach ("composed");
  end (mail, PROLONG_MAIL_HANDING, NULL);
  mail->attempts++;
  if (!note (courier, error))
    return FALSE;
  prolong_mail_reach ("handing");
  outcome = hand_over (courier, message, &reason);
  prolong_mail_reach ("handed");
  if (outcome == PROLONG_SENDMAIL_TAKEN)
    end (mail, PROLONG_MAIL_SENT, NULL);
  else if (outcome == PROLONG_SENDMAIL_LATER)
    put_off (mail, reason);
  else
    fail (mail, reason);
  return note (courier, error);
}

/* Its end and the e-mails that it leads to are one transaction. */
static gboolean
answer_request (Courier *courier, GError **error)
{
  const ProlongOffice office = get_office (courier);
  g_autoptr (GError) failure = NULL;

  if (!prolong_store_begin (courier->store, error))
    return FALSE;
  if (prolong_mail_answer_request (&office, courier->store, courier->mail, get_now (), &failure)
      && prolong_store_remove_mail (courier->store, courier->mail->id, &failure))
    return prolong_store_commit (courier->store, error);
  prolong_store_rollback (courier->store);
  return give_up (courier, failure, error);
}

static gboolean
is_wanted (const Courier *courier)
{
  ProlongMailKind kind = courier->mail->kind;

  if (courier->support)
    return kind != PROLONG_MAIL_SUPPORT || courier->directory->mail.support;
  if (courier->code)
    return prolong_mail_is_wanted_of (kind, courier->code);
  return prolong_mail_is_wanted (kind, prolong_orders_get_state (courier->order, get_now ()));
}

static gboolean
see_to (Courier *courier, GError **error)
{
  ProlongStoreMail *mail = courier->mail;

  if (mail->state == PROLONG_MAIL_HANDING)
    {
      settle_doubt (mail);
      return note (courier, error);
    }
  if (mail->state != PROLONG_MAIL_WAITING || mail->due > get_now ())
    return TRUE;
  if (!courier->directory->mail.from)
    {
      g_set_error_literal (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_VALUE,
                           _ ("Without Mail/From in service.conf no e-mail is sent"));
      return FALSE;
    }
  if (mail->kind == PROLONG_MAIL_REQUEST)
    return answer_request (courier, error);
  if (is_wanted (courier))
    return deliver (courier, error);
  end (mail, PROLONG_MAIL_DROPPED, NULL);
  return note (courier, error);
}

/* The directory is read once more, so that names in it are in the language of the e-mail. */
static gboolean
speak (Courier *courier, const char *path, GError **error)
{
  const char *language = courier->order ? courier->order->language : NULL;

  if (courier->mail->language)
    language = courier->mail->language;
  prolong_speak (language ? language : "en");
  prolong_directory_free (courier->directory);
  courier->directory = prolong_directory_load (path, error);
  return courier->directory != NULL;
}

static gboolean
find_subject (Courier *courier, GError **error)
{
  const ProlongStoreMail *mail = courier->mail;

  if (mail->support)
    courier->support = prolong_store_get_support (courier->store, mail->support, error);
  else if (mail->code)
    courier->code = prolong_store_get_code (courier->store, mail->code, error);
  else
    courier->order = prolong_store_get_order (courier->store, mail->order, error);
  return courier->support || courier->code || courier->order;
}

/* Returns: whether the e-mail is there to be seen to; without an error: it is not. */
static gboolean
open_mail (Courier *courier, const char *path, gint64 id, GError **error)
{
  courier->directory = prolong_directory_load (path, error);
  courier->store = courier->directory
                       ? prolong_store_open (courier->directory->store, PROLONG_STORE_WRITE, error)
                       : NULL;
  courier->mail = courier->store ? prolong_store_find_mail (courier->store, id, error) : NULL;
  if (!courier->mail || courier->mail->kind == PROLONG_MAIL_REQUEST)
    return courier->mail != NULL;
  return find_subject (courier, error) && speak (courier, path, error);
}

static gboolean
go_on (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A service that is stopped, also by Ctrl+C, does not take along what is under way. */
gboolean
prolong_courier_run (const char *directory, const char *shop_url, gint64 id, GError **error)
{
  g_auto (Courier) courier = { .shop_url = shop_url, .lock = -1 };
  GError *failure = NULL;

  (void)setsid ();
  g_unix_signal_add (SIGTERM, go_on, NULL);
  g_unix_signal_add (SIGINT, go_on, NULL);
  if (!take_lock (&courier, directory, id, error))
    return FALSE;
  prolong_mail_reach ("locked");
  if (open_mail (&courier, directory, id, &failure) && see_to (&courier, &failure))
    prolong_mail_reach ("noted");
  if (!failure)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}
