/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/catalog.h"

#include "license/problem.h"
#include "service/payment.h"

#include <string.h>

#define CARTS 10000

#define PROFILE                                                                                              \
  "[Vendor]\nId=acme\nName=Acme\nService=https://acme.example/v1\n[Keys]\n"                                  \
  "acme-1=ThxaJDlmUoACzeLX6VvaZufXjHBA69jDyMvnUjb6su0\n[Codes]\nPattern=XXXXX-XXXXX-XXXXX-XXXXX\n"           \
  "Check=gf32\nNumber=9999-999999-99999999\n[Reminders]\nDays=7\n[Product safe]\nName=Safe\n"                \
  "[Product shield]\nName=Shield\n"

static const char catalog_text[]
    = "[Catalog]\nCurrency=EUR\nRenewalDiscount=33\nDelivery=week-before\nPayWithinDays=14\n"
      "[Bank]\nHolder=Acme\nAccount=NL00 ACME 1\n"
      "[Payment card]\nProvider=demo\n[Payment bank-transfer]\nProvider=invoice\n[Payment "
      "direct-debit]\nProvider=demo\n"
      "[Country NL]\nName=Netherlands\nName[nl]=Nederland\nPaymentMethods=card;direct-debit;bank-transfer\n"
      "[Country BE]\nName=Belgium\nPaymentMethods=card\n[Country "
      "GB]\nName=Britain\nCurrency=GBP\nPaymentMethods=card\n"
      "[Product "
      "safe]\nName=Safe\nName[ru]=Сейф\nVersion=4.0\nNewestVersion=5.0\nDownload=https://acme.example/safe\n"
      "[Product shield]\nName=Shield\nVersion=21.3\nDownload=https://acme.example/shield\n"
      "[Offer "
      "safe-1-1y]\nProduct=safe\nDevices=1\nYears=1\nPrice=1495\nPrice-GBP=1299\nRenewalPrice-GBP=900\n"
      "[Offer safe-3-1y]\nProduct=safe\nDevices=3\nYears=1\nPrice=1\nPrice-GBP=150\n"
      "[Offer safe-5-2y]\nProduct=safe\nDevices=5\nYears=2\nPrice=1000000000\n"
      "[Offer shield-1-1y]\nProduct=shield\nDevices=1\nYears=1\nPrice=2995\nRenewalPrice=2000\n"
      "[Offer shield-3-2y]\nProduct=shield\nDevices=3\nYears=2\nPrice=150\nRenewalPrice=0\n";

static ProlongCatalog *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (ProlongProfile) profile = prolong_profile_parse (PROFILE, strlen (PROFILE), NULL);

  g_assert_nonnull (profile);
  return prolong_catalog_parse (text, length, profile, prolong_payment_get_names (), error);
}

static ProlongCatalog *
new_catalog (void)
{
  g_autoptr (GError) error = NULL;
  ProlongCatalog *catalog = parse (catalog_text, strlen (catalog_text), &error);

  g_assert_no_error (error);
  return catalog;
}

