/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"
#include "service/directory.h"
#include "service/office.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* A running service waits for one such part at the most. */
#define CODES_PER_COMMIT 1000

#define LINE_MAX_BYTES 4096

typedef struct
{
  char *directory;
  char *product;
  char *term;
  int devices;
  char *kind;
  gboolean renewal;
  char *shorter_term;
  char *min_version;
  char *max_version;
  char *sell_by;
  char *provider;
  int count;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->product);
  g_free (options->term);
  g_free (options->shorter_term);
  g_free (options->kind);
  g_free (options->min_version);
  g_free (options->max_version);
  g_free (options->sell_by);
  g_free (options->provider);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A date such as 2027-12-31, the end of that day in UTC. Returns: 0 for anything else. */
static gint64
parse_date (const char *text)
{
  g_autofree char *stamp = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (stamp, NULL);

  return date ? g_date_time_to_unix (date) + 86400 : 0;
}

static ProlongStoreCode *
make_grant (const Options *options, ProlongLicenseKind kind)
{
  ProlongStoreCode *grant = g_new0 (ProlongStoreCode, 1);

  grant->product = g_strdup (options->product);
  grant->kind = kind;
  grant->term = prolong_command_parse_term (options->term);
  grant->devices = (guint)options->devices;
  grant->renewal = options->renewal;
  grant->shorter_term = options->shorter_term ? prolong_command_parse_term (options->shorter_term) : 0;
  grant->min_version = g_strdup (options->min_version);
  grant->max_version = g_strdup (options->max_version);
  grant->sell_by = options->sell_by ? parse_date (options->sell_by) : 0;
  grant->has_subscription = kind == PROLONG_LICENSE_SUBSCRIPTION;
  grant->provider = grant->has_subscription ? g_strdup (options->provider) : NULL;
  return grant;
}

static gboolean
issue_some (const ProlongOffice *office,
            ProlongStore *store,
            const Options *options,
            ProlongLicenseKind kind,
            guint count,
            GString *codes,
            GError **error)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (ProlongStoreCode) grant = make_grant (options, kind);
      g_autoptr (ProlongCode) code = prolong_office_new_code (office);

      if (!prolong_office_issue (office, store, code, grant, get_now (), error))
        return FALSE;
      g_string_append_printf (codes, "%s\n", prolong_code_get_text (code));
    }
  return TRUE;
}

/* A code is printed once it is durable, and not before. */
static gboolean
issue_all (const ProlongOffice *office,
           ProlongStore *store,
           const Options *options,
           ProlongLicenseKind kind,
           GError **error)
{
  guint left = (guint)options->count;

  while (left > 0)
    {
      g_autoptr (GString) codes = g_string_new (NULL);
      guint count = MIN (left, CODES_PER_COMMIT);

      if (!prolong_store_begin (store, error))
        return FALSE;
      if (!issue_some (office, store, options, kind, count, codes, error))
        {
          prolong_store_rollback (store);
          return FALSE;
        }
      if (!prolong_store_commit (store, error))
        return FALSE;
      prolong_store_tidy (store, FALSE);
      g_print ("%s", codes->str);
      left -= count;
    }
  return TRUE;
}

/* A shorter term is what a renewal offers whoever has no earlier license. */
static gboolean
check_shorter_term (const Options *options)
{
  gint64 term = options->shorter_term ? prolong_command_parse_term (options->shorter_term) : 0;

  return !options->shorter_term
         || (options->renewal && term > 0 && term < prolong_command_parse_term (options->term));
}

static int
check_issue (const ProlongDirectory *directory, const Options *options, ProlongLicenseKind *kind)
{
  if (!options->product || !prolong_profile_find_product (directory->profile, options->product))
    /* Translators: the first %s is a folder, the second the name of a file in it */
    return prolong_command_usage (_ ("--product must be one of the products in %s/%s.conf"), directory->path,
                                  directory->profile->id);
  if (prolong_command_parse_term (options->term) == 0)
    return prolong_command_usage ("%s", _ ("--term is a duration such as 365d, 12h, 90m or 120s"));
  if (!check_shorter_term (options))
    return prolong_command_usage ("%s", _ ("--shorter-term goes with --renewal, and is shorter than --term"));
  if (!prolong_license_kind_from_name (options->kind, kind))
    return prolong_command_usage ("%s", _ ("--kind is trial, commercial or subscription"));
  if (options->sell_by && parse_date (options->sell_by) == 0)
    return prolong_command_usage ("%s", _ ("--sell-by is a date such as 2027-12-31"));
  if (options->devices < 1 || options->count < 1)
    return prolong_command_usage ("%s", _ ("--devices and --count are at least 1"));
  if (directory->profile->format.check != PROLONG_CODE_CHECK_GF32)
    return prolong_command_usage ("%s", _ ("codes can be issued only in a format with a check symbol"));
  return PROLONG_EXIT_DONE;
}

