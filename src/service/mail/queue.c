/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/queue.h"

#include "service/orders.h"

#include <string.h>

#define ASK_PURPOSE "license-mail"
#define ID_PURPOSE "mail-id"
#define ID_BYTES 15

/* Whoever does not find an e-mail looks for it first; a mail system delivers within that time. */
#define AGAIN_SECONDS 600

/* Nobody bought more than that and lost it all. */
#define AGAIN_MAX 5

static const char *const kinds[] = {
  [PROLONG_MAIL_ORDER] = "order",
  [PROLONG_MAIL_INVOICE] = "invoice",
  [PROLONG_MAIL_LICENSE] = "license",
  [PROLONG_MAIL_PAYMENT] = "payment",
  [PROLONG_MAIL_REQUEST] = "request",
  [PROLONG_MAIL_RENEWED] = "renewed",
  [PROLONG_MAIL_PAYMENT_FAILED] = "payment-failed",
  [PROLONG_MAIL_SUPPORT] = "support",
  [PROLONG_MAIL_SUPPORT_RECEIVED] = "support-received",
};

static const char *const states[] = {
  [PROLONG_MAIL_WAITING] = "waiting", [PROLONG_MAIL_SENT] = "sent",       [PROLONG_MAIL_HANDING] = "handing",
  [PROLONG_MAIL_FAILED] = "failed",   [PROLONG_MAIL_DROPPED] = "dropped",
};

const char *
prolong_mail_kind_get_name (ProlongMailKind kind)
{
  return (guint)kind < G_N_ELEMENTS (kinds) && kinds[kind] ? kinds[kind] : "-";
}

const char *
prolong_mail_state_get_name (ProlongMailState state)
{
  return (guint)state < G_N_ELEMENTS (states) ? states[state] : "-";
}

gboolean
prolong_mail_ask_again (const ProlongOffice *office,
                        ProlongStore *store,
                        const ProlongLicenseMailRequest *request,
                        gint64 now,
                        GError **error)
{
  g_autofree char *text = prolong_license_mail_request_encode (request);
  g_autoptr (GBytes) sealed = prolong_keys_seal (office->keys, ASK_PURPOSE, text, strlen (text));
  ProlongStoreMail mail = {
    .kind = PROLONG_MAIL_REQUEST, .sealed = sealed, .state = PROLONG_MAIL_WAITING, .created = now, .due = now
  };

  return prolong_store_add_mail (store, &mail, error);
}

static gboolean
send_again (ProlongStore *store,
            const ProlongStoreOrder *order,
            const char *language,
            gint64 now,
            GError **error)
{
  ProlongStoreMail mail = { .kind = PROLONG_MAIL_LICENSE,
                            .order = order->id,
                            .language = (char *)language,
                            .state = PROLONG_MAIL_WAITING,
                            .created = now,
                            .due = now };
  gint64 last = 0;

  if (order->state != PROLONG_ORDER_DELIVERED)
    return TRUE;
  return prolong_store_get_mail_created (store, order->id, PROLONG_MAIL_LICENSE, &last, error)
         && (last > now - AGAIN_SECONDS || prolong_store_add_mail (store, &mail, error));
}

/* Returns: (transfer full): the order that a number names, be it its own or that of its license; %NULL for
 * none. */
static ProlongStoreOrder *
find_by_number (const ProlongOffice *office, ProlongStore *store, const char *number, GError **error)
{
  GError *failure = NULL;
  ProlongStoreOrder *order = prolong_store_find_order (store, number, &failure);
  g_autoptr (ProlongStoreCode) license = NULL;

  if (order || failure)
    {
      if (failure)
        g_propagate_error (error, failure);
      return order;
    }
  license = prolong_office_find_license (office, store, number, &failure);
  if (license)
    return prolong_store_find_order_of_code (store, license->id, error);
  if (failure && failure->domain != PROLONG_PROBLEM)
    g_propagate_error (error, g_steal_pointer (&failure));
  g_clear_error (&failure);
  return NULL;
}

static gboolean
send_by_number (const ProlongOffice *office,
                ProlongStore *store,
                const ProlongLicenseMailRequest *request,
                gint64 now,
                GError **error)
{
  GError *failure = NULL;
  g_autoptr (ProlongStoreOrder) order = find_by_number (office, store, request->number, &failure);

  if (order)
    return send_again (store, order, request->language, now, error);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
send_by_address (ProlongStore *store, const ProlongLicenseMailRequest *request, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) orders = prolong_store_list_orders_of (store, request->email, AGAIN_MAX, error);

  for (guint i = 0; orders && i < orders->len; i++)
    if (!send_again (store, orders->pdata[i], request->language, now, error))
      return FALSE;
  return orders != NULL;
}

gboolean
prolong_mail_answer_request (const ProlongOffice *office,
                             ProlongStore *store,
                             const ProlongStoreMail *mail,
                             gint64 now,
                             GError **error)
{
  g_autoptr (GBytes) text = prolong_keys_unseal (office->keys, ASK_PURPOSE, mail->sealed, error);
  g_auto (ProlongLicenseMailRequest) request = { 0 };

  if (!text
      || !prolong_license_mail_request_decode (g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                                               &request, error))
    return FALSE;
  if (request.number)
    return send_by_number (office, store, &request, now, error);
  return !request.email || send_by_address (store, &request, now, error);
}

/* The number alone would tell every customer how many e-mails were sent. */
char *
prolong_mail_make_id (ProlongKeys *keys, const char *from, gint64 id)
{
  guint64 number = GUINT64_TO_BE ((guint64)id);
  guint8 hash[PROLONG_KEYS_BYTES];
  g_autofree char *token = NULL;

  prolong_keys_hash (keys, ID_PURPOSE, &number, sizeof number, hash);
  token = prolong_base64url_encode (hash, ID_BYTES);
  return g_strconcat ("prolong.", token, strrchr (from, '@'), NULL);
}
