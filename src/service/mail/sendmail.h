/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/mail/settings.h"

G_BEGIN_DECLS

typedef enum
{
  PROLONG_SENDMAIL_TAKEN,   /* the mail system has it and answers for it from now on */
  PROLONG_SENDMAIL_LATER,   /* not taken now */
  PROLONG_SENDMAIL_REFUSED, /* and never will be */
} ProlongSendmailOutcome;

/**
 * prolong_sendmail_run:
 * @to: address, sound as prolong_email_is_sound() has it
 * @keep: a file that stays open in sendmail, whose lock so is held as long as sendmail runs; -1 for none
 * @reason: (out): static word for what went wrong, %NULL when it was taken
 *
 * Runs sendmail with @message on its standard input and waits for its end, while the default main context
 * runs. The message is whole before sendmail starts, so that no death of this process can cut it.
 */
ProlongSendmailOutcome prolong_sendmail_run (const ProlongMailSettings *settings,
                                             const char *to,
                                             GBytes *message,
                                             int keep,
                                             const char **reason) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
