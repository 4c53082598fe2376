/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/license.h"

#include "agent/device.h"
#include "agent/schedule.h"
#include "agent/service-client.h"
#include "renewal/messages.h"

struct _ProlongLicense
{
  GObject parent_instance;
  const ProlongContext *context;
  ProlongVendor *vendor;
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
  char *product_version;

  GQueue waiting;  /* GTask of refresh calls; the first one made the request */
  char *nonce;     /* of the check under way */
  gint64 check_at; /* system time of the next check */
  guint failures;
  int check_problem;
  gboolean superseded; /* another record stands, or is about to stand, in its place in the store */
};

enum
{
  CHANGED,
  CHECKED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongLicense, prolong_license, G_TYPE_OBJECT)

static void
emit_changed (ProlongLicense *license)
{
  g_signal_emit (license, signals[CHANGED], 0);
}

static gint64
get_now (ProlongLicense *license)
{
  return prolong_vendor_get_now (license->vendor, license->context->clock, NULL);
}

char *
prolong_license_file_name (const char *vendor, const char *product)
{
  return g_strconcat (vendor, ".", product, PROLONG_LICENSE_SUFFIX, NULL);
}

ProlongVendor *
prolong_license_get_vendor (ProlongLicense *license)
{
  return license->vendor;
}

const ProlongTicket *
prolong_license_get_ticket (ProlongLicense *license)
{
  return license->ticket;
}

const ProlongLicenseRecord *
prolong_license_get_record (ProlongLicense *license)
{
  return license->record;
}

ProlongState
prolong_license_get_state (ProlongLicense *license)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (license->vendor);

  return prolong_ticket_get_state (license->ticket, get_now (license), prolong_profile_get_first_reminder (profile));
}

guint
prolong_license_get_days_left (ProlongLicense *license)
{
  return prolong_ticket_get_days_left (license->ticket, get_now (license));
}

gboolean
prolong_license_is_running (ProlongLicense *license)
{
  ProlongState state = prolong_license_get_state (license);

  return state == PROLONG_STATE_ACTIVE || state == PROLONG_STATE_EXPIRING || state == PROLONG_STATE_GRACE;
}

gboolean
prolong_license_is_confirmed (ProlongLicense *license)
{
  return get_now (license) <= license->ticket->check_by;
}

gboolean
prolong_license_is_clock_behind (ProlongLicense *license)
{
  gboolean behind;

  prolong_vendor_get_now (license->vendor, license->context->clock, &behind);
  return behind;
}

int
prolong_license_get_check_problem (ProlongLicense *license)
{
  return license->check_problem;
}

void
prolong_license_set_superseded (ProlongLicense *license, gboolean superseded)
{
  license->superseded = superseded;
}

void
prolong_license_set_product_version (ProlongLicense *license, const char *version)
{
  g_autofree char *old = license->product_version;

  license->product_version = g_strdup (version);
}

static void
on_background_check (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The outcome stands in the properties; a check by the clock has nobody else to tell. */
  if (!prolong_license_refresh_finish (PROLONG_LICENSE (source), result, &error))
    g_debug ("Check failed: %s", prolong_problem_get_name (error->code));
}

void
prolong_license_wake (ProlongLicense *license)
{
  emit_changed (license);
  if (license->check_at <= prolong_clock_get_system (license->context->clock) && license->waiting.length == 0)
    prolong_license_refresh_async (license, on_background_check, NULL);
}

gint64
prolong_license_get_alarm (ProlongLicense *license)
{
  gint64 system = prolong_clock_get_system (license->context->clock);
  gint64 now = get_now (license);
  gint64 change = prolong_ticket_next_change (license->ticket, now);
  gint64 confirm = license->ticket->check_by >= now ? license->ticket->check_by + 1 : G_MAXINT64;
  gint64 check = license->waiting.length == 0 ? license->check_at : G_MAXINT64;

  change = MIN (change, confirm);
  if (change != G_MAXINT64)
    change = system + (change - now);
  return MIN (change, check);
}

static void
schedule_check (ProlongLicense *license, gint64 wait)
{
  license->check_at = prolong_clock_get_system (license->context->clock) + wait;
}

void
prolong_license_check_soon (ProlongLicense *license)
{
  if (license->check_problem >= 0)
    schedule_check (license, prolong_schedule_soon (g_random_double ()));
}

