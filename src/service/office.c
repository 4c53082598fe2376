/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/office.h"

#include "service/policy.h"
#include "service/rules.h"
#include "service/subscriptions.h"

#include <string.h>

/* A client asks once a day; after two weeks without an answer its window says that the status is not
 * confirmed. */
#define CHECK_WITHIN (14 * G_GINT64_CONSTANT (86400))

#define CODE_RANDOM_BYTES 64

static void
describe_license (ProlongTicket *ticket,
                  const ProlongOffice *office,
                  const ProlongStoreCode *code,
                  gint64 now)
{
  ticket->number = g_strdup (code->number);
  ticket->product = g_strdup (code->product);
  ticket->name = g_strdup (prolong_rules_get_product_name (office, code->product));
  ticket->kind = code->kind;
  ticket->starts = code->first_activated;
  ticket->expires = code->first_activated + code->term;
  ticket->grace_until = prolong_license_get_grace_end (code);
  ticket->status = prolong_license_get_status (code, now);
  ticket->devices_limit = code->devices;
  ticket->has_subscription = code->has_subscription;
  ticket->provider = code->provider && *code->provider ? g_strdup (code->provider) : NULL;
  ticket->auto_renewal = prolong_subscription_goes_on (code);
  ticket->manage_url = g_strdup (code->manage_url);
  ticket->status_url = g_strdup (code->status_url);
  ticket->add_code = g_strdup (prolong_policy_get_add_code (office->policy, code, now));
}

static char *
sign_ticket (const ProlongOffice *office,
             const ProlongStoreCode *code,
             const ProlongStoreActivation *activation,
             guint used,
             const char *nonce,
             gint64 now)
{
  g_autoptr (ProlongTicket) ticket = prolong_ticket_new ();

  ticket->iss = g_strdup (office->profile->id);
  ticket->sub = g_strdup (activation->id);
  ticket->device = g_strdup (activation->device);
  ticket->nonce = g_strdup (nonce);
  ticket->serial = activation->serial;
  ticket->iat = now;
  ticket->check_by = now + CHECK_WITHIN;
  ticket->activated = activation->activated;
  ticket->devices_used = used;
  describe_license (ticket, office, code, now);
  return prolong_ticket_sign (ticket, prolong_keys_get_signing (office->keys));
}

char *
prolong_office_preflight (const ProlongOffice *office,
                          ProlongStore *store,
                          const ProlongApplication *application,
                          gint64 now,
                          GError **error)
{
  g_auto (ProlongOffer) offer = PROLONG_OFFER_INIT;
  ProlongPreflight preflight = { 0 };

  offer.after = application->request.after;
  if (!prolong_rules_check (office, store, application, now, &offer, error))
    return NULL;
  preflight.product = offer.code->product;
  preflight.name = (char *)prolong_rules_get_product_name (office, offer.code->product);
  preflight.kind = offer.code->kind;
  preflight.term = offer.code->period;
  preflight.starts = offer.starts;
  preflight.expires = offer.starts + offer.code->term;
  preflight.first_activated = offer.code->first_activated;
  preflight.devices_used = offer.used;
  preflight.devices_limit = offer.code->devices;
  return prolong_preflight_encode (&preflight);
}

static ProlongStoreActivation *
make_activation (const ProlongStoreCode *code, const ProlongApplication *application, gint64 now)
{
  ProlongStoreActivation *activation = g_new0 (ProlongStoreActivation, 1);

  activation->id = g_strdup (application->id);
  activation->code = code->id;
  activation->device = g_strdup (application->request.device.device);
  activation->activated = now;
  return activation;
}

/* The term begins with the first activation, or where the license that runs on that device ends (S1). */
static gboolean
begin_license (ProlongStore *store, ProlongOffer *offer, gint64 now, GError **error)
{
  offer->code->first_activated = offer->starts;
  if (!prolong_store_set_first_activated (store, offer->code->id, offer->starts, error))
    return FALSE;
  return !offer->shortens
         || (prolong_store_set_shortened (store, offer->code->id, error)
             && prolong_store_add_audit (store, now, PROLONG_STORE_EVENT_SHORTENED, offer->code->id,
                                         offer->seat->row, NULL, error));
}

