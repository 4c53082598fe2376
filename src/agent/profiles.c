/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/profiles.h"

static gboolean
has_vendor (GPtrArray *profiles, const char *id)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      const ProlongProfile *profile = profiles->pdata[i];

      if (g_str_equal (profile->id, id))
        return TRUE;
    }
  return FALSE;
}

static void
read_file (GPtrArray *profiles, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (ProlongProfile) profile = NULL;

  if (g_file_get_contents (path, &data, &length, &error))
    profile = prolong_profile_parse (data, length, &error);
  if (profile == NULL)
    g_warning ("%s: %s", path, error->message);
  else if (!has_vendor (profiles, profile->id))
    g_ptr_array_add (profiles, g_steal_pointer (&profile));
}

static void
read_directory (GPtrArray *profiles, const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_str_has_suffix (name, ".conf"))
        read_file (profiles, path);
    }
}

static int
compare_profiles (gconstpointer a, gconstpointer b)
{
  const ProlongProfile *const *left = a;
  const ProlongProfile *const *right = b;

  return strcmp ((*left)->id, (*right)->id);
}

GPtrArray *
prolong_profiles_read (void)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) prolong_profile_unref);
  g_autoptr (GPtrArray) directories = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (directories, g_build_filename (g_get_user_data_dir (), "prolong", "vendors", NULL));
  for (const char *const *dir = g_get_system_data_dirs (); *dir != NULL; dir++)
    g_ptr_array_add (directories, g_build_filename (*dir, "prolong", "vendors", NULL));
  g_ptr_array_add (directories, g_build_filename (PROLONG_SYSCONF_DIR, "prolong", "vendors.d", NULL));

  for (guint i = 0; i < directories->len; i++)
    read_directory (profiles, directories->pdata[i]);
  g_ptr_array_sort (profiles, compare_profiles);
  return profiles;
}