static void
settle (ProlongLicense *license, const GError *error)
{
  GQueue waiting = license->waiting;
  GTask *task;

  g_queue_init (&license->waiting);
  g_clear_pointer (&license->nonce, g_free);
  license->check_problem = error != NULL ? error->code : -1;
  g_signal_emit (license, signals[CHECKED], 0);
  emit_changed (license);

  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
settle_failure (ProlongLicense *license, GError *error, gint64 retry_after)
{
  g_autoptr (GError) owned = error;

  license->failures++;
  schedule_check (license, MAX (retry_after, prolong_schedule_retry (license->failures, g_random_double ())));
  settle (license, owned);
}

typedef struct
{
  ProlongLicense *license;
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
} Adoption;

static void
adoption_free (Adoption *adoption)
{
  g_object_unref (adoption->license);
  g_clear_pointer (&adoption->record, prolong_license_record_free);
  g_clear_pointer (&adoption->ticket, prolong_ticket_free);
  g_free (adoption);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adoption, adoption_free)

static void
on_record_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Adoption) adoption = user_data;
  ProlongLicense *license = adoption->license;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      settle_failure (license, error, 0);
      return;
    }
  prolong_license_record_free (license->record);
  license->record = g_steal_pointer (&adoption->record);
  prolong_ticket_free (license->ticket);
  license->ticket = g_steal_pointer (&adoption->ticket);
  prolong_vendor_learn_time (license->vendor, license->record->service_time, license->record->boot_id,
                             license->record->boot_time);
  license->failures = 0;
  schedule_check (license, prolong_schedule_check (g_random_double ()));
  settle (license, NULL);
}

static ProlongLicenseRecord *
renewed_record (ProlongLicense *license, const char *jws, const ProlongTicket *ticket)
{
  ProlongClock *clock = license->context->clock;
  ProlongLicenseRecord *record = g_new0 (ProlongLicenseRecord, 1);

  record->vendor = g_strdup (license->record->vendor);
  record->product = g_strdup (license->record->product);
  record->seat_token = g_strdup (license->record->seat_token);
  record->code_id = g_strdup (license->record->code_id);
  record->operation = g_strdup (license->record->operation);
  record->ticket = g_strdup (jws);
  record->checked_at = prolong_clock_get_system (clock);
  record->service_time = ticket->iat;
  record->boot_id = g_strdup (prolong_clock_get_boot_id (clock));
  record->boot_time = prolong_clock_get_boot (clock);
  return record;
}

static ProlongTicket *
verify_answer (ProlongLicense *license, const ProlongAnswer *answer, char **jws, GError **error)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (license->vendor);
  g_autoptr (ProlongTicket) ticket = NULL;

  *jws = prolong_ticket_answer_decode (answer->body, answer->length, error);
  if (*jws == NULL)
    return NULL;
  ticket = prolong_ticket_verify (*jws, strlen (*jws), profile->keys, profile->id,
                                  prolong_vendor_get_device (license->vendor), error);
  if (ticket == NULL || !prolong_ticket_check_answer (ticket, license->nonce, license->ticket, error))
    return NULL;
  if (!g_str_equal (ticket->product, license->record->product))
    {
      g_set_error_literal (error, PROLONG_TICKET_ERROR, PROLONG_TICKET_ERROR_SUBJECT, "The ticket is for another product");
      return NULL;
    }
  return g_steal_pointer (&ticket);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongLicense) license = user_data;
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  g_autoptr (GError) error = NULL;
  g_autofree char *jws = NULL;
  g_autoptr (ProlongTicket) ticket = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Adoption *adoption;

  if (license->superseded)
    {
      g_set_error_literal (&error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE, "The license was replaced or removed");
      settle (license, error);
      return;
    }
  if (answer->problem != NULL)
    {
      settle_failure (license, g_steal_pointer (&answer->problem), answer->retry_after);
      return;
    }
  ticket = verify_answer (license, answer, &jws, &error);
  if (ticket == NULL)
    {
      settle_failure (license, prolong_service_answer_problem (g_steal_pointer (&error)), 0);
      return;
    }

  adoption = g_new0 (Adoption, 1);
  adoption->record = renewed_record (license, jws, ticket);
  adoption->ticket = g_steal_pointer (&ticket);
  name = prolong_license_file_name (license->record->vendor, license->record->product);
  bytes = prolong_license_record_encode (adoption->record);
  adoption->license = g_steal_pointer (&license);
  prolong_store_write_async (adoption->license->context->store, name, bytes, on_record_written, adoption);
}

