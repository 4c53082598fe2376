/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pages.h"

#include "service/exchange.h"

#include <gio/gio.h>
#include <string.h>

#define SHOP "/shop"
#define RESOURCES "/io/github/prolong/service/shop"
#define FIRST_PAGE "index.html"
#define METHODS "GET, HEAD"

/* The tag makes it cheap to ask each time, and no browser mixes the files of two versions. */
#define CACHING "no-cache"

static const struct
{
  const char *ending;
  const char *type;
} media_types[] = {
  { ".html", "text/html; charset=utf-8" },     { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" }, { ".json", "application/json" },
  { ".svg", "image/svg+xml; charset=utf-8" },
};

static const struct
{
  const char *name;
  const char *value;
} protections[] = {
  { "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'" },
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "no-referrer" },
  { "Cross-Origin-Opener-Policy", "same-origin" },
  { "Cross-Origin-Resource-Policy", "same-origin" },
};

static const char *
get_media_type (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (media_types); i++)
    if (g_str_has_suffix (path, media_types[i].ending))
      return media_types[i].type;
  return NULL;
}

static void
fail (SoupServerMessage *message, guint status, const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (PROLONG_HTTP_ERROR, (int)status, detail);

  prolong_message_set_error (message, error);
}

/* Returns: whether @list, of an If-None-Match field, names @tag; a proxy that compresses makes it a weak one.
 */
static gboolean
names_tag (const char *list, const char *tag)
{
  return list && (g_str_equal (list, "*") || strstr (list, tag) != NULL);
}

static void
send_page (SoupServerMessage *message, GBytes *page, const char *type)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *told = soup_server_message_get_response_headers (message);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, page);
  g_autofree char *tag = g_strdup_printf ("\"%.32s\"", sum);
  const char *held = soup_message_headers_get_list (asked, "If-None-Match");

  soup_message_headers_replace (told, "ETag", tag);
  soup_message_headers_replace (told, "Cache-Control", CACHING);
  if (names_tag (held, tag))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (told, "Content-Type", type);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), page);
}

static void
find_page (SoupServerMessage *message, const char *name)
{
  const char *type = get_media_type (name);
  g_autofree char *path = g_strconcat (RESOURCES "/", name, NULL);
  g_autoptr (GBytes) page = type ? g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL) : NULL;

  if (page)
    send_page (message, page, type);
  else
    fail (message, SOUP_STATUS_NOT_FOUND, "There is no such page");
}

static gboolean
check_method (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (method, "GET") || g_str_equal (method, "HEAD"))
    return TRUE;
  fail (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "Pages can be read only");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", METHODS);
  return FALSE;
}

static void
protect (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (guint i = 0; i < G_N_ELEMENTS (protections); i++)
    soup_message_headers_replace (headers, protections[i].name, protections[i].value);
}

/* Relative, since only the proxy in front knows by which name and scheme the shop is reached. */
static void
redirect (SoupServerMessage *message)
{
  soup_server_message_set_status (message, SOUP_STATUS_MOVED_PERMANENTLY, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", "shop/");
}

static void
on_shop (SoupServer *soup,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  const char *name = path + strlen (SHOP);

  protect (message);
  if (!check_method (message))
    return;
  if (*name == '\0')
    redirect (message);
  else
    find_page (message, name[1] ? name + 1 : FIRST_PAGE);
}

void
prolong_pages_add (SoupServer *soup)
{
  soup_server_add_handler (soup, SHOP, on_shop, NULL, NULL);
}