/* Writes the seat of @offer, new or the device's own, and its row in the audit. */
static gboolean
take_seat (ProlongStore *store, ProlongOffer *offer, gint64 now, GError **error)
{
  gboolean again = offer->seat->row != 0;

  if (again ? !prolong_store_update_activation (store, offer->seat, error)
            : !prolong_store_add_activation (store, offer->seat, error))
    return FALSE;
  if (offer->code->first_activated == 0 && !begin_license (store, offer, now, error))
    return FALSE;
  return prolong_store_add_audit (store, now,
                                  again ? PROLONG_STORE_EVENT_ACTIVATED_AGAIN : PROLONG_STORE_EVENT_ACTIVATED,
                                  offer->code->id, offer->seat->row, NULL, error);
}

static void
note_device (ProlongStoreActivation *seat, const char *name, const char *version, gint64 now)
{
  g_free (seat->device_name);
  seat->device_name = g_strdup (name);
  g_free (seat->product_version);
  seat->product_version = g_strdup (version);
  seat->last_seen = now;
  seat->serial++;
}

char *
prolong_office_activate (const ProlongOffice *office,
                         ProlongStore *store,
                         const ProlongApplication *application,
                         gint64 now,
                         GError **error)
{
  const ProlongActivationRequest *request = &application->request;
  g_auto (ProlongOffer) offer = PROLONG_OFFER_INIT;
  g_autofree char *ticket = NULL;
  ProlongActivation answer = { .seat_token = application->token };

  if (!prolong_rules_check (office, store, application, now, &offer, error))
    return NULL;
  if (!offer.seat || offer.seat->released)
    offer.used++;
  if (!offer.seat)
    offer.seat = make_activation (offer.code, application, now);
  offer.seat->released = FALSE;
  memcpy (offer.seat->token, application->token_hash, sizeof offer.seat->token);
  note_device (offer.seat, request->device.device_name, request->device.product_version, now);
  if (!take_seat (store, &offer, now, error))
    return NULL;
  ticket = sign_ticket (office, offer.code, offer.seat, offer.used, request->nonce, now);
  answer.activation = offer.seat->id;
  answer.ticket = ticket;
  return prolong_activation_encode (&answer);
}

static ProlongStoreActivation *
find_own (ProlongStore *store, const char *id, const char *token, ProlongStoreCode **code, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreActivation) seat = prolong_store_find_activation (store, id, code, &failure);
  guint8 hash[PROLONG_STORE_HASH_BYTES];

  prolong_sha256 (token, strlen (token), hash);
  if (seat && prolong_equal (hash, seat->token))
    return g_steal_pointer (&seat);
  g_clear_pointer (code, prolong_store_code_free);
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    (void)prolong_office_refuse (PROLONG_PROBLEM_NO_LICENSE,
                                 "There is no such activation, or the seat token is not its own", error);
  return NULL;
}

static ProlongStoreActivation *
find_held (ProlongStore *store, const char *id, const char *token, ProlongStoreCode **code, GError **error)
{
  g_autoptr (ProlongStoreActivation) seat = find_own (store, id, token, code, error);

  if (!seat || !seat->released)
    return g_steal_pointer (&seat);
  g_clear_pointer (code, prolong_store_code_free);
  (void)prolong_office_refuse (PROLONG_PROBLEM_NO_LICENSE, "This device's seat was released", error);
  return NULL;
}

/* The answer to every call about the seat. */
static char *
renew_ticket (const ProlongOffice *office,
              ProlongStore *store,
              const ProlongStoreCode *code,
              ProlongStoreActivation *seat,
              const ProlongTicketRequest *request,
              gint64 now,
              GError **error)
{
  g_autofree char *ticket = NULL;
  guint used = 0;

  note_device (seat, request->device_name, request->product_version, now);
  if (!prolong_store_update_activation (store, seat, error)
      || !prolong_store_count_seats (store, code->id, &used, error))
    return NULL;
  ticket = sign_ticket (office, code, seat, used, request->nonce, now);
  return prolong_ticket_answer_encode (ticket);
}

