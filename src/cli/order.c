/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/order-words.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/shop.h"

/* Telling. */

static void
add (GVariantBuilder *builder, const char *name, GVariant *value)
{
  g_variant_builder_add (builder, "{sv}", name, value);
}

static GVariant *
order_to_json (const ProlongOrderInfo *order)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", g_variant_new_string (order->id));
  add (&builder, "vendor", g_variant_new_string (order->vendor));
  add (&builder, "product", prolong_cli_json_text (order->product));
  add (&builder, "name", prolong_cli_json_text (order->name));
  add (&builder, "number", prolong_cli_json_text (order->number));
  add (&builder, "license", prolong_cli_json_text (order->license));
  add (&builder, "devices", g_variant_new_uint32 (order->devices));
  add (&builder, "years", g_variant_new_uint32 (order->years));
  add (&builder, "total", g_variant_new_int64 (order->total));
  add (&builder, "currency", prolong_cli_json_text (order->currency));
  add (&builder, "state", g_variant_new_string (order->state));
  add (&builder, "outcome", prolong_cli_json_text (order->outcome));
  add (&builder, "reason", prolong_cli_json_text (order->problem));
  add (&builder, "created_at", prolong_cli_json_time (order->created_at));
  add (&builder, "pay_by", prolong_cli_json_time (order->pay_by));
  add (&builder, "delivers_at", prolong_cli_json_time (order->delivers_at));
  return g_variant_builder_end (&builder);
}

static void
describe (GString *text, const ProlongOrderInfo *order, guint number)
{
  g_autofree char *what = prolong_words_order (order);
  g_autofree char *stage = prolong_words_order_stage (order);

  g_string_append_printf (text, "%u  %s  %s\n   %s\n", number, order->number, what, stage);
}

static ProlongExit
list (const ProlongShop *self)
{
  const GPtrArray *orders = self->snapshot->orders;
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < orders->len; i++)
    {
      describe (text, g_ptr_array_index (orders, i), i + 1);
      g_variant_builder_add_value (&builder, order_to_json (g_ptr_array_index (orders, i)));
    }
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("orders", g_variant_builder_end (&builder)));
  else
    {
      g_variant_builder_clear (&builder);
      prolong_cli_print (orders->len > 0 ? text->str : _ ("Nothing was ordered from this device.\n"));
    }
  return PROLONG_EXIT_DONE;
}

/* Which order is meant: its place in the list, its number, or its id; none for the only one. */
static const ProlongOrderInfo *
choose (const ProlongShop *self, ProlongExit *status)
{
  const GPtrArray *orders = self->snapshot->orders;
  const char *which = self->cli->arguments[1];
  guint64 place;

  if (which == NULL && orders->len == 1)
    return g_ptr_array_index (orders, 0);
  if (which != NULL && g_ascii_string_to_unsigned (which, 10, 1, orders->len, &place, NULL))
    return g_ptr_array_index (orders, place - 1);
  for (guint i = 0; which != NULL && i < orders->len; i++)
    {
      const ProlongOrderInfo *order = g_ptr_array_index (orders, i);

      if (g_str_equal (order->id, which) || g_str_equal (order->number, which))
        return order;
    }
  *status = prolong_cli_misused (
      self->cli->verb, "%s",
      _ ("Name the order by its place, as “prolongctl order list” shows it, or its number."));
  return NULL;
}

static GVariant *
call (const ProlongShop *self, const char *method, const char *id, GError **error)
{
  return prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, method,
                           g_variant_new ("(s)", id), error);
}

static ProlongExit
list_again (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  self->license = NULL;
  self->snapshot = prolong_snapshot_read_sync (self->bus, NULL, &error);
  return self->snapshot != NULL ? list (self) : prolong_cli_fail (self->cli, error);
}

static ProlongExit
check (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  const ProlongOrderInfo *order = NULL;
  ProlongExit status;

  if (self->cli->arguments[1] != NULL)
    {
      order = choose (self, &status);
      if (order == NULL)
        return status;
    }
  answer = call (self, "CheckOrder", order != NULL ? order->id : "", &error);
  return answer != NULL ? list_again (self) : prolong_cli_fail (self->cli, error);
}

static ProlongExit
forget (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  ProlongExit status;
  const ProlongOrderInfo *order = choose (self, &status);

  if (order == NULL)
    return status;
  answer = call (self, "ForgetOrder", order->id, &error);
  return answer != NULL ? list_again (self) : prolong_cli_fail (self->cli, error);
}

