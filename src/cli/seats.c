/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/seats.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/entries.h"
#include "cli/input.h"
#include "cli/output.h"

typedef struct
{
  char *id;
  char *device_name;
  gint64 last_seen;
  char *hint;
} Seat;

static const ProlongEntry seat_fields[] = {
  PROLONG_ENTRY ("id", STRING, Seat, id),
  PROLONG_ENTRY ("device_name", STRING, Seat, device_name),
  PROLONG_ENTRY ("last_seen", INT64, Seat, last_seen),
  PROLONG_ENTRY ("hint", STRING, Seat, hint),
};

static void
seat_free (gpointer data)
{
  prolong_entries_clear (seat_fields, G_N_ELEMENTS (seat_fields), data);
  g_free (data);
}

/** Whose seats are meant: those of a license, or of a code. */
typedef struct
{
  const ProlongCli *cli;
  GDBusConnection *bus;
  ProlongSnapshot *snapshot;
  const ProlongLicenseInfo *license; /* or NULL */
  const char *vendor;
  ProlongCode *code;
} Subject;

static void
subject_clear (Subject *self)
{
  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  g_clear_pointer (&self->code, prolong_code_unref);
  g_clear_object (&self->bus);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

static GPtrArray *
seats_read (GVariant *answer)
{
  GPtrArray *seats = g_ptr_array_new_with_free_func (seat_free);
  g_autoptr (GVariant) list = NULL;

  if (g_variant_is_of_type (answer, G_VARIANT_TYPE ("(aa{sv})")))
    list = g_variant_get_child_value (answer, 0);
  for (gsize i = 0; list != NULL && i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);
      Seat *seat = g_new0 (Seat, 1);

      prolong_entries_read (seat_fields, G_N_ELEMENTS (seat_fields), entry, seat);
      g_ptr_array_add (seats, seat);
    }
  return seats;
}

static GPtrArray *
query (const Subject *self, GError **error)
{
  g_autoptr (GVariant) answer
      = self->license != NULL
            ? prolong_cli_call (self->bus, self->license->path, PROLONG_BUS_LICENSE, "QuerySeats", NULL,
                                error)
            : prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "QuerySeats",
                                g_variant_new ("(ss)", self->vendor, prolong_code_get_text (self->code)),
                                error);

  return answer != NULL ? seats_read (answer) : NULL;
}

static gboolean
release (const Subject *self, const Seat *seat, GError **error)
{
  g_autoptr (GVariant) answer
      = self->license != NULL
            ? prolong_cli_call (self->bus, self->license->path, PROLONG_BUS_LICENSE, "ReleaseSeat",
                                g_variant_new ("(s)", seat->id), error)
            : prolong_cli_call (
                self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "ReleaseSeat",
                g_variant_new ("(sss)", self->vendor, prolong_code_get_text (self->code), seat->id), error);

  return answer != NULL;
}

static void
describe (GString *text, GPtrArray *seats)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < seats->len; i++)
    {
      const Seat *seat = g_ptr_array_index (seats, i);
      g_autofree char *seen = prolong_words_last_seen (seat->last_seen, now);
      const char *hint = prolong_words_seat_hint (seat->hint);

      g_string_append_printf (text, "    %u  %s\n       %s\n", i + 1, seat->device_name, seen);
      if (*hint != '\0')
        g_string_append_printf (text, "       %s\n", hint);
    }
}

void
prolong_cli_tell_holders (GDBusConnection *bus, const char *vendor, ProlongCode *code)
{
  const Subject subject = { .bus = bus, .vendor = vendor, .code = code };
  g_autoptr (GPtrArray) seats = code != NULL ? query (&subject, NULL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (seats != NULL)
    describe (text, seats);
  g_printerr (
      "%s%s\n", text->str,
      _ ("“prolongctl seats release --code” asks for the code and releases the seat of one of them."));
}

static ProlongExit
list (const Subject *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) seats = query (self, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder builder;

  if (seats == NULL)
    return prolong_cli_fail (self->cli, error);
  if (!self->cli->json)
    {
      g_string_append_printf (text, "%s\n", seats->len > 0 ? _ ("In use on:") : _ ("No device uses it."));
      describe (text, seats);
      prolong_cli_print (text->str);
      return PROLONG_EXIT_DONE;
    }

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < seats->len; i++)
    {
      const Seat *seat = g_ptr_array_index (seats, i);

      g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&builder, "{sv}", "id", g_variant_new_string (seat->id));
      g_variant_builder_add (&builder, "{sv}", "device_name", g_variant_new_string (seat->device_name));
      g_variant_builder_add (&builder, "{sv}", "last_seen", prolong_cli_json_time (seat->last_seen));
      g_variant_builder_add (&builder, "{sv}", "hint", prolong_cli_json_text (seat->hint));
      g_variant_builder_close (&builder);
    }
  prolong_cli_print_json (prolong_cli_json_wrap ("seats", g_variant_builder_end (&builder)));
  return PROLONG_EXIT_DONE;
}