char *
prolong_office_refresh (const ProlongOffice *office,
                        ProlongStore *store,
                        const char *id,
                        const char *token,
                        const ProlongTicketRequest *request,
                        gint64 now,
                        GError **error)
{
  g_autoptr (ProlongStoreCode) code = NULL;
  g_autoptr (ProlongStoreActivation) seat = find_held (store, id, token, &code, error);

  return seat ? renew_ticket (office, store, code, seat, request, now, error) : NULL;
}

char *
prolong_office_set_auto_renewal (const ProlongOffice *office,
                                 ProlongStore *store,
                                 const char *id,
                                 const char *token,
                                 const ProlongAutoRenewalRequest *request,
                                 gint64 now,
                                 GError **error)
{
  g_autoptr (ProlongStoreCode) code = NULL;
  g_autoptr (ProlongStoreActivation) seat = find_held (store, id, token, &code, error);

  if (!seat || !prolong_subscriptions_switch (store, code, request->on, seat->row, now, error))
    return NULL;
  return renew_ticket (office, store, code, seat, &request->ticket, now, error);
}

gboolean
prolong_office_release (const ProlongOffice *office,
                        ProlongStore *store,
                        const char *id,
                        const char *token,
                        gint64 now,
                        GError **error)
{
  g_autoptr (ProlongStoreCode) code = NULL;
  g_autoptr (ProlongStoreActivation) seat = find_own (store, id, token, &code, error);

  if (!seat || seat->released)
    return seat != NULL;
  seat->released = TRUE;
  seat->last_seen = now;
  return prolong_store_update_activation (store, seat, error)
         && prolong_store_add_audit (store, now, PROLONG_STORE_EVENT_RELEASED, code->id, seat->row, NULL,
                                     error);
}

ProlongStoreCode *
prolong_office_find_code (const ProlongOffice *office,
                          ProlongStore *store,
                          const ProlongCode *code,
                          GError **error)
{
  const char *text = prolong_code_get_text (code);
  guint8 lookup[PROLONG_STORE_HASH_BYTES];

  prolong_keys_hash (office->keys, "code", text, strlen (text), lookup);
  return prolong_store_find_code (store, lookup, error);
}

gboolean
prolong_office_refuse (ProlongProblem problem, const char *detail, GError **error)
{
  g_propagate_error (error, prolong_problem_error_new (problem, NULL, "%s", detail));
  return FALSE;
}

ProlongStoreCode *
prolong_office_get_code (const ProlongOffice *office, ProlongStore *store, const char *text, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongCode) code = prolong_code_parse (text, &office->profile->format, NULL);
  ProlongStoreCode *known = code ? prolong_office_find_code (office, store, code, &failure) : NULL;

  if (!code)
    (void)prolong_office_refuse (PROLONG_PROBLEM_CODE_MALFORMED, "This is not an activation code", error);
  else if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!known)
    (void)prolong_office_refuse (PROLONG_PROBLEM_CODE_UNKNOWN, "This code was never issued", error);
  return known;
}

static char *
make_number (const char *pattern)
{
  char *number = g_strdup (pattern);

  for (char *symbol = number; *symbol; symbol++)
    {
      guint32 random;

      if (*symbol != '9')
        continue;
      prolong_random (&random, sizeof random);
      *symbol = (char)('0' + random % 10);
    }
  return number;
}

gboolean
prolong_office_issue (const ProlongOffice *office,
                      ProlongStore *store,
                      const ProlongCode *code,
                      ProlongStoreCode *grant,
                      gint64 now,
                      GError **error)
{
  const char *text = prolong_code_get_text (code);

  prolong_keys_hash (office->keys, "code", text, strlen (text), grant->lookup);
  grant->sealed = prolong_keys_seal (office->keys, "code", text, strlen (text));
  grant->number = make_number (office->profile->format.number_pattern);
  grant->issued = now;
  return prolong_store_add_code (store, grant, error)
         && prolong_store_add_audit (store, now, PROLONG_STORE_EVENT_ISSUED, grant->id, 0, NULL, error);
}

ProlongCode *
prolong_office_new_code (const ProlongOffice *office)
{
  guint8 random[CODE_RANDOM_BYTES];
  ProlongCode *code;

  prolong_random (random, sizeof random);
  code = prolong_code_generate (&office->profile->format, random, sizeof random);
  prolong_wipe (random, sizeof random);
  return code;
}
