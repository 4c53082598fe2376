/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/record.h"

#include "license/json.h"

typedef enum
{
  MEMBER_STRING,
  MEMBER_OPTIONAL_STRING, /* left out when NULL */
  MEMBER_INT64,
  MEMBER_UINT,
  MEMBER_BOOLEAN,
  MEMBER_ENUM, /* one of the names */
} MemberType;

typedef struct
{
  const char *name;
  MemberType type;
  gsize offset;
  const char *const *names;
} Member;

#define MEMBER(record, field, type)                                                                          \
  {                                                                                                          \
#field, type, G_STRUCT_OFFSET(record, field), NULL                                                       \
  }
#define MEMBER_NAMED(record, field, names)                                                                   \
  {                                                                                                          \
#field, MEMBER_ENUM, G_STRUCT_OFFSET(record, field), names                                               \
  }

static const char *const phase_names[] = { "storing", "ready", "sent", NULL };
static const char *const kind_names[] = { "activation", "reserve", "hand-over", NULL };

const char *
prolong_intent_kind_get_name (ProlongIntentKind kind)
{
  return kind_names[kind];
}

static const Member license_members[] = {
  MEMBER (ProlongLicenseRecord, vendor, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, product, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, ticket, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, seat_token, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, code_id, MEMBER_OPTIONAL_STRING),
  MEMBER (ProlongLicenseRecord, operation, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, replaces, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, checked_at, MEMBER_INT64),
  MEMBER (ProlongLicenseRecord, service_time, MEMBER_INT64),
  MEMBER (ProlongLicenseRecord, boot_id, MEMBER_STRING),
  MEMBER (ProlongLicenseRecord, boot_time, MEMBER_INT64),
};

static const Member intent_members[] = {
  MEMBER (ProlongIntent, id, MEMBER_STRING),
  MEMBER_NAMED (ProlongIntent, kind, kind_names),
  MEMBER (ProlongIntent, vendor, MEMBER_STRING),
  MEMBER (ProlongIntent, product, MEMBER_STRING),
  MEMBER (ProlongIntent, code_id, MEMBER_STRING),
  MEMBER (ProlongIntent, mask, MEMBER_STRING),
  MEMBER (ProlongIntent, reserve, MEMBER_STRING),
  MEMBER (ProlongIntent, previous_id, MEMBER_STRING),
  MEMBER (ProlongIntent, accept_shorter_term, MEMBER_BOOLEAN),
  MEMBER (ProlongIntent, key, MEMBER_STRING),
  MEMBER (ProlongIntent, nonce, MEMBER_STRING),
  MEMBER (ProlongIntent, device_name, MEMBER_STRING),
  MEMBER (ProlongIntent, product_version, MEMBER_STRING),
  MEMBER_NAMED (ProlongIntent, phase, phase_names),
  MEMBER (ProlongIntent, failures, MEMBER_UINT),
  MEMBER (ProlongIntent, retry_at, MEMBER_INT64),
  MEMBER (ProlongIntent, problem, MEMBER_STRING),
};

static const Member reserve_members[] = {
  MEMBER (ProlongReserveRecord, id, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, code_id, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, mask, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, added_at, MEMBER_INT64),
  MEMBER (ProlongReserveRecord, name, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, kind, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, term, MEMBER_INT64),
  MEMBER (ProlongReserveRecord, first_activated, MEMBER_INT64),
  MEMBER (ProlongReserveRecord, devices_used, MEMBER_UINT),
  MEMBER (ProlongReserveRecord, devices_limit, MEMBER_UINT),
  MEMBER (ProlongReserveRecord, checked_at, MEMBER_INT64),
  MEMBER (ProlongReserveRecord, refused, MEMBER_BOOLEAN),
  MEMBER (ProlongReserveRecord, problem, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, details, MEMBER_STRING),
  MEMBER (ProlongReserveRecord, failures, MEMBER_UINT),
};

