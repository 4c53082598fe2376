/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/reading.h"

#include <string.h>

#define STATE(name) (1u << PROLONG_ORDER_##name)

/* In which states of its order an e-mail is sent. */
static const struct
{
  ProlongMailKind kind;
  guint states;
} wanted[] = {
  { PROLONG_MAIL_ORDER, STATE (OPEN) | STATE (AWAITING_PAYMENT) | STATE (PAID) | STATE (DELIVERED) },
  { PROLONG_MAIL_INVOICE, STATE (AWAITING_PAYMENT) | STATE (PAID) | STATE (DELIVERED) },
  { PROLONG_MAIL_PAYMENT, STATE (PAID) },
  { PROLONG_MAIL_LICENSE, STATE (DELIVERED) },
};

gboolean
prolong_mail_is_wanted (ProlongMailKind kind, ProlongOrderState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (wanted[i].kind == kind)
      return (wanted[i].states & (1u << state)) != 0;
  return FALSE;
}

static gboolean
has_download (const ProlongLetter *letter, const char *product)
{
  for (guint i = 0; i < letter->downloads->len; i++)
    if (g_str_equal (((ProlongLetterDownload *)letter->downloads->pdata[i])->product, product))
      return TRUE;
  return FALSE;
}

/* A product that is no longer sold has no link, and its license is as good as before. */
static void
add_downloads (ProlongLetter *letter, const ProlongCatalog *catalog)
{
  for (guint i = 0; i < letter->order.items->len; i++)
    {
      const ProlongOrderItem *item = g_ptr_array_index (letter->order.items, i);
      const ProlongCatalogProduct *product = prolong_catalog_find_product (catalog, item->product);

      if (product && !has_download (letter, item->product))
        prolong_letter_add_download (letter, item->product, item->name, product->newest_version,
                                     product->download_url);
    }
}

/* One that has ended is renewed as a new one is activated. */
static gboolean
read_renewed (ProlongLetter *letter, ProlongStore *store, gint64 code, gint64 now, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (ProlongStoreCode) license = code ? prolong_store_get_code (store, code, &failure) : NULL;

  if (license && license->first_activated && !license->blocked
      && prolong_license_get_grace_end (license) > now)
    letter->number = g_strdup (license->number);
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

ProlongLetter *
prolong_letter_read (const ProlongOffice *office,
                     ProlongStore *store,
                     const ProlongStoreOrder *order,
                     gint64 now,
                     GError **error)
{
  g_autoptr (ProlongLetter) letter = prolong_letter_new (order->email);
  g_autofree char *token = NULL;

  if (!office->catalog)
    {
      g_set_error_literal (error, PROLONG_LETTER_ERROR, PROLONG_LETTER_ERROR_KIND,
                           "Nothing is sold any more");
      return NULL;
    }
  token = prolong_orders_dup_token (office, order, error);
  if (!token || !prolong_orders_describe (office, store, order, token, now, &letter->order, error)
      || !read_renewed (letter, store, order->renews, now, error))
    return NULL;
  prolong_wipe (token, strlen (token));
  letter->week_before = order->renews && office->catalog->delivery == PROLONG_DELIVERY_WEEK_BEFORE;
  letter->has_vat = prolong_catalog_find_vat (office->catalog, order->country, &letter->vat_rate);
  letter->vat = letter->has_vat ? prolong_catalog_take_vat (order->total, letter->vat_rate) : 0;
  add_downloads (letter, office->catalog);
  return g_steal_pointer (&letter);
}
