/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/fields.h"

#include <string.h>

#include "license/code.h"
#include "license/profile.h"

#define MAX_TOKEN 64

static gboolean
is_text (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
is_lines (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (*text != '\n' && *text != '\t' && g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
is_visible (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

static gboolean
is_token (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '-' && *text != '_')
      return FALSE;
  return TRUE;
}

static gboolean (*const string_tests[]) (const char *) = {
  [PROLONG_FIELD_TEXT] = is_text,
  [PROLONG_FIELD_LINES] = is_lines,
  [PROLONG_FIELD_VISIBLE] = is_visible,
  [PROLONG_FIELD_TOKEN] = is_token,
  [PROLONG_FIELD_URL] = prolong_url_is_safe,
};

static gboolean
is_string (const ProlongField *field)
{
  return (gsize)field->type < G_N_ELEMENTS (string_tests);
}

static gboolean
fail (const ProlongField *field, GError **error)
{
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE, "Member “%s” is not what it must be",
               field->name);
  return FALSE;
}

static gboolean
decode_string (const ProlongField *field, JsonObject *object, gpointer place, GError **error)
{
  const char *text = prolong_json_get_string (object, field->name, (gsize)field->max, error);

  if (text == NULL)
    return FALSE;
  if (strlen (text) < (gsize)field->min || !string_tests[field->type](text))
    return fail (field, error);
  *(char **)place = g_strdup (text);
  return TRUE;
}

static gboolean
decode_number (const ProlongField *field, JsonObject *object, gpointer place, GError **error)
{
  gint64 value;

  if (!prolong_json_get_int (object, field->name, field->min, field->max, &value, error))
    return FALSE;
  if (field->type == PROLONG_FIELD_UINT)
    *(guint *)place = (guint)value;
  else
    *(gint64 *)place = value;
  return TRUE;
}

static gboolean
decode_name (const ProlongField *field, JsonObject *object, gpointer place, GError **error)
{
  const char *text = prolong_json_get_string (object, field->name, 64, error);

  if (text == NULL)
    return FALSE;
  for (guint i = 0; field->names[i] != NULL; i++)
    if (g_str_equal (field->names[i], text))
      {
        if (field->type == PROLONG_FIELD_CHOICE)
          *(guint *)place = i;
        return TRUE;
      }
  return fail (field, error);
}

static gboolean
decode_object (const ProlongField *field, JsonObject *object, gpointer record, GError **error)
{
  JsonObject *member = prolong_json_get_object (object, field->name, error);

  if (member == NULL)
    return FALSE;
  if (field->optional)
    *(gboolean *)((char *)record + field->offset) = TRUE;
  return prolong_fields_decode (field->fields, member, record, error);
}

static JsonArray *
get_list (const ProlongField *field, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, field->name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array != NULL && json_array_get_length (array) >= (guint)field->min
      && json_array_get_length (array) <= (guint)field->max)
    return array;
  fail (field, error);
  return NULL;
}

static gboolean
decode_list (const ProlongField *field, JsonObject *object, GPtrArray **place, GError **error)
{
  JsonArray *array = get_list (field, object, error);

  if (array == NULL)
    return FALSE;
  *place = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (field, error);
      g_ptr_array_add (*place, g_malloc0 (field->size));
      if (!prolong_fields_decode (field->fields, json_node_get_object (node), (*place)->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
decode_tokens (const ProlongField *field, JsonObject *object, GStrv *place, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = get_list (field, object, error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text
          = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

      if (text == NULL || *text == '\0' || strlen (text) > MAX_TOKEN || !is_token (text))
        return fail (field, error);
      g_strv_builder_add (builder, text);
    }
  *place = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
decode_field (const ProlongField *field, JsonObject *object, gpointer record, GError **error)
{
  gpointer place = (char *)record + field->offset;

  if (field->optional && !json_object_has_member (object, field->name))
    return TRUE;
  if (is_string (field))
    return decode_string (field, object, place, error);
  switch (field->type)
    {
    case PROLONG_FIELD_INT64:
    case PROLONG_FIELD_UINT:
      return decode_number (field, object, place, error);
    case PROLONG_FIELD_BOOLEAN:
      return prolong_json_get_boolean (object, field->name, place, error);
    case PROLONG_FIELD_OBJECT:
      return decode_object (field, object, record, error);
    case PROLONG_FIELD_LIST:
      return decode_list (field, object, place, error);
    case PROLONG_FIELD_TOKENS:
      return decode_tokens (field, object, place, error);
    default:
      return decode_name (field, object, place, error);
    }
}

gboolean
prolong_fields_decode (const ProlongField *fields, JsonObject *object, gpointer record, GError **error)
{
  for (; fields->name != NULL; fields++)
    if (!decode_field (fields, object, record, error))
      return FALSE;
  return TRUE;
}

/* What an optional member is when it is not there. */
static gboolean
is_left_out (const ProlongField *field, gconstpointer place)
{
  switch (field->type)
    {
    case PROLONG_FIELD_INT64:
      return field->optional && *(const gint64 *)place == 0;
    case PROLONG_FIELD_UINT:
    case PROLONG_FIELD_BOOLEAN:
    case PROLONG_FIELD_OBJECT:
      return field->optional && *(const guint *)place == 0;
    case PROLONG_FIELD_LIST:
    case PROLONG_FIELD_TOKENS:
      return field->optional && *(const gconstpointer *)place == NULL;
    default:
      return FALSE;
    }
}

static JsonArray *
encode_list (const ProlongField *field, GPtrArray *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; list != NULL && i < list->len; i++)
    json_array_add_object_element (array, prolong_fields_encode (field->fields, list->pdata[i]));
  return array;
}

static JsonArray *
encode_tokens (const char *const *tokens)
{
  JsonArray *array = json_array_new ();

  for (; tokens != NULL && *tokens != NULL; tokens++)
    json_array_add_string_element (array, *tokens);
  return array;
}

static void
encode_field (const ProlongField *field, gconstpointer record, JsonObject *object)
{
  gconstpointer place = (const char *)record + field->offset;

  if (is_string (field))
    {
      const char *text = *(const char *const *)place;

      if (text != NULL || !field->optional)
        json_object_set_string_member (object, field->name, text != NULL ? text : "");
      return;
    }
  if (is_left_out (field, place))
    return;
  switch (field->type)
    {
    case PROLONG_FIELD_INT64:
      json_object_set_int_member (object, field->name, *(const gint64 *)place);
      break;
    case PROLONG_FIELD_UINT:
      json_object_set_int_member (object, field->name, *(const guint *)place);
      break;
    case PROLONG_FIELD_BOOLEAN:
      json_object_set_boolean_member (object, field->name, *(const gboolean *)place);
      break;
    case PROLONG_FIELD_OBJECT:
      json_object_set_object_member (object, field->name, prolong_fields_encode (field->fields, record));
      break;
    case PROLONG_FIELD_LIST:
      json_object_set_array_member (object, field->name, encode_list (field, *(GPtrArray *const *)place));
      break;
    case PROLONG_FIELD_TOKENS:
      json_object_set_array_member (object, field->name, encode_tokens (*(const char *const *const *)place));
      break;
    case PROLONG_FIELD_CHOICE:
      json_object_set_string_member (object, field->name, field->names[*(const guint *)place]);
      break;
    default:
      json_object_set_string_member (object, field->name, field->names[0]);
    }
}

JsonObject *
prolong_fields_encode (const ProlongField *fields, gconstpointer record)
{
  JsonObject *object = json_object_new ();

  for (; fields->name != NULL; fields++)
    encode_field (fields, record, object);
  return object;
}

static void
clear_list (const ProlongField *field, GPtrArray **list)
{
  for (guint i = 0; *list != NULL && i < (*list)->len; i++)
    {
      prolong_fields_clear (field->fields, (*list)->pdata[i]);
      g_free ((*list)->pdata[i]);
    }
  g_clear_pointer (list, g_ptr_array_unref);
}

static void
clear_string (char **text)
{
  if (*text != NULL)
    prolong_wipe (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

void
prolong_fields_clear (const ProlongField *fields, gpointer record)
{
  for (; fields->name != NULL; fields++)
    {
      gpointer place = (char *)record + fields->offset;

      if (fields->type == PROLONG_FIELD_OBJECT)
        prolong_fields_clear (fields->fields, record);
      else if (fields->type == PROLONG_FIELD_LIST)
        clear_list (fields, place);
      else if (fields->type == PROLONG_FIELD_TOKENS)
        g_clear_pointer ((GStrv *)place, g_strfreev);
      else if (is_string (fields))
        clear_string (place);
    }
}
