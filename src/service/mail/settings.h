/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How e-mails leave the service: the group `Mail` of service.conf. */
typedef struct
{
  char *from;     /* (nullable) address of the sender; %NULL: no e-mails are written */
  char *support;  /* (nullable) address that requests for support go to as well */
  char *sendmail; /* path of a program with the interface of sendmail */
  char *folder;   /* (nullable) for trials: e-mails are put there as files, and sendmail is not asked */
  guint limit;    /* seconds after which sendmail is ended */
} ProlongMailSettings;

typedef enum
{
  PROLONG_MAIL_SETTINGS_ERROR_VALUE, /* the file says what cannot be */
} ProlongMailSettingsError;

#define PROLONG_MAIL_SETTINGS_ERROR (prolong_mail_settings_error_quark ())
GQuark prolong_mail_settings_error_quark (void);

/**
 * prolong_mail_settings_read:
 * @settings: (out): zeroed by the caller
 * @file: service.conf
 * @directory: where it is, to which a path in it is relative
 */
gboolean prolong_mail_settings_read (ProlongMailSettings *settings,
                                     GKeyFile *file,
                                     const char *directory,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_mail_settings_clear (ProlongMailSettings *settings);

/** prolong_mail_settings_describe: (transfer full): the group `Mail` as it is when nothing is decided. */
char *prolong_mail_settings_describe (void);

G_END_DECLS
