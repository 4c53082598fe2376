/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"
#include "service/demo.h"
#include "service/server.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define DEMO_ADDRESS "127.0.0.1"
#define PORT_OF_PROFILE (-1)

typedef struct
{
  gboolean demo;
  int port;
  char *directory;
  char *listen;
  char *profile;
  char *vendor;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->directory);
  g_free (options->listen);
  g_free (options->profile);
  g_free (options->vendor);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (int argc, char **argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
      N_ ("Serve a demo vendor on this machine and print its codes"), NULL },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &options->vendor, N_ ("Which demo vendor: demo or orchard"),
      N_ ("ID") },
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options->listen,
      N_ ("Where to listen, instead of service.conf"), N_ ("ADDRESS:PORT") },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, N_ ("Port of the demo; 0 for a free one"), N_ ("N") },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &options->profile,
      N_ ("Write the vendor profile of the demo to FILE"), N_ ("FILE") },
    { NULL },
  };

  return prolong_command_parse ("prolong-service serve", _ ("Answers requests until SIGTERM or SIGINT."),
                                entries, argc, argv);
}

static gboolean
write_profile (const char *vendor, const char *url, const char *path, GError **error)
{
  g_autofree char *text = prolong_demo_profile (vendor, url, error);

  return text && g_file_set_contents (path, text, -1, error);
}

static int
serve (ProlongDirectory *directory, const char *address, const char *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) owned = directory;
  g_autoptr (ProlongServer) server = prolong_server_new (directory, &error);
  g_autofree char *vendor = g_strdup (directory->profile->id);
  g_autofree char *folder = g_strdup (directory->mail.folder);
  const char *url = server ? prolong_server_listen (server, g_steal_pointer (&owned), address, &error) : NULL;
  guint changes = 0, commits = 0;

  if (!url || (profile && !write_profile (vendor, url, profile, &error)))
    return prolong_command_fail (error);
  if (folder)
    /* Translators: %s is the path of a folder */
    g_print (_ ("E-mails are put into %s as files.\n"), folder);
  /* Programs wait for this line, so it is the same in every language. */
  g_print ("Ready on %s\n", url);
  fflush (stdout);
  prolong_server_run (server);
  prolong_server_count (server, &changes, &commits);
  g_print ("Stopped after %u changes in %u commits\n", changes, commits);
  return PROLONG_EXIT_DONE;
}

static gboolean
fill_demo (const ProlongDirectory *directory, GError **error)
{
  const ProlongOffice office = { directory->profile, directory->keys, &directory->policy };
  g_autoptr (ProlongStore) store = prolong_store_open (directory->store, PROLONG_STORE_WRITE, error);

  return store && prolong_demo_fill (&office, store, g_get_real_time () / G_USEC_PER_SEC, error);
}

static int
serve_demo_in (const char *path, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = prolong_directory_new_demo (path, options->vendor, &error);
  g_autofree char *address = NULL;

  if (!directory || !fill_demo (directory, &error))
    return prolong_command_fail (error);
  address = g_strdup_printf (DEMO_ADDRESS ":%d", options->port == PORT_OF_PROFILE
                                                     ? (int)prolong_demo_port (directory->profile->id)
                                                     : options->port);
  return serve (g_steal_pointer (&directory), options->listen ? options->listen : address, options->profile);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static int
serve_demo (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  int status;

  if (options->directory)
    {
      g_mkdir_with_parents (options->directory, 0700);
      return serve_demo_in (options->directory, options);
    }
  folder = g_dir_make_tmp ("prolong-demo-XXXXXX", &error);
  if (!folder)
    return prolong_command_fail (error);
  status = serve_demo_in (folder, options);
  remove_folder (folder);
  return status;
}

int
prolong_command_serve (int argc, char **argv)
{
  g_auto (Options) options = { .port = PORT_OF_PROFILE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongDirectory) directory = NULL;
  g_autofree char *address = NULL;

  if (!parse (argc, argv, &options))
    return PROLONG_EXIT_USAGE;
  if (options.port < PORT_OF_PROFILE || options.port > G_MAXUINT16)
    /* Translators: %d is a number that was given as a network port */
    return prolong_command_usage (_ ("%d is no port"), options.port);
  if (options.vendor && (!options.demo || prolong_demo_port (options.vendor) == 0))
    return prolong_command_usage ("%s", _ ("--vendor chooses a demo vendor, demo or orchard"));
  if (options.demo)
    return serve_demo (&options);
  if (!options.directory)
    return prolong_command_usage ("%s", _ ("--directory DIR or --demo is needed"));
  directory = prolong_directory_load (options.directory, &error);
  if (!directory)
    return prolong_command_fail (error);
  address = g_strdup (options.listen ? options.listen : directory->listen);
  return serve (g_steal_pointer (&directory), address, NULL);
}
