/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/ticket.h"

#include <string.h>

#include "license/fields.h"
#include "license/names.h"

G_DEFINE_QUARK (prolong_ticket_error, prolong_ticket_error)

static const char *const audience[] = { PROLONG_TICKET_AUDIENCE, NULL };

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongTicket, member)
#define TIME .type = PROLONG_FIELD_INT64, .max = PROLONG_TIME_MAX

static const ProlongField devices_claims[] = {
  { "used", PROLONG_FIELD_UINT, AT (devices_used), .max = 1000000 },
  { "limit", PROLONG_FIELD_UINT, AT (devices_limit), .min = 1, .max = 1000000 },
  { NULL },
};

static const ProlongField subscription_claims[] = {
  { "provider", PROLONG_FIELD_TEXT, AT (provider), .min = 1, .max = 128, .optional = TRUE },
  { "auto_renewal", PROLONG_FIELD_BOOLEAN, AT (auto_renewal) },
  { "manage_url", PROLONG_FIELD_URL, AT (manage_url), .max = 2048, .optional = TRUE },
  { "status_url", PROLONG_FIELD_URL, AT (status_url), .max = 2048, .optional = TRUE },
  { NULL },
};

static const ProlongField license_claims[] = {
  { "number", PROLONG_FIELD_VISIBLE, AT (number), .min = 1, .max = 64 },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = 64 },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = 256 },
  { "kind", PROLONG_FIELD_CHOICE, AT (kind), .names = prolong_license_kind_names },
  { "status", PROLONG_FIELD_CHOICE, AT (status), .names = prolong_license_status_names },
  { "starts", TIME, AT (starts) },
  { "expires", TIME, AT (expires), .min = 1 },
  { "grace_until", TIME, AT (grace_until) },
  { "activated", TIME, AT (activated) },
  { "devices", PROLONG_FIELD_OBJECT, .fields = devices_claims },
  { "subscription", PROLONG_FIELD_OBJECT, AT (has_subscription), .optional = TRUE,
    .fields = subscription_claims },
  { "add_code", PROLONG_FIELD_TOKEN, AT (add_code), .min = 1, .max = 64 },
  { NULL },
};

static const ProlongField claims[] = {
  { "iss", PROLONG_FIELD_TOKEN, AT (iss), .min = 1, .max = 32 },
  { "aud", PROLONG_FIELD_CONSTANT, .names = audience },
  { "sub", PROLONG_FIELD_TOKEN, AT (sub), .min = 1, .max = 128 },
  { "device", PROLONG_FIELD_TOKEN, AT (device), .min = 43, .max = 43 },
  { "nonce", PROLONG_FIELD_TOKEN, AT (nonce), .min = 43, .max = 43 },
  { "serial", PROLONG_FIELD_INT64, AT (serial), .min = 1, .max = G_MAXINT64 },
  { "iat", TIME, AT (iat), .min = 1 },
  { "check_by", TIME, AT (check_by) },
  { "license", PROLONG_FIELD_OBJECT, .fields = license_claims },
  { NULL },
};

static gboolean
fail (GError **error, ProlongTicketError code, const char *message)
{
  g_set_error_literal (error, PROLONG_TICKET_ERROR, (int)code, message);
  return FALSE;
}

/* Who speaks to whom is settled before anything else of the payload is believed. */
static gboolean
check_addressee (JsonObject *payload, const char *issuer, const char *device, GError **error)
{
  if (g_strcmp0 (prolong_json_get_string (payload, "iss", 32, NULL), issuer) != 0)
    return fail (error, PROLONG_TICKET_ERROR_ISSUER, "Issued by another vendor");
  if (g_strcmp0 (prolong_json_get_string (payload, "aud", 64, NULL), PROLONG_TICKET_AUDIENCE) != 0)
    return fail (error, PROLONG_TICKET_ERROR_ISSUER, "Made for another audience");
  if (g_strcmp0 (prolong_json_get_string (payload, "device", 64, NULL), device) != 0)
    return fail (error, PROLONG_TICKET_ERROR_DEVICE, "Made out to another device");
  return TRUE;
}

static gboolean
check_contradictions (const ProlongTicket *ticket, GError **error)
{
  if (ticket->starts > ticket->expires)
    return fail (error, PROLONG_TICKET_ERROR_CLAIMS, "The license ends before it starts");
  if (ticket->grace_until < ticket->expires)
    return fail (error, PROLONG_TICKET_ERROR_CLAIMS, "The grace period ends before the license");
  if (ticket->check_by < ticket->iat)
    return fail (error, PROLONG_TICKET_ERROR_CLAIMS, "To be checked before it was issued");
  if (ticket->has_subscription && ticket->kind != PROLONG_LICENSE_SUBSCRIPTION)
    return fail (error, PROLONG_TICKET_ERROR_CLAIMS, "A subscription of a license that is none");
  return TRUE;
}

ProlongTicket *
prolong_ticket_verify (const char *jws,
                       gsize length,
                       GHashTable *keys,
                       const char *issuer,
                       const char *device,
                       GError **error)
{
  g_autoptr (GBytes) bytes = prolong_jws_verify (jws, length, PROLONG_TICKET_TYP, keys, error);
  g_autoptr (JsonObject) payload = NULL;
  g_autoptr (ProlongTicket) ticket = NULL;
  g_autoptr (GError) local_error = NULL;

  if (bytes == NULL)
    return NULL;
  payload = prolong_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (payload == NULL || !check_addressee (payload, issuer, device, error))
    return NULL;
  ticket = prolong_ticket_new ();
  if (!prolong_fields_decode (claims, payload, ticket, &local_error))
    {
      fail (error, PROLONG_TICKET_ERROR_CLAIMS, local_error->message);
      return NULL;
    }
  return check_contradictions (ticket, error) ? g_steal_pointer (&ticket) : NULL;
}

gboolean
prolong_ticket_check_answer (const ProlongTicket *ticket,
                             const char *nonce,
                             const ProlongTicket *held,
                             GError **error)
{
  if (g_strcmp0 (ticket->nonce, nonce) != 0)
    return fail (error, PROLONG_TICKET_ERROR_NONCE, "Answers another request");
  if (held == NULL)
    return TRUE;
  if (g_strcmp0 (ticket->sub, held->sub) != 0 || g_strcmp0 (ticket->product, held->product) != 0)
    return fail (error, PROLONG_TICKET_ERROR_SUBJECT, "Of another activation or product");
  /* The same serial is the same ticket, which comes again when a request is repeated under its key. */
  if (ticket->serial < held->serial || (ticket->serial == held->serial && ticket->iat != held->iat))
    return fail (error, PROLONG_TICKET_ERROR_OLDER, "Older than the ticket held");
  return TRUE;
}

ProlongTicket *
prolong_ticket_new (void)
{
  return g_new0 (ProlongTicket, 1);
}

char *
prolong_ticket_sign (const ProlongTicket *ticket, const ProlongSigningKey *key)
{
  g_autoptr (JsonObject) payload = prolong_fields_encode (claims, ticket);
  g_autofree char *text = prolong_json_to_string (payload);

  return prolong_jws_sign (key, PROLONG_TICKET_TYP, text, strlen (text));
}

void
prolong_ticket_free (ProlongTicket *ticket)
{
  if (ticket == NULL)
    return;
  prolong_fields_clear (claims, ticket);
  g_free (ticket);
}
