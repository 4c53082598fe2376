/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/mail/letter.h"
#include "service/mail/sheet.h"

G_BEGIN_DECLS

/**
 * prolong_letter_write:
 * @subject: (out): of the e-mail, one line
 *
 * Returns: (transfer full): what the e-mail of the kind in @head says, in the language of the process.
 */
ProlongSheet *
prolong_letter_write (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject);

/* The e-mails that are about no order: contents-other.c. */
ProlongSheet *
prolong_letter_write_renewed (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject);
ProlongSheet *prolong_letter_write_payment_failed (const ProlongLetter *letter,
                                                   const ProlongLetterHead *head,
                                                   char **subject);
ProlongSheet *
prolong_letter_write_support (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject);
ProlongSheet *
prolong_letter_write_received (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject);

G_END_DECLS
