/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/notices-record.h"

#include <string.h>

#include "license/fields.h"

/* A license has about six facts in a year. So many are kept that none that may come back is forgotten, and so
 * few that the file stays far below what the gate lets pass. */
#define MAX_TOLD 256
#define MAX_LATER 64
#define MAX_TEXT 512

static const ProlongField told_fields[] = {
  { "topic", PROLONG_FIELD_TEXT, G_STRUCT_OFFSET (ProlongTold, topic), .min = 1, .max = MAX_TEXT },
  { "mark", PROLONG_FIELD_UINT, G_STRUCT_OFFSET (ProlongTold, mark), .max = G_MAXUINT, .optional = TRUE },
  { "standing", PROLONG_FIELD_BOOLEAN, G_STRUCT_OFFSET (ProlongTold, standing), .optional = TRUE },
  { 0 },
};

static const ProlongField later_fields[] = {
  { "topic", PROLONG_FIELD_TEXT, G_STRUCT_OFFSET (ProlongLater, topic), .min = 1, .max = MAX_TEXT },
  { "until", PROLONG_FIELD_INT64, G_STRUCT_OFFSET (ProlongLater, until), .max = PROLONG_TIME_MAX },
  { 0 },
};

static const ProlongField shown_fields[] = {
  { "slot", PROLONG_FIELD_TOKEN, G_STRUCT_OFFSET (ProlongShown, slot), .min = 1, .max = MAX_TEXT },
  { "handle", PROLONG_FIELD_TEXT, G_STRUCT_OFFSET (ProlongShown, handle), .min = 1, .max = MAX_TEXT },
  { "run", PROLONG_FIELD_TEXT, G_STRUCT_OFFSET (ProlongShown, run), .min = 1, .max = MAX_TEXT },
  { "press", PROLONG_FIELD_TEXT, G_STRUCT_OFFSET (ProlongShown, press), .max = MAX_TEXT },
  { 0 },
};

static const ProlongField own_fields[] = {
  { "digest_at", PROLONG_FIELD_INT64, G_STRUCT_OFFSET (ProlongNoticesRecord, digest_at),
    .max = PROLONG_TIME_MAX },
  { 0 },
};

static void
told_free (gpointer told)
{
  prolong_fields_clear (told_fields, told);
  g_free (told);
}

static void
later_free (gpointer later)
{
  prolong_fields_clear (later_fields, later);
  g_free (later);
}

static void
shown_free (gpointer shown)
{
  prolong_fields_clear (shown_fields, shown);
  g_free (shown);
}

static const struct
{
  const char *name;
  const ProlongField *fields;
  gsize size;
  GDestroyNotify free;
  gsize offset;
} lists[] = {
  { "told", told_fields, sizeof (ProlongTold), told_free, G_STRUCT_OFFSET (ProlongNoticesRecord, told) },
  { "later", later_fields, sizeof (ProlongLater), later_free, G_STRUCT_OFFSET (ProlongNoticesRecord, later) },
  { "shown", shown_fields, sizeof (ProlongShown), shown_free, G_STRUCT_OFFSET (ProlongNoticesRecord, shown) },
};

static GPtrArray **
list_of (const ProlongNoticesRecord *record, guint i)
{
  return G_STRUCT_MEMBER_P (record, lists[i].offset);
}

ProlongNoticesRecord *
prolong_notices_record_new (void)
{
  ProlongNoticesRecord *record = g_new0 (ProlongNoticesRecord, 1);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *list_of (record, i) = g_ptr_array_new_with_free_func (lists[i].free);
  record->hand_overs = g_ptr_array_new_with_free_func (g_free);
  return record;
}

void
prolong_notices_record_free (ProlongNoticesRecord *record)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (*list_of (record, i));
  g_ptr_array_unref (record->hand_overs);
  g_free (record);
}

static JsonArray *
get_array (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "%s is not an array", name);
  return NULL;
}

static gboolean
decode_list (JsonObject *object, guint i, GPtrArray *list, GError **error)
{
  JsonArray *array = get_array (object, lists[i].name, error);

  for (guint j = 0; array != NULL && j < json_array_get_length (array); j++)
    {
      JsonNode *element = json_array_get_element (array, j);
      gpointer item;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER, "%s holds no objects",
                       lists[i].name);
          return FALSE;
        }
      item = g_malloc0 (lists[i].size);
      g_ptr_array_add (list, item);
      if (!prolong_fields_decode (lists[i].fields, json_node_get_object (element), item, error))
        return FALSE;
    }
  return array != NULL;
}

static gboolean
decode_hand_overs (JsonObject *object, GPtrArray *hand_overs, GError **error)
{
  JsonArray *array = get_array (object, "hand_overs", error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        {
          g_set_error_literal (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_MEMBER,
                               "hand_overs holds no strings");
          return FALSE;
        }
      g_ptr_array_add (hand_overs, json_node_dup_string (element));
    }
  return array != NULL;
}

