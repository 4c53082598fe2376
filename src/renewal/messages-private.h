/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/fields.h"

G_BEGIN_DECLS

/* A product may be named by 32 bytes, the version of one by 64 (license/profile.h). */
#define PROLONG_RENEWAL_MAX_PRODUCT 64
#define PROLONG_RENEWAL_MAX_VERSION 64

gboolean prolong_message_decode (const ProlongField *fields,
                                 const char *text,
                                 gsize length,
                                 gpointer message,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *prolong_message_encode (const ProlongField *fields, gconstpointer message);

/* Of the fields NAME_fields: the public functions of the message. */
#define DEFINE_MESSAGE(Type, name)                                                                           \
  gboolean prolong_##name##_decode (const char *text, gsize length, Type *message, GError **error)           \
  {                                                                                                          \
    memset (message, 0, sizeof *message);                                                                    \
    return prolong_message_decode (name##_fields, text, length, message, error);                             \
  }                                                                                                          \
  char *prolong_##name##_encode (const Type *message)                                                        \
  {                                                                                                          \
    return prolong_message_encode (name##_fields, message);                                                  \
  }                                                                                                          \
  void prolong_##name##_clear (Type *message) { prolong_fields_clear (name##_fields, message); }

/* Of a ProlongSeat, in the answer about seats and in the problem `code-exhausted`. */
#define PROLONG_MAX_SEATS 256
extern const ProlongField prolong_seat_fields[];

/* Of a ProlongShopOffer, in the catalog and in the problem `price-changed`. */
extern const ProlongField prolong_shop_offer_fields[];

/* The facts that a problem carries, as members of its document. */
GVariant *prolong_problem_details_decode (JsonObject *object);
void prolong_problem_details_encode (GVariant *details, JsonObject *object);

G_END_DECLS
