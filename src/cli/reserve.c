/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus/contract.h"
#include "cli/activate.h"
#include "cli/describe.h"
#include "cli/follow.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/seats.h"

/** The reserve codes as a verb finds them. */
typedef struct
{
  const ProlongCli *cli;
  GDBusConnection *bus;
  ProlongSnapshot *snapshot;
} Shelf;

static void
shelf_clear (Shelf *self)
{
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  g_clear_object (&self->bus);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shelf, shelf_clear)

static gboolean
look_again (Shelf *self, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  self->snapshot = prolong_snapshot_read_sync (self->bus, NULL, &error);
  if (self->snapshot == NULL)
    *status = prolong_cli_fail (self->cli, error);
  return self->snapshot != NULL;
}

static gboolean
call (const Shelf *self,
      const ProlongReserveInfo *reserve,
      const char *method,
      GVariant *arguments,
      GError **error)
{
  g_autoptr (GVariant) answer
      = prolong_cli_call (self->bus, reserve->path, PROLONG_BUS_RESERVE, method, arguments, error);

  return answer != NULL;
}

/* (transfer container): the reserve codes that the options name. */
static GPtrArray *
find_meant (const Shelf *self)
{
  GPtrArray *meant = g_ptr_array_new ();

  for (guint i = 0; i < self->snapshot->reserves->len; i++)
    {
      ProlongReserveInfo *reserve = g_ptr_array_index (self->snapshot->reserves, i);

      if (prolong_cli_is_meant (self->cli, reserve->vendor, reserve->product))
        g_ptr_array_add (meant, reserve);
    }
  return meant;
}

/* Whether @which is the number of @reserve, or the last symbols of its code. */
static gboolean
is_called (const ProlongReserveInfo *reserve, const char *which)
{
  g_autofree char *end = g_ascii_strup (which, -1);
  guint64 number;

  /* The last group of a code is longer than any number of reserve codes. */
  if (strlen (which) < 4 && g_ascii_string_to_unsigned (which, 10, 1, 999, &number, NULL))
    return number == reserve->position + 1;
  return *end != '\0' && g_str_has_suffix (reserve->code, end);
}

static ProlongExit
tell_none (const ProlongCli *cli)
{
  const ProlongWords words = {
    .what = (char *)_ ("There is no reserve code."),
    .way_out = (char *)_ ("“prolongctl reserve add” saves one."),
  };

  prolong_cli_tell (cli, "no-reserve-code", &words, NULL);
  return PROLONG_EXIT_FAILED;
}

/* Returns the reserve code that is meant; with NULL the person was told what is missing. */
static const ProlongReserveInfo *
choose (const Shelf *self, const char *which, ProlongExit *status)
{
  g_autoptr (GPtrArray) meant = find_meant (self);
  const ProlongReserveInfo *chosen = NULL;
  guint n_fitting = 0;

  for (guint i = 0; i < meant->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (meant, i);

      if (which == NULL || is_called (reserve, which))
        {
          chosen = reserve;
          n_fitting++;
        }
    }
  if (n_fitting == 1)
    return chosen;
  if (meant->len == 0)
    *status = tell_none (self->cli);
  else if (n_fitting > 1 && which != NULL)
    *status = prolong_cli_misused (self->cli->verb, "%s",
                                   _ ("Several reserve codes are called that. Choose one with --product."));
  else
    *status = prolong_cli_misused (
        self->cli->verb, "%s",
        _ ("Name the reserve code by its number, as “prolongctl reserve list” shows it, or "
           "by its last symbols."));
  return NULL;
}

static void
print_json (GPtrArray *reserves)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < reserves->len; i++)
    g_variant_builder_add_value (&builder,
                                 prolong_cli_reserve_to_json (g_ptr_array_index (reserves, i), TRUE));
  prolong_cli_print_json (prolong_cli_json_wrap ("reserve", g_variant_builder_end (&builder)));
}

