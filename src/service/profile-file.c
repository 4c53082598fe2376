/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/profile-file.h"

#include <string.h>

#include "service/exchange.h"

#define PATH "/profile"
#define MEDIA_TYPE "application/x-prolong-vendor"
#define METHODS "GET, HEAD"

typedef struct
{
  char *name; /* of the file that a browser saves */
  GBytes *text;
} ProfileFile;

static void
profile_file_free (gpointer data)
{
  ProfileFile *file = data;

  g_free (file->name);
  g_bytes_unref (file->text);
  g_free (file);
}

static void
fail (SoupServerMessage *message, guint status, const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (PROLONG_HTTP_ERROR, (int)status, detail);

  prolong_message_set_error (message, error);
}

static void
on_profile (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  const ProfileFile *file = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *method = soup_server_message_get_method (message);
  const char *name = path + strlen (PATH);
  g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"%s\"", file->name);

  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  if (*name != '\0' && !g_str_equal (name + 1, file->name))
    {
      fail (message, SOUP_STATUS_NOT_FOUND, "There is no such profile");
      return;
    }
  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    {
      fail (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "The profile can be read only");
      soup_message_headers_replace (headers, "Allow", METHODS);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (headers, "Content-Type", MEDIA_TYPE);
  soup_message_headers_replace (headers, "Content-Disposition", disposition);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), file->text);
}

void
prolong_profile_file_add (SoupServer *soup, const char *id, const char *text)
{
  ProfileFile *file = g_new0 (ProfileFile, 1);

  file->name = g_strconcat (id, ".prolong-vendor", NULL);
  file->text = g_bytes_new (text, strlen (text));
  soup_server_add_handler (soup, PATH, on_profile, file, profile_file_free);
}
