/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages.h"

#include <string.h>

#include "license/fields.h"
#include "renewal/seats-private.h"

#define URN_PREFIX "urn:prolong:problem:"
#define MAX_DETAIL 1024

/* The status with which the service tells a problem. Those of the machine of the person have one as well, so
 * that there is an answer for every name; a service never tells them. */
static const guint16 statuses[] = {
  [PROLONG_PROBLEM_REQUEST_IN_FLIGHT] = 409,
  [PROLONG_PROBLEM_CODE_MALFORMED] = 422,
  [PROLONG_PROBLEM_CODE_UNKNOWN] = 404,
  [PROLONG_PROBLEM_CODE_EXHAUSTED] = 409,
  [PROLONG_PROBLEM_CODE_EXPIRED] = 410,
  [PROLONG_PROBLEM_CODE_BLOCKED] = 403,
  [PROLONG_PROBLEM_CODE_WRONG_PRODUCT] = 422,
  [PROLONG_PROBLEM_PREVIOUS_LICENSE_REQUIRED] = 409,
  [PROLONG_PROBLEM_VERSION_INCOMPATIBLE] = 422,
  [PROLONG_PROBLEM_SUBSCRIPTION_RUNNING] = 409,
  [PROLONG_PROBLEM_TRIAL_RUNNING] = 409,
  [PROLONG_PROBLEM_LICENSE_RUNNING] = 409,
  [PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY] = 409,
  [PROLONG_PROBLEM_ALREADY_ADDED] = 409,
  [PROLONG_PROBLEM_NO_LICENSE] = 404,
  [PROLONG_PROBLEM_ACCOUNT_REQUIRED] = 403,
  [PROLONG_PROBLEM_NUMBER_UNKNOWN] = 404,
  [PROLONG_PROBLEM_ORDER_UNKNOWN] = 404,
  [PROLONG_PROBLEM_RATE_LIMITED] = 429,
  [PROLONG_PROBLEM_SERVICE_UNAVAILABLE] = 503,
  [PROLONG_PROBLEM_SERVICE_UNTRUSTED] = 502,
  [PROLONG_PROBLEM_KEYRING_LOCKED] = 500,
  [PROLONG_PROBLEM_KEYRING_UNAVAILABLE] = 500,
  [PROLONG_PROBLEM_STORAGE_FULL] = 507,
  [PROLONG_PROBLEM_CLOCK_BEHIND] = 500,
  [PROLONG_PROBLEM_PROFILE_INVALID] = 500,
  [PROLONG_PROBLEM_VENDOR_INSTALLED] = 500,
  [PROLONG_PROBLEM_VENDOR_OTHER_KEYS] = 500,
  [PROLONG_PROBLEM_VENDOR_IN_USE] = 500,
  [PROLONG_PROBLEM_CANCELLED] = 500,
};
G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == PROLONG_N_PROBLEMS);

guint
prolong_problem_get_http_status (ProlongProblem problem)
{
  g_return_val_if_fail ((guint)problem < PROLONG_N_PROBLEMS, 500);

  return statuses[problem];
}

gboolean
prolong_answer_is_decision (guint status, ProlongProblem problem)
{
  if ((guint)problem >= PROLONG_N_PROBLEMS || statuses[problem] >= 500)
    return FALSE;
  if (problem == PROLONG_PROBLEM_REQUEST_IN_FLIGHT || problem == PROLONG_PROBLEM_RATE_LIMITED)
    return FALSE;
  return status >= 400 && status < 500 && status != 408 && status != 429;
}

/* The facts that a problem carries: name, type of the variant, and the limit of a number or of a string's
 * bytes. */
static const struct
{
  const char *name;
  const char *type;
  gint64 max;
} details[] = {
  { "seats", "aa{sv}", PROLONG_MAX_SEATS },
  { "expires", "x", PROLONG_TIME_MAX },
  { "current_expires", "x", PROLONG_TIME_MAX },
  { "limit", "u", G_MAXINT32 },
  { "used", "u", G_MAXINT32 },
  { "product", "s", 64 },
  { "product_name", "s", PROLONG_RENEWAL_MAX_NAME },
  { "min_version", "s", 64 },
  { "max_version", "s", 64 },
  { "retry_after", "x", 30 * 86400 },
  { "shorter_term", "x", PROLONG_TIME_MAX },
  { "first_activated", "x", PROLONG_TIME_MAX },
};

