/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"
#include "agent/service-client.h"
#include "license/names.h"

/* What a person asks of a vendor's shop before there is an order: nothing of it is kept. */

ProlongVendor *
prolong_engine_choose_shop (ProlongEngine *self, const char *id, GError **error)
{
  ProlongVendor *vendor;

  if (*id == '\0' && self->vendors->len == 1)
    return self->vendors->pdata[0];
  vendor = prolong_engine_find_vendor (self, id);
  if (vendor == NULL)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                         "Name a vendor whose profile is here");
  return vendor;
}

/* The answers as dictionaries. */

static void
insert (GVariantDict *dict, const char *name, const char *text)
{
  g_variant_dict_insert (dict, name, "s", text != NULL ? text : "");
}

static GVariant *
country_new (gconstpointer element)
{
  const ProlongShopCountry *country = element;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  insert (&dict, "id", country->id);
  insert (&dict, "name", country->name);
  g_variant_dict_insert_value (&dict, "payment_methods",
                               g_variant_new_strv ((const char *const *)country->payment_methods, -1));
  return g_variant_dict_end (&dict);
}

static GVariant *
list_new (const GPtrArray *list, GVariant *(*element_new) (gconstpointer element))
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; list != NULL && i < list->len; i++)
    g_variant_builder_add_value (&builder, element_new (list->pdata[i]));
  return g_variant_builder_end (&builder);
}

static GVariant *
product_new (gconstpointer element)
{
  const ProlongShopProduct *product = element;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  insert (&dict, "id", product->id);
  insert (&dict, "name", product->name);
  insert (&dict, "version", product->version);
  insert (&dict, "newest_version", product->newest_version);
  insert (&dict, "download_url", product->download_url);
  g_variant_dict_insert_value (&dict, "offers", list_new (product->offers, prolong_shop_offer_describe));
  return g_variant_dict_end (&dict);
}