static int
issue (const ProlongDirectory *directory, ProlongStore *store, const Options *options)
{
  const ProlongOffice office = { directory->profile, directory->keys, &directory->policy };
  g_autoptr (GError) error = NULL;
  ProlongLicenseKind kind = PROLONG_LICENSE_COMMERCIAL;
  int status = check_issue (directory, options, &kind);

  if (status != PROLONG_EXIT_DONE)
    return status;
  return issue_all (&office, store, options, kind, &error) ? PROLONG_EXIT_DONE : prolong_command_fail (error);
}

static ProlongStoreCode *
read_code (const ProlongOffice *office, ProlongStore *store, GError **error)
{
  char line[LINE_MAX_BYTES] = { 0 };
  g_autoptr (ProlongCode) code = NULL;
  g_autoptr (GError) failure = NULL;
  ProlongStoreCode *known;

  if (!fgets (line, sizeof line, stdin))
    line[0] = '\0';
  code = prolong_code_parse (line, &office->profile->format, error);
  prolong_wipe (line, sizeof line);
  if (!code)
    return NULL;
  known = prolong_office_find_code (office, store, code, &failure);
  if (known)
    return known;
  if (!failure)
    failure = prolong_problem_error_new (PROLONG_PROBLEM_CODE_UNKNOWN, NULL, "%s",
                                         _ ("This code was never issued"));
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
block_code (ProlongStore *store, gint64 code, GError **error)
{
  if (!prolong_store_begin (store, error))
    return FALSE;
  if (prolong_store_set_blocked (store, code, TRUE, error)
      && prolong_store_add_audit (store, get_now (), PROLONG_STORE_EVENT_BLOCKED, code, 0, NULL, error))
    return prolong_store_commit (store, error);
  prolong_store_rollback (store);
  return FALSE;
}

static int
block (const ProlongDirectory *directory, ProlongStore *store, const Options *options)
{
  const ProlongOffice office = { directory->profile, directory->keys, &directory->policy };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreCode) code = read_code (&office, store, &error);

  if (!code || !block_code (store, code->id, &error))
    return prolong_command_fail (error);
  /* Translators: %s is a license number */
  g_print (_ ("License %s is blocked.\n"), code->number);
  return PROLONG_EXIT_DONE;
}

static void
print_time (const char *name, gint64 time)
{
  g_autoptr (GDateTime) date = time ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autofree char *text = date ? g_date_time_format_iso8601 (date) : NULL;

  g_print ("%s\t%s\n", name, text ? text : "-");
}

static void
print_code (const ProlongStoreCode *code, guint used)
{
  g_print ("number\t%s\nproduct\t%s\nkind\t%s\nterm\t%" G_GINT64_FORMAT "\ndevices\t%u of %u\n", code->number,
           code->product, prolong_license_kind_get_name (code->kind), code->term, used, code->devices);
  g_print ("renewal\t%s\nblocked\t%s\n", code->renewal ? "yes" : "no", code->blocked ? "yes" : "no");
  g_print ("shorter-term\t%" G_GINT64_FORMAT "\nshortened\t%s\n", code->shorter_term,
           code->shortened ? "yes" : "no");
  g_print ("versions\t%s to %s\n", code->min_version ? code->min_version : "any",
           code->max_version ? code->max_version : "any");
  print_time ("issued", code->issued);
  print_time ("sell-by", code->sell_by);
  print_time ("first-activated", code->first_activated);
  print_time ("expires", code->first_activated ? code->first_activated + code->term : 0);
}

