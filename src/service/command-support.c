/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"
#include "service/directory.h"
#include "service/support.h"

#include <glib/gi18n-lib.h>

/* Requests that are read at a time. */
#define PAGE 200

typedef struct
{
  char *directory;
  gboolean all;
  char **words; /* what is left of the line: a reference */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_strfreev (options->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
dup_time (gint64 time)
{
  g_autoptr (GDateTime) date = time ? g_date_time_new_from_unix_utc (time) : NULL;

  return date ? g_date_time_format_iso8601 (date) : g_strdup ("-");
}

/* References are read out on the phone, in whatever case. */
static ProlongStoreSupport *
find (ProlongStore *store, const Options *options, GError **error)
{
  g_autofree char *reference = g_ascii_strup (options->words[0], -1);
  g_autoptr (GError) failure = NULL;
  ProlongStoreSupport *kept = prolong_store_find_support (store, g_strstrip (reference), &failure);

  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!kept)
    g_set_error_literal (error, PROLONG_STORE_ERROR, PROLONG_STORE_ERROR_FAILED,
                         _ ("There is no request with this reference"));
  return kept;
}

static gboolean
print_line (const ProlongOffice *office, const ProlongStoreSupport *kept, GError **error)
{
  g_auto (ProlongSupportRequest) request = { 0 };
  g_autofree char *created = dup_time (kept->created);

  if (!prolong_support_open (office, kept, &request, error))
    return FALSE;
  g_print ("%s\t%s\t%s\t%s\t%s\t%s\n", kept->reference, kept->closed ? "closed" : "open", created,
           request.topic, request.language, request.email);
  return TRUE;
}

static gboolean
print_page (const ProlongOffice *office,
            ProlongStore *store,
            gboolean all,
            gint64 *after,
            guint *length,
            GError **error)
{
  g_autoptr (GPtrArray) page = prolong_store_list_support (store, all, *after, PAGE, error);

  for (guint i = 0; page && i < page->len; i++)
    {
      const ProlongStoreSupport *kept = g_ptr_array_index (page, i);

      if (!print_line (office, kept, error))
        return FALSE;
      *after = kept->id;
    }
  *length = page ? page->len : 0;
  return page != NULL;
}

static int
list (const ProlongOffice *office, ProlongStore *store, const Options *options)
{
  g_autoptr (GError) error = NULL;
  gint64 after = 0;
  guint length = PAGE;

  while (length == PAGE)
    if (!print_page (office, store, options->all, &after, &length, &error))
      return prolong_command_fail (error);
  return PROLONG_EXIT_DONE;
}

static void
print_lines (const char *name, const char *text)
{
  g_auto (GStrv) lines = text ? g_strsplit (text, "\n", -1) : NULL;

  for (guint i = 0; lines && lines[i]; i++)
    if (lines[i + 1] || *lines[i])
      g_print ("%s\t%s\n", name, lines[i]);
}

/* A request as `name<TAB>value` lines, the same in every language, for scripts; each line of a text is one.
 */
static int
show (const ProlongOffice *office, ProlongStore *store, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreSupport) kept = find (store, options, &error);
  g_auto (ProlongSupportRequest) request = { 0 };
  g_autofree char *created = kept ? dup_time (kept->created) : NULL;
  g_autofree char *closed = kept ? dup_time (kept->closed) : NULL;

  if (!kept || !prolong_support_open (office, kept, &request, &error))
    return prolong_command_fail (error);
  g_print ("reference\t%s\nstate\t%s\ncreated\t%s\nclosed\t%s\n", kept->reference,
           kept->closed ? "closed" : "open", created, closed);
  print_lines ("topic", request.topic);
  print_lines ("language", request.language);
  print_lines ("name", request.name);
  print_lines ("email", request.email);
  print_lines ("product", request.product);
  print_lines ("order-number", request.order_number);
  print_lines ("purchase-date", request.purchase_date);
  print_lines ("license-number", request.license_number);
  print_lines ("message", request.message);
  print_lines ("diagnosis", request.diagnosis);
  return PROLONG_EXIT_DONE;
}

static gboolean
close_one (ProlongStore *store, const Options *options, GError **error)
{
  g_autoptr (ProlongStoreSupport) kept = NULL;

  if (!prolong_store_begin (store, error))
    return FALSE;
  kept = find (store, options, error);
  if (kept && prolong_support_close (store, kept, g_get_real_time () / G_USEC_PER_SEC, error))
    return prolong_store_commit (store, error);
  prolong_store_rollback (store);
  return FALSE;
}

static int
close_request (const ProlongOffice *office, ProlongStore *store, const Options *options)
{
  g_autoptr (GError) error = NULL;

  return close_one (store, options, &error) ? PROLONG_EXIT_DONE : prolong_command_fail (error);
}

static const struct
{
  const char *verb;
  ProlongStoreMode mode;
  gboolean takes_reference;
  int (*run) (const ProlongOffice *office, ProlongStore *store, const Options *options);
} verbs[] = {
  { "list", PROLONG_STORE_READ, FALSE, list },
  { "show", PROLONG_STORE_READ, TRUE, show },
  { "close", PROLONG_STORE_WRITE, TRUE, close_request },
};

static gboolean
parse (int argc, char **argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all, N_ ("list: also those that are closed"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, N_ ("[REFERENCE]") },
    { NULL },
  };

  return prolong_command_parse (
      "prolong-service support list|show|close",
      _ ("Shows what people ask the vendor’s support; close notes that it was answered."), entries, argc,
      argv);
}

static int
run (const Options *options, guint verb)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = prolong_directory_load (options->directory, &error);
  g_autoptr (ProlongStore) store
      = directory ? prolong_store_open (directory->store, verbs[verb].mode, &error) : NULL;
  ProlongOffice office = { 0 };

  if (!store)
    return prolong_command_fail (error);
  office.profile = directory->profile;
  office.keys = directory->keys;
  return verbs[verb].run (&office, store, options);
}

int
prolong_command_support (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  guint verb = 0;

  while (argc >= 2 && verb < G_N_ELEMENTS (verbs) && !g_str_equal (argv[1], verbs[verb].verb))
    verb++;
  if (argc < 2 || (verb == G_N_ELEMENTS (verbs) && !g_str_has_prefix (argv[1], "-")))
    return prolong_command_usage ("%s", _ ("support needs one of list, show and close"));
  if (!parse (verb < G_N_ELEMENTS (verbs) ? argc - 1 : argc, verb < G_N_ELEMENTS (verbs) ? argv + 1 : argv,
              &options))
    return PROLONG_EXIT_USAGE;
  if (!options.directory || verb == G_N_ELEMENTS (verbs))
    return prolong_command_usage ("%s", _ ("--directory DIR is needed"));
  if ((options.words ? g_strv_length (options.words) : 0) != (verbs[verb].takes_reference ? 1 : 0))
    return prolong_command_usage ("%s", _ ("show and close take the reference of one request, list none"));
  return run (&options, verb);
}
