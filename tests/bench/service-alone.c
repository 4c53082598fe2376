/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * service-alone DIRECTORY COUNT BATCH: what one activation costs at least, each part alone on one thread. Prints
 * the rates per second of
 *   parse   the body of a request through the JSON gate into its record, and the code in it
 *   commit  the rows of an activation (activation, first use of its code, answer, audit), BATCH of them in each
 *           transaction, each transaction durable (SQLite WAL, synchronous=FULL), in a store of its own
 *   sign    a ticket, from its record to the compact JWS
 */
#include "license/profile.h"
#include "renewal/messages.h"
#include "service/directory.h"
#include "service/office.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEVICE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define ANSWER_BYTES 1005

static void
check (gboolean good, GError *error)
{
  if (good)
    return;
  fprintf (stderr, "service-alone: %s\n", error ? error->message : "failed");
  exit (1);
}

static double
parse (const ProlongDirectory *directory, guint count)
{
  static const char body[] =
      "{\"code\":\"00000-00000-00000-00000\",\"nonce\":\"" DEVICE "\",\"device\":\"" DEVICE "\",\"device_name\":"
      "\"Desk in the study\",\"product\":\"internet-security\",\"product_version\":\"21.3\"}";
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < count; i++)
    {
      ProlongActivationRequest request = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (ProlongCode) code = NULL;

      check (prolong_activation_request_decode (body, sizeof body - 1, &request, &error), error);
      code = prolong_code_parse (request.code, &directory->profile->format, &error);
      check (code != NULL, error);
      prolong_activation_request_clear (&request);
    }
  return count * 1e6 / (double) (g_get_monotonic_time () - start);
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
      g_autoptr (GError) error = NULL;
      g_autofree char *jws = prolong_ticket_sign (ticket, prolong_keys_get_signing (directory->keys), &error);

      check (jws != NULL, error);
    }
  return count * 1e6 / (double) (g_get_monotonic_time () - start);
}

static gint64
issue (const ProlongOffice *office, ProlongStore *store, guint count)
{
  g_autoptr (GError) error = NULL;
  gint64 last = 0;

  check (prolong_store_begin (store, &error), error);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (ProlongCode) code = prolong_office_new_code (office);
      ProlongStoreCode *grant = g_new0 (ProlongStoreCode, 1);

      grant->product = g_strdup ("internet-security");
      grant->kind = PROLONG_LICENSE_COMMERCIAL;
      grant->term = 31536000;
      grant->devices = 1;
      check (prolong_office_issue (office, store, code, grant, 1795295025, &error), error);
      last = grant->id;
      prolong_store_code_free (grant);
    }
  check (prolong_store_commit (store, &error), error);
  return last - count;
}

static void
write_rows (ProlongStore *store, gint64 code, guint i)
{
  ProlongStoreActivation activation = { .code = code, .device_name = (char *) "Desk in the study",
                                        .product_version = (char *) "21.3", .serial = 1, .activated = 1795295025,
                                        .last_seen = 1795295025 };
  ProlongStoreAnswer answer = { .status = 200, .created = 1795295025 };
  g_autofree guint8 *body = g_malloc (ANSWER_BYTES);
  g_autoptr (GError) error = NULL;
  char id[32], device[44];
  guint8 random[32];

  prolong_random (random, sizeof random);
  g_snprintf (id, sizeof id, "awIHM%022u", i);
  for (guint k = 0; k < 43; k++)
    device[k] = (char) ('A' + (random[k % 32] + k) % 26);
  device[43] = '\0';
  activation.id = id;
  activation.device = device;
  memcpy (activation.token, random, sizeof random);
  memset (body, 'x', ANSWER_BYTES);
  answer.body = g_bytes_new_take (g_steal_pointer (&body), ANSWER_BYTES);
  prolong_sha256 (random, sizeof random, answer.key);
  memcpy (answer.request, random, sizeof random);
  check (prolong_store_add_activation (store, &activation, &error) &&
             prolong_store_set_first_activated (store, code, 1795295025, &error) &&
             prolong_store_add_answer (store, &answer, &error) &&
             prolong_store_add_audit (store, 1795295025, PROLONG_STORE_EVENT_ACTIVATED, code, activation.row, NULL,
                                      &error),
         error);
  g_bytes_unref (answer.body);
}

static double
commit (const ProlongDirectory *directory, const char *path, guint count, guint batch)
{
  const ProlongOffice office = { directory->profile, directory->keys };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStore) store = prolong_store_open (path, PROLONG_STORE_WRITE, &error);
  gint64 first, start;
  guint done = 0;

  check (store != NULL, error);
  first = issue (&office, store, count);
  prolong_store_tidy (store, TRUE);
  start = g_get_monotonic_time ();
  while (done < count)
    {
      check (prolong_store_begin (store, &error), error);
      for (guint i = 0; i < batch && done < count; i++, done++)
        write_rows (store, first + 1 + done, done);
      check (prolong_store_commit (store, &error), error);
      prolong_store_tidy (store, FALSE);
    }
  return count * 1e6 / (double) (g_get_monotonic_time () - start);
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
  check (directory != NULL, error);
  count = (guint) atoi (argv[2]);
  batch = MAX (1, (guint) atoi (argv[3]));
  printf ("%f ", parse (directory, count));
  printf ("%f ", commit (directory, path, count, batch));
  printf ("%f\n", sign (directory, count));
  return 0;
}
