/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/fields-private.h"

static void
store_string (gpointer member, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) || g_variant_is_of_type (value, G_VARIANT_TYPE_OBJECT_PATH))
    {
      g_free (*(char **) member);
      *(char **) member = g_variant_dup_string (value, NULL);
    }
}

static void
store_details (gpointer member, GVariant *value)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return;
  g_clear_pointer ((GVariant **) member, g_variant_unref);
  *(GVariant **) member = g_variant_ref (value);
}

static void
store_name (const ProlongField *field, gpointer member, GVariant *value)
{
  int number = 0;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
      && field->from_name (g_variant_get_string (value, NULL), &number))
    *(int *) member = number;
}

static void
store (const ProlongField *field, GVariant *value, gpointer object)
{
  gpointer member = G_STRUCT_MEMBER_P (object, field->offset);

  switch (field->type)
    {
    case PROLONG_FIELD_STRING:
      store_string (member, value);
      break;
    case PROLONG_FIELD_DETAILS:
      store_details (member, value);
      break;
    case PROLONG_FIELD_NAME:
      store_name (field, member, value);
      break;
    case PROLONG_FIELD_UINT:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
        *(guint *) member = g_variant_get_uint32 (value);
      break;
    case PROLONG_FIELD_TIME:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        *(gint64 *) member = g_variant_get_int64 (value);
      break;
    case PROLONG_FIELD_BOOLEAN:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        *(gboolean *) member = g_variant_get_boolean (value);
      break;
    case PROLONG_FIELD_DOUBLE:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
        *(double *) member = g_variant_get_double (value);
      break;
    }
}

static void
fill_empty (const ProlongField *field, gpointer object)
{
  gpointer member = G_STRUCT_MEMBER_P (object, field->offset);

  if (field->type == PROLONG_FIELD_STRING && *(char **) member == NULL)
    *(char **) member = g_strdup ("");
  if (field->type == PROLONG_FIELD_DETAILS && *(GVariant **) member == NULL)
    *(GVariant **) member = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

static const ProlongField *
find_field (const ProlongField *fields, gsize n_fields, const char *name)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];
  return NULL;
}

void
prolong_fields_read (const ProlongField *fields, gsize n_fields, GVariant *dictionary, gpointer object)
{
  if (dictionary != NULL && g_variant_is_of_type (dictionary, G_VARIANT_TYPE_VARDICT))
    {
      GVariantIter iter;
      const char *name;
      GVariant *value;

      g_variant_iter_init (&iter, dictionary);
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
        {
          const ProlongField *field = find_field (fields, n_fields, name);

          if (field != NULL)
            store (field, value, object);
        }
    }
  for (gsize i = 0; i < n_fields; i++)
    fill_empty (&fields[i], object);
}

void
prolong_fields_clear (const ProlongField *fields, gsize n_fields, gpointer object)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      gpointer member = G_STRUCT_MEMBER_P (object, fields[i].offset);

      if (fields[i].type == PROLONG_FIELD_STRING)
        g_clear_pointer ((char **) member, g_free);
      if (fields[i].type == PROLONG_FIELD_DETAILS)
        g_clear_pointer ((GVariant **) member, g_variant_unref);
    }
}
