/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/settings.h"

#include "license/email.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (prolong_mail_settings_error, prolong_mail_settings_error)

#define GROUP "Mail"
#define SENDMAIL_DEFAULT "/usr/sbin/sendmail"

/* A relay at the other end of the world answers within that, and a person waits no longer than this for a
 * code. */
#define LIMIT_DEFAULT 60

static gboolean
refuse (const char *key, GError **error)
{
  g_set_error (
      error, PROLONG_MAIL_SETTINGS_ERROR, PROLONG_MAIL_SETTINGS_ERROR_VALUE,
      /* Translators: the first %s is the name of a group of settings, the second that of one in it */
      _ ("%s/%s is not what it must be"), GROUP, key);
  return FALSE;
}

/* Returns: (nullable): what is there; an empty value is none. */
static char *
read_text (GKeyFile *file, const char *key)
{
  g_autofree char *value = g_key_file_get_string (file, GROUP, key, NULL);

  return value && *value ? g_steal_pointer (&value) : NULL;
}

static char *
read_path (GKeyFile *file, const char *key, const char *directory)
{
  g_autofree char *value = read_text (file, key);

  return value ? g_canonicalize_filename (value, directory) : NULL;
}

gboolean
prolong_mail_settings_read (ProlongMailSettings *settings,
                            GKeyFile *file,
                            const char *directory,
                            GError **error)
{
  g_autofree char *folder = g_canonicalize_filename (directory, NULL);
  int limit = LIMIT_DEFAULT;

  settings->from = read_text (file, "From");
  settings->support = read_text (file, "Support");
  settings->sendmail = read_path (file, "Sendmail", folder);
  settings->folder = read_path (file, "Folder", folder);
  if (!settings->sendmail)
    settings->sendmail = g_strdup (SENDMAIL_DEFAULT);
  if (g_key_file_has_key (file, GROUP, "TimeLimit", NULL))
    limit = g_key_file_get_integer (file, GROUP, "TimeLimit", NULL);
  if (settings->from && !prolong_email_is_sound (settings->from))
    return refuse ("From", error);
  if (settings->support && !prolong_email_is_sound (settings->support))
    return refuse ("Support", error);
  if (limit < 1)
    return refuse ("TimeLimit", error);
  settings->limit = (guint)limit;
  return TRUE;
}

void
prolong_mail_settings_clear (ProlongMailSettings *settings)
{
  g_clear_pointer (&settings->from, g_free);
  g_clear_pointer (&settings->support, g_free);
  g_clear_pointer (&settings->sendmail, g_free);
  g_clear_pointer (&settings->folder, g_free);
}

char *
prolong_mail_settings_describe (void)
{
  return g_strdup_printf (
      "[" GROUP "]\n"
      "# From whom e-mails to customers come, such as shop@vendor.example; without it none are written.\n"
      "From=\n"
      "\n"
      "# Where requests for support go; without it they are only kept, for `prolong-service support`.\n"
      "Support=\n"
      "\n"
      "# The program that takes them, with the interface of sendmail, and after how many seconds it is\n"
      "# ended, to be tried again later.\n"
      "Sendmail=" SENDMAIL_DEFAULT "\n"
      "TimeLimit=%d\n",
      LIMIT_DEFAULT);
}
