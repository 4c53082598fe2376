/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/code-request.h"
#include "agent/device.h"
#include "agent/engine-private.h"
#include "license/rules.h"
#include "renewal/messages.h"

/* What a person wants with a code, understood. */
typedef struct
{
  ProlongVendor *vendor;
  char *product; /* empty: any */
  ProlongCode *code;
  ProlongCode *previous;
  gboolean accept_shorter_term;
  gboolean only_reserve;
  char *operation;   /* (nullable) the id that it is to have */
  gboolean is_saved; /* the code is a reserve code already */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_clear_object (&wish->vendor);
  g_free (wish->product);
  g_free (wish->operation);
  g_clear_pointer (&wish->code, prolong_code_unref);
  g_clear_pointer (&wish->previous, prolong_code_unref);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static const char *
choose_product (const ProlongProfile *profile, const char *id, GError **error)
{
  if (*id == '\0')
    return profile->products->len == 1 ? ((const ProlongProduct *)profile->products->pdata[0])->id : "";
  if (prolong_profile_find_product (profile, id) != NULL)
    return id;
  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "That vendor has no such product");
  return NULL;
}

ProlongCode *
prolong_engine_parse_code (ProlongVendor *vendor, const char *text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  ProlongCode *code = prolong_code_parse (text, &prolong_vendor_get_profile (vendor)->format, &cause);

  if (code == NULL)
    g_propagate_error (
        error, prolong_problem_error_new (PROLONG_PROBLEM_CODE_MALFORMED, NULL, "%s", cause->message));
  return code;
}

static Wish *
wish_new (ProlongEngine *self, const ProlongCodeWish *stated, GError **error)
{
  g_autoptr (Wish) wish = g_new0 (Wish, 1);

  wish->vendor = prolong_engine_choose_vendor (self, stated->vendor, stated->product, stated->text, error);
  if (wish->vendor == NULL)
    return NULL;
  g_object_ref (wish->vendor);
  wish->product
      = g_strdup (choose_product (prolong_vendor_get_profile (wish->vendor), stated->product, error));
  if (wish->product == NULL)
    return NULL;
  wish->code = prolong_engine_parse_code (wish->vendor, stated->text, error);
  if (wish->code == NULL)
    return NULL;
  if (stated->previous != NULL)
    {
      wish->previous = prolong_engine_parse_code (wish->vendor, stated->previous, error);
      if (wish->previous == NULL)
        return NULL;
    }
  wish->accept_shorter_term = stated->accept_shorter_term;
  wish->only_reserve = stated->only_reserve;
  wish->operation = g_strdup (stated->operation);
  return g_steal_pointer (&wish);
}

static gboolean
is_other_product (const char *a, const char *b)
{
  return *a != '\0' && *b != '\0' && !g_str_equal (a, b);
}

/* The operation under way that stands in the place of a new one: the same code again, or another for the
 * product. */
static ProlongOperation *
find_operation (ProlongEngine *self, const Wish *wish)
{
  for (guint i = 0; i < self->operations->len; i++)
    {
      ProlongOperation *operation = self->operations->pdata[i];

      if (!prolong_operation_has_ended (operation) && prolong_operation_get_vendor (operation) == wish->vendor
          && !is_other_product (prolong_operation_get_intent (operation)->product, wish->product))
        return operation;
    }
  return NULL;
}

static gboolean
has_running_license (ProlongEngine *self, ProlongVendor *vendor)
{
  for (guint i = 0; i < self->licenses->len; i++)
    if (prolong_license_get_vendor (self->licenses->pdata[i]) == vendor
        && prolong_license_is_running (self->licenses->pdata[i]))
      return TRUE;
  return FALSE;
}

/* The reserve code that shows the same last group: very likely the same code, which only the keyring can
 * tell. */
static ProlongReserve *
find_alike (ProlongEngine *self, const Wish *wish)
{
  ProlongReserves *reserves
      = prolong_engine_find_reserves (self, prolong_vendor_get_profile (wish->vendor)->id, wish->product);
  g_autofree char *mask = prolong_code_dup_mask (wish->code);

  for (guint i = 0; reserves != NULL && i < prolong_reserves_get_length (reserves); i++)
    if (g_str_equal (prolong_reserve_get_record (prolong_reserves_get (reserves, i))->mask, mask))
      return prolong_reserves_get (reserves, i);
  return NULL;
}

