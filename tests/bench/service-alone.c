/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * service-alone DIRECTORY COUNT BATCH: what one activation costs at least, each part alone on one thread.
 * Prints the rates per second of parse   the body of a request through the JSON gate into its record, and the
 * code in it commit  the rows of an activation (activation, first use of its code, answer, audit), BATCH of
 * them in each transaction, each transaction durable (SQLite WAL, synchronous=FULL), in a store of its own
 *   sign    a ticket, from its record to the compact JWS
 */
#include "license/profile.h"
#include "renewal/messages.h"
#include "service/directory.h"
#include "service-rows.h"

#include <stdio.h>
#include <stdlib.h>

#define DEVICE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static double
parse (const ProlongDirectory *directory, guint count)
{
  static const char body[]
      = "{\"code\":\"00000-00000-00000-00000\",\"nonce\":\"" DEVICE "\",\"device\":\"" DEVICE
        "\",\"device_name\":"
        "\"Desk in the study\",\"product\":\"internet-security\",\"product_version\":\"21.3\"}";
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < count; i++)
    {
      ProlongActivationRequest request = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (ProlongCode) code = NULL;

      bench_check (prolong_activation_request_decode (body, sizeof body - 1, &request, &error), error);
      code = prolong_code_parse (request.code, &directory->profile->format, &error);
      bench_check (code != NULL, error);
      prolong_activation_request_clear (&request);
    }
  return count * 1e6 / (double)(g_get_monotonic_time () - start);
}

static ProlongTicket *
make_ticket (void)
{
  ProlongTicket *ticket = prolong_ticket_new ();

  ticket->iss = g_strdup ("acme");
  ticket->sub = g_strdup ("awIHMRHT4l0Ngrsn06Agpk9BvRs");
  ticket->device = g_strdup (DEVICE);
  ticket->nonce = g_strdup (DEVICE);
  ticket->serial = 1;
  ticket->iat = 1795295025;
  ticket->check_by = ticket->iat + 86400;
  ticket->number = g_strdup ("4062-695143-20972387");
  ticket->product = g_strdup ("internet-security");
  ticket->name = g_strdup ("Internet Security");
  ticket->kind = PROLONG_LICENSE_COMMERCIAL;
  ticket->starts = ticket->activated = ticket->iat;
  ticket->expires = ticket->grace_until = ticket->iat + 31536000;
  ticket->devices_used = ticket->devices_limit = 1;
  ticket->add_code = g_strdup ("allowed");
  return ticket;
}

static double
sign (const ProlongDirectory *directory, guint count)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (ProlongTicket) ticket = make_ticket ();
      g_autofree char *jws = prolong_ticket_sign (ticket, prolong_keys_get_signing (directory->keys));

      bench_check (jws != NULL, NULL);
    }
  return count * 1e6 / (double)(g_get_monotonic_time () - start);
}

static double
commit (const ProlongDirectory *directory, const char *path, guint count, guint batch)
{
  const ProlongOffice office = { directory->profile, directory->keys };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStore) store = prolong_store_open (path, PROLONG_STORE_WRITE, &error);
  gint64 first, start;
  guint done = 0;

  bench_check (store != NULL, error);
  first = bench_issue (&office, store, count);
  prolong_store_tidy (store, TRUE);
  start = g_get_monotonic_time ();
  while (done < count)
    {
      bench_check (prolong_store_begin (store, &error), error);
      for (guint i = 0; i < batch && done < count; i++, done++)
        bench_write_rows (store, first + 1 + done, done);
      bench_check (prolong_store_commit (store, &error), error);
      prolong_store_tidy (store, FALSE);
    }
  return count * 1e6 / (double)(g_get_monotonic_time () - start);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = argc == 4 ? prolong_directory_load (argv[1], &error) : NULL;
  g_autofree char *path = argc == 4 ? g_build_filename (argv[1], "alone.db", NULL) : NULL;
  guint count, batch;

  if (argc != 4)
    return fprintf (stderr, "usage: service-alone DIRECTORY COUNT BATCH\n"), 2;
  bench_check (directory != NULL, error);
  count = (guint)atoi (argv[2]);
  batch = MAX (1, (guint)atoi (argv[3]));
  printf ("%f ", parse (directory, count));
  printf ("%f ", commit (directory, path, count, batch));
  printf ("%f\n", sign (directory, count));
  return 0;
}
