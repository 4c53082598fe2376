/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/purchase-record.h"

#include "license/fields.h"
#include "license/problem.h"
#include "renewal/messages.h"

#define MAX_REQUEST 16384
#define MAX_URL 2048
#define UUID .min = 36, .max = 36

static const char *const state_names[] = {
  [PROLONG_PURCHASE_SENDING] = "sending",
  [PROLONG_PURCHASE_REFUSED] = "refused",
  [PROLONG_PURCHASE_OPEN] = "open",
  [PROLONG_PURCHASE_AWAITING_PAYMENT] = "awaiting-payment",
  [PROLONG_PURCHASE_PAID] = "paid",
  [PROLONG_PURCHASE_DELIVERED] = "delivered",
  [PROLONG_PURCHASE_CANCELLED] = "cancelled",
  [PROLONG_PURCHASE_EXPIRED] = "expired",
  NULL,
};

/* What the service says, as a state of this device. */
static const ProlongPurchaseState states_of_orders[] = {
  [PROLONG_ORDER_OPEN] = PROLONG_PURCHASE_OPEN,
  [PROLONG_ORDER_AWAITING_PAYMENT] = PROLONG_PURCHASE_AWAITING_PAYMENT,
  [PROLONG_ORDER_PAID] = PROLONG_PURCHASE_PAID,
  [PROLONG_ORDER_DELIVERED] = PROLONG_PURCHASE_DELIVERED,
  [PROLONG_ORDER_CANCELLED] = PROLONG_PURCHASE_CANCELLED,
  [PROLONG_ORDER_EXPIRED] = PROLONG_PURCHASE_EXPIRED,
};
G_STATIC_ASSERT (G_N_ELEMENTS (states_of_orders) == PROLONG_N_ORDER_STATES);

static const char *const outcome_names[] = {
  [PROLONG_OUTCOME_PENDING] = "pending", [PROLONG_OUTCOME_RESERVE] = "reserve",
  [PROLONG_OUTCOME_ACTIVE] = "active",   [PROLONG_OUTCOME_PRESENT] = "present",
  [PROLONG_OUTCOME_REFUSED] = "refused", NULL,
};

const char *
prolong_purchase_state_get_name (ProlongPurchaseState state)
{
  return state_names[state];
}

const char *
prolong_outcome_get_name (ProlongOutcome outcome)
{
  return outcome_names[outcome];
}

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongPurchaseCode, member)
static const ProlongField code_fields[] = {
  { "operation", PROLONG_FIELD_TOKEN, AT (operation), UUID },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .max = PROLONG_RENEWAL_MAX_NAME, .optional = TRUE },
  { "outcome", PROLONG_FIELD_CHOICE, AT (outcome), .names = outcome_names },
  { "problem", PROLONG_FIELD_TOKEN, AT (problem), .min = 1, .max = 64, .optional = TRUE },
  { "theirs", PROLONG_FIELD_BOOLEAN, AT (theirs), .optional = TRUE },
  { NULL },
};
#undef AT

#define AT(member) .offset = G_STRUCT_OFFSET (ProlongPurchaseRecord, member)
#define NAME .min = 1, .max = PROLONG_RENEWAL_MAX_NAME
static const ProlongField record_fields[] = {
  { "id", PROLONG_FIELD_TOKEN, AT (id), UUID },
  { "vendor", PROLONG_FIELD_TOKEN, AT (vendor), NAME },
  { "product", PROLONG_FIELD_TOKEN, AT (product), .max = PROLONG_RENEWAL_MAX_NAME },
  { "license", PROLONG_FIELD_TEXT, AT (license), NAME, .optional = TRUE },
  { "key", PROLONG_FIELD_TOKEN, AT (key), UUID },
  { "request", PROLONG_FIELD_TEXT, AT (request), .min = 1, .max = MAX_REQUEST, .optional = TRUE },
  { "number", PROLONG_FIELD_TOKEN, AT (number), NAME, .optional = TRUE },
  { "token", PROLONG_FIELD_TOKEN, AT (token), NAME, .optional = TRUE },
  { "payment_url", PROLONG_FIELD_URL, AT (payment_url), .min = 1, .max = MAX_URL, .optional = TRUE },
  { "state", PROLONG_FIELD_CHOICE, AT (state), .names = state_names },
  { "name", PROLONG_FIELD_TEXT, AT (name), NAME, .optional = TRUE },
  { "devices", PROLONG_FIELD_UINT, AT (devices), .max = G_MAXUINT, .optional = TRUE },
  { "years", PROLONG_FIELD_UINT, AT (years), .max = G_MAXUINT, .optional = TRUE },
  { "total", PROLONG_FIELD_INT64, AT (total), .max = PROLONG_SHOP_MAX_TOTAL },
  { "currency", PROLONG_FIELD_TOKEN, AT (currency), NAME, .optional = TRUE },
  { "created_at", PROLONG_FIELD_INT64, AT (created_at), .max = PROLONG_TIME_MAX },
  { "pay_by", PROLONG_FIELD_INT64, AT (pay_by), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "delivers_at", PROLONG_FIELD_INT64, AT (delivers_at), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "asks", PROLONG_FIELD_UINT, AT (asks), .max = G_MAXUINT, .optional = TRUE },
  { "failures", PROLONG_FIELD_UINT, AT (failures), .max = G_MAXUINT, .optional = TRUE },
  { "ask_at", PROLONG_FIELD_INT64, AT (ask_at), .max = PROLONG_TIME_MAX, .optional = TRUE },
  { "problem", PROLONG_FIELD_TOKEN, AT (problem), .min = 1, .max = 64, .optional = TRUE },
  { "codes", PROLONG_FIELD_LIST, AT (codes), .max = PROLONG_PURCHASE_MAX_CODES, .fields = code_fields,
    .size = sizeof (ProlongPurchaseCode), .optional = TRUE },
  { NULL },
};
#undef AT