/* The catalog with one text replaced, and the place that the error names. */
static const struct
{
  const char *old;
  const char *new;
  const char *place; /* NULL: it is right */
  const char *why;
} rows[] = {
  { "Holder=Acme", "Holder=Acme", NULL, "as it is" },
  { "NewestVersion=5.0\n", "", NULL, "no newer version" },
  { "RenewalDiscount=33", "RenewalDiscount=0", NULL, "nothing off" },
  { "PaymentMethods=card\n", "PaymentMethods=\n", NULL, "a country in which nothing can be paid" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=0\n", NULL, "a rate of nothing" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=100\n", NULL, "as much again" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=8.25\n", NULL, "a rate in hundredths" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=100.01\n", "[Country BE] VatPercent",
    "more than all" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=5,5\n", "[Country BE] VatPercent", "a comma" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=5.\n", "[Country BE] VatPercent",
    "a point without digits" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=.5\n", "[Country BE] VatPercent",
    "digits without a whole" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=5.125\n", "[Country BE] VatPercent",
    "thousandths" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=-5\n", "[Country BE] VatPercent",
    "less than nothing" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=21%\n", "[Country BE] VatPercent", "a sign" },
  { "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=\n", "[Country BE] VatPercent",
    "nothing at all" },
  { "Price=1495", "Price=1495\nComment=x", NULL, "a key that nobody knows" },
  { "[Catalog]", "[Katalog]", "[Catalog]", "no group for all of it" },
  { "Currency=EUR", "Currency=Euro", "[Catalog] Currency", "a currency in words" },
  { "Currency=EUR\n", "", "[Catalog] Currency", "no currency" },
  { "RenewalDiscount=33", "RenewalDiscount=101", "[Catalog] RenewalDiscount", "more off than it costs" },
  { "RenewalDiscount=33", "RenewalDiscount=3%", "[Catalog] RenewalDiscount", "a sign in a number" },
  { "Delivery=week-before", "Delivery=soon", "[Catalog] Delivery", "an unknown policy" },
  { "PayWithinDays=14", "PayWithinDays=0", "[Catalog] PayWithinDays", "an order that expires at once" },
  { "Account=NL00 ACME 1\n", "", "[Bank] Account", "a bank without an account" },
  { "[Bank]\nHolder=Acme\nAccount=NL00 ACME 1\n", "", "[Bank] Account", "an invoice that cannot be paid" },
  { "Provider=invoice", "Provider=barter", "[Payment bank-transfer] Provider", "an unknown provider" },
  { "[Payment card]", "[Payment ca rd]", "[Payment ca rd]", "a method with a space" },
  { "[Country BE]", "[Country Belgium]", "[Country Belgium]", "a country in words" },
  { "Name=Belgium\n", "", "[Country BE] Name", "a country without a name" },
  { "Name=Belgium", "Name=Bel\\ngium", "[Country BE] Name", "a country of two lines" },
  { "Name[nl]=Nederland", "Name[nl]=Neder\\tland", "[Country NL] Name[nl]", "a tab in one language" },
  { "PaymentMethods=card\n", "PaymentMethods=cash\n", "[Country BE] PaymentMethods",
    "a method without a group" },
  { "PaymentMethods=card\n", "", "[Country BE] PaymentMethods", "a country without methods" },
  { "[Product safe]\n", "[Product vault]\n", "[Product vault]", "a product that the profile does not know" },
  { "Version=4.0", "Version=", "[Product safe] Version", "no version" },
  { "NewestVersion=5.0", "NewestVersion=5 beta", "[Product safe] NewestVersion", "a version with a space" },
  { "https://acme.example/safe", "http://acme.example/safe", "[Product safe] Download",
    "a download without TLS" },
  { "https://acme.example/safe", "javascript:x", "[Product safe] Download", "an address that is a program" },
  { "Product=safe\nDevices=1", "Product=vault\nDevices=1", "[Offer safe-1-1y] Product",
    "an offer of nothing" },
  { "Product=safe\nDevices=1", "Devices=1", "[Offer safe-1-1y] Product", "an offer without a product" },
  { "[Offer safe-1-1y]", "[Offer Safe]", "[Offer Safe]", "an id with a capital" },
  { "Devices=3\nYears=1", "Devices=0\nYears=1", "[Offer safe-3-1y] Devices", "for no device" },
  { "Devices=5\nYears=2", "Devices=5\nYears=two", "[Offer safe-5-2y] Years", "years in words" },
  { "Price=1495", "Price=14.95", "[Offer safe-1-1y] Price", "a price with a dot" },
  { "Price=1495", "Price=-1495", "[Offer safe-1-1y] Price", "money back" },
  { "Price=1495", "Price=0", "[Offer safe-1-1y] Price", "for nothing" },
  { "Price=1000000000", "Price=1000000001", "[Offer safe-5-2y] Price", "dearer than sums can hold" },
  { "Currency=GBP", "Currency=gbp", "[Country GB] Currency", "a currency in small letters" },
  { "Price-GBP=1299", "Price-GBP=0", "[Offer safe-1-1y] Price-GBP", "for nothing in one country" },
  { "Price-GBP=1299", "Price-USD=1299", NULL, "a price in a currency of nowhere" },
  { "RenewalPrice-GBP=900", "RenewalPrice-GBP=1300", "[Offer safe-1-1y] RenewalPrice-GBP",
    "dearer to whoever stays" },
  { "RenewalPrice=2000", "RenewalPrice=3000", "[Offer shield-1-1y] RenewalPrice",
    "a renewal that costs more" },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (catalog_text);
      g_autoptr (GError) error = NULL;
      g_autoptr (ProlongCatalog) catalog = NULL;

      g_test_message ("%s", rows[i].why);
      g_assert_cmpuint (g_string_replace (text, rows[i].old, rows[i].new, 1), ==, 1);
      catalog = parse (text->str, text->len, &error);
      g_assert_true ((catalog != NULL) == (rows[i].place == NULL));
      if (rows[i].place == NULL)
        continue;
      g_assert_true (error->domain == PROLONG_CATALOG_ERROR);
      g_assert_true (g_str_has_prefix (error->message, rows[i].place));
    }
}