/* The name of the product, its reserve codes, and what they cover together. */
static void
describe_product (GString *text, const Shelf *self, const char *vendor, const char *product)
{
  g_autoptr (GPtrArray) reserves = prolong_snapshot_list_reserves (self->snapshot, vendor, product);
  g_autofree char *coverage
      = prolong_words_coverage (prolong_snapshot_find_license (self->snapshot, vendor, product), reserves);
  const char *name = prolong_cli_find_product_name (self->snapshot, vendor, product);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_string_append_printf (text, "%s\n", *name != '\0' ? name : product);
  for (guint i = 0; i < reserves->len; i++)
    prolong_cli_describe_reserve (text, g_ptr_array_index (reserves, i), now);
  g_string_append_printf (text, "    %s\n", coverage);
}

static ProlongExit
list (Shelf *self)
{
  g_autoptr (GPtrArray) reserves = find_meant (self);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->cli->json)
    {
      print_json (reserves);
      return PROLONG_EXIT_DONE;
    }
  for (guint i = 0; i < reserves->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (reserves, i);

      if (reserve->position == 0)
        describe_product (text, self, reserve->vendor, reserve->product);
    }
  if (reserves->len > 0)
    g_string_append_printf (text, "%s\n", prolong_words_start_at_login (self->snapshot->start_at_login));
  else
    g_string_append_printf (text, "%s %s\n", _ ("There is no reserve code."),
                            _ ("“prolongctl reserve add” saves one."));
  prolong_cli_print (text->str);
  return PROLONG_EXIT_DONE;
}

static ProlongExit
remove_one (Shelf *self)
{
  ProlongExit status;
  const ProlongReserveInfo *reserve = choose (self, self->cli->arguments[1], &status);
  g_autofree char *question = NULL;
  g_autofree char *done = NULL;
  g_autoptr (GError) error = NULL;

  if (reserve == NULL)
    return status;
  /* Translators: %s is a masked code. The letters are those of yes and no. */
  question = g_strdup_printf (
      _ ("Remove the reserve code %s from this device? It is not kept elsewhere. [y/N]"), reserve->code);
  if (!prolong_cli_confirm (self->cli, question, &status))
    return status;
  if (!call (self, reserve, "Remove", NULL, &error))
    return prolong_cli_fail (self->cli, error);

  if (self->cli->json)
    {
      prolong_cli_print_json (prolong_cli_json_wrap ("removed", g_variant_new_string (reserve->id)));
      return PROLONG_EXIT_DONE;
    }
  /* Translators: %s is a masked code. */
  done = g_strdup_printf (_ ("The reserve code %s was removed."), reserve->code);
  prolong_cli_print (done);
  prolong_cli_print ("\n");
  return PROLONG_EXIT_DONE;
}

static ProlongExit
move (Shelf *self)
{
  const char *which = self->cli->arguments[1];
  const char *place = which != NULL ? self->cli->arguments[2] : NULL;
  const ProlongReserveInfo *reserve;
  g_autoptr (GError) error = NULL;
  ProlongExit status;
  guint64 number;

  if (place == NULL || !g_ascii_string_to_unsigned (place, 10, 1, G_MAXINT, &number, NULL))
    return prolong_cli_misused (self->cli->verb, "%s",
                                _ ("Name a reserve code, and the number of its new place."));
  reserve = choose (self, which, &status);
  if (reserve == NULL)
    return status;
  if (!call (self, reserve, "Move", g_variant_new ("(u)", (guint)number - 1), &error))
    return prolong_cli_fail (self->cli, error);
  return look_again (self, &status) ? list (self) : status;
}