ProlongNoticesRecord *
prolong_notices_record_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);
  g_autoptr (ProlongNoticesRecord) record = prolong_notices_record_new ();

  if (object == NULL || !prolong_fields_decode (own_fields, object, record, error)
      || !decode_hand_overs (object, record->hand_overs, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!decode_list (object, i, *list_of (record, i), error))
      return NULL;
  return g_steal_pointer (&record);
}

GBytes *
prolong_notices_record_encode (const ProlongNoticesRecord *record)
{
  g_autoptr (JsonObject) object = prolong_fields_encode (own_fields, record);
  JsonArray *hand_overs = json_array_new ();
  char *text;

  for (guint i = 0; i < record->hand_overs->len; i++)
    json_array_add_string_element (hand_overs, record->hand_overs->pdata[i]);
  json_object_set_array_member (object, "hand_overs", hand_overs);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const GPtrArray *list = *list_of (record, i);
      JsonArray *array = json_array_new ();

      for (guint j = 0; j < list->len; j++)
        json_array_add_object_element (array, prolong_fields_encode (lists[i].fields, list->pdata[j]));
      json_object_set_array_member (object, lists[i].name, array);
    }
  text = prolong_json_to_string (object);
  return g_bytes_new_take (text, strlen (text));
}

/* What was told. */

static guint
told_position (const ProlongNoticesRecord *record, const char *topic, guint mark)
{
  guint i = 0;

  while (i < record->told->len)
    {
      const ProlongTold *told = record->told->pdata[i];

      if (told->mark == mark && g_str_equal (told->topic, topic))
        break;
      i++;
    }
  return i;
}

ProlongTold *
prolong_notices_record_find_told (const ProlongNoticesRecord *record, const char *topic, guint mark)
{
  guint position = told_position (record, topic, mark);

  return position < record->told->len ? record->told->pdata[position] : NULL;
}

/* By number and not by age: a clock that was set a year forward would make all of them old. */
static void
forget_oldest (ProlongNoticesRecord *record)
{
  for (guint i = 0; i < record->told->len; i++)
    {
      const ProlongTold *told = record->told->pdata[i];

      if (!told->standing)
        {
          g_ptr_array_remove_index (record->told, i);
          return;
        }
    }
  g_ptr_array_remove_index (record->told, 0);
}

void
prolong_notices_record_note_told (ProlongNoticesRecord *record,
                                  const char *topic,
                                  guint mark,
                                  gboolean standing)
{
  ProlongTold *told;

  prolong_notices_record_forget_told (record, topic, mark);
  if (record->told->len >= MAX_TOLD)
    forget_oldest (record);
  told = g_new0 (ProlongTold, 1);
  told->topic = g_strdup (topic);
  told->mark = mark;
  told->standing = standing;
  g_ptr_array_add (record->told, told);
}

gboolean
prolong_notices_record_forget_told (ProlongNoticesRecord *record, const char *topic, guint mark)
{
  guint position = told_position (record, topic, mark);

  if (position == record->told->len)
    return FALSE;
  g_ptr_array_remove_index (record->told, position);
  return TRUE;
}

/* What is to be told later. */

static guint
later_position (const ProlongNoticesRecord *record, const char *topic)
{
  guint i = 0;

  while (i < record->later->len
         && !g_str_equal (((const ProlongLater *)record->later->pdata[i])->topic, topic))
    i++;
  return i;
}

gint64
prolong_notices_record_get_later (const ProlongNoticesRecord *record, const char *topic)
{
  guint position = later_position (record, topic);

  return position < record->later->len ? ((const ProlongLater *)record->later->pdata[position])->until : 0;
}

void
prolong_notices_record_set_later (ProlongNoticesRecord *record, const char *topic, gint64 until)
{
  guint position = later_position (record, topic);
  ProlongLater *later;

  if (position < record->later->len)
    g_ptr_array_remove_index (record->later, position);
  if (until == 0)
    return;
  if (record->later->len >= MAX_LATER)
    g_ptr_array_remove_index (record->later, 0);
  later = g_new0 (ProlongLater, 1);
  later->topic = g_strdup (topic);
  later->until = until;
  g_ptr_array_add (record->later, later);
}

/* What the desktop shows. */

ProlongShown *
prolong_notices_record_find_shown (const ProlongNoticesRecord *record, const char *slot)
{
  for (guint i = 0; i < record->shown->len; i++)
    if (g_str_equal (((const ProlongShown *)record->shown->pdata[i])->slot, slot))
      return record->shown->pdata[i];
  return NULL;
}

void
prolong_notices_record_set_shown (ProlongNoticesRecord *record,
                                  const char *slot,
                                  const char *handle,
                                  const char *run,
                                  const char *press)
{
  ProlongShown *shown = g_new0 (ProlongShown, 1);

  prolong_notices_record_forget_shown (record, slot);
  shown->slot = g_strdup (slot);
  shown->handle = g_strdup (handle);
  shown->run = g_strdup (run);
  shown->press = g_strdup (press);
  g_ptr_array_add (record->shown, shown);
}

void
prolong_notices_record_forget_shown (ProlongNoticesRecord *record, const char *slot)
{
  ProlongShown *shown = prolong_notices_record_find_shown (record, slot);

  if (shown != NULL)
    g_ptr_array_remove (record->shown, shown);
}
