/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/bell.h"
#include "service/commands.h"
#include "service/directory.h"
#include "service/mail/courier.h"
#include "service/mail/queue.h"

#include <glib/gi18n-lib.h>

#define LIST_PART 500

typedef struct
{
  char *directory;
  char *shop;
  gboolean all;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->shop);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  return date ? g_date_time_format_iso8601 (date) : g_strdup ("-");
}

/* As lines of `id<TAB>kind<TAB>order<TAB>state<TAB>attempts<TAB>due<TAB>reason`, the same in every language.
 */
static void
print_mail (const ProlongStoreMail *mail)
{
  gboolean waits = mail->state == PROLONG_MAIL_WAITING;
  g_autofree char *due = waits ? format_time (mail->due) : g_strdup ("-");

  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%u\t%s\t%s\n", mail->id,
           prolong_mail_kind_get_name (mail->kind), mail->number ? mail->number : "-",
           prolong_mail_state_get_name (mail->state), mail->attempts, due, mail->reason ? mail->reason : "-");
}

static int
list (const Options *options, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = prolong_directory_load (options->directory, &error);
  g_autoptr (ProlongStore) store
      = directory ? prolong_store_open (directory->store, PROLONG_STORE_READ, &error) : NULL;
  gint64 after = id - 1;
  gboolean more = store != NULL;

  while (more)
    {
      g_autoptr (GPtrArray) mails = prolong_store_list_mails (store, options->all, after, LIST_PART, &error);

      for (guint i = 0; mails && i < mails->len; i++)
        {
          const ProlongStoreMail *mail = g_ptr_array_index (mails, i);

          print_mail (mail);
          after = mail->id;
        }
      more = mails && mails->len == LIST_PART;
    }
  return error ? prolong_command_fail (error) : PROLONG_EXIT_DONE;
}

static gboolean
requeue (ProlongStore *store, gint64 id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (ProlongStoreMail) mail = prolong_store_find_mail (store, id, &failure);

  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!mail || (mail->state != PROLONG_MAIL_WAITING && mail->state != PROLONG_MAIL_FAILED))
    {
      g_set_error_literal (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_FAILED,
                           _ ("No e-mail with this number waits or has failed"));
      return FALSE;
    }
  mail->state = PROLONG_MAIL_WAITING;
  mail->attempts = mail->doubts = 0;
  mail->due = g_get_real_time () / G_USEC_PER_SEC;
  return prolong_store_update_mail (store, mail, error);
}

static gboolean
requeue_durably (ProlongStore *store, gint64 id, GError **error)
{
  if (!prolong_store_begin (store, error))
    return FALSE;
  if (requeue (store, id, error))
    return prolong_store_commit (store, error);
  prolong_store_rollback (store);
  return FALSE;
}

static int
retry (const Options *options, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = prolong_directory_load (options->directory, &error);
  g_autoptr (ProlongStore) store
      = directory ? prolong_store_open (directory->store, PROLONG_STORE_WRITE, &error) : NULL;

  if (!store || !requeue_durably (store, id, &error))
    return prolong_command_fail (error);
  prolong_bell_ring (directory->store);
  return PROLONG_EXIT_DONE;
}

static int
send_one (const Options *options, gint64 id)
{
  g_autoptr (GError) error = NULL;

  if (!options->shop)
    return prolong_command_usage ("%s", _ ("--shop URL is needed"));
  return prolong_courier_run (options->directory, options->shop, id, &error) ? PROLONG_EXIT_DONE
                                                                             : prolong_command_fail (error);
}

static const struct
{
  const char *verb;
  gboolean needs_id;
  int (*run) (const Options *options, gint64 id);
} verbs[] = {
  { "list", FALSE, list },
  { "retry", TRUE, retry },
  { "send", TRUE, send_one },
};

static gboolean
parse (int argc, char **argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "shop", 0, 0, G_OPTION_ARG_STRING, &options->shop, N_ ("send: where the shop is, for the links"),
      N_ ("URL") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all, N_ ("list: also those that were sent"), NULL },
    { NULL },
  };

  return prolong_command_parse ("prolong-service mails list|retry|send",
                                _ ("list shows the e-mails that wait or have failed; retry sends one of them "
                                   "now; send is what serve runs."),
                                entries, argc, argv);
}

/* The number of an e-mail is the last word. Returns: 0 for none. */
static gint64
take_id (int *argc, char **argv)
{
  char *end = NULL;
  gint64 id = *argc > 1 ? g_ascii_strtoll (argv[*argc - 1], &end, 10) : 0;

  if (id <= 0 || *end)
    return 0;
  (*argc)--;
  return id;
}

int
prolong_command_mails (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  guint verb = 0;
  gint64 id = 0;

  while (argc >= 2 && verb < G_N_ELEMENTS (verbs) && !g_str_equal (argv[1], verbs[verb].verb))
    verb++;
  if (argc < 2 || (verb == G_N_ELEMENTS (verbs) && !g_str_has_prefix (argv[1], "-")))
    return prolong_command_usage ("%s", _ ("mails needs one of list, retry and send"));
  if (verb < G_N_ELEMENTS (verbs))
    argc--, argv++;
  if (verb < G_N_ELEMENTS (verbs) && verbs[verb].needs_id)
    id = take_id (&argc, argv);
  if (!parse (argc, argv, &options))
    return PROLONG_EXIT_USAGE;
  if (!options.directory || verb == G_N_ELEMENTS (verbs))
    return prolong_command_usage ("%s", _ ("--directory DIR is needed"));
  if (verbs[verb].needs_id && id == 0)
    return prolong_command_usage ("%s", _ ("the number of an e-mail is needed, as “mails list” shows it"));
  return verbs[verb].run (&options, id);
}