static const Seat *
find_seat (GPtrArray *seats, const char *which)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (which, 10, 1, seats->len, &number, NULL))
    return g_ptr_array_index (seats, number - 1);
  for (guint i = 0; i < seats->len; i++)
    {
      const Seat *seat = g_ptr_array_index (seats, i);

      if (g_str_equal (seat->id, which))
        return seat;
    }
  return NULL;
}

/* Returns the seat that is meant; with NULL the person was told what is missing. */
static const Seat *
choose (const Subject *self, GPtrArray *seats, ProlongExit *status)
{
  g_autofree char *which = g_strdup (self->cli->arguments[1]);
  const Seat *seat;

  if (which == NULL && prolong_cli_can_ask ())
    {
      g_autoptr (GString) text = g_string_new (NULL);

      describe (text, seats);
      g_printerr ("%s", text->str);
      which = prolong_cli_ask_line (_ ("The number of the device:"));
    }
  seat = which != NULL ? find_seat (seats, which) : NULL;
  if (seat == NULL)
    *status = prolong_cli_misused (
        self->cli->verb, "%s",
        _ ("Name the seat by its number, as “prolongctl seats list” shows it, or by its id."));
  else if (g_str_equal (seat->hint, "this"))
    {
      *status = prolong_cli_misused (self->cli->verb, "%s",
                                     _ ("That is this device. “prolongctl remove” gives its seat back."));
      seat = NULL;
    }
  return seat;
}

static ProlongExit
release_one (const Subject *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) seats = query (self, &error);
  g_autofree char *text = NULL;
  const Seat *seat;
  ProlongExit status;

  if (seats == NULL)
    return prolong_cli_fail (self->cli, error);
  seat = choose (self, seats, &status);
  if (seat == NULL)
    return status;

  /* Translators: %s is the name of a device. The letters are those of yes and no. */
  text = g_strdup_printf (_ ("Release the seat of “%s”? The license then ends on that device. [y/N]"),
                          seat->device_name);
  if (!prolong_cli_confirm (self->cli, text, &status))
    return status;
  if (!release (self, seat, &error))
    return prolong_cli_fail (self->cli, error);

  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("released", g_variant_new_string (seat->id)));
  else
    {
      g_autofree char *done = NULL;

      /* Translators: %s is the name of a device. */
      done = g_strdup_printf (_ ("The seat of “%s” is free for another device."), seat->device_name);
      prolong_cli_print (done);
      prolong_cli_print ("\n");
    }
  return PROLONG_EXIT_DONE;
}

/* A code is asked for with --code, and where there is no license that could be meant. */
static gboolean
find_subject (Subject *self, ProlongExit *status)
{
  g_autoptr (GPtrArray) licenses = prolong_cli_find_licenses (self->cli, self->snapshot);
  g_autoptr (GPtrArray) vendors = NULL;
  const ProlongVendorInfo *vendor;

  if (!self->cli->code && licenses->len > 1)
    {
      *status = prolong_cli_misused (self->cli->verb, "%s",
                                     _ ("There are several licenses. Choose one with --product."));
      return FALSE;
    }
  if (!self->cli->code && licenses->len == 1)
    {
      self->license = g_ptr_array_index (licenses, 0);
      return TRUE;
    }
  vendors = prolong_cli_find_vendors (self->cli, self->snapshot, status);
  if (vendors == NULL)
    return FALSE;
  self->code = prolong_cli_read_code (self->cli, vendors, &vendor, NULL, status);
  if (self->code == NULL)
    return FALSE;
  self->vendor = vendor->id;
  return TRUE;
}

ProlongExit
prolong_cli_seats (const ProlongCli *cli)
{
  g_auto (Subject) self = { .cli = cli };
  const char *what = cli->arguments[0] != NULL ? cli->arguments[0] : "list";
  g_autoptr (GError) error = NULL;
  ProlongExit status;

  if (!g_str_equal (what, "release") && (!g_str_equal (what, "list") || g_strv_length (cli->arguments) > 1))
    return prolong_cli_misused (cli->verb, "%s", _ ("“list” or “release” and a seat can follow here."));

  self.bus = prolong_cli_connect (&error);
  self.snapshot = self.bus != NULL ? prolong_snapshot_read_sync (self.bus, NULL, &error) : NULL;
  if (self.snapshot == NULL)
    return prolong_cli_fail (cli, error);
  if (!find_subject (&self, &status))
    return status;
  return g_str_equal (what, "list") ? list (&self) : release_one (&self);
}
