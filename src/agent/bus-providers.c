/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"
#include "agent/engine-providers.h"

static void
insert_text (GVariantDict *dict, const char *key, const char *text)
{
  g_variant_dict_insert (dict, key, "s", text != NULL ? text : "");
}

static void
insert_list (GVariantDict *dict, const char *key, char **list)
{
  const char *const none[] = { NULL };

  g_variant_dict_insert (dict, key, "^as", list != NULL ? (const char *const *)list : none);
}

/* For people: the products by their names, all of them where the rules do not choose. */
static void
insert_products (GVariantDict *dict, const ProlongProfile *profile, const ProlongProvider *provider)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < profile->products->len; i++)
    {
      const ProlongProduct *product = profile->products->pdata[i];

      if (prolong_provider_applies (provider, product->id, ""))
        g_ptr_array_add (names, product->name);
    }
  g_ptr_array_add (names, NULL);
  insert_list (dict, "products", (char **)names->pdata);
}

static void
fill (GVariantDict *dict, const ProlongProfile *profile, const ProlongProvider *provider)
{
  insert_text (dict, "vendor", profile->id);
  insert_text (dict, "provider", provider->id);
  insert_text (dict, "name", provider->name);
  insert_text (dict, "kind", prolong_provider_kind_names[provider->kind]);
  insert_text (dict, "action", prolong_provider_action_names[provider->action]);
  insert_text (dict, "url", provider->url);
  insert_text (dict, "email", provider->email);
  insert_text (dict, "phone", provider->phone);
  insert_text (dict, "instruction", provider->instruction);
  insert_text (dict, "min_version", provider->min_version);
  insert_text (dict, "max_version", provider->max_version);
  insert_list (dict, "subscription", provider->subscriptions);
  insert_products (dict, profile, provider);
}

static gboolean
on_find_provider (ProlongBusManager1 *manager,
                  GDBusMethodInvocation *invocation,
                  const char *id,
                  const char *order_number,
                  ProlongBusObjects *self)
{
  GError *error = NULL;
  ProlongVendor *vendor;
  const ProlongProvider *provider;
  GVariantDict dict;

  if (!prolong_engine_find_provider (self->engine, id, order_number, &vendor, &provider, &error))
    return prolong_bus_answer_now (invocation, error);
  g_variant_dict_init (&dict, NULL);
  if (provider != NULL)
    fill (&dict, prolong_vendor_get_profile (vendor), provider);
  else
    insert_text (&dict, "provider", "");
  prolong_bus_manager1_complete_find_provider (manager, invocation, g_variant_dict_end (&dict));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
providers_new (ProlongEngine *engine, const ProlongProfile *profile, const char *product)
{
  g_autofree char *version = prolong_engine_dup_product_version (engine, profile->id, product);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < profile->providers->len; i++)
    {
      const ProlongProvider *provider = profile->providers->pdata[i];
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      fill (&dict, profile, provider);
      g_variant_dict_insert (&dict, "applies", "b",
                             *product == '\0' || prolong_provider_applies (provider, product, version));
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}

static gboolean
on_get_providers (ProlongBusManager1 *manager,
                  GDBusMethodInvocation *invocation,
                  const char *id,
                  const char *product,
                  ProlongBusObjects *self)
{
  GError *error = NULL;
  ProlongVendor *vendor = prolong_engine_choose_seller (self->engine, id, product, &error);

  if (vendor == NULL)
    return prolong_bus_answer_now (invocation, error);
  prolong_bus_manager1_complete_get_providers (
      manager, invocation, providers_new (self->engine, prolong_vendor_get_profile (vendor), product));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

GVariant *
prolong_bus_topics_new (const ProlongProfile *profile)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < profile->topics->len; i++)
    {
      const ProlongTopic *topic = profile->topics->pdata[i];
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      insert_text (&dict, "id", topic->id);
      insert_text (&dict, "name", topic->name);
      insert_list (&dict, "fields", topic->fields);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}

void
prolong_bus_objects_handle_providers (ProlongBusObjects *self)
{
  g_signal_connect (self->manager, "handle-find-provider", G_CALLBACK (on_find_provider), self);
  g_signal_connect (self->manager, "handle-get-providers", G_CALLBACK (on_get_providers), self);
}
