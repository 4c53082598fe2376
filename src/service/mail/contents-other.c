/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/contents.h"

#include "service/mail/speech.h"

#include <glib/gi18n.h>

static void
add_until (ProlongSheet *sheet, const ProlongLetter *letter)
{
  g_autofree char *date = prolong_speak_date (letter->expires);
  g_autofree char *until = NULL;

  if (!letter->expires)
    return;
  /* Translators: the first %s is the name of a product, the second a date */
  until = g_strdup_printf (_ ("%s works until %s."), letter->product, date);
  prolong_sheet_add_paragraph (sheet, until);
}

ProlongSheet *
prolong_letter_write_renewed (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  ProlongSheet *sheet;

  /* Translators: %s is the name of a product */
  *subject = g_strdup_printf (_ ("Your subscription to %s is renewed"), letter->product);
  sheet = prolong_sheet_new (*subject);
  prolong_sheet_add_number (sheet, _ ("License number:"), letter->number);
  add_until (sheet, letter);
  if (letter->goes_on)
    prolong_sheet_add_paragraph (sheet, _ ("It renews by itself; there is nothing to do."));
  else
    prolong_sheet_add_paragraph (sheet, _ ("Its auto-renewal is off, and so it ends then."));
  return sheet;
}

ProlongSheet *
prolong_letter_write_payment_failed (const ProlongLetter *letter,
                                     const ProlongLetterHead *head,
                                     char **subject)
{
  ProlongSheet *sheet;

  /* Translators: %s is the name of a product */
  *subject = g_strdup_printf (_ ("The payment for your subscription to %s failed"), letter->product);
  sheet = prolong_sheet_new (*subject);
  prolong_sheet_add_paragraph (sheet, _ ("The next period could not be paid, and so it does not begin by "
                                         "itself. Please see to your way of paying, or write to us."));
  prolong_sheet_add_number (sheet, _ ("License number:"), letter->number);
  add_until (sheet, letter);
  prolong_sheet_add_paragraph (sheet, _ ("After that you can also enter an activation code in Prolong."));
  return sheet;
}

/* For the vendor's people, in the language in which the person wrote, and in which they will answer. */
ProlongSheet *
prolong_letter_write_support (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  const ProlongSupportRequest *request = &letter->support;
  const struct
  {
    const char *label;
    const char *value;
  } rows[] = {
    { C_ ("support request", "Topic"), request->topic },
    { C_ ("support request", "Name"), request->name },
    { C_ ("support request", "E-mail address"), request->email },
    { C_ ("support request", "Product"), request->product },
    { C_ ("support request", "Order number"), request->order_number },
    { C_ ("support request", "Date of purchase"), request->purchase_date },
    { C_ ("support request", "License number"), request->license_number },
  };
  ProlongSheet *sheet;

  /* Translators: the first %s is the reference of a support request, the second its topic */
  *subject = g_strdup_printf (_ ("Support request %s: %s"), letter->reference, request->topic);
  sheet = prolong_sheet_new (*subject);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].value)
      prolong_sheet_add_row (sheet, rows[i].label, rows[i].value);
  prolong_sheet_add_lines (sheet, C_ ("support request", "Message"), request->message);
  if (request->diagnosis)
    prolong_sheet_add_lines (sheet, C_ ("support request", "Diagnosis"), request->diagnosis);
  return sheet;
}

/* Says nothing that was in the request: whoever gets this may be somebody else, whose address was misused. */
ProlongSheet *
prolong_letter_write_received (const ProlongLetter *letter, const ProlongLetterHead *head, char **subject)
{
  ProlongSheet *sheet;

  /* Translators: %s is the reference of a support request */
  *subject = g_strdup_printf (_ ("We have received your support request %s"), letter->reference);
  sheet = prolong_sheet_new (*subject);
  prolong_sheet_add_paragraph (sheet, _ ("Thank you for writing to us. We will answer you by e-mail."));
  prolong_sheet_add_number (sheet, _ ("Reference:"), letter->reference);
  prolong_sheet_add_paragraph (sheet, _ ("Please name it when you write to us again."));
  prolong_sheet_add_paragraph (sheet, _ ("If you did not write to us, there is nothing to do."));
  return sheet;
}