void
prolong_license_refresh_async (ProlongLicense *license, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (license, NULL, callback, user_data);
  ProlongTicketRequest message = { 0 };
  g_autofree char *name = prolong_device_name ();
  g_autofree char *body = NULL;
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *path
      = g_strconcat (PROLONG_RENEWAL_ACTIVATIONS "/", license->ticket->sub, PROLONG_RENEWAL_TICKETS, NULL);
  ProlongRequest request = { 0 };

  g_task_set_source_tag (task, prolong_license_refresh_async);
  g_queue_push_tail (&license->waiting, task);
  if (license->waiting.length > 1)
    return;

  license->nonce = prolong_random_token ();
  message.nonce = license->nonce;
  message.device_name = name;
  message.product_version = license->product_version;
  body = prolong_ticket_request_encode (&message);
  request.method = "POST";
  request.service_url = prolong_vendor_get_profile (license->vendor)->service_url;
  request.path = path;
  request.body = body;
  request.key = key;
  request.seat_token = license->record->seat_token;
  prolong_service_call_async (&request, NULL, on_answer, g_object_ref (license));
}

gboolean
prolong_license_refresh_finish (ProlongLicense *license, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, license), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_code_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongLicense *license = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* The seat is free and the ticket gone; a code that stays in a locked keyring harms nobody. */
  if (source != NULL && !prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    g_message ("The code of a removed license stays in the keyring: %s", error->message);
  g_signal_emit (license, signals[REMOVED], 0);
  g_task_return_boolean (task, TRUE);
}

static void
on_file_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongLicense *license = g_task_get_source_object (task);
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  license->superseded = TRUE;
  if (license->record->code_id != NULL)
    prolong_keyring_clear_async (license->context->keyring, license->record->code_id, on_code_cleared, task);
  else
    on_code_cleared (NULL, NULL, task);
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ProlongLicense *license = g_task_get_source_object (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  g_autofree char *name = prolong_license_file_name (license->record->vendor, license->record->product);

  /* A service that does not know the seat has nothing to give back. */
  if (answer->problem != NULL && !g_error_matches (answer->problem, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE))
    {
      g_task_return_error (task, g_steal_pointer (&answer->problem));
      g_object_unref (task);
      return;
    }
  prolong_store_write_async (license->context->store, name, NULL, on_file_removed, task);
}

void
prolong_license_remove_async (ProlongLicense *license, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (license, NULL, callback, user_data);
  g_autofree char *path = g_strconcat (PROLONG_RENEWAL_ACTIVATIONS "/", license->ticket->sub, NULL);
  g_autofree char *key = g_uuid_string_random ();
  ProlongRequest request = {
    .method = "DELETE",
    .service_url = prolong_vendor_get_profile (license->vendor)->service_url,
    .path = path,
    .key = key,
    .seat_token = license->record->seat_token,
  };

  g_task_set_source_tag (task, prolong_license_remove_async);
  prolong_service_call_async (&request, NULL, on_released, task);
}

gboolean
prolong_license_remove_finish (ProlongLicense *license, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, license), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
prolong_license_finalize (GObject *object)
{
  ProlongLicense *license = PROLONG_LICENSE (object);

  g_object_unref (license->vendor);
  prolong_license_record_free (license->record);
  prolong_ticket_free (license->ticket);
  g_free (license->product_version);
  g_free (license->nonce);
  G_OBJECT_CLASS (prolong_license_parent_class)->finalize (object);
}

static void
prolong_license_class_init (ProlongLicenseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_license_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
prolong_license_init (ProlongLicense *license)
{
  g_queue_init (&license->waiting);
  license->check_problem = -1;
}

ProlongLicense *
prolong_license_new (const ProlongContext *context, ProlongVendor *vendor, ProlongLicenseRecord *record,
                     ProlongTicket *ticket)
{
  ProlongLicense *license = g_object_new (PROLONG_TYPE_LICENSE, NULL);
  gint64 system = prolong_clock_get_system (context->clock);
  gint64 wait = prolong_schedule_check (g_random_double ());

  license->context = context;
  license->vendor = g_object_ref (vendor);
  license->record = record;
  license->ticket = ticket;
  prolong_vendor_learn_time (vendor, record->service_time, record->boot_id, record->boot_time);
  /* A day after the last check, or, when that has passed, within a minute: not all devices at the start of the day. */
  license->check_at = CLAMP (record->checked_at + wait, system + prolong_schedule_soon (g_random_double ()), system + wait);
  return license;
}
