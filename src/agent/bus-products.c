/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  prolong_engine_register_product_finish (PROLONG_ENGINE (source), result, &error);
  prolong_bus_pending_answer (user_data, NULL, error);
}

static gboolean
on_register_product (ProlongBusManager1 *manager,
                     GDBusMethodInvocation *invocation,
                     const char *vendor,
                     const char *product,
                     const char *version,
                     ProlongBusObjects *self)
{
  prolong_engine_register_product_async (self->engine, vendor, product, version, on_registered,
                                         prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
check_new (ProlongLicense *license)
{
  ProlongState state = license != NULL ? prolong_license_get_state (license) : PROLONG_STATE_NONE;
  GVariantDict facts;

  g_variant_dict_init (&facts, NULL);
  g_variant_dict_insert (&facts, "state", "s", prolong_state_get_name (state));
  g_variant_dict_insert (&facts, "days_left", "u",
                         license != NULL ? prolong_license_get_days_left (license) : 0);
  g_variant_dict_insert (&facts, "expires_at", "x",
                         license != NULL ? prolong_license_get_ticket (license)->expires
                                         : G_GINT64_CONSTANT (0));
  return g_variant_new ("(b@a{sv})", prolong_state_is_running (state), g_variant_dict_end (&facts));
}

static gboolean
on_check_product (ProlongBusManager1 *manager,
                  GDBusMethodInvocation *invocation,
                  const char *vendor,
                  const char *product,
                  ProlongBusObjects *self)
{
  g_dbus_method_invocation_return_value (
      invocation, check_new (prolong_engine_find_product_license (self->engine, vendor, product)));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_handle_products (ProlongBusObjects *self)
{
  g_signal_connect (self->manager, "handle-register-product", G_CALLBACK (on_register_product), self);
  g_signal_connect (self->manager, "handle-check-product", G_CALLBACK (on_check_product), self);
}
