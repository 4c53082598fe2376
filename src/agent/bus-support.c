/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/bus-private.h"
#include "agent/diagnosis.h"
#include "agent/engine-private.h"

static GVariant *
case_new (const ProlongSupportRecord *record)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", record->id);
  g_variant_dict_insert (&dict, "vendor", "s", record->vendor);
  g_variant_dict_insert (&dict, "topic", "s", record->topic);
  g_variant_dict_insert (&dict, "state", "s", prolong_support_state_get_name (record->state));
  g_variant_dict_insert (&dict, "reference", "s", record->reference != NULL ? record->reference : "");
  g_variant_dict_insert (&dict, "problem", "s", record->problem != NULL ? record->problem : "");
  g_variant_dict_insert (&dict, "codes_hidden", "u", record->codes_hidden);
  g_variant_dict_insert (&dict, "created_at", "x", record->created_at);
  g_variant_dict_insert (&dict, "retry_at", "x", record->retry_at);
  return g_variant_dict_end (&dict);
}

GVariant *
prolong_bus_support_new (ProlongEngine *engine)
{
  GPtrArray *cases = prolong_engine_get_support (engine);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < cases->len; i++)
    g_variant_builder_add_value (&builder, case_new (prolong_support_case_get_record (cases->pdata[i])));
  return g_variant_builder_end (&builder);
}

static gboolean
on_get_diagnosis (ProlongBusManager1 *manager,
                  GDBusMethodInvocation *invocation,
                  const char *vendor_id,
                  ProlongBusObjects *self)
{
  GError *error = NULL;
  ProlongVendor *vendor = prolong_engine_choose_shop (self->engine, vendor_id, &error);
  ProlongDiagnosisDesktop desktop = {
    .tray = prolong_bus_manager1_get_tray (manager),
    .keyring = prolong_keyring_get_state (self->keyring),
    .start_at_login = prolong_bus_manager1_get_start_at_login (manager),
  };
  g_autofree char *diagnosis = NULL;

  if (vendor == NULL)
    return prolong_bus_answer_now (invocation, error);
  if (desktop.tray == NULL)
    desktop.tray = "unknown";
  if (desktop.start_at_login == NULL)
    desktop.start_at_login = "unknown";
  diagnosis = prolong_diagnosis_new (self->engine, vendor, &desktop);
  prolong_bus_manager1_complete_get_diagnosis (manager, invocation, diagnosis);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_hide_secrets (ProlongBusManager1 *manager,
                 GDBusMethodInvocation *invocation,
                 const char *text,
                 ProlongBusObjects *self)
{
  guint count;
  g_autofree char *hidden = prolong_engine_hide_secrets (self->engine, text, &count);

  prolong_bus_manager1_complete_hide_secrets (manager, invocation, hidden, count);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Sending. */

static const struct
{
  const char *name;
  gsize offset;
} members[] = {
  { "topic", offsetof (ProlongSupportRequest, topic) },
  { "language", offsetof (ProlongSupportRequest, language) },
  { "name", offsetof (ProlongSupportRequest, name) },
  { "email", offsetof (ProlongSupportRequest, email) },
  { "message", offsetof (ProlongSupportRequest, message) },
  { "product", offsetof (ProlongSupportRequest, product) },
  { "order_number", offsetof (ProlongSupportRequest, order_number) },
  { "purchase_date", offsetof (ProlongSupportRequest, purchase_date) },
  { "license_number", offsetof (ProlongSupportRequest, license_number) },
  { "diagnosis", offsetof (ProlongSupportRequest, diagnosis) },
};

/* Borrows from @dictionary; what is empty is not there. */
static gboolean
read_request (GVariant *dictionary, ProlongSupportRequest *request)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char **place = G_STRUCT_MEMBER_P (request, members[i].offset);
      const char *value;

      if (g_variant_lookup (dictionary, members[i].name, "&s", &value) && *value != '\0')
        *place = (char *)value;
    }
  return request->topic != NULL && request->name != NULL && request->message != NULL;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (ProlongSupportCase) letter
      = prolong_engine_send_support_finish (PROLONG_ENGINE (source), result, &error);
  GVariant *answer = NULL;

  if (letter != NULL)
    answer = g_variant_new ("(s)", prolong_support_case_get_record (letter)->id);
  prolong_bus_pending_answer (user_data, answer, error);
}

static gboolean
on_send_support_request (ProlongBusManager1 *manager,
                         GDBusMethodInvocation *invocation,
                         const char *vendor,
                         GVariant *dictionary,
                         ProlongBusObjects *self)
{
  g_autofree char *language = prolong_engine_dup_language ();
  ProlongSupportRequest request = { .language = language, .email = (char *)"" };

  if (!read_request (dictionary, &request))
    return prolong_bus_answer_now (invocation, g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                                                    "That is no support request"));
  prolong_engine_send_support_async (self->engine, vendor, &request, on_sent,
                                     prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean forgotten = prolong_engine_forget_support_finish (PROLONG_ENGINE (source), result, &error);

  prolong_bus_pending_answer (user_data, NULL, forgotten ? NULL : error);
}

static gboolean
on_forget_support_request (ProlongBusManager1 *manager,
                           GDBusMethodInvocation *invocation,
                           const char *id,
                           ProlongBusObjects *self)
{
  prolong_engine_forget_support_async (self->engine, id, on_forgotten,
                                       prolong_bus_pending_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
prolong_bus_objects_handle_support (ProlongBusObjects *self)
{
  g_signal_connect (self->manager, "handle-get-diagnosis", G_CALLBACK (on_get_diagnosis), self);
  g_signal_connect (self->manager, "handle-hide-secrets", G_CALLBACK (on_hide_secrets), self);
  g_signal_connect (self->manager, "handle-send-support-request", G_CALLBACK (on_send_support_request), self);
  g_signal_connect (self->manager, "handle-forget-support-request", G_CALLBACK (on_forget_support_request),
                    self);
}