static gboolean
decode_enum (JsonObject *object, const Member *member, int *field, GError **error)
{
  const char *value = prolong_json_get_string (object, member->name, 16, error);

  if (value == NULL)
    return FALSE;
  for (int i = 0; member->names[i] != NULL; i++)
    if (g_str_equal (value, member->names[i]))
      {
        *field = i;
        return TRUE;
      }
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "unknown %s", member->name);
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
      return !json_object_has_member (object, member->name)
             || decode_string (object, member->name, field, error);
    case MEMBER_INT64:
      return prolong_json_get_int (object, member->name, 0, G_MAXINT64, field, error);
    case MEMBER_UINT:
      if (!prolong_json_get_int (object, member->name, 0, G_MAXUINT, &number, error))
        return FALSE;
      *(guint *)field = number;
      return TRUE;
    case MEMBER_BOOLEAN:
      return prolong_json_get_boolean (object, member->name, field, error);
    case MEMBER_ENUM:
      return decode_enum (object, member, field, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
decode_object (JsonObject *object, const Member *members, guint n_members, gpointer record, GError **error)
{
  for (guint i = 0; i < n_members; i++)
    if (!decode_member (object, &members[i], G_STRUCT_MEMBER_P (record, members[i].offset), error))
      return FALSE;
  return TRUE;
}

static gboolean
decode (const char *text,
        gsize length,
        const Member *members,
        guint n_members,
        gpointer record,
        GError **error)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);

  return object != NULL && decode_object (object, members, n_members, record, error);
}

static void
encode_member (JsonObject *object, const Member *member, gconstpointer field)
{
  const char *text;

  switch (member->type)
    {
    case MEMBER_STRING:
    case MEMBER_OPTIONAL_STRING:
      text = *(const char *const *)field;
      if (text != NULL)
        json_object_set_string_member (object, member->name, text);
      break;
    case MEMBER_INT64:
      json_object_set_int_member (object, member->name, *(const gint64 *)field);
      break;
    case MEMBER_UINT:
      json_object_set_int_member (object, member->name, *(const guint *)field);
      break;
    case MEMBER_BOOLEAN:
      json_object_set_boolean_member (object, member->name, *(const gboolean *)field);
      break;
    case MEMBER_ENUM:
      json_object_set_string_member (object, member->name, member->names[*(const int *)field]);
      break;
    default:
      g_assert_not_reached ();
    }
}

static JsonObject *
encode_object (const Member *members, guint n_members, gconstpointer record)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < n_members; i++)
    encode_member (object, &members[i], G_STRUCT_MEMBER_P (record, members[i].offset));
  return object;
}

static GBytes *
to_bytes (JsonObject *object)
{
  char *text = prolong_json_to_string (object);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
encode (const Member *members, guint n_members, gconstpointer record)
{
  g_autoptr (JsonObject) object = encode_object (members, n_members, record);

  return to_bytes (object);
}

static void
release (const Member *members, guint n_members, gpointer record)
{
  for (guint i = 0; i < n_members; i++)
    if (members[i].type == MEMBER_STRING || members[i].type == MEMBER_OPTIONAL_STRING)
      g_free (*(char **)G_STRUCT_MEMBER_P (record, members[i].offset));
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

void
prolong_reserve_record_free (ProlongReserveRecord *record)
{
  release (reserve_members, G_N_ELEMENTS (reserve_members), record);
}

static gboolean
decode_reserves (JsonObject *object, ProlongReservesRecord *record, GError **error)
{
  JsonNode *node = json_object_get_member (object, "reserves");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    {
      g_set_error_literal (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "reserves is not an array");
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autoptr (ProlongReserveRecord) reserve = g_new0 (ProlongReserveRecord, 1);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          g_set_error_literal (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER,
                               "a reserve code is not an object");
          return FALSE;
        }
      if (!decode_object (json_node_get_object (element), reserve_members, G_N_ELEMENTS (reserve_members),
                          reserve, error))
        return FALSE;
      g_ptr_array_add (record->reserves, g_steal_pointer (&reserve));
    }
  return TRUE;
}

ProlongReservesRecord *
prolong_reserves_record_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (ProlongReservesRecord) record = g_new0 (ProlongReservesRecord, 1);
  g_autoptr (JsonObject) object = NULL;

  record->reserves = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_reserve_record_free);
  object = prolong_json_parse_object (text, length, error);
  if (object == NULL || !decode_string (object, "vendor", &record->vendor, error)
      || !decode_string (object, "product", &record->product, error)
      || !decode_reserves (object, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

GBytes *
prolong_reserves_record_encode (const ProlongReservesRecord *record)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (object, "vendor", record->vendor);
  json_object_set_string_member (object, "product", record->product);
  for (guint i = 0; i < record->reserves->len; i++)
    json_array_add_object_element (
        array, encode_object (reserve_members, G_N_ELEMENTS (reserve_members), record->reserves->pdata[i]));
  json_object_set_array_member (object, "reserves", array);
  return to_bytes (object);
}

void
prolong_reserves_record_free (ProlongReservesRecord *record)
{
  g_free (record->vendor);
  g_free (record->product);
  g_ptr_array_unref (record->reserves);
  g_free (record);
}