static void
test_no_catalog (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *why;
  } texts[] = {
    { "", 0, "nothing" },
    { "x", 1, "no key file" },
    { "[Catalog]\nCurrency=EUR\0\n", 25, "a zero" },
    { "[Catalog]\nCurrency=\xff\n", 21, "no UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i].why);
      g_assert_null (parse (texts[i].text, texts[i].length, &error));
      g_assert_true (error->domain == PROLONG_CATALOG_ERROR);
    }
}

/* A file that was cut off anywhere gives an error or a catalog, and nothing worse. */
static void
test_cut_off (void)
{
  for (gsize length = 0; length < strlen (catalog_text); length++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProlongCatalog) catalog = parse (catalog_text, length, &error);

      g_assert_true ((catalog == NULL) == (error != NULL));
    }
}

static void
test_too_much (void)
{
  g_autoptr (GString) text = g_string_new (catalog_text);
  g_autofree char *name = g_strnfill (250, 'x');
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text, "[Payment %.60s]\nProvider=demo\n", name);
  for (guint i = 0; i < 60; i++)
    {
      g_string_append_printf (text, "[Country %c%c]\nName=A\nName[eo]=%s\nPaymentMethods=", 'A' + i / 26,
                              'A' + i % 26, name);
      for (guint method = 0; method < PROLONG_SHOP_MAX_METHODS; method++)
        g_string_append_printf (text, "%.60s;", name);
      g_string_append_c (text, '\n');
    }
  g_assert_null (parse (text->str, text->len, &error));
  g_assert_error (error, PROLONG_CATALOG_ERROR, PROLONG_CATALOG_ERROR_VALUE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "64 KiB"));
}

