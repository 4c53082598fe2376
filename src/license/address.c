/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/profile.h"

#include <arpa/inet.h>
#include <string.h>

static gboolean
is_loopback (const char *host)
{
  struct in_addr v4;
  struct in6_addr v6;

  if (inet_pton (AF_INET, host, &v4) == 1)
    return ntohl (v4.s_addr) >> 24 == 127;
  if (inet_pton (AF_INET6, host, &v6) == 1)
    return IN6_IS_ADDR_LOOPBACK (&v6);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

gboolean
prolong_url_is_safe (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  for (const char *at = url; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) || *at == '\\')
      return FALSE;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (g_uri_get_host (uri));
}

static gsize
skip_zeros (const char **at)
{
  while (**at == '0')
    (*at)++;
  return strspn (*at, "0123456789");
}

/* Numbers of any length: without leading zeros, the longer one is the larger. */
static int
compare_number (const char **a, const char **b)
{
  gsize length_a = skip_zeros (a);
  gsize length_b = skip_zeros (b);
  int order
      = length_a != length_b ? (length_a > length_b) - (length_a < length_b) : strncmp (*a, *b, length_a);

  *a += length_a;
  *b += length_b;
  return order;
}

static int
compare_part (const char *a, const char *b)
{
  while (*a != '\0' || *b != '\0')
    {
      int order = compare_number (&a, &b);

      if (order == 0)
        order = (guchar)*a - (guchar)*b;
      if (order != 0)
        return order;
      a += *a != '\0' ? 1 : 0;
      b += *b != '\0' ? 1 : 0;
    }
  return 0;
}

int
prolong_version_compare (const char *a, const char *b)
{
  g_auto (GStrv) parts_a = g_strsplit (a, ".", -1);
  g_auto (GStrv) parts_b = g_strsplit (b, ".", -1);
  guint n_a = g_strv_length (parts_a);
  guint n_b = g_strv_length (parts_b);

  /* A part that is not there counts as 0: 21.3 and 21.3.0 are the same version. */
  for (guint i = 0; i < MAX (n_a, n_b); i++)
    {
      int order = compare_part (i < n_a ? parts_a[i] : "0", i < n_b ? parts_b[i] : "0");

      if (order != 0)
        return order;
    }
  return 0;
}
