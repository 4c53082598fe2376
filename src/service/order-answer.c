/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/orders.h"
#include "service/payment.h"

#include <string.h>

#define TOKEN_BYTES 32

/* A letter first, so that it is told from a license number, and no I, L, O or U, which are misread. */
#define NUMBER_FORM "P999-9999-9999"
#define NUMBER_SYMBOLS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

char *
prolong_orders_make_number (const char *form)
{
  char *number = g_strdup (form);

  for (char *symbol = number; *symbol; symbol++)
    {
      guint8 random;

      if (*symbol != '9')
        continue;
      prolong_random (&random, sizeof random);
      *symbol = NUMBER_SYMBOLS[random % strlen (NUMBER_SYMBOLS)];
    }
  return number;
}

gboolean
prolong_checkout_decode (const char *text, gsize length, ProlongCheckout *checkout, GError **error)
{
  guint8 random[TOKEN_BYTES];

  if (!prolong_order_request_decode (text, length, &checkout->request, error))
    return FALSE;
  checkout->number = prolong_orders_make_number (NUMBER_FORM);
  prolong_random (random, sizeof random);
  checkout->token = prolong_base64url_encode (random, sizeof random);
  prolong_wipe (random, sizeof random);
  prolong_sha256 (checkout->token, strlen (checkout->token), checkout->token_hash);
  return TRUE;
}

void
prolong_checkout_clear (ProlongCheckout *checkout)
{
  prolong_order_request_clear (&checkout->request);
  g_clear_pointer (&checkout->number, g_free);
  if (checkout->token)
    prolong_wipe (checkout->token, strlen (checkout->token));
  g_clear_pointer (&checkout->token, g_free);
}

ProlongOrderState
prolong_orders_get_state (const ProlongStoreOrder *order, gint64 now)
{
  return prolong_order_is_unpaid (order->state) && order->due <= now ? PROLONG_ORDER_EXPIRED : order->state;
}

static gboolean
add_items (ProlongStore *store, const ProlongStoreOrder *order, ProlongOrder *answer, GError **error)
{
  g_autoptr (GPtrArray) lines = prolong_store_list_order_items (store, order->id, error);

  answer->items = g_ptr_array_new ();
  for (guint i = 0; lines && i < lines->len; i++)
    {
      ProlongStoreOrderItem *line = g_ptr_array_index (lines, i);
      ProlongOrderItem *item = g_memdup2 (&line->item, sizeof line->item);

      line->item.offer = line->item.product = line->item.name = NULL;
      g_ptr_array_add (answer->items, item);
    }
  return lines != NULL;
}

static gboolean
add_code (const ProlongOffice *office,
          const ProlongStoreOrderCode *held,
          ProlongOrder *answer,
          GError **error)
{
  g_autoptr (GBytes) text = prolong_keys_unseal (office->keys, "code", held->sealed, error);
  ProlongOrderCode *code;

  if (!text)
    return FALSE;
  code = g_new0 (ProlongOrderCode, 1);
  code->product = g_strdup (held->product);
  code->code = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  code->license_number = g_strdup (held->number);
  g_ptr_array_add (answer->codes, code);
  return TRUE;
}

static gboolean
add_codes (const ProlongOffice *office,
           ProlongStore *store,
           const ProlongStoreOrder *order,
           ProlongOrder *answer,
           GError **error)
{
  g_autoptr (GPtrArray) codes = prolong_store_list_order_codes (store, order->id, error);

  answer->codes = g_ptr_array_new ();
  for (guint i = 0; codes && i < codes->len; i++)
    if (!add_code (office, codes->pdata[i], answer, error))
      return FALSE;
  return codes != NULL;
}

static void
describe_payment (const ProlongOffice *office,
                  const ProlongStoreOrder *order,
                  const char *token,
                  ProlongOrder *answer)
{
  const ProlongPaymentProvider *provider = prolong_payment_find (
      prolong_catalog_find_provider (office->catalog, order->country, order->payment_method));

  answer->payment_method = g_strdup (order->payment_method);
  answer->payment = provider ? provider->kind : PROLONG_PAYMENT_INVOICE;
  answer->payment_url = g_strdup_printf ("%s/pay.html#%s.%s", office->shop_url, order->number, token);
  answer->has_bank = answer->payment == PROLONG_PAYMENT_INVOICE && office->catalog->bank_account;
  answer->bank_holder = g_strdup (office->catalog->bank_holder);
  answer->bank_account = g_strdup (office->catalog->bank_account);
}

gboolean
prolong_orders_describe (const ProlongOffice *office,
                         ProlongStore *store,
                         const ProlongStoreOrder *order,
                         const char *token,
                         gint64 now,
                         ProlongOrder *answer,
                         GError **error)
{
  answer->number = g_strdup (order->number);
  answer->state = prolong_orders_get_state (order, now);
  answer->total = order->total;
  answer->currency = g_strdup (order->currency);
  answer->created = order->created;
  answer->pay_by = prolong_order_is_unpaid (answer->state) ? order->due : 0;
  answer->delivers_at = answer->state == PROLONG_ORDER_PAID ? order->due : 0;
  describe_payment (office, order, token, answer);
  return add_items (store, order, answer, error)
         && (answer->state != PROLONG_ORDER_DELIVERED || add_codes (office, store, order, answer, error));
}