static void
test_names (void)
{
  g_autoptr (ProlongCatalog) catalog = new_catalog ();
  static const struct
  {
    const char *language;
    const char *product;
    const char *country;
  } names[] = {
    { NULL, "Safe", "Netherlands" },      { "", "Safe", "Netherlands" },
    { "nl", "Safe", "Nederland" },        { "nl_BE", "Safe", "Nederland" },
    { "ru", "Сейф", "Netherlands" },      { "ru_RU.UTF-8", "Сейф", "Netherlands" },
    { "nl]\n[x", "Safe", "Netherlands" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const ProlongCatalogBuyer buyer = { "XX", names[i].language, FALSE };
      g_auto (ProlongCatalogAnswer) answer = { 0 };

      prolong_catalog_describe (catalog, &buyer, &answer);
      g_assert_cmpstr (answer.country, ==, "NL");
      g_assert_cmpstr (((ProlongShopProduct *)answer.products->pdata[0])->name, ==, names[i].product);
      g_assert_cmpstr (((ProlongShopCountry *)answer.countries->pdata[0])->name, ==, names[i].country);
    }
}

static gint64
get_price (const ProlongCatalog *catalog, const char *offer, const char *country, gboolean renewal)
{
  const ProlongCatalogBuyer buyer = { country, NULL, renewal };
  ProlongShopOffer *priced
      = prolong_catalog_price_offer (catalog, prolong_catalog_find_offer (catalog, offer), &buyer);
  gint64 price = priced != NULL ? priced->price : -1;

  if (priced != NULL)
    {
      g_free (priced->id);
      g_free (priced->product);
    }
  g_free (priced);
  return price;
}

static void
test_prices (void)
{
  g_autoptr (ProlongCatalog) catalog = new_catalog ();
  static const struct
  {
    const char *offer;
    const char *country;
    gint64 price; /* -1: it is not sold there */
    gint64 renewal;
    const char *why;
  } prices[] = {
    { "safe-1-1y", "NL", 1495, 1002, "a third off 14.95 is 10.0165" },
    { "safe-3-1y", "BE", 1, 1, "two thirds of a cent" },
    { "safe-5-2y", "XX", 1000000000, 670000000, "as much as there can be" },
    { "shield-1-1y", "NL", 2995, 2000, "its own price for a renewal" },
    { "shield-3-2y", NULL, 150, 0, "a renewal for nothing" },
    { "safe-1-1y", "GB", 1299, 900, "its own prices in another currency" },
    { "safe-3-1y", "GB", 150, 100, "a third off 1.50 is 1.005, and the half is the buyer's" },
    { "shield-1-1y", "GB", -1, -1, "without a price in that currency" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      g_test_message ("%s", prices[i].why);
      g_assert_cmpint (get_price (catalog, prices[i].offer, prices[i].country, FALSE), ==, prices[i].price);
      g_assert_cmpint (get_price (catalog, prices[i].offer, prices[i].country, TRUE), ==, prices[i].renewal);
    }
  g_assert_null (prolong_catalog_find_offer (catalog, "safe-9-9y"));
  g_assert_cmpstr (prolong_catalog_get_currency (catalog, "GB"), ==, "GBP");
  g_assert_cmpstr (prolong_catalog_get_currency (catalog, "BE"), ==, "EUR");
}

static void
test_methods (void)
{
  g_autoptr (ProlongCatalog) catalog = new_catalog ();

  g_assert_cmpstr (prolong_catalog_find_provider (catalog, "NL", "direct-debit"), ==, "demo");
  g_assert_cmpstr (prolong_catalog_find_provider (catalog, "NL", "bank-transfer"), ==, "invoice");
  g_assert_null (prolong_catalog_find_provider (catalog, "BE", "direct-debit"));
  g_assert_null (prolong_catalog_find_provider (catalog, "XX", "card"));
  g_assert_null (prolong_catalog_find_provider (catalog, "NL", "cash"));
}

/* Reckoned anew from the text of the catalog above, not by its code. */
static const struct
{
  const char *id;
  gint64 prices[2][2]; /* in euros, in pounds; for anybody, for a renewal */
} offers[] = { { "safe-1-1y", { { 1495, 1002 }, { 1299, 900 } } },
               { "safe-3-1y", { { 1, 1 }, { 150, 100 } } },
               { "safe-5-2y", { { 1000000000, 670000000 } } },
               { "shield-1-1y", { { 2995, 2000 } } },
               { "shield-3-2y", { { 150, 0 } } } };

#define OFFERS_IN_POUNDS 2

typedef struct
{
  ProlongOrderItem items[PROLONG_SHOP_MAX_ITEMS];
  GPtrArray *list;
  gint64 total;
  ProlongCatalogBuyer buyer;
} Cart;

/* The discount of a renewal counts for one piece, at the beginning of the cart. */
static gboolean
is_discounted (const Cart *cart, guint i)
{
  return cart->buyer.renewal && i == 0 && cart->items[i].quantity == 1;
}

static void
fill (Cart *cart, GRand *random)
{
  guint n = (guint)g_rand_int_range (random, 1, PROLONG_SHOP_MAX_ITEMS + 1);
  gboolean pounds = g_rand_boolean (random);

  cart->buyer = (ProlongCatalogBuyer){ pounds ? "GB" : "NL", "nl", g_rand_boolean (random) };
  cart->total = 0;
  cart->list = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    {
      guint which
          = (guint)g_rand_int_range (random, 0, pounds ? OFFERS_IN_POUNDS : (int)G_N_ELEMENTS (offers));

      cart->items[i].offer = (char *)offers[which].id;
      cart->items[i].quantity
          = g_rand_boolean (random) ? 1 : (guint)g_rand_int_range (random, 1, PROLONG_SHOP_MAX_QUANTITY + 1);
      cart->items[i].price = offers[which].prices[pounds ? 1 : 0][is_discounted (cart, i) ? 1 : 0];
      cart->total += cart->items[i].price * cart->items[i].quantity;
      g_ptr_array_add (cart->list, &cart->items[i]);
    }
}

static void
assert_lines (const Cart *cart, const GPtrArray *lines)
{
  gint64 sum = 0;

  g_assert_cmpuint (lines->len, ==, cart->list->len);
  for (guint i = 0; i < lines->len; i++)
    {
      const ProlongOrderItem *line = g_ptr_array_index (lines, i);

      g_assert_cmpstr (line->offer, ==, cart->items[i].offer);
      g_assert_cmpint (line->price, ==, cart->items[i].price);
      g_assert_cmpuint (line->quantity, ==, cart->items[i].quantity);
      g_assert_cmpuint (line->devices, >, 0);
      g_assert_true (g_str_has_prefix (line->offer, line->product));
      sum += line->price * line->quantity;
    }
  g_assert_cmpint (sum, ==, cart->total);
}

/* One number of the cart is forged: the total, a price, or both so that they agree with each other. */
static void
assert_forgery_refused (const ProlongCatalog *catalog, Cart *cart, GRand *random)
{
  guint which = (guint)g_rand_int_range (random, 0, (gint32)cart->list->len);
  int change = g_rand_boolean (random) ? 1 : -1;
  int how = g_rand_int_range (random, 0, 3);
  gint64 total = cart->total, found = 0;
  g_autoptr (GError) error = NULL;

  if (how != 0)
    cart->items[which].price += change;
  if (how != 1)
    total += how == 0 ? change : change * (gint64)cart->items[which].quantity;
  g_assert_null (prolong_catalog_check_cart (catalog, cart->list, total, &cart->buyer, &error));
  g_assert_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_PRICE_CHANGED);
  g_assert_true (g_variant_lookup (prolong_problem_error_get_details (error), "total", "x", &found));
  g_assert_cmpint (found, ==, cart->total);
}

static void
test_carts (void)
{
  g_autoptr (ProlongCatalog) catalog = new_catalog ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (guint i = 0; i < CARTS; i++)
    {
      g_autoptr (GError) error = NULL;
      Cart cart = { 0 };
      GPtrArray *lines;

      fill (&cart, random);
      lines = prolong_catalog_check_cart (catalog, cart.list, cart.total, &cart.buyer, &error);
      g_assert_no_error (error);
      assert_lines (&cart, lines);
      prolong_order_items_free (lines);
      assert_forgery_refused (catalog, &cart, random);
      g_ptr_array_unref (cart.list);
    }
}

static void
test_vat (void)
{
  static const struct
  {
    gint64 total;
    guint rate;
    gint64 vat;
    const char *why;
  } amounts[] = {
    { 12100, 2100, 2100, "an even price" },
    { 2995, 2100, 520, "519.79 is rounded up" },
    { 2996, 2100, 520, "519.97 too" },
    { 150, 550, 8, "7.82 is rounded up" },
    { 1, 2100, 0, "the least price" },
    { 3, 10000, 2, "1.5: halves up" },
    { 10025, 25, 25, "a quarter of a percent" },
    { 0, 2100, 0, "for nothing" },
    { 2995, 0, 0, "a rate of nothing" },
    { PROLONG_SHOP_MAX_TOTAL, 10000, PROLONG_SHOP_MAX_TOTAL / 2, "the most that can be paid" },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_test_message ("%s", amounts[i].why);
      g_assert_cmpint (prolong_catalog_take_vat (amounts[i].total, amounts[i].rate), ==, amounts[i].vat);
    }
  for (guint i = 0; i < CARTS; i++)
    {
      gint64 total = (gint64)g_rand_int_range (random, 0, G_MAXINT32) * 100;
      guint rate = (guint)g_rand_int_range (random, 0, 10001);
      gint64 vat = prolong_catalog_take_vat (total, rate), net = total - vat;

      /* That it is the nearest unit: vat is off from net * rate by no more than what half a unit makes. */
      g_assert_cmpint (ABS (vat * 10000 - net * rate) * 2, <=, 10000 + rate);
    }
}

static void
test_vat_of_countries (void)
{
  g_autoptr (GString) text = g_string_new (catalog_text);
  g_autoptr (ProlongCatalog) catalog = NULL;
  guint rate = 7;

  g_string_replace (text, "PaymentMethods=card\n", "PaymentMethods=card\nVatPercent=8.25\n", 1);
  catalog = parse (text->str, text->len, NULL);
  g_assert_true (prolong_catalog_find_vat (catalog, "BE", &rate));
  g_assert_cmpuint (rate, ==, 825);
  g_assert_false (prolong_catalog_find_vat (catalog, "NL", &rate));
  g_assert_false (prolong_catalog_find_vat (catalog, "XX", &rate));
}

/* What is no longer offered is left out of the right total. */
static void
test_gone (void)
{
  g_autoptr (ProlongCatalog) catalog = new_catalog ();
  ProlongOrderItem items[] = { { .offer = (char *)"safe-1-1y", .price = 1495, .quantity = 2 },
                               { .offer = (char *)"safe-9-1y", .price = 5, .quantity = 1 } };
  const ProlongCatalogBuyer buyer = { "NL", "nl", FALSE };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) left = NULL;
  gint64 total = 0;

  g_ptr_array_add (list, &items[0]);
  g_ptr_array_add (list, &items[1]);
  g_assert_null (prolong_catalog_check_cart (catalog, list, 2995, &buyer, &error));
  g_assert_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_PRICE_CHANGED);
  g_assert_true (g_variant_lookup (prolong_problem_error_get_details (error), "total", "x", &total));
  left = g_variant_lookup_value (prolong_problem_error_get_details (error), "offers",
                                 G_VARIANT_TYPE ("aa{sv}"));
  g_assert_cmpint (total, ==, 2990);
  g_assert_cmpuint (g_variant_n_children (left), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/parse", test_parse);
  g_test_add_func ("/catalog/no-catalog", test_no_catalog);
  g_test_add_func ("/catalog/cut-off", test_cut_off);
  g_test_add_func ("/catalog/too-much", test_too_much);
  g_test_add_func ("/catalog/names", test_names);
  g_test_add_func ("/catalog/prices", test_prices);
  g_test_add_func ("/catalog/methods", test_methods);
  g_test_add_func ("/catalog/carts", test_carts);
  g_test_add_func ("/catalog/vat", test_vat);
  g_test_add_func ("/catalog/vat-of-countries", test_vat_of_countries);
  g_test_add_func ("/catalog/gone", test_gone);
  return g_test_run ();
}
