/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/help.h"

#include <glib/gi18n-lib.h>

#include "window/dialogs.h"
#include "window/launch.h"

/* A panel, or a window of its own by the name of its type. */
static const struct
{
  const char *place;
  const char *page;
} pages[] = {
  { "license", "index" },
  { "activate", "activate" },
  { "reserve", "reserve" },
  { "ProlongAutoRenewalWindow", "auto-renewal" },
  { "ProlongRenewWindow", "renew" },
  { "ProlongSupportWindow", "trouble" },
};

static const char *
find_page (const char *place)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].place, place) == 0)
      return pages[i].page;
  return NULL;
}

/* Others that open `help:` know no pages in Mallard, or go to a web site, where these are not. */
static gboolean
viewer_reads_mallard (void)
{
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_uri_scheme ("help");
  const char *id = viewer != NULL ? g_app_info_get_id (viewer) : NULL;

  return id != NULL && (g_str_equal (id, "yelp.desktop") || g_str_equal (id, "org.gnome.Yelp.desktop"));
}

static gboolean
has_pages (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, "help", "C", "prolong", "index.page", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
viewer_finds_pages (void)
{
  const char *const *directories = g_get_system_data_dirs ();

  for (gsize i = 0; directories[i] != NULL; i++)
    if (has_pages (directories[i]))
      return TRUE;
  return has_pages (g_get_user_data_dir ());
}

/* A file is named after its language; the original language is called C by gettext, and English in the name.
 */
static char *
find_html (const char *directory, const char *page)
{
  const char *const *languages = g_get_language_names ();

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      const char *language = g_str_equal (languages[i], "C") ? "en" : languages[i];
      g_autofree char *name = g_strdup_printf ("%s.%s.html", page, language);
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_filename_to_uri (path, NULL, NULL);
    }
  return NULL;
}

gboolean
prolong_help_show_for_window (GtkWindow *window)
{
  const char *name = G_OBJECT_TYPE_NAME (window);

  if (find_page (name) == NULL)
    return FALSE;
  prolong_help_show (window, name);
  return TRUE;
}

void
prolong_help_show (GtkWindow *window, const char *place)
{
  const char *own = g_getenv ("PROLONG_HELP_DIR");
  const char *known = find_page (place);
  const char *page = known != NULL ? known : "index";
  g_autofree char *uri = NULL;

  if (own == NULL && viewer_reads_mallard () && viewer_finds_pages ())
    uri = g_strconcat ("help:prolong/", page, NULL);
  else
    uri = find_html (own != NULL ? own : PROLONG_PKGDATA_DIR "/help", page);
  if (uri != NULL)
    prolong_launch (window, uri);
  else
    prolong_dialogs_show_problem (window, _ ("The help pages are missing"), _ ("Install Prolong again."));
}
