/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As long as the sealed answer to an activation is. */
#define ANSWER_BYTES 1005

void
bench_check (gboolean good, GError *error)
{
  if (good)
    return;
  fprintf (stderr, "service bench: %s\n", error ? error->message : "failed");
  exit (1);
}

gint64
bench_issue (const ProlongOffice *office, ProlongStore *store, guint count)
{
  g_autoptr (GError) error = NULL;
  gint64 last = 0;

  bench_check (prolong_store_begin (store, &error), error);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (ProlongCode) code = prolong_office_new_code (office);
      ProlongStoreCode *grant = g_new0 (ProlongStoreCode, 1);

      grant->product = g_strdup ("internet-security");
      grant->kind = PROLONG_LICENSE_COMMERCIAL;
      grant->term = 31536000;
      grant->devices = 1;
      bench_check (prolong_office_issue (office, store, code, grant, 1795295025, &error), error);
      last = grant->id;
      prolong_store_code_free (grant);
    }
  bench_check (prolong_store_commit (store, &error), error);
  return last - count;
}

void
bench_write_rows (ProlongStore *store, gint64 code, guint i)
{
  ProlongStoreActivation activation = { .code = code,
                                        .device_name = (char *)"Desk in the study",
                                        .product_version = (char *)"21.3",
                                        .serial = 1,
                                        .activated = 1795295025,
                                        .last_seen = 1795295025 };
  ProlongStoreAnswer answer = { .status = 200, .created = 1795295025 };
  g_autofree guint8 *body = g_malloc (ANSWER_BYTES);
  g_autoptr (GError) error = NULL;
  char id[32], device[44];
  guint8 random[32];

  prolong_random (random, sizeof random);
  g_snprintf (id, sizeof id, "awIHM%022u", i);
  for (guint k = 0; k < 43; k++)
    device[k] = (char)('A' + (random[k % 32] + k) % 26);
  device[43] = '\0';
  activation.id = id;
  activation.device = device;
  memcpy (activation.token, random, sizeof random);
  memset (body, 'x', ANSWER_BYTES);
  answer.body = g_bytes_new_take (g_steal_pointer (&body), ANSWER_BYTES);
  prolong_sha256 (random, sizeof random, answer.key);
  memcpy (answer.request, random, sizeof random);
  bench_check (prolong_store_add_activation (store, &activation, &error)
                   && prolong_store_set_first_activated (store, code, 1795295025, &error)
                   && prolong_store_add_answer (store, &answer, &error)
                   && prolong_store_add_audit (store, 1795295025, PROLONG_STORE_EVENT_ACTIVATED, code,
                                               activation.row, NULL, &error),
               error);
  g_bytes_unref (answer.body);
}
