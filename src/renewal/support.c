/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/support.h"

#include <stdio.h>
#include <string.h>

#include "renewal/messages-private.h"
#include "renewal/messages.h"

#define MAX_LANGUAGE 16
#define MAX_REFERENCE 64
#define MAX_ORDER_NUMBER 64

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongSupportRequest, member)
static const ProlongField support_request_fields[] = {
  { "topic", PROLONG_FIELD_TOKEN, AT (topic), .min = 1, .max = PROLONG_SUPPORT_MAX_TOPIC },
  { "language", PROLONG_FIELD_TOKEN, AT (language), .min = 1, .max = MAX_LANGUAGE },
  { "name", PROLONG_FIELD_TEXT, AT (name), .min = 1, .max = PROLONG_RENEWAL_MAX_NAME },
  { "email", PROLONG_FIELD_TEXT, AT (email), .max = PROLONG_RENEWAL_MAX_NAME },
  { "message", PROLONG_FIELD_LINES, AT (message), .min = 1, .max = PROLONG_SUPPORT_MAX_MESSAGE },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .min = 1, .max = PROLONG_RENEWAL_MAX_PRODUCT,
    .optional = TRUE },
  { "order_number", PROLONG_FIELD_TEXT, AT (order_number), .min = 1, .max = MAX_ORDER_NUMBER,
    .optional = TRUE },
  { "purchase_date", PROLONG_FIELD_TOKEN, AT (purchase_date), .min = 10, .max = 10, .optional = TRUE },
  { "license_number", PROLONG_FIELD_TEXT, AT (license_number), .min = 1, .max = PROLONG_SHOP_MAX_NUMBER,
    .optional = TRUE },
  { "diagnosis", PROLONG_FIELD_LINES, AT (diagnosis), .min = 1, .max = PROLONG_SUPPORT_MAX_DIAGNOSIS,
    .optional = TRUE },
  { NULL },
};
#undef AT

static const ProlongField support_answer_fields[] = {
  { "reference", PROLONG_FIELD_TOKEN, .offset = 0, .min = 1, .max = MAX_REFERENCE },
  { NULL },
};

DEFINE_MESSAGE (ProlongSupportAnswer, support_answer)

static gboolean
fail (const char *member, GError **error)
{
  g_set_error (error, PROLONG_JSON_ERROR, PROLONG_JSON_ERROR_RANGE, "Member “%s” is not what it must be",
               member);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

/* A day of the calendar as YYYY-MM-DD. */
static gboolean
is_day (const char *text)
{
  unsigned year, month, day;
  int length = 0;

  return strspn (text, "0123456789-") == strlen (text)
         && sscanf (text, "%4u-%2u-%2u%n", &year, &month, &day, &length) == 3 && length == 10
         && g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

gboolean
prolong_support_request_decode (const char *text,
                                gsize length,
                                ProlongSupportRequest *request,
                                GError **error)
{
  memset (request, 0, sizeof *request);
  if (!prolong_message_decode (support_request_fields, text, length, request, error))
    return FALSE;
  if (is_blank (request->name))
    return fail ("name", error);
  if (is_blank (request->message))
    return fail ("message", error);
  return request->purchase_date == NULL || is_day (request->purchase_date) || fail ("purchase_date", error);
}

char *
prolong_support_request_encode (const ProlongSupportRequest *request)
{
  return prolong_message_encode (support_request_fields, request);
}

void
prolong_support_request_clear (ProlongSupportRequest *request)
{
  prolong_fields_clear (support_request_fields, request);
}
