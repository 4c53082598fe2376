/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"

static void
insert (GVariantDict *dict, const char *name, const char *text)
{
  g_variant_dict_insert (dict, name, "s", text != NULL ? text : "");
}

/* Why its code waits or was refused says more than that the service was out of reach for a while. */
static const char *
get_problem (const ProlongPurchaseRecord *record)
{
  ProlongOutcome outcome = prolong_purchase_record_get_outcome (record);

  for (guint i = 0; record->codes != NULL && i < record->codes->len; i++)
    {
      const ProlongPurchaseCode *code = record->codes->pdata[i];

      if (code->outcome == outcome && code->problem != NULL)
        return code->problem;
    }
  return record->problem;
}

static GVariant *
order_new (const ProlongPurchaseRecord *record)
{
  ProlongOutcome outcome = prolong_purchase_record_get_outcome (record);
  gboolean delivered = record->state == PROLONG_PURCHASE_DELIVERED;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  insert (&dict, "id", record->id);
  insert (&dict, "vendor", record->vendor);
  insert (&dict, "product", record->product);
  insert (&dict, "name", record->name);
  insert (&dict, "number", record->number);
  insert (&dict, "license", record->license);
  g_variant_dict_insert (&dict, "devices", "u", record->devices);
  g_variant_dict_insert (&dict, "years", "u", record->years);
  g_variant_dict_insert (&dict, "total", "x", record->total);
  insert (&dict, "currency", record->currency);
  g_variant_dict_insert (&dict, "created_at", "x", record->created_at);
  g_variant_dict_insert (&dict, "pay_by", "x", record->pay_by);
  g_variant_dict_insert (&dict, "delivers_at", "x", record->delivers_at);
  g_variant_dict_insert (&dict, "retry_at", "x", record->ask_at);
  insert (&dict, "state", prolong_purchase_state_get_name (record->state));
  insert (&dict, "outcome", delivered ? prolong_outcome_get_name (outcome) : "");
  insert (&dict, "problem", get_problem (record));
  return g_variant_dict_end (&dict);
}

GVariant *
prolong_bus_orders_new (ProlongEngine *engine)
{
  GPtrArray *purchases = prolong_engine_get_purchases (engine);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < purchases->len; i++)
    g_variant_builder_add_value (&builder, order_new (prolong_purchase_get_record (purchases->pdata[i])));
  return g_variant_builder_end (&builder);
}

/* Questions. */

static void
on_shop_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = prolong_engine_shop_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, answer != NULL ? g_variant_new ("(@a{sv})", answer) : NULL, error);
}

static void
on_mail_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = prolong_engine_shop_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, NULL, answer == NULL ? error : NULL);
}

