/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/profiles.h"

#include <glib/gstdio.h>

#define SUFFIX ".conf"

static void
installed_free (gpointer data)
{
  ProlongInstalledProfile *installed = data;

  prolong_profile_unref (installed->profile);
  g_free (installed);
}

char *
prolong_profiles_dup_own_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "prolong", "vendors", NULL);
}

char *
prolong_profiles_dup_file_name (const char *id)
{
  return g_strconcat (id, SUFFIX, NULL);
}

static gboolean
has_vendor (GPtrArray *profiles, const char *id)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      const ProlongInstalledProfile *installed = profiles->pdata[i];

      if (g_str_equal (installed->profile->id, id))
        return TRUE;
    }
  return FALSE;
}

/* Neither a pipe nor a huge file may hold up the agent. */
static gboolean
is_readable (const char *path, GError **error)
{
  GStatBuf info = { 0 };

  if (g_stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= PROLONG_PROFILE_MAX_BYTES)
    return TRUE;
  g_set_error_literal (error, PROLONG_PROFILE_ERROR, PROLONG_PROFILE_ERROR_TOO_LARGE,
                       "Not a file, or too large for a profile");
  return FALSE;
}

static ProlongProfile *
read_profile (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  gsize length;

  if (!is_readable (path, error) || !g_file_get_contents (path, &data, &length, error))
    return NULL;
  return prolong_profile_parse (data, length, error);
}

static gboolean
is_called_after (const char *name, const ProlongProfile *profile)
{
  g_autofree char *expected = prolong_profiles_dup_file_name (profile->id);

  return g_str_equal (name, expected);
}

static void
read_file (GPtrArray *profiles, const char *directory, const char *name, gboolean own)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (ProlongProfile) profile = read_profile (path, &error);
  ProlongInstalledProfile *installed;

  if (profile == NULL)
    {
      g_warning ("%s: %s", path, error->message);
      return;
    }
  if (own && !is_called_after (name, profile))
    {
      g_warning ("%s: is to be called %s" SUFFIX, path, profile->id);
      return;
    }
  if (has_vendor (profiles, profile->id))
    return;
  installed = g_new0 (ProlongInstalledProfile, 1);
  installed->profile = g_steal_pointer (&profile);
  installed->own = own;
  g_ptr_array_add (profiles, installed);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
read_directory (GPtrArray *profiles, const char *directory, gboolean own)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    read_file (profiles, directory, names->pdata[i], own);
}

static void
read_system (GPtrArray *profiles)
{
  g_autofree char *last = g_build_filename (PROLONG_SYSCONF_DIR, "prolong", "vendors.d", NULL);

  for (const char *const *dir = g_get_system_data_dirs (); *dir != NULL; dir++)
    {
      g_autofree char *directory = g_build_filename (*dir, "prolong", "vendors", NULL);

      read_directory (profiles, directory, FALSE);
    }
  read_directory (profiles, last, FALSE);
}

static int
compare_profiles (gconstpointer a, gconstpointer b)
{
  const ProlongInstalledProfile *const *left = a;
  const ProlongInstalledProfile *const *right = b;

  return strcmp ((*left)->profile->id, (*right)->profile->id);
}

GPtrArray *
prolong_profiles_read (void)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (installed_free);
  g_autofree char *own = prolong_profiles_dup_own_directory ();

  read_directory (profiles, own, TRUE);
  read_system (profiles);
  g_ptr_array_sort (profiles, compare_profiles);
  return profiles;
}

gboolean
prolong_profiles_is_system (const char *id)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (installed_free);

  read_system (profiles);
  return has_vendor (profiles, id);
}