/* At once, or once more: both are one call of the agent. */
static ProlongExit
activate (Shelf *self)
{
  g_autoptr (GError) refusal = NULL;
  ProlongExit status;
  const ProlongReserveInfo *reserve = choose (self, self->cli->arguments[1], &status);
  ProlongFollow follow = {
    .cli = self->cli,
    .bus = self->bus,
    .before = self->snapshot,
    .interface = PROLONG_BUS_RESERVE,
    .method = "Activate",
    .shown = -1,
  };

  if (reserve == NULL)
    return status;
  follow.path = reserve->path;
  follow.vendor = reserve->vendor;
  status = prolong_cli_follow (&follow, &refusal);
  if (refusal == NULL)
    return status;
  status = prolong_cli_refuse_for (self->cli, self->snapshot, reserve->vendor, reserve->product, refusal);
  if (g_error_matches (refusal, PROLONG_PROBLEM, PROLONG_PROBLEM_CODE_EXHAUSTED) && !self->cli->json)
    prolong_cli_tell_holders (self->bus, reserve->vendor, NULL);
  return status;
}

/* What stands against the reserve codes that were asked about; the list has told it in full. */
static ProlongExit
judge (const Shelf *self, const char *path)
{
  ProlongExit status = PROLONG_EXIT_DONE;
  g_autoptr (GPtrArray) meant = find_meant (self);

  for (guint i = 0; i < meant->len; i++)
    {
      const ProlongReserveInfo *reserve = g_ptr_array_index (meant, i);
      g_auto (ProlongWords) words = { 0 };
      ProlongProblem problem;

      if ((path != NULL && !g_str_equal (reserve->path, path)) || reserve->state != PROLONG_RESERVE_PROBLEM
          || !prolong_problem_from_name (reserve->problem, &problem))
        continue;
      prolong_words_for_problem (problem, reserve->problem_details, &words);
      prolong_cli_warn (reserve->problem, &words);
      status = PROLONG_EXIT_REFUSED;
    }
  return status;
}

static ProlongExit
check_all (const Shelf *self, GPtrArray *reserves)
{
  for (guint i = 0; i < reserves->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!call (self, g_ptr_array_index (reserves, i), "Check", NULL, &error))
        return prolong_cli_fail (self->cli, error);
    }
  return PROLONG_EXIT_DONE;
}

static ProlongExit
check (Shelf *self)
{
  const char *which = self->cli->arguments[1];
  g_autoptr (GPtrArray) reserves = find_meant (self);
  g_autofree char *path = NULL;
  ProlongExit status;

  if (reserves->len == 0)
    return tell_none (self->cli);
  if (which != NULL)
    {
      const ProlongReserveInfo *reserve = choose (self, which, &status);

      if (reserve == NULL)
        return status;
      path = g_strdup (reserve->path);
      g_ptr_array_set_size (reserves, 0);
      g_ptr_array_add (reserves, (gpointer)reserve);
    }
  status = check_all (self, reserves);
  if (status != PROLONG_EXIT_DONE || !look_again (self, &status))
    return status;
  list (self);
  return judge (self, path);
}

static const struct
{
  const char *name;
  guint max_arguments;
  ProlongExit (*run) (Shelf *self);
} actions[] = {
  { "list", 0, list },      { "remove", 1, remove_one }, { "move", 2, move },
  { "retry", 1, activate }, { "activate", 1, activate }, { "check", 1, check },
};

static ProlongExit
run (const ProlongCli *cli, ProlongExit (*action) (Shelf *self))
{
  g_auto (Shelf) self = { .cli = cli };
  g_autoptr (GError) error = NULL;
  ProlongExit status;

  self.bus = prolong_cli_connect (&error);
  if (self.bus == NULL)
    return prolong_cli_fail (cli, error);
  return look_again (&self, &status) ? action (&self) : status;
}

ProlongExit
prolong_cli_reserve (const ProlongCli *cli)
{
  const char *what = cli->arguments[0] != NULL ? cli->arguments[0] : "list";
  guint n_arguments = g_strv_length (cli->arguments);

  if (g_str_equal (what, "add") && n_arguments == 1)
    return prolong_cli_add_code (cli, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, what) && n_arguments <= actions[i].max_arguments + 1)
      return run (cli, actions[i].run);
  return prolong_cli_misused (
      cli->verb, "%s",
      _ ("One of list, add, remove, move, retry, activate and check can follow here. A code is "
         "never given here: it is read from standard input."));
}
