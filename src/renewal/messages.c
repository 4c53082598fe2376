/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages.h"

#include <string.h>

#include "license/names.h"
#include "renewal/messages-private.h"

#define MAX_PRODUCT PROLONG_RENEWAL_MAX_PRODUCT
#define MAX_VERSION PROLONG_RENEWAL_MAX_VERSION
#define HASH .min = 43, .max = 43

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongActivationRequest, member)
static const ProlongField activation_request_fields[] = {
  { "code", PROLONG_FIELD_VISIBLE, AT (code), .min = 1, .max = PROLONG_RENEWAL_MAX_CODE },
  { "nonce", PROLONG_FIELD_TOKEN, AT (nonce), HASH },
  { "device", PROLONG_FIELD_TOKEN, AT (device.device), HASH },
  { "device_name", PROLONG_FIELD_TEXT, AT (device.device_name), .max = PROLONG_RENEWAL_MAX_NAME },
  { "product", PROLONG_FIELD_TOKEN, AT (device.product), .min = 1, .max = MAX_PRODUCT, .optional = TRUE },
  { "product_version", PROLONG_FIELD_VISIBLE, AT (device.product_version), .min = 1, .max = MAX_VERSION,
    .optional = TRUE },
  { "after", PROLONG_FIELD_TOKEN, AT (after), .min = 1, .max = PROLONG_RENEWAL_MAX_ID, .optional = TRUE },
  { "previous_code", PROLONG_FIELD_VISIBLE, AT (previous_code), .min = 1, .max = PROLONG_RENEWAL_MAX_CODE,
    .optional = TRUE },
  { "accept_shorter_term", PROLONG_FIELD_BOOLEAN, AT (accept_shorter_term), .optional = TRUE },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongPreflight, member)
static const ProlongField preflight_devices_fields[] = {
  { "used", PROLONG_FIELD_UINT, AT (devices_used), .max = 1000000 },
  { "limit", PROLONG_FIELD_UINT, AT (devices_limit), .min = 1, .max = 1000000 },
  { NULL },
};

static const ProlongField preflight_fields[] = {
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = MAX_PRODUCT },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "kind", PROLONG_FIELD_CHOICE, AT (kind), .names = prolong_license_kind_names },
  { "term", PROLONG_FIELD_INT64, AT (term), .min = 1, .max = PROLONG_TIME_MAX },
  { "starts", PROLONG_FIELD_INT64, AT (starts), .max = PROLONG_TIME_MAX },
  { "expires", PROLONG_FIELD_INT64, AT (expires), .max = PROLONG_TIME_MAX },
  { "first_activated", PROLONG_FIELD_INT64, AT (first_activated), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "devices", PROLONG_FIELD_OBJECT, .fields = preflight_devices_fields },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongActivation, member)
static const ProlongField activation_fields[] = {
  { "activation", PROLONG_FIELD_TOKEN, AT (activation), .min = 1, .max = PROLONG_RENEWAL_MAX_ID },
  { "seat_token", PROLONG_FIELD_TOKEN, AT (seat_token), .min = 1, .max = PROLONG_RENEWAL_MAX_ID },
  { "ticket", PROLONG_FIELD_VISIBLE, AT (ticket), .min = 1, .max = PROLONG_JWS_MAX_BYTES },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongTicketRequest, member)
static const ProlongField ticket_request_fields[] = {
  { "nonce", PROLONG_FIELD_TOKEN, AT (nonce), HASH },
  { "device_name", PROLONG_FIELD_TEXT, AT (device_name), .max = PROLONG_RENEWAL_MAX_NAME },
  { "product_version", PROLONG_FIELD_VISIBLE, AT (product_version), .min = 1, .max = MAX_VERSION,
    .optional = TRUE },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongAutoRenewalRequest, member)
static const ProlongField auto_renewal_request_fields[] = {
  { "on", PROLONG_FIELD_BOOLEAN, AT (on) },
  { "nonce", PROLONG_FIELD_TOKEN, AT (ticket.nonce), HASH },
  { "device_name", PROLONG_FIELD_TEXT, AT (ticket.device_name), .max = PROLONG_RENEWAL_MAX_NAME },
  { "product_version", PROLONG_FIELD_VISIBLE, AT (ticket.product_version), .min = 1, .max = MAX_VERSION,
    .optional = TRUE },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongSeatsRequest, member)
static const ProlongField seats_request_fields[] = {
  { "code", PROLONG_FIELD_VISIBLE, AT (code), .min = 1, .max = PROLONG_RENEWAL_MAX_CODE },
  { "device", PROLONG_FIELD_TOKEN, AT (device), HASH },
  { "seat", PROLONG_FIELD_TOKEN, AT (seat), .min = 1, .max = PROLONG_RENEWAL_MAX_ID, .optional = TRUE },
  { NULL },
};
#undef AT

static const ProlongField ticket_answer_fields[] = {
  { "ticket", PROLONG_FIELD_VISIBLE, .offset = 0, .min = 1, .max = PROLONG_JWS_MAX_BYTES },
  { NULL },
};

gboolean
prolong_message_decode (const ProlongField *fields,
                        const char *text,
                        gsize length,
                        gpointer message,
                        GError **error)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);

  if (object == NULL)
    return FALSE;
  if (prolong_fields_decode (fields, object, message, error))
    return TRUE;
  prolong_fields_clear (fields, message);
  return FALSE;
}

char *
prolong_message_encode (const ProlongField *fields, gconstpointer message)
{
  g_autoptr (JsonObject) object = prolong_fields_encode (fields, message);

  return prolong_json_to_string (object);
}

DEFINE_MESSAGE (ProlongActivationRequest, activation_request)
DEFINE_MESSAGE (ProlongPreflight, preflight)
DEFINE_MESSAGE (ProlongActivation, activation)
DEFINE_MESSAGE (ProlongTicketRequest, ticket_request)
DEFINE_MESSAGE (ProlongAutoRenewalRequest, auto_renewal_request)
DEFINE_MESSAGE (ProlongSeatsRequest, seats_request)

char *
prolong_ticket_answer_decode (const char *text, gsize length, GError **error)
{
  char *ticket = NULL;

  return prolong_message_decode (ticket_answer_fields, text, length, &ticket, error) ? ticket : NULL;
}

char *
prolong_ticket_answer_encode (const char *ticket)
{
  return prolong_message_encode (ticket_answer_fields, &ticket);
}
