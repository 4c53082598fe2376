/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"
#include "service/directory.h"
#include "service/store/store.h"

#include <glib/gi18n-lib.h>

static gboolean
create (const char *path, const ProlongDirectoryPlan *plan, GError **error)
{
  g_autoptr (ProlongDirectory) directory = NULL;
  g_autoptr (ProlongStore) store = NULL;

  if (!prolong_directory_create (path, plan, error))
    return FALSE;
  directory = prolong_directory_load (path, error);
  store = directory ? prolong_store_open (directory->store, PROLONG_STORE_WRITE, error) : NULL;
  return store != NULL;
}

int
prolong_command_init (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *vendor = NULL;
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  g_auto (GStrv) products = NULL;
  g_autoptr (GError) error = NULL;
  ProlongDirectoryPlan plan;
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &path, N_ ("Directory of the service"), N_ ("DIR") },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &vendor, N_ ("Id of the vendor: small letters, digits and dashes"),
      N_ ("ID") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Name of the vendor, for people"), N_ ("NAME") },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_ ("Where customers reach the service: https://…/v1"),
      N_ ("URL") },
    { "product", 0, 0, G_OPTION_ARG_STRING_ARRAY, &products,
      N_ ("A product and its name; may be given several times"), N_ ("ID=NAME") },
    { NULL },
  };

  if (!prolong_command_parse ("prolong-service init",
                              _ ("Makes database, keys and the vendor profile DIR/ID.conf to hand out."),
                              entries, argc, argv))
    return PROLONG_EXIT_USAGE;
  if (!path || !vendor || !name || !url)
    return prolong_command_usage ("%s", _ ("--directory, --vendor, --name and --url are needed"));
  plan = (ProlongDirectoryPlan){ vendor, name, url, (const char *const *)products };
  if (!create (path, &plan, &error))
    return prolong_command_fail (error);
  /* Translators: the first %s is a folder, the second the name of a file in it */
  g_print (_ ("The service is in %s. Hand out %s.conf, and back up the folder “keys”.\n"), path, vendor);
  return PROLONG_EXIT_DONE;
}

int
prolong_command_keys (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *kid = NULL;
  g_autoptr (ProlongDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &path, N_ ("Directory of the service"), N_ ("DIR") },
    { NULL },
  };

  if (argc < 2 || (!g_str_equal (argv[1], "rotate") && !g_str_has_prefix (argv[1], "-")))
    return prolong_command_usage ("%s", _ ("“keys rotate --directory DIR” is the only use of keys"));
  if (g_str_equal (argv[1], "rotate"))
    argc--, argv++;
  if (!prolong_command_parse ("prolong-service keys rotate",
                              _ ("Makes a new signing key, which signs from the next start on."), entries,
                              argc, argv))
    return PROLONG_EXIT_USAGE;
  if (!path)
    return prolong_command_usage ("%s", _ ("--directory DIR is needed"));
  directory = prolong_directory_load (path, &error);
  kid = directory ? prolong_directory_rotate (directory, &error) : NULL;
  if (!kid)
    return prolong_command_fail (error);
  /* Translators: the first %s is the id of a key, the second the name of a file */
  g_print (_ ("The next start signs with %s. Hand out %s.conf before: it has both keys.\n"), kid,
           directory->profile->id);
  return PROLONG_EXIT_DONE;
}
