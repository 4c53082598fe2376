/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/json.h"

#include <string.h>

G_DEFINE_QUARK (prolong_json_error, prolong_json_error)

JsonObject *
prolong_json_parse_object (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  if (!prolong_json_check (text, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize)length, &local_error))
    {
      g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_SYNTAX, "%s", local_error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "The document is no object");
      return NULL;
    }
  return json_node_dup_object (root);
}

static JsonNode *
get_member (JsonObject *object, const char *name, GType type, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  gboolean fits = node != NULL;

  if (fits)
    fits = type == JSON_TYPE_OBJECT ? JSON_NODE_HOLDS_OBJECT (node)
                                    : JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
  if (fits)
    return node;
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "Member “%s” is %s", name,
               node == NULL ? "missing" : "of another type");
  return NULL;
}

const char *
prolong_json_get_string (JsonObject *object, const char *name, gsize max_length, GError **error)
{
  JsonNode *node = get_member (object, name, G_TYPE_STRING, error);

  if (node == NULL)
    return NULL;
  if (strlen (json_node_get_string (node)) <= max_length)
    return json_node_get_string (node);
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE, "Member “%s” is too long", name);
  return NULL;
}

gboolean
prolong_json_get_int (JsonObject *object,
                      const char *name,
                      gint64 min,
                      gint64 max,
                      gint64 *value,
                      GError **error)
{
  JsonNode *node = get_member (object, name, G_TYPE_INT64, error);

  if (node == NULL)
    return FALSE;
  *value = json_node_get_int (node);
  if (*value >= min && *value <= max)
    return TRUE;
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE, "Member “%s” is out of range", name);
  return FALSE;
}

gboolean
prolong_json_get_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = get_member (object, name, G_TYPE_BOOLEAN, error);

  if (node == NULL)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

JsonObject *
prolong_json_get_object (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = get_member (object, name, JSON_TYPE_OBJECT, error);

  return node != NULL ? json_node_get_object (node) : NULL;
}

char *
prolong_json_to_string (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}
