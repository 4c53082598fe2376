/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "license/code-private.h"
#include "license/profile-private.h"

#define MAX_LINE 2048
#define MAX_LIST 64

gboolean
prolong_profile_fail (GError **error,
                      ProlongProfileError code,
                      const char *group,
                      const char *key,
                      const char *what)
{
  g_set_error (error, PROLONG_PROFILE_ERROR, (int)code, "[%s] %s: %s", group, key, what);
  return FALSE;
}

gboolean
prolong_profile_is_id (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= 32 && text[length] == '\0';
}

gboolean
prolong_profile_is_line (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return *text != '\0' && strlen (text) <= MAX_LINE;
}

gboolean
prolong_profile_is_version (const char *text)
{
  gsize length = strspn (text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+~-");

  return length > 0 && length <= 64 && text[length] == '\0';
}

gboolean
prolong_profile_is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at + 1, '@') == NULL && strchr (at, '.') != NULL
         && strpbrk (text, " <>,;:\"\\") == NULL && prolong_profile_is_line (text);
}

gboolean
prolong_profile_is_service (const char *text)
{
  return strlen (text) <= MAX_LINE && prolong_url_is_safe (text) && strpbrk (text, "?#") == NULL;
}

gboolean
prolong_profile_is_link (const char *text)
{
  return strlen (text) <= MAX_LINE && prolong_url_is_safe (text);
}

/* Eight symbols are the least that nobody guesses. */
gboolean
prolong_profile_is_pattern (const char *text)
{
  gsize length = strlen (text);
  guint n_symbols = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at))
        return FALSE;
      n_symbols += *at == 'X' || *at == '9' ? 1 : 0;
    }
  return n_symbols >= 8 && length <= PROLONG_CODE_MAX_PATTERN;
}

gboolean
prolong_profile_is_country (const char *text)
{
  return g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && text[2] == '\0';
}

gboolean
prolong_profile_is_phone (const char *text)
{
  gsize length = strspn (text, "+0123456789 ()-");

  return length >= 3 && length <= 32 && text[length] == '\0' && strpbrk (text, "0123456789") != NULL;
}

static gboolean
fail_value (GError **error, const char *group, const ProlongProfileValue *value)
{
  ProlongProfileError code = value->test == prolong_profile_is_service ? PROLONG_PROFILE_ERROR_ADDRESS
                                                                       : PROLONG_PROFILE_ERROR_VALUE;

  return prolong_profile_fail (error, code, group, value->key, value->must_be);
}

static gboolean
read_name (GKeyFile *file, const char *group, const ProlongProfileValue *value, guint *place)
{
  g_autofree char *text = g_key_file_get_string (file, group, value->key, NULL);

  for (guint i = 0; text != NULL && value->names[i] != NULL; i++)
    if (g_str_equal (value->names[i], text))
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_list (GKeyFile *file, const char *group, const ProlongProfileValue *value, char ***place)
{
  gsize n;
  g_auto (GStrv) list = g_key_file_get_string_list (file, group, value->key, &n, NULL);

  for (gsize i = 0; list != NULL && i < n; i++)
    if (!value->test (list[i]))
      return FALSE;
  if (list == NULL || n == 0 || n > MAX_LIST)
    return FALSE;
  g_strfreev (*place);
  *place = g_steal_pointer (&list);
  return TRUE;
}

static gboolean
read_text (GKeyFile *file, const char *group, const ProlongProfileValue *value, char **place)
{
  g_autofree char *text = value->localized
                              ? g_key_file_get_locale_string (file, group, value->key, NULL, NULL)
                              : g_key_file_get_string (file, group, value->key, NULL);

  if (text == NULL || !value->test (text))
    return FALSE;
  g_free (*place);
  *place = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_value (GKeyFile *file,
            const char *group,
            const ProlongProfileValue *value,
            gpointer record,
            GError **error)
{
  gpointer place = (char *)record + value->offset;
  gboolean done;

  if (!g_key_file_has_key (file, group, value->key, NULL))
    return !value->required
           || prolong_profile_fail (error, PROLONG_PROFILE_ERROR_MISSING, group, value->key, "is missing");
  if (value->names != NULL)
    done = read_name (file, group, value, place);
  else if (value->list)
    done = read_list (file, group, value, place);
  else
    done = read_text (file, group, value, place);
  return done || fail_value (error, group, value);
}

gboolean
prolong_profile_read_values (GKeyFile *file,
                             const char *group,
                             const ProlongProfileValue *values,
                             gpointer record,
                             GError **error)
{
  for (; values->key != NULL; values++)
    if (!read_value (file, group, values, record, error))
      return FALSE;
  return TRUE;
}

void
prolong_profile_clear_values (const ProlongProfileValue *values, gpointer record)
{
  for (; values->key != NULL; values++)
    {
      gpointer place = (char *)record + values->offset;

      if (values->list)
        g_clear_pointer ((char ***)place, g_strfreev);
      else if (values->names == NULL)
        g_clear_pointer ((char **)place, g_free);
    }
}
