/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages-private.h"
#include "renewal/messages.h"

/* A list in which others than those that are sound are passed over, up to so many. */
typedef struct
{
  const ProlongField *fields;
  gsize size;
  guint max;
} List;

static const List seats = { prolong_seat_fields, sizeof (ProlongSeat), PROLONG_MAX_SEATS };
static const List offers = { prolong_shop_offer_fields, sizeof (ProlongShopOffer), PROLONG_SHOP_MAX_OFFERS };

/* The type of each fact as a variant, and the limit of a number or of a string's bytes; a string is text for
 * people, where nothing else is said. */
static const struct
{
  const char *name;
  const char *type;
  gint64 max;
  const List *list;
  ProlongFieldType field;
} facts[] = {
  { "seats", "aa{sv}", .list = &seats },
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
  { "total", "x", PROLONG_SHOP_MAX_TOTAL },
  { "offers", "aa{sv}", .list = &offers },
  { "provider", "s", PROLONG_RENEWAL_MAX_PROVIDER },
  { "manage_url", "s", PROLONG_RENEWAL_MAX_URL, .field = PROLONG_FIELD_URL },
};

static GVariant *
get_value (const ProlongField *field, gconstpointer place)
{
  switch (field->type)
    {
    case PROLONG_FIELD_INT64:
      return g_variant_new_int64 (*(const gint64 *)place);
    case PROLONG_FIELD_UINT:
      return g_variant_new_uint32 (*(const guint *)place);
    case PROLONG_FIELD_BOOLEAN:
      return g_variant_new_boolean (*(const gboolean *)place);
    default:
      return g_variant_new_string (*(const char *const *)place);
    }
}

static void
set_value (const ProlongField *field, gpointer place, GVariant *record)
{
  switch (field->type)
    {
    case PROLONG_FIELD_INT64:
      g_variant_lookup (record, field->name, "x", place);
      break;
    case PROLONG_FIELD_UINT:
      g_variant_lookup (record, field->name, "u", place);
      break;
    case PROLONG_FIELD_BOOLEAN:
      g_variant_lookup (record, field->name, "b", place);
      break;
    default:
      g_variant_lookup (record, field->name, "s", place);
    }
}

static void
decode_record (const List *list, JsonNode *node, GVariantBuilder *builder)
{
  g_autofree guint8 *record = g_malloc0 (list->size);
  GVariantDict dict;

  if (JSON_NODE_HOLDS_OBJECT (node)
      && prolong_fields_decode (list->fields, json_node_get_object (node), record, NULL))
    {
      g_variant_dict_init (&dict, NULL);
      for (const ProlongField *field = list->fields; field->name != NULL; field++)
        g_variant_dict_insert_value (&dict, field->name, get_value (field, record + field->offset));
      g_variant_builder_add_value (builder, g_variant_dict_end (&dict));
    }
  prolong_fields_clear (list->fields, record);
}

static GVariant *
decode_list (const List *list, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  GVariantBuilder builder;
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < MIN (json_array_get_length (array), list->max); i++)
    decode_record (list, json_array_get_element (array, i), &builder);
  return g_variant_builder_end (&builder);
}

static GVariant *
decode_text (JsonObject *object, const char *name, ProlongFieldType type, gint64 max)
{
  const ProlongField field[] = { { name, type, .max = max }, { NULL } };
  g_autofree char *text = NULL;

  return prolong_fields_decode (field, object, &text, NULL) ? g_variant_new_string (text) : NULL;
}

static GVariant *
decode_fact (JsonObject *object, guint i)
{
  gint64 number;

  if (facts[i].list != NULL)
    return decode_list (facts[i].list, object, facts[i].name);
  if (g_str_equal (facts[i].type, "s"))
    return decode_text (object, facts[i].name, facts[i].field, facts[i].max);
  if (!prolong_json_get_int (object, facts[i].name, 0, facts[i].max, &number, NULL))
    return NULL;
  return g_str_equal (facts[i].type, "u") ? g_variant_new_uint32 ((guint32)number)
                                          : g_variant_new_int64 (number);
}

GVariant *
prolong_problem_details_decode (JsonObject *object)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      GVariant *value = decode_fact (object, i);

      if (value != NULL)
        g_variant_dict_insert_value (&dict, facts[i].name, value);
    }
  return g_variant_dict_end (&dict);
}

static JsonObject *
encode_record (const List *list, GVariant *source)
{
  g_autofree guint8 *record = g_malloc0 (list->size);
  JsonObject *object;

  for (const ProlongField *field = list->fields; field->name != NULL; field++)
    set_value (field, record + field->offset, source);
  object = prolong_fields_encode (list->fields, record);
  prolong_fields_clear (list->fields, record);
  return object;
}

static JsonNode *
encode_list (const List *list, GVariant *value)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (gsize i = 0; i < MIN (g_variant_n_children (value), list->max); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      json_array_add_object_element (array, encode_record (list, child));
    }
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
encode_fact (const List *list, GVariant *value)
{
  if (list != NULL)
    return encode_list (list, value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return json_node_init_string (json_node_alloc (), g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return json_node_init_int (json_node_alloc (), g_variant_get_uint32 (value));
  return json_node_init_int (json_node_alloc (), g_variant_get_int64 (value));
}

void
prolong_problem_details_encode (GVariant *details, JsonObject *object)
{
  for (guint i = 0; details != NULL && i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr (GVariant) value
          = g_variant_lookup_value (details, facts[i].name, G_VARIANT_TYPE (facts[i].type));

      if (value != NULL)
        json_object_set_member (object, facts[i].name, encode_fact (facts[i].list, value));
    }
}
