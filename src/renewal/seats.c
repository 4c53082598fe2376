/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal/messages.h"
#include "renewal/messages-private.h"

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongSeat, member)
const ProlongField prolong_seat_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), .min = 1, .max = PROLONG_RENEWAL_MAX_ID },
  { "device_name", PROLONG_FIELD_TEXT, AT (device_name), .max = PROLONG_RENEWAL_MAX_NAME },
  { "last_seen", PROLONG_FIELD_INT64, AT (last_seen), .max = PROLONG_TIME_MAX },
  { "this_device", PROLONG_FIELD_BOOLEAN, AT (this_device), .optional = TRUE },
  { NULL },
};
#undef AT

typedef struct
{
  GPtrArray *seats;
  guint used;
  guint limit;
} Seats;

#define AT(member) .offset = G_STRUCT_OFFSET (Seats, member)
static const ProlongField seats_fields[] = {
  { "seats", PROLONG_FIELD_LIST, AT (seats), .max = PROLONG_MAX_SEATS, .fields = prolong_seat_fields,
    .size = sizeof (ProlongSeat) },
  { "used", PROLONG_FIELD_UINT, AT (used), .max = 1000000 },
  { "limit", PROLONG_FIELD_UINT, AT (limit), .min = 1, .max = 1000000 },
  { NULL },
};
#undef AT

void
prolong_seat_free (ProlongSeat *seat)
{
  if (seat != NULL)
    prolong_fields_clear (prolong_seat_fields, seat);
  g_free (seat);
}

GPtrArray *
prolong_seats_decode (const char *text, gsize length, GError **error)
{
  Seats message = { 0 };

  if (!prolong_message_decode (seats_fields, text, length, &message, error))
    return NULL;
  g_ptr_array_set_free_func (message.seats, (GDestroyNotify)prolong_seat_free);
  return message.seats;
}

char *
prolong_seats_encode (GPtrArray *seats, guint used, guint limit)
{
  const Seats message = { seats, used, limit };

  return prolong_message_encode (seats_fields, &message);
}
