/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/record.h"

#include "license/json.h"

typedef enum
{
  MEMBER_STRING,
  MEMBER_OPTIONAL_STRING, /* left out when NULL */
  MEMBER_INT64,
  MEMBER_UINT,
  MEMBER_PHASE,
} MemberType;

typedef struct
{
  const char *name;
  MemberType type;
  gsize offset;
} Member;

#define MEMBER(record, field, type) { #field, type, G_STRUCT_OFFSET (record, field) }

static const Member license_members[] = {
  MEMBER (ProlongLicenseRecord, vendor, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, product, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, ticket, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, seat_token, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, code_id, MEMBER_OPTIONAL_STRING),
  MEMBER (ProlongLicenseRecord, operation, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, checked_at, MEMBER_INT64),
  MEMBER (ProlongLicenseRecord, service_time, MEMBER_INT64),
  MEMBER (ProlongLicenseRecord, boot_id, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, boot_time, MEMBER_INT64),
};

static const Member intent_members[] = {
  MEMBER (ProlongIntent, id, MEMBER_STRING),
  MEMBER (ProlongIntent, vendor, MEMBER_STRING),
  MEMBER (ProlongIntent, product, MEMBER_STRING),
  MEMBER (ProlongIntent, code_id, MEMBER_STRING),
  MEMBER (ProlongIntent, mask, MEMBER_STRING),
  MEMBER (ProlongIntent, key, MEMBER_STRING),
  MEMBER (ProlongIntent, nonce, MEMBER_STRING),
  MEMBER (ProlongIntent, device_name, MEMBER_STRING),
  MEMBER (ProlongIntent, product_version, MEMBER_STRING),
  MEMBER (ProlongIntent, phase, MEMBER_PHASE),
  MEMBER (ProlongIntent, failures, MEMBER_UINT),
  MEMBER (ProlongIntent, retry_at, MEMBER_INT64),
  MEMBER (ProlongIntent, problem, MEMBER_STRING),
};

static const char *const phase_names[] = { "storing", "ready", "sent" };

static gboolean
decode_phase (JsonObject *object, const char *name, ProlongPhase *phase, GError **error)
{
  const char *value = prolong_json_get_string (object, name, 16, error);

  if (value == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (phase_names); i++)
    if (g_str_equal (value, phase_names[i]))
      {
        *phase = i;
        return TRUE;
      }
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "unknown %s", name);
  return FALSE;
}

static gboolean
decode_string (JsonObject *object, const char *name, char **field, GError **error)
{
  *field = g_strdup (prolong_json_get_string (object, name, PROLONG_JSON_MAX_BYTES, error));
  return *field != NULL;
}

static gboolean
decode_member (JsonObject *object, const Member *member, gpointer field, GError **error)
{
  gint64 number;

  switch (member->type)
    {
    case MEMBER_STRING:
      return decode_string (object, member->name, field, error);
    case MEMBER_OPTIONAL_STRING:
      return !json_object_has_member (object, member->name) || decode_string (object, member->name, field, error);
    case MEMBER_INT64:
      return prolong_json_get_int (object, member->name, 0, G_MAXINT64, field, error);
    case MEMBER_UINT:
      if (!prolong_json_get_int (object, member->name, 0, G_MAXUINT, &number, error))
        return FALSE;
      *(guint *) field = number;
      return TRUE;
    case MEMBER_PHASE:
      return decode_phase (object, member->name, field, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
decode (const char *text, gsize length, const Member *members, guint n_members, gpointer record, GError **error)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);

  for (guint i = 0; object != NULL && i < n_members; i++)
    if (!decode_member (object, &members[i], G_STRUCT_MEMBER_P (record, members[i].offset), error))
      return FALSE;
  return object != NULL;
}

static void
encode_member (JsonObject *object, const Member *member, gconstpointer field)
{
  const char *text;

  switch (member->type)
    {
    case MEMBER_STRING:
    case MEMBER_OPTIONAL_STRING:
      text = *(const char *const *) field;
      if (text != NULL)
        json_object_set_string_member (object, member->name, text);
      break;
    case MEMBER_INT64:
      json_object_set_int_member (object, member->name, *(const gint64 *) field);
      break;
    case MEMBER_UINT:
      json_object_set_int_member (object, member->name, *(const guint *) field);
      break;
    case MEMBER_PHASE:
      json_object_set_string_member (object, member->name, phase_names[*(const ProlongPhase *) field]);
      break;
    default:
      g_assert_not_reached ();
    }
}

static GBytes *
encode (const Member *members, guint n_members, gconstpointer record)
{
  g_autoptr (JsonObject) object = json_object_new ();
  char *text;

  for (guint i = 0; i < n_members; i++)
    encode_member (object, &members[i], G_STRUCT_MEMBER_P (record, members[i].offset));
  text = prolong_json_to_string (object);
  return g_bytes_new_take (text, strlen (text));
}

static void
release (const Member *members, guint n_members, gpointer record)
{
  for (guint i = 0; i < n_members; i++)
    if (members[i].type == MEMBER_STRING || members[i].type == MEMBER_OPTIONAL_STRING)
      g_free (*(char **) G_STRUCT_MEMBER_P (record, members[i].offset));
  g_free (record);
}

ProlongLicenseRecord *
prolong_license_record_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (ProlongLicenseRecord) record = g_new0 (ProlongLicenseRecord, 1);

  if (!decode (text, length, license_members, G_N_ELEMENTS (license_members), record, error))
    return NULL;
  return g_steal_pointer (&record);
}

GBytes *
prolong_license_record_encode (const ProlongLicenseRecord *record)
{
  return encode (license_members, G_N_ELEMENTS (license_members), record);
}

void
prolong_license_record_free (ProlongLicenseRecord *record)
{
  release (license_members, G_N_ELEMENTS (license_members), record);
}

ProlongIntent *
prolong_intent_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (ProlongIntent) intent = g_new0 (ProlongIntent, 1);

  if (!decode (text, length, intent_members, G_N_ELEMENTS (intent_members), intent, error))
    return NULL;
  return g_steal_pointer (&intent);
}

GBytes *
prolong_intent_encode (const ProlongIntent *intent)
{
  return encode (intent_members, G_N_ELEMENTS (intent_members), intent);
}

void
prolong_intent_free (ProlongIntent *intent)
{
  release (intent_members, G_N_ELEMENTS (intent_members), intent);
}
