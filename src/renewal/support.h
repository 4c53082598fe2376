/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal/declare.h"

G_BEGIN_DECLS

#define PROLONG_SUPPORT_MAX_TOPIC 64
#define PROLONG_SUPPORT_MAX_MESSAGE (8 * 1024)
#define PROLONG_SUPPORT_MAX_DIAGNOSIS (32 * 1024)

/** `POST /v1/support-requests`. Limits are in bytes; the encoded message must not exceed 64 KiB either. */
typedef struct
{
  char *topic;    /* an id of the vendor's profile */
  char *language; /* that of the person */
  char *name;
  char *email; /* any text: the service judges it */
  char *message;
  char *product;        /* (nullable) product id */
  char *order_number;   /* (nullable) as the person typed it */
  char *purchase_date;  /* (nullable) YYYY-MM-DD */
  char *license_number; /* (nullable) */
  char *diagnosis;      /* (nullable) */
} ProlongSupportRequest;

/** Its answer. */
typedef struct
{
  char *reference; /* for people, such as SR-2026-7K3MQ9XD */
} ProlongSupportAnswer;

PROLONG_DECLARE_MESSAGE (ProlongSupportRequest, support_request)
PROLONG_DECLARE_MESSAGE (ProlongSupportAnswer, support_answer)

/* Path below the service URL of the profile. */
#define PROLONG_RENEWAL_SUPPORT_REQUESTS "/support-requests"

G_END_DECLS
