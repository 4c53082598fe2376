/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/catalog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (prolong_catalog_error, prolong_catalog_error)

#define MAX_TEXT 256

gboolean
prolong_catalog_refuse (ProlongCatalogReader *reader, const char *group, const char *key, const char *why)
{
  g_autofree char *place = *key ? g_strdup_printf ("[%s] %s", group, key) : g_strdup_printf ("[%s]", group);

  g_set_error (reader->error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_VALUE, "%s: %s", place, why);
  return FALSE;
}

gboolean
prolong_catalog_miss (ProlongCatalogReader *reader, const char *group, const char *key)
{
  g_autofree char *place = *key ? g_strdup_printf ("[%s] %s", group, key) : g_strdup_printf ("[%s]", group);

  /* Translators: %s is a place in a file, such as “[Catalog] Currency” */
  g_set_error (reader->error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_MISSING, _ ("%s is missing"),
               place);
  return FALSE;
}

gboolean
prolong_catalog_is_text (const char *text)
{
  if (*text == '\0' || strlen (text) > MAX_TEXT)
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

gboolean
prolong_catalog_is_upper (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

char *
prolong_catalog_read_string (ProlongCatalogReader *reader, const char *group, const char *key)
{
  char *text = g_key_file_get_string (reader->file, group, key, NULL);

  if (text && *text && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  prolong_catalog_miss (reader, group, key);
  return NULL;
}

gboolean
prolong_catalog_read_number (ProlongCatalogReader *reader,
                             const char *group,
                             const char *key,
                             gint64 min,
                             gint64 max,
                             gint64 *number)
{
  g_autofree char *text = prolong_catalog_read_string (reader, group, key);
  g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, max);
  g_autofree char *why = NULL;

  if (!text)
    return FALSE;
  if (g_ascii_string_to_signed (text, 10, min, max, number, NULL))
    return TRUE;
  /* Translators: both %s are numbers */
  why = g_strdup_printf (_ ("it must be a number from %s to %s"), least, most);
  return prolong_catalog_refuse (reader, group, key, why);
}

/* Of a key such as Name[nl]; that of Name is the empty one. */
static char *
dup_language (const char *key)
{
  const char *bracket = strchr (key, '[');

  return bracket ? g_strndup (bracket + 1, strcspn (bracket + 1, "]")) : g_strdup ("");
}

gboolean
prolong_catalog_check_names (ProlongCatalogReader *reader, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->file, group, NULL, NULL);
  g_autofree char *name = prolong_catalog_read_string (reader, group, "Name");

  if (!name)
    return FALSE;
  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *text = g_key_file_get_string (reader->file, group, keys[i], NULL);

      if (!g_str_equal (keys[i], "Name") && !g_str_has_prefix (keys[i], "Name["))
        continue;
      if (!text || !g_utf8_validate (text, -1, NULL) || !prolong_catalog_is_text (text))
        return prolong_catalog_refuse (reader, group, keys[i], _ ("it must be one line of text"));
      g_hash_table_add (reader->languages, dup_language (keys[i]));
    }
  return TRUE;
}
