/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/email.h"

#include <string.h>

#define MAX_NAME 64
#define MAX_LABEL 63

/* The atext of RFC 5322 section 3.2.3 beside letters and digits. */
#define NAME_MARKS "!#$%&'*+-/=?^_`{|}~"
#define LABEL_MARKS "-"

/* Returns: the number of parts between dots; 0 when one is empty, too long or has another character. */
static guint
count_parts (const char *text, gsize length, const char *marks, gsize max)
{
  gsize part = 0;
  guint parts = 1;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '.' && part > 0)
        parts++, part = 0;
      else if ((g_ascii_isalnum (text[i]) || (text[i] != '\0' && strchr (marks, text[i]) != NULL))
               && part < max)
        part++;
      else
        return 0;
    }
  return part > 0 ? parts : 0;
}

/* A label neither begins nor ends with a dash, and an address that ends in a number is none of a domain. */
static gboolean
is_domain (const char *domain)
{
  const char *last = strrchr (domain, '.');

  return count_parts (domain, strlen (domain), LABEL_MARKS, MAX_LABEL) >= 2 && *domain != '-'
         && strstr (domain, ".-") == NULL && strstr (domain, "-.") == NULL && !g_str_has_suffix (domain, "-")
         && g_ascii_isalpha (last[1]);
}

gboolean
prolong_email_is_sound (const char *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL && at - address <= MAX_NAME && strlen (address) <= PROLONG_EMAIL_MAX_BYTES
         && *address != '-' && count_parts (address, (gsize)(at - address), NAME_MARKS, MAX_NAME) > 0
         && is_domain (at + 1);
}
