/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json.h"

#include <math.h>

static void append_value (GString *text, GVariant *value);

static void
append_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (text, "\\%c", *p);
      else if ((guchar)*p < 0x20 || *p == 0x7f)
        g_string_append_printf (text, "\\u%04x", (guint)(guchar)*p);
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static void
append_double (GString *text, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, isfinite (number) ? g_ascii_dtostr (buffer, sizeof buffer, number) : "null");
}

/* Without its type, GVariant's own text of an integer is that of JSON. */
static void
append_number (GString *text, GVariant *value)
{
  g_autofree char *number = g_variant_print (value, FALSE);

  g_string_append (text, number);
}

static void
append_object (GString *text, GVariant *dictionary)
{
  for (gsize i = 0; i < g_variant_n_children (dictionary); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (dictionary, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);

      if (i > 0)
        g_string_append_c (text, ',');
      append_string (text, g_variant_get_string (key, NULL));
      g_string_append_c (text, ':');
      append_value (text, value);
    }
}

static void
append_array (GString *text, GVariant *array)
{
  for (gsize i = 0; i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (array, i);

      if (i > 0)
        g_string_append_c (text, ',');
      append_value (text, child);
    }
}

static void
append_inner (GString *text, GVariant *inner)
{
  if (inner == NULL)
    {
      g_string_append (text, "null");
      return;
    }
  append_value (text, inner);
  g_variant_unref (inner);
}

static void
append_container (GString *text, GVariant *value)
{
  gboolean object = g_variant_is_of_type (value, G_VARIANT_TYPE ("a{s*}"));

  g_string_append_c (text, object ? '{' : '[');
  if (object)
    append_object (text, value);
  else
    append_array (text, value);
  g_string_append_c (text, object ? '}' : ']');
}

static void
append_value (GString *text, GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      append_string (text, g_variant_get_string (value, NULL));
      break;
    case G_VARIANT_CLASS_BOOLEAN:
      g_string_append (text, g_variant_get_boolean (value) ? "true" : "false");
      break;
    case G_VARIANT_CLASS_DOUBLE:
      append_double (text, g_variant_get_double (value));
      break;
    case G_VARIANT_CLASS_VARIANT:
      append_inner (text, g_variant_get_variant (value));
      break;
    case G_VARIANT_CLASS_MAYBE:
      append_inner (text, g_variant_get_maybe (value));
      break;
    case G_VARIANT_CLASS_ARRAY:
    case G_VARIANT_CLASS_TUPLE:
    case G_VARIANT_CLASS_DICT_ENTRY:
      append_container (text, value);
      break;
    case G_VARIANT_CLASS_BYTE:
      g_string_append_printf (text, "%u", (guint)g_variant_get_byte (value));
      break;
    default:
      append_number (text, value);
      break;
    }
}

char *
prolong_cli_json_format (GVariant *value)
{
  GString *text = g_string_new (NULL);

  append_value (text, value);
  return g_string_free (text, FALSE);
}