static ProlongRuling
decide (ProlongEngine *self, const Wish *wish, GError **error)
{
  ProlongLicense *license
      = prolong_engine_find_license (self, prolong_vendor_get_profile (wish->vendor)->id, wish->product);
  ProlongRuleFacts facts = { 0 };
  ProlongRuling ruling;

  facts.is_reserve_code = wish->is_saved;
  facts.only_reserve = wish->only_reserve;
  if (license != NULL)
    {
      const ProlongTicket *ticket = prolong_license_get_ticket (license);

      facts.has_license = TRUE;
      facts.state = prolong_license_get_state (license);
      facts.kind = ticket->kind;
      facts.add_code = ticket->add_code;
      facts.current_expires = ticket->expires;
    }
  ruling = prolong_rules_decide (&facts);
  if (ruling.action == PROLONG_ACTION_REFUSE)
    g_propagate_error (error, prolong_ruling_error_new (&ruling, &facts));
  return ruling;
}

/* Preflight. */

static void
ask_preflight (ProlongEngine *self, const Wish *wish, GAsyncReadyCallback callback, gpointer user_data)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (wish->vendor);
  ProlongLicense *license = prolong_engine_find_license (self, profile->id, wish->product);
  g_autofree char *version = prolong_engine_dup_product_version (self, profile->id, wish->product);
  g_autofree char *name = prolong_device_name (self->context.settings);
  g_autofree char *nonce = prolong_random_token ();
  ProlongCodeRequest request = { 0 };

  request.code = prolong_code_get_text (wish->code);
  request.nonce = nonce;
  request.device_name = name;
  request.product = wish->product;
  request.product_version = version;
  if (license != NULL && prolong_license_is_running (license))
    request.after = prolong_license_get_ticket (license)->sub;
  prolong_code_request_call_async (&request, wish->vendor, PROLONG_RENEWAL_PREFLIGHTS, NULL, NULL, callback,
                                   user_data);
}

static GVariant *
verdict_of_refusal (const GError *problem)
{
  GVariantDict verdict;
  GVariant *details = prolong_problem_error_get_details (problem);

  g_variant_dict_init (&verdict, NULL);
  g_variant_dict_insert (&verdict, "problem", "s", prolong_problem_get_name (problem->code));
  if (details != NULL)
    g_variant_dict_insert_value (&verdict, "details", details);
  return g_variant_ref_sink (g_variant_dict_end (&verdict));
}

static GVariant *
verdict_of_preflight (const ProlongPreflight *preflight)
{
  GVariantDict verdict;

  g_variant_dict_init (&verdict, NULL);
  g_variant_dict_insert (&verdict, "problem", "s", "");
  g_variant_dict_insert (&verdict, "product", "s", preflight->product);
  g_variant_dict_insert (&verdict, "name", "s", preflight->name);
  g_variant_dict_insert (&verdict, "kind", "s", prolong_license_kind_get_name (preflight->kind));
  g_variant_dict_insert (&verdict, "term", "x", preflight->term);
  g_variant_dict_insert (&verdict, "starts_at", "x", preflight->starts);
  g_variant_dict_insert (&verdict, "expires_at", "x", preflight->expires);
  g_variant_dict_insert (&verdict, "devices_used", "u", preflight->devices_used);
  g_variant_dict_insert (&verdict, "devices_limit", "u", preflight->devices_limit);
  return g_variant_ref_sink (g_variant_dict_end (&verdict));
}