/* The state of a code as `name<TAB>value` lines, the same in every language, for scripts. */
static int
show (const ProlongDirectory *directory, ProlongStore *store, const Options *options)
{
  const ProlongOffice office = { directory->profile, directory->keys, &directory->policy };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreCode) code = read_code (&office, store, &error);
  guint used = 0;

  if (!code || !prolong_store_count_seats (store, code->id, &used, &error))
    return prolong_command_fail (error);
  print_code (code, used);
  return PROLONG_EXIT_DONE;
}

static const struct
{
  const char *verb;
  ProlongStoreMode mode;
  int (*run) (const ProlongDirectory *directory, ProlongStore *store, const Options *options);
} verbs[] = {
  { "issue", PROLONG_STORE_WRITE, issue },
  { "block", PROLONG_STORE_WRITE, block },
  { "show", PROLONG_STORE_READ, show },
};

static gboolean
parse (int argc, char **argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "product", 0, 0, G_OPTION_ARG_STRING, &options->product, N_ ("issue: product that the code is for"),
      N_ ("ID") },
    { "term", 0, 0, G_OPTION_ARG_STRING, &options->term, N_ ("issue: what it grants, 365d unless told"),
      N_ ("DURATION") },
    { "devices", 0, 0, G_OPTION_ARG_INT, &options->devices, N_ ("issue: on how many devices, 1 unless told"),
      N_ ("N") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options->kind, N_ ("issue: trial, commercial or subscription"),
      N_ ("KIND") },
    { "renewal", 0, 0, G_OPTION_ARG_NONE, &options->renewal,
      N_ ("issue: needs an earlier license of the device"), NULL },
    { "shorter-term", 0, 0, G_OPTION_ARG_STRING, &options->shorter_term,
      N_ ("issue: what a renewal grants without an earlier license"), N_ ("DURATION") },
    { "min-version", 0, 0, G_OPTION_ARG_STRING, &options->min_version,
      N_ ("issue: oldest version of the product"), N_ ("VERSION") },
    { "max-version", 0, 0, G_OPTION_ARG_STRING, &options->max_version,
      N_ ("issue: newest version of the product"), N_ ("VERSION") },
    { "sell-by", 0, 0, G_OPTION_ARG_STRING, &options->sell_by, N_ ("issue: last day of a first activation"),
      N_ ("DATE") },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &options->provider, N_ ("issue: who renews a subscription"),
      N_ ("NAME") },
    { "count", 0, 0, G_OPTION_ARG_INT, &options->count, N_ ("issue: how many codes, 1 unless told"),
      N_ ("N") },
    { NULL },
  };

  return prolong_command_parse ("prolong-service codes issue|block|show",
                                _ ("issue prints new codes; block and show read a code from standard input."),
                                entries, argc, argv);
}

int
prolong_command_codes (int argc, char **argv)
{
  g_auto (Options) options = { .devices = 1, .count = 1 };
  g_autoptr (ProlongDirectory) directory = NULL;
  g_autoptr (ProlongStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint verb = 0;

  while (argc >= 2 && verb < G_N_ELEMENTS (verbs) && !g_str_equal (argv[1], verbs[verb].verb))
    verb++;
  if (argc < 2 || (verb == G_N_ELEMENTS (verbs) && !g_str_has_prefix (argv[1], "-")))
    return prolong_command_usage ("%s", _ ("codes needs one of issue, block and show"));
  if (!parse (verb < G_N_ELEMENTS (verbs) ? argc - 1 : argc, verb < G_N_ELEMENTS (verbs) ? argv + 1 : argv,
              &options))
    return PROLONG_EXIT_USAGE;
  if (!options.directory || verb == G_N_ELEMENTS (verbs))
    return prolong_command_usage ("%s", _ ("--directory DIR is needed"));
  if (!options.term)
    options.term = g_strdup ("365d");
  if (!options.kind)
    options.kind = g_strdup ("commercial");
  if (!options.provider)
    options.provider = g_strdup ("");
  directory = prolong_directory_load (options.directory, &error);
  store = directory ? prolong_store_open (directory->store, verbs[verb].mode, &error) : NULL;
  if (!store)
    return prolong_command_fail (error);
  return verbs[verb].run (directory, store, &options);
}
