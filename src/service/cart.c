/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "license/problem.h"
#include "service/catalog.h"

/* What the service makes of a cart. */
typedef struct
{
  GPtrArray *lines;  /* of what is still offered */
  GPtrArray *offers; /* of each of them */
  gint64 total;
  gboolean as_seen; /* everything is offered, at the price that the buyer saw */
} Cart;

static void
item_free (gpointer item)
{
  prolong_order_item_clear (item);
  g_free (item);
}

void
prolong_order_items_free (GPtrArray *items)
{
  g_ptr_array_set_free_func (items, item_free);
  g_ptr_array_unref (items);
}

#define WHOLE 10000 /* a hundred percent */

gint64
prolong_catalog_take_vat (gint64 total, guint rate)
{
  return (2 * total * rate + WHOLE + rate) / (2 * (WHOLE + rate));
}

/* A license is renewed by one piece: the discount counts for the first item, where it is one. */
static gboolean
is_discounted (const Cart *cart, const ProlongOrderItem *wanted)
{
  return cart->lines->len == 0 && wanted->quantity == 1;
}

/* Of at most 16 lines of 20 pieces at 10 to the ninth each, so that no sum overflows. */
static void
add_line (const ProlongCatalog *catalog,
          const ProlongOrderItem *wanted,
          const ProlongCatalogBuyer *buyer,
          Cart *cart)
{
  const ProlongCatalogOffer *known = prolong_catalog_find_offer (catalog, wanted->offer);
  ProlongShopOffer *offer = known ? prolong_catalog_price_offer (catalog, known, buyer) : NULL;
  ProlongOrderItem *line;
  gint64 price = offer ? (is_discounted (cart, wanted) ? offer->price : offer->full_price) : 0;

  cart->as_seen = cart->as_seen && offer && wanted->price == price;
  if (!offer)
    return;
  line = g_new0 (ProlongOrderItem, 1);
  line->offer = g_strdup (offer->id);
  line->product = g_strdup (offer->product);
  line->name = prolong_catalog_dup_product_name (catalog, offer->product, buyer->language);
  line->devices = offer->devices;
  line->years = offer->years;
  line->price = price;
  line->quantity = wanted->quantity;
  cart->total += line->price * line->quantity;
  g_ptr_array_add (cart->lines, line);
  g_ptr_array_add (cart->offers, offer);
}

static void
refuse (const Cart *cart, GError **error)
{
  GVariantBuilder offers;
  GVariantDict details;

  g_variant_builder_init (&offers, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < cart->offers->len; i++)
    g_variant_builder_add_value (&offers, prolong_shop_offer_describe (cart->offers->pdata[i]));
  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "total", "x", cart->total);
  g_variant_dict_insert_value (&details, "offers", g_variant_builder_end (&offers));
  g_propagate_error (error,
                     prolong_problem_error_new (PROLONG_PROBLEM_PRICE_CHANGED, g_variant_dict_end (&details),
                                                "%s", "The prices are not those that the buyer saw"));
}

GPtrArray *
prolong_catalog_check_cart (const ProlongCatalog *catalog,
                            const GPtrArray *items,
                            gint64 total,
                            const ProlongCatalogBuyer *buyer,
                            GError **error)
{
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_shop_offer_free);
  Cart cart = { g_ptr_array_new (), offers, 0, TRUE };

  for (guint i = 0; i < items->len; i++)
    add_line (catalog, items->pdata[i], buyer, &cart);
  if (cart.as_seen && cart.total == total)
    return cart.lines;
  refuse (&cart, error);
  prolong_order_items_free (cart.lines);
  return NULL;
}