static void
on_preflight (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  ProlongVendor *vendor = g_task_get_task_data (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  ProlongPreflight preflight = { 0 };
  GError *error = NULL;

  if (answer->problem != NULL && answer->decision)
    g_task_return_pointer (task, verdict_of_refusal (answer->problem), (GDestroyNotify)g_variant_unref);
  else if (answer->problem != NULL)
    {
      prolong_engine_note_service (self, vendor, answer->problem->code);
      g_task_return_error (task, g_steal_pointer (&answer->problem));
    }
  else if (!prolong_preflight_decode (answer->body, answer->length, &preflight, &error))
    g_task_return_error (task, prolong_service_answer_problem (error));
  else
    {
      prolong_engine_note_service (self, vendor, -1);
      g_task_return_pointer (task, verdict_of_preflight (&preflight), (GDestroyNotify)g_variant_unref);
    }
  prolong_preflight_clear (&preflight);
}

void
prolong_engine_preflight_async (ProlongEngine *self,
                                const char *vendor,
                                const char *product,
                                const char *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  const ProlongCodeWish stated = { .vendor = vendor, .product = product, .text = text };
  g_autoptr (Wish) wish = wish_new (self, &stated, &error);

  g_task_set_source_tag (task, prolong_engine_preflight_async);
  if (wish != NULL)
    {
      g_task_set_task_data (task, g_object_ref (wish->vendor), g_object_unref);
      ask_preflight (self, wish, on_preflight, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

GVariant *
prolong_engine_preflight_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Activation. */

static ProlongOperation *
start_operation (ProlongEngine *self, const Wish *wish, ProlongIntentKind kind)
{
  g_autofree char *version = prolong_engine_dup_product_version (
      self, prolong_vendor_get_profile (wish->vendor)->id, wish->product);
  ProlongOperationPlan plan = {
    .kind = kind,
    .id = wish->operation,
    .product = wish->product,
    .version = version,
    .code = wish->code,
    .previous_code = wish->previous,
    .accept_shorter_term = wish->accept_shorter_term,
  };
  ProlongOperation *operation = prolong_operation_new (&self->context, &self->host, wish->vendor, &plan);

  prolong_engine_add_operation (self, operation);
  prolong_operation_start (operation);
  return operation;
}

static void
begin_checked (GTask *task)
{
  ProlongEngine *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);
  ProlongOperation *same = find_operation (self, wish);
  GError *error = NULL;
  ProlongRuling ruling;

  if (prolong_engine_find_vendor (self, prolong_vendor_get_profile (wish->vendor)->id) != wish->vendor)
    {
      g_task_return_new_error (task, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                               "The vendor was removed meanwhile");
      return;
    }
  if (same != NULL && prolong_operation_has_code (same, wish->code))
    {
      g_task_return_pointer (task, g_object_ref (same), g_object_unref);
      return;
    }
  if (same != NULL)
    {
      g_task_return_error (task, prolong_problem_error_new (PROLONG_PROBLEM_REQUEST_IN_FLIGHT, NULL,
                                                            "Another code is being activated"));
      return;
    }
  ruling = decide (self, wish, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task,
                         start_operation (self, wish,
                                          ruling.action == PROLONG_ACTION_RESERVE
                                              ? PROLONG_INTENT_RESERVE
                                              : PROLONG_INTENT_ACTIVATION),
                         g_object_unref);
}

static void
on_alike (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongCode) code = prolong_keyring_lookup_finish (PROLONG_KEYRING (source), result, &error);

  /* A keyring that does not answer leaves the likely case. */
  wish->is_saved = code == NULL || prolong_code_equal (code, wish->code);
  begin_checked (task);
}

static void
begin (GTask *task)
{
  ProlongEngine *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);
  ProlongReserve *alike = find_alike (self, wish);

  if (alike == NULL)
    begin_checked (task);
  else
    prolong_keyring_lookup_async (self->context.keyring, prolong_reserve_get_record (alike)->code_id, FALSE,
                                  NULL, on_alike, g_object_ref (task));
}

static void
on_product_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (ProlongAnswer) answer = prolong_service_call_finish (result);
  ProlongPreflight preflight = { 0 };

  if (answer->problem == NULL && prolong_preflight_decode (answer->body, answer->length, &preflight, NULL))
    {
      g_free (wish->product);
      wish->product = g_steal_pointer (&preflight.product);
    }
  /* Without an answer it is not known whether the code would take the place of a license that runs. */
  if (*wish->product != '\0' || !has_running_license (self, wish->vendor))
    begin (task);
  else if (answer->problem != NULL)
    g_task_return_error (task, g_steal_pointer (&answer->problem));
  else
    g_task_return_new_error (task, PROLONG_PROBLEM, PROLONG_PROBLEM_SERVICE_UNAVAILABLE,
                             "The answer is not one of a renewal service");
  prolong_preflight_clear (&preflight);
}

void
prolong_engine_add_code_async (ProlongEngine *self,
                               const ProlongCodeWish *stated,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  Wish *wish = wish_new (self, stated, &error);

  g_task_set_source_tag (task, prolong_engine_add_code_async);
  if (wish == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, wish, wish_free);
  if (*wish->product == '\0')
    ask_preflight (self, wish, on_product_known, g_steal_pointer (&task));
  else
    begin (task);
}

ProlongOperation *
prolong_engine_add_code_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