static GVariant *
decode_seat (JsonNode *node)
{
  ProlongSeat seat = { 0 };
  GVariantDict dict;
  GVariant *variant = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node)
      && prolong_fields_decode (prolong_seat_fields, json_node_get_object (node), &seat, NULL))
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "id", "s", seat.id);
      g_variant_dict_insert (&dict, "device_name", "s", seat.device_name);
      g_variant_dict_insert (&dict, "last_seen", "x", seat.last_seen);
      g_variant_dict_insert (&dict, "this_device", "b", seat.this_device);
      variant = g_variant_dict_end (&dict);
    }
  prolong_fields_clear (prolong_seat_fields, &seat);
  return variant;
}

static GVariant *
decode_seats (JsonObject *object, const char *name, guint max)
{
  JsonNode *node = json_object_get_member (object, name);
  GVariantBuilder builder;
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < MIN (json_array_get_length (array), max); i++)
    {
      GVariant *seat = decode_seat (json_array_get_element (array, i));

      if (seat != NULL)
        g_variant_builder_add_value (&builder, seat);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
decode_text (JsonObject *object, const char *name, gsize max)
{
  const ProlongField field[] = { { name, PROLONG_FIELD_TEXT, .max = (gint64)max }, { NULL } };
  g_autofree char *text = NULL;

  return prolong_fields_decode (field, object, &text, NULL) ? g_variant_new_string (text) : NULL;
}

static GVariant *
decode_detail (JsonObject *object, guint i)
{
  gint64 number;

  if (g_str_equal (details[i].type, "aa{sv}"))
    return decode_seats (object, details[i].name, (guint)details[i].max);
  if (g_str_equal (details[i].type, "s"))
    return decode_text (object, details[i].name, (gsize)details[i].max);
  if (!prolong_json_get_int (object, details[i].name, 0, details[i].max, &number, NULL))
    return NULL;
  return g_str_equal (details[i].type, "u") ? g_variant_new_uint32 ((guint32)number)
                                            : g_variant_new_int64 (number);
}

static GVariant *
decode_details (JsonObject *object)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    {
      GVariant *value = decode_detail (object, i);

      if (value != NULL)
        g_variant_dict_insert_value (&dict, details[i].name, value);
    }
  return g_variant_dict_end (&dict);
}

GError *
prolong_problem_document_decode (guint status, const char *text, gsize length)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, NULL);
  g_autoptr (GVariant) words = NULL;
  const char *type = object != NULL ? prolong_json_get_string (object, "type", 128, NULL) : NULL;
  ProlongProblem problem;

  if (type == NULL || !g_str_has_prefix (type, URN_PREFIX)
      || !prolong_problem_from_name (type + strlen (URN_PREFIX), &problem))
    return prolong_problem_error_new (PROLONG_PROBLEM_SERVICE_UNAVAILABLE, NULL,
                                      "The service answered %u without a known problem", status);
  words = decode_text (object, "detail", MAX_DETAIL);
  if (words != NULL)
    g_variant_ref_sink (words);
  return prolong_problem_error_new (problem, decode_details (object), "%s",
                                    words != NULL ? g_variant_get_string (words, NULL)
                                                  : prolong_problem_get_name (problem));
}

static JsonNode *
encode_seats (GVariant *value)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (gsize i = 0; i < MIN (g_variant_n_children (value), PROLONG_MAX_SEATS); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      ProlongSeat seat = { 0 };

      g_variant_lookup (child, "id", "s", &seat.id);
      g_variant_lookup (child, "device_name", "s", &seat.device_name);
      g_variant_lookup (child, "last_seen", "x", &seat.last_seen);
      g_variant_lookup (child, "this_device", "b", &seat.this_device);
      json_array_add_object_element (array, prolong_fields_encode (prolong_seat_fields, &seat));
      prolong_fields_clear (prolong_seat_fields, &seat);
    }
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
encode_detail (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return json_node_init_string (json_node_alloc (), g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return json_node_init_int (json_node_alloc (), g_variant_get_uint32 (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return json_node_init_int (json_node_alloc (), g_variant_get_int64 (value));
  return encode_seats (value);
}

char *
prolong_problem_document_encode (const GError *error, guint status)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *type = NULL;
  GVariant *known = prolong_problem_error_get_details (error);
  const char *name = prolong_problem_get_name ((ProlongProblem)error->code);

  type = g_strconcat (URN_PREFIX, name, NULL);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", name);
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "detail", error->message);
  for (guint i = 0; known != NULL && i < G_N_ELEMENTS (details); i++)
    {
      g_autoptr (GVariant) value
          = g_variant_lookup_value (known, details[i].name, G_VARIANT_TYPE (details[i].type));

      if (value != NULL)
        json_object_set_member (object, details[i].name, encode_detail (value));
    }
  return prolong_json_to_string (object);
}
