/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/support-record.h"

#include "license/fields.h"
#include "renewal/messages.h"

#define UUID .min = 36, .max = 36

static const char *const state_names[] = {
  [PROLONG_SUPPORT_SENDING] = "sending",
  [PROLONG_SUPPORT_WAITING] = "waiting",
  [PROLONG_SUPPORT_SENT] = "sent",
  [PROLONG_SUPPORT_REFUSED] = "refused",
  NULL,
};

const char *
prolong_support_state_get_name (ProlongSupportState state)
{
  return state_names[state];
}

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongSupportRecord, member)
#define NAME .min = 1, .max = PROLONG_RENEWAL_MAX_NAME
static const ProlongField record_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), UUID },
  { "vendor", PROLONG_FIELD_TOKEN, AT (vendor), NAME },
  { "topic", PROLONG_FIELD_TOKEN, AT (topic), .min = 1, .max = PROLONG_SUPPORT_MAX_TOPIC },
  { "key", PROLONG_FIELD_TOKEN, AT (key), UUID },
  { "request", PROLONG_FIELD_TEXT, AT (request), .min = 1, .max = PROLONG_JSON_MAX_BYTES, .optional = TRUE },
  { "state", PROLONG_FIELD_CHOICE, AT (state), .names = state_names },
  { "reference", PROLONG_FIELD_TOKEN, AT (reference), NAME, .optional = TRUE },
  { "codes_hidden", PROLONG_FIELD_UINT, AT (codes_hidden), .max = G_MAXUINT, .optional = TRUE },
  { "created_at", PROLONG_FIELD_INT64, AT (created_at), .max = PROLONG_TIME_MAX },
  { "settled_at", PROLONG_FIELD_INT64, AT (settled_at), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "failures", PROLONG_FIELD_UINT, AT (failures), .max = G_MAXUINT, .optional = TRUE },
  { "retry_at", PROLONG_FIELD_INT64, AT (retry_at), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "problem", PROLONG_FIELD_TOKEN, AT (problem), .min = 1, .max = 64, .optional = TRUE },
  { NULL },
};
#undef AT

ProlongSupportRecord *
prolong_support_record_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (ProlongSupportRecord) record = g_new0 (ProlongSupportRecord, 1);
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);

  if (object == NULL || !prolong_fields_decode (record_fields, object, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

GBytes *
prolong_support_record_encode (const ProlongSupportRecord *record)
{
  g_autoptr (JsonObject) object = prolong_fields_encode (record_fields, record);
  char *text = prolong_json_to_string (object);

  return g_bytes_new_take (text, strlen (text));
}

void
prolong_support_record_free (ProlongSupportRecord *record)
{
  prolong_fields_clear (record_fields, record);
  g_free (record);
}

gboolean
prolong_support_record_is_settled (const ProlongSupportRecord *record)
{
  return record->state == PROLONG_SUPPORT_SENT || record->state == PROLONG_SUPPORT_REFUSED;
}