static GVariant *
read_number (const ProlongAnswer *answer, GError **error)
{
  g_auto (ProlongNumberSummary) summary = { 0 };
  GVariantDict dict;

  if (!prolong_number_summary_decode (answer->body, answer->length, &summary, error))
    return NULL;
  g_variant_dict_init (&dict, NULL);
  insert (&dict, "number", summary.number);
  insert (&dict, "product", summary.product);
  insert (&dict, "name", summary.name);
  insert (&dict, "kind", prolong_license_kind_get_name (summary.kind));
  insert (&dict, "status", prolong_license_status_names[summary.status]);
  g_variant_dict_insert (&dict, "expires_at", "x", summary.expires);
  g_variant_dict_insert (&dict, "devices", "u", summary.devices);
  insert (&dict, "currency", summary.currency);
  g_variant_dict_insert_value (&dict, "offers", list_new (summary.offers, prolong_shop_offer_describe));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static GVariant *
read_catalog (const ProlongAnswer *answer, GError **error)
{
  g_auto (ProlongCatalogAnswer) catalog = { 0 };
  GVariantDict dict;

  if (!prolong_catalog_answer_decode (answer->body, answer->length, &catalog, error))
    return NULL;
  g_variant_dict_init (&dict, NULL);
  insert (&dict, "country", catalog.country);
  insert (&dict, "currency", catalog.currency);
  g_variant_dict_insert_value (&dict, "countries", list_new (catalog.countries, country_new));
  g_variant_dict_insert_value (&dict, "products", list_new (catalog.products, product_new));
  insert (&dict, "delivery", prolong_delivery_names[catalog.delivery]);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* The answer only says that it was heard. */
static GVariant *
read_nothing (const ProlongAnswer *answer, GError **error)
{
  return g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

/* The questions. */

typedef struct
{
  ProlongVendor *vendor;
  GVariant *(*read) (const ProlongAnswer *answer, GError **error);
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->vendor);
  g_free (question);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  GVariant *value = NULL;
  GError *error = NULL;

  if (answer->problem != NULL)
    {
      prolong_recent_note (self->recent, PROLONG_TRIED_SHOP,
                           prolong_vendor_get_profile (question->vendor)->id, NULL, answer->problem->code,
                           prolong_engine_get_system_time (self));
      if (!answer->decision)
        prolong_engine_note_service (self, question->vendor, answer->problem->code);
      g_task_return_error (task, g_steal_pointer (&answer->problem));
      return;
    }
  value = question->read (answer, &error);
  if (value == NULL)
    {
      g_task_return_error (task, prolong_service_answer_problem (error));
      return;
    }
  prolong_engine_note_service (self, question->vendor, -1);
  g_task_return_pointer (task, value, (GDestroyNotify)g_variant_unref);
}

static GTask *
task_new (ProlongEngine *self,
          const char *vendor_id,
          GVariant *(*read) (const ProlongAnswer *, GError **),
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  ProlongVendor *vendor = prolong_engine_choose_shop (self, vendor_id, &error);
  Question *question;

  g_task_set_source_tag (task, task_new);
  if (vendor == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return NULL;
    }
  question = g_new0 (Question, 1);
  question->vendor = g_object_ref (vendor);
  question->read = read;
  g_task_set_task_data (task, question, question_free);
  return task;
}

/* (transfer full) @task. */
static void
ask (GTask *task, const char *method, const char *path, const char *body, const char *key)
{
  const Question *question = g_task_get_task_data (task);
  ProlongRequest request = {
    .method = method,
    .service_url = prolong_vendor_get_profile (question->vendor)->service_url,
    .path = path,
    .body = body,
    .key = key,
  };

  prolong_service_call_async (&request, NULL, on_answer, task);
}

void
prolong_engine_check_number_async (ProlongEngine *self,
                                   const char *vendor,
                                   const char *number,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = task_new (self, vendor, read_number, callback, user_data);
  g_autofree char *language = prolong_engine_dup_language ();
  ProlongNumberRequest message = { .number = (char *)number, .language = language };
  g_autofree char *body = prolong_number_request_encode (&message);

  if (task != NULL)
    ask (task, "POST", PROLONG_RENEWAL_NUMBERS_CHECK, body, NULL);
}

static void
add_parameter (GString *path, const char *name, const char *value)
{
  if (*value == '\0')
    return;
  g_string_append_printf (path, "%s%s=", strchr (path->str, '?') == NULL ? "?" : "&", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

void
prolong_engine_get_offers_async (ProlongEngine *self,
                                 const char *vendor,
                                 const char *number,
                                 const char *country,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = task_new (self, vendor, read_catalog, callback, user_data);
  g_autoptr (GString) path = g_string_new (PROLONG_RENEWAL_CATALOG);
  g_autofree char *language = prolong_engine_dup_language ();

  add_parameter (path, "country", country);
  add_parameter (path, "number", number);
  add_parameter (path, "language", language);
  if (task != NULL)
    ask (task, "GET", path->str, NULL, NULL);
}

void
prolong_engine_send_license_mail_async (ProlongEngine *self,
                                        const char *vendor,
                                        const char *email,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task = task_new (self, vendor, read_nothing, callback, user_data);
  g_autofree char *language = prolong_engine_dup_language ();
  ProlongLicenseMailRequest message = { .email = (char *)email, .language = language };
  g_autofree char *body = prolong_license_mail_request_encode (&message);
  g_autofree char *key = g_uuid_string_random ();

  if (task == NULL)
    return;
  if (prolong_email_is_sound (email))
    ask (task, "POST", PROLONG_RENEWAL_LICENSE_MAILS, body, key);
  else
    {
      g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_EMAIL_MALFORMED, "No e-mail address");
      g_object_unref (task);
    }
}

GVariant *
prolong_engine_shop_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The first language of the session, without country and encoding. */
char *
prolong_engine_dup_language (void)
{
  const char *name = g_get_language_names ()[0];

  if (g_str_equal (name, "C") || g_str_has_prefix (name, "C."))
    return g_strdup ("en");
  return g_strndup (name, strcspn (name, "_.@"));
}
