/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages.h"
#include "renewal/seats-private.h"

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongSeat, member)
const ProlongField prolong_seat_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), .min = 1, .max = PROLONG_RENEWAL_MAX_ID },
  { "device_name", PROLONG_FIELD_TEXT, AT (device_name), .max = PROLONG_RENEWAL_MAX_NAME },
  { "last_seen", PROLONG_FIELD_INT64, AT (last_seen), .max = PROLONG_TIME_MAX },
  { "this_device", PROLONG_FIELD_BOOLEAN, AT (this_device), .optional = TRUE },
  { NULL },
};
#undef AT

typedef struct
{
  guint used;
  guint limit;
} Counts;

#define AT(member) .offset = G_STRUCT_OFFSET (Counts, member)
static const ProlongField counts_fields[] = {
  { "used", PROLONG_FIELD_UINT, AT (used), .max = 1000000 },
  { "limit", PROLONG_FIELD_UINT, AT (limit), .min = 1, .max = 1000000 },
  { NULL },
};
#undef AT

void
prolong_seat_free (ProlongSeat *seat)
{
  if (seat != NULL)
    prolong_fields_clear (prolong_seat_fields, seat);
  g_free (seat);
}

static JsonArray *
get_array (JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "seats");

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && json_array_get_length (json_node_get_array (node)) <= PROLONG_MAX_SEATS)
    return json_node_get_array (node);
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE, "Member “seats” is no list of at most %d",
               PROLONG_MAX_SEATS);
  return NULL;
}

static gboolean
decode_seat (JsonNode *node, GPtrArray *seats, GError **error)
{
  ProlongSeat *seat;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE, "A seat is no object");
      return FALSE;
    }
  seat = g_new0 (ProlongSeat, 1);
  g_ptr_array_add (seats, seat);
  return prolong_fields_decode (prolong_seat_fields, json_node_get_object (node), seat, error);
}

GPtrArray *
prolong_seats_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) seats = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_seat_free);
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);
  JsonArray *array = object != NULL ? get_array (object, error) : NULL;
  Counts counts = { 0 };

  if (array == NULL || !prolong_fields_decode (counts_fields, object, &counts, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!decode_seat (json_array_get_element (array, i), seats, error))
      return NULL;
  return g_steal_pointer (&seats);
}

char *
prolong_seats_encode (GPtrArray *seats, guint used, guint limit)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < seats->len; i++)
    json_array_add_object_element (array, prolong_fields_encode (prolong_seat_fields, seats->pdata[i]));
  json_object_set_array_member (object, "seats", array);
  json_object_set_int_member (object, "used", used);
  json_object_set_int_member (object, "limit", limit);
  return prolong_json_to_string (object);
}
