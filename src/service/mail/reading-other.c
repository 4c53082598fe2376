/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/reading.h"

#include "service/rules.h"
#include "service/subscription-states.h"

gboolean
prolong_mail_is_wanted_of (ProlongMailKind kind, const ProlongStoreCode *code)
{
  gboolean failed = code->state == PROLONG_SUBSCRIPTION_PAYMENT_FAILED;

  return code->email && failed == (kind == PROLONG_MAIL_PAYMENT_FAILED);
}

ProlongLetter *
prolong_letter_read_subscription (const ProlongOffice *office, const ProlongStoreCode *code)
{
  ProlongLetter *letter = prolong_letter_new (code->email);

  letter->number = g_strdup (code->number);
  letter->product = g_strdup (prolong_rules_get_product_name (office, code->product));
  letter->expires = code->first_activated ? code->first_activated + code->term : 0;
  letter->goes_on = prolong_subscription_goes_on (code);
  return letter;
}

ProlongLetter *
prolong_letter_read_support (const ProlongOffice *office,
                             const ProlongStoreSupport *kept,
                             ProlongMailKind kind,
                             GError **error)
{
  g_auto (ProlongSupportRequest) request = { 0 };
  gboolean to_vendor = kind == PROLONG_MAIL_SUPPORT;
  ProlongLetter *letter;

  if (!prolong_support_open (office, kept, &request, error))
    return NULL;
  letter = prolong_letter_new (to_vendor ? office->support_email : request.email);
  letter->reference = g_strdup (kept->reference);
  letter->reply_to = to_vendor ? g_strdup (request.email) : NULL;
  letter->support = request;
  request = (ProlongSupportRequest){ 0 };
  return letter;
}