ProlongPurchaseRecord *
prolong_purchase_record_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (ProlongPurchaseRecord) record = g_new0 (ProlongPurchaseRecord, 1);
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);

  if (object == NULL || !prolong_fields_decode (record_fields, object, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

GBytes *
prolong_purchase_record_encode (const ProlongPurchaseRecord *record)
{
  g_autoptr (JsonObject) object = prolong_fields_encode (record_fields, record);
  char *text = prolong_json_to_string (object);

  return g_bytes_new_take (text, strlen (text));
}

void
prolong_purchase_record_free (ProlongPurchaseRecord *record)
{
  prolong_fields_clear (record_fields, record);
  g_free (record);
}

void
prolong_purchase_record_add_code (ProlongPurchaseRecord *record, const char *product)
{
  ProlongPurchaseCode *code = g_new0 (ProlongPurchaseCode, 1);

  code->operation = g_uuid_string_random ();
  code->product = g_strdup (product);
  if (record->codes == NULL)
    record->codes = g_ptr_array_new ();
  g_ptr_array_add (record->codes, code);
}

const char *
prolong_purchase_record_get_product (const ProlongPurchaseRecord *record, guint index)
{
  const ProlongPurchaseCode *code = record->codes->pdata[index];

  return code->product != NULL ? code->product : record->product;
}

static gboolean
has_outcome (const ProlongPurchaseRecord *record, ProlongOutcome outcome)
{
  for (guint i = 0; i < record->codes->len; i++)
    if (((const ProlongPurchaseCode *)record->codes->pdata[i])->outcome == outcome)
      return TRUE;
  return FALSE;
}

ProlongOutcome
prolong_purchase_record_get_outcome (const ProlongPurchaseRecord *record)
{
  if (record->codes == NULL || record->codes->len == 0 || has_outcome (record, PROLONG_OUTCOME_PENDING))
    return PROLONG_OUTCOME_PENDING;
  if (has_outcome (record, PROLONG_OUTCOME_REFUSED))
    return PROLONG_OUTCOME_REFUSED;
  return ((const ProlongPurchaseCode *)record->codes->pdata[0])->outcome;
}

gboolean
prolong_purchase_record_is_settled (const ProlongPurchaseRecord *record)
{
  switch (record->state)
    {
    case PROLONG_PURCHASE_REFUSED:
    case PROLONG_PURCHASE_CANCELLED:
    case PROLONG_PURCHASE_EXPIRED:
      return TRUE;
    case PROLONG_PURCHASE_DELIVERED:
      return prolong_purchase_record_get_outcome (record) != PROLONG_OUTCOME_PENDING;
    case PROLONG_PURCHASE_SENDING:
    case PROLONG_PURCHASE_OPEN:
    case PROLONG_PURCHASE_AWAITING_PAYMENT:
    case PROLONG_PURCHASE_PAID:
    default:
      return FALSE;
    }
}

static void
take_string (char **place, const char *text)
{
  if (text == NULL || g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
}

static void
take_items (ProlongPurchaseRecord *record, const ProlongOrder *order)
{
  const ProlongOrderItem *first = order->items->pdata[0];

  take_string (&record->product, first->product);
  take_string (&record->name, first->name);
  record->devices = first->devices;
  record->years = first->years;
}

void
prolong_purchase_record_take_order (ProlongPurchaseRecord *record, const ProlongOrder *order)
{
  take_string (&record->number, order->number);
  take_string (&record->token, order->token);
  take_string (&record->payment_url, order->payment_url);
  take_string (&record->currency, order->currency);
  take_items (record, order);
  record->state = states_of_orders[order->state];
  record->total = order->total;
  record->created_at = order->created;
  record->pay_by = order->pay_by;
  record->delivers_at = order->delivers_at;
  g_clear_pointer (&record->request, g_free);
  g_clear_pointer (&record->problem, g_free);
  /* Codes that find no place are asked for less and less often. */
  if (record->state != PROLONG_PURCHASE_DELIVERED)
    record->failures = 0;
  for (guint i = record->codes != NULL ? record->codes->len : 0;
       order->codes != NULL && i < order->codes->len; i++)
    prolong_purchase_record_add_code (record, ((const ProlongOrderCode *)order->codes->pdata[i])->product);
}