static gboolean
on_check_number (ProlongBusManager1 *manager,
                 GDBusMethodInvocation *invocation,
                 const char *vendor,
                 const char *number,
                 ProlongBusObjects *self)
{
  prolong_engine_check_number_async (self->engine, vendor, number, on_shop_answer,
                                     prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_offers (ProlongBusManager1 *manager,
               GDBusMethodInvocation *invocation,
               const char *vendor,
               const char *number,
               const char *country,
               ProlongBusObjects *self)
{
  prolong_engine_get_offers_async (self->engine, vendor, number, country, on_shop_answer,
                                   prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_send_license_mail (ProlongBusManager1 *manager,
                      GDBusMethodInvocation *invocation,
                      const char *vendor,
                      const char *email,
                      ProlongBusObjects *self)
{
  prolong_engine_send_license_mail_async (self->engine, vendor, email, on_mail_sent,
                                          prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Orders. */

/* Borrows from @order. */
static gboolean
read_order (GVariant *order, ProlongOrderRequest *request)
{
  return g_variant_lookup (order, "email", "&s", &request->email)
         && g_variant_lookup (order, "country", "&s", &request->country)
         && g_variant_lookup (order, "payment_method", "&s", &request->payment_method)
         && g_variant_lookup (order, "total", "x", &request->total);
}

/* Borrows from @item. */
static gboolean
read_item (GVariant *item, ProlongOrderItem *read)
{
  return g_variant_lookup (item, "offer", "&s", &read->offer)
         && g_variant_lookup (item, "price", "x", &read->price)
         && g_variant_lookup (item, "quantity", "u", &read->quantity);
}

/* What the renewal protocol would not carry is an error of the caller, and nothing of it is written. */
static gboolean
is_sound (const ProlongOrderRequest *request)
{
  g_autofree char *text = prolong_order_request_encode (request);
  g_auto (ProlongOrderRequest) read = { 0 };

  return prolong_order_request_decode (text, strlen (text), &read, NULL);
}

static GPtrArray *
read_items (GVariant *items)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; items != NULL && i < g_variant_n_children (items); i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (items, i);
      ProlongOrderItem *entry = g_new0 (ProlongOrderItem, 1);

      g_ptr_array_add (read, entry);
      if (!read_item (item, entry))
        return NULL;
    }
  return read->len > 0 ? g_steal_pointer (&read) : NULL;
}

static void
on_ordered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (ProlongPurchase) purchase
      = prolong_engine_order_finish (PROLONG_ENGINE (source), result, &error);
  const ProlongPurchaseRecord *record = purchase != NULL ? prolong_purchase_get_record (purchase) : NULL;

  prolong_bus_pending_answer (user_data,
                              record != NULL ? g_variant_new (
                                  "(ss)", record->id, record->payment_url != NULL ? record->payment_url : "")
                                             : NULL,
                              error);
}

static gboolean
on_order (ProlongBusManager1 *manager,
          GDBusMethodInvocation *invocation,
          const char *vendor,
          GVariant *order,
          ProlongBusObjects *self)
{
  g_autoptr (GVariant) list = g_variant_lookup_value (order, "items", G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GPtrArray) items = read_items (list);
  g_autofree char *language = prolong_engine_dup_language ();
  ProlongOrderRequest request = { .language = language, .items = items };
  const char *product = "";

  g_variant_lookup (order, "product", "&s", &product);
  g_variant_lookup (order, "number", "&s", &request.number);
  g_variant_lookup (order, "language", "&s", &request.language);
  if (request.number != NULL && *request.number == '\0')
    request.number = NULL;
  if (!read_order (order, &request) || items == NULL || !is_sound (&request)
      || strlen (product) > PROLONG_SHOP_MAX_NUMBER)
    return prolong_bus_answer_now (
        invocation, g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "That is no order"));
  prolong_engine_order_async (self->engine, vendor, product, &request, on_ordered,
                              prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_get_payment_page (ProlongBusManager1 *manager,
                     GDBusMethodInvocation *invocation,
                     const char *id,
                     ProlongBusObjects *self)
{
  ProlongPurchase *purchase = prolong_engine_find_purchase (self->engine, id);
  const char *url = purchase != NULL ? prolong_purchase_get_record (purchase)->payment_url : NULL;

  if (url == NULL)
    return prolong_bus_answer_now (invocation,
                                   g_error_new_literal (PROLONG_PROBLEM, PROLONG_PROBLEM_ORDER_UNKNOWN,
                                                        "No such order waits for its payment"));
  prolong_bus_manager1_complete_get_payment_page (manager, invocation, url);
  prolong_purchase_visit (purchase);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_order_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_engine_check_order_finish (PROLONG_ENGINE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_check_order (ProlongBusManager1 *manager,
                GDBusMethodInvocation *invocation,
                const char *id,
                ProlongBusObjects *self)
{
  prolong_engine_check_order_async (self->engine, id, on_order_checked,
                                    prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_order_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean forgotten = prolong_engine_forget_order_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, NULL, forgotten ? NULL : error);
}

static gboolean
on_forget_order (ProlongBusManager1 *manager,
                 GDBusMethodInvocation *invocation,
                 const char *id,
                 ProlongBusObjects *self)
{
  prolong_engine_forget_order_async (self->engine, id, on_order_forgotten,
                                     prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_handle_orders (ProlongBusObjects *self)
{
  g_signal_connect (self->manager, "handle-check-number", G_CALLBACK (on_check_number), self);
  g_signal_connect (self->manager, "handle-get-offers", G_CALLBACK (on_get_offers), self);
  g_signal_connect (self->manager, "handle-send-license-mail", G_CALLBACK (on_send_license_mail), self);
  g_signal_connect (self->manager, "handle-order", G_CALLBACK (on_order), self);
  g_signal_connect (self->manager, "handle-get-payment-page", G_CALLBACK (on_get_payment_page), self);
  g_signal_connect (self->manager, "handle-check-order", G_CALLBACK (on_check_order), self);
  g_signal_connect (self->manager, "handle-forget-order", G_CALLBACK (on_forget_order), self);
}