static void
tell_payment (const ProlongCli *cli, const char *id, const char *url)
{
  GVariantBuilder builder;

  if (!cli->json)
    {
      prolong_cli_print (url);
      prolong_cli_print ("\n");
      return;
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", g_variant_new_string (id));
  add (&builder, "payment_url", g_variant_new_string (url));
  prolong_cli_print_json (g_variant_builder_end (&builder));
}

static ProlongExit
pay (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  ProlongExit status;
  const ProlongOrderInfo *order = choose (self, &status);
  const char *url;

  if (order == NULL)
    return status;
  answer = call (self, "GetPaymentPage", order->id, &error);
  if (answer == NULL)
    return prolong_cli_fail (self->cli, error);
  g_variant_get (answer, "(&s)", &url);
  tell_payment (self->cli, order->id, url);
  return PROLONG_EXIT_DONE;
}

/* Placing one. */

static gboolean
read_count (const char *text, guint otherwise, guint *count)
{
  guint64 number = otherwise;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, 1000, &number, NULL))
    return FALSE;
  *count = number;
  return TRUE;
}

static const ProlongOfferInfo *
find_offer (const ProlongShop *self, const ProlongCatalogInfo *catalog)
{
  const char *product = self->cli->product != NULL ? self->cli->product
                        : self->license != NULL    ? self->license->product
                                                   : "";
  const ProlongShelfInfo *shelf = prolong_catalog_info_find_shelf (catalog, product);
  guint devices, years;

  if (shelf == NULL
      || !read_count (self->cli->devices, self->license != NULL ? self->license->devices_limit : 1, &devices)
      || !read_count (self->cli->years, 1, &years))
    return NULL;
  return prolong_shelf_info_find_offer (shelf, devices, years);
}

static const char *
find_method (const ProlongShop *self, const ProlongCatalogInfo *catalog)
{
  const ProlongCountryInfo *country = prolong_catalog_info_find_country (catalog, catalog->country);

  if (self->cli->method != NULL)
    return self->cli->method;
  return country != NULL && country->payment_methods[0] != NULL ? country->payment_methods[0] : "";
}

static gboolean
is_agreed (const ProlongShop *self,
           const ProlongCatalogInfo *catalog,
           const ProlongOfferInfo *offer,
           ProlongExit *status)
{
  const ProlongShelfInfo *shelf = prolong_catalog_info_find_shelf (catalog, offer->product);
  g_autofree char *what = prolong_words_offer (shelf->name, offer->devices, offer->years);
  g_autofree char *price = prolong_words_money (offer->price, catalog->currency);
  /* Translators: the first %s is what is ordered, the second its price. The letters are those of yes and no.
   */
  g_autofree char *question = g_strdup_printf (_ ("Order %s for %s? [y/N]"), what, price);

  return prolong_cli_confirm (self->cli, question, status);
}

static ProlongExit
place_offer (const ProlongShop *self,
             const ProlongCatalogInfo *catalog,
             const ProlongOfferInfo *offer,
             const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *id, *url;
  ProlongExit status;

  prolong_cli_warn_of_double_payment (self->cli, self->snapshot);
  if (!is_agreed (self, catalog, offer, &status))
    return status;
  answer
      = prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "Order",
                          prolong_order_arguments_new (self->vendor, offer, prolong_shop_get_number (self),
                                                       catalog->country, find_method (self, catalog), email),
                          &error);
  if (answer == NULL)
    return prolong_cli_fail (self->cli, error);
  g_variant_get (answer, "(&s&s)", &id, &url);
  if (!self->cli->json)
    g_printerr ("%s\n", _ ("Pay here; the code then comes by itself:"));
  tell_payment (self->cli, id, url);
  return PROLONG_EXIT_DONE;
}

static ProlongExit
place (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_shop_get_offers (self, &error);
  g_autoptr (ProlongCatalogInfo) catalog = NULL;
  const char *email = self->cli->email != NULL ? self->cli->email : self->snapshot->email;
  const ProlongOfferInfo *offer;

  if (answer == NULL)
    return prolong_cli_fail (self->cli, error);
  catalog = prolong_catalog_info_new (answer);
  offer = find_offer (self, catalog);
  if (offer == NULL)
    return prolong_cli_misused (
        self->cli->verb, "%s",
        _ ("That is not offered. “prolongctl offers” shows what is; choose with --product, "
           "--devices and --years."));
  if (*email == '\0')
    return prolong_cli_misused (self->cli->verb, "%s",
                                _ ("Say with --email where the code is to be sent as well."));
  return place_offer (self, catalog, offer, email);
}

static const struct
{
  const char *name;
  guint max_arguments;
  ProlongExit (*run) (ProlongShop *self);
} actions[] = {
  { "place", 1, place },
  { "pay", 2, pay },
  { "check", 2, check },
  { "forget", 2, forget },
};

ProlongExit
prolong_cli_order (const ProlongCli *cli)
{
  g_auto (ProlongShop) self = { 0 };
  const char *what = cli->arguments[0] != NULL ? cli->arguments[0] : "list";
  ProlongExit status;

  if (!prolong_shop_open (&self, cli, &status))
    return status;
  if (g_str_equal (what, "list") && (cli->arguments[0] == NULL || cli->arguments[1] == NULL))
    return list (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, what) && g_strv_length (cli->arguments) <= actions[i].max_arguments)
      return actions[i].run (&self);
  return prolong_cli_misused (
      cli->verb, "%s", _ ("“list”, “place”, or “pay”, “check” or “forget” and an order can follow here."));
}
