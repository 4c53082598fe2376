/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"
#include "service/support.h"
#include "service/verbs.h"

#include <glib/gi18n-lib.h>

/* Requests that are read at a time. */
#define PAGE 200

typedef struct
{
  ProlongVerbOptions common;
  gboolean all;
} Options;

static void
options_clear (Options *options)
{
  prolong_verb_options_clear (&options->common);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* References are read out on the phone, in whatever case. */
static ProlongStoreSupport *
find (ProlongStore *store, const Options *options, GError **error)
{
  g_autofree char *reference = g_ascii_strup (options->common.words[0], -1);
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
  g_autofree char *created = prolong_command_dup_time (kept->created);

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
list (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
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
show (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreSupport) kept = find (store, options, &error);
  g_auto (ProlongSupportRequest) request = { 0 };
  g_autofree char *created = kept ? prolong_command_dup_time (kept->created) : NULL;
  g_autofree char *closed = kept ? prolong_command_dup_time (kept->closed) : NULL;

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
close_request (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
  g_autoptr (GError) error = NULL;

  return close_one (store, options, &error) ? PROLONG_EXIT_DONE : prolong_command_fail (error);
}

static const ProlongVerb verbs[] = {
  { "list", PROLONG_STORE_READ, FALSE, list },
  { "show", PROLONG_STORE_READ, TRUE, show },
  { "close", PROLONG_STORE_WRITE, TRUE, close_request },
  { NULL },
};

static gboolean
parse (int argc, char **argv, gpointer data)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->common.directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all, N_ ("list: also those that are closed"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->common.words, NULL, N_ ("[REFERENCE]") },
    { NULL },
  };

  return prolong_command_parse (
      "prolong-service support list|show|close",
      _ ("Shows what people ask the vendor’s support; close notes that it was answered."), entries, argc,
      argv);
}

static const ProlongVerbGroup group = {
  .verbs = verbs,
  .needs = N_ ("support needs one of list, show and close"),
  .takes = N_ ("show and close take the reference of one request, list none"),
  .parse = parse,
};

int
prolong_command_support (int argc, char **argv)
{
  g_auto (Options) options = { 0 };

  return prolong_verbs_run (&group, argc, argv, &options);
}
