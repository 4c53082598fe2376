/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/support.h"

#include "license/email.h"
#include "service/orders.h"
#include "service/store/mails.h"

#include <string.h>

#define SUPPORT_PURPOSE "support request"

/* So many that nobody counts or guesses the requests of others, and few enough to be read out on the phone.
 */
#define REFERENCE_SYMBOLS "99999999"

gboolean
prolong_support_case_decode (const char *text, gsize length, ProlongSupportCase *support, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *symbols = NULL;

  if (!prolong_support_request_decode (text, length, &support->request, error))
    return FALSE;
  symbols = prolong_orders_make_number (REFERENCE_SYMBOLS);
  support->reference = g_strdup_printf ("SR-%d-%s", g_date_time_get_year (now), symbols);
  return TRUE;
}

void
prolong_support_case_clear (ProlongSupportCase *support)
{
  prolong_support_request_clear (&support->request);
  g_clear_pointer (&support->reference, g_free);
}

static gboolean
queue (ProlongStore *store,
       ProlongMailKind kind,
       gint64 support,
       const char *language,
       gint64 now,
       GError **error)
{
  ProlongStoreMail mail = { .kind = kind,
                            .support = support,
                            .language = (char *)language,
                            .state = PROLONG_MAIL_WAITING,
                            .created = now,
                            .due = now };

  return prolong_store_add_mail (store, &mail, error);
}

static gboolean
keep (const ProlongOffice *office,
      ProlongStore *store,
      const ProlongSupportCase *support,
      gint64 now,
      GError **error)
{
  const ProlongSupportRequest *request = &support->request;
  g_autofree char *text = prolong_support_request_encode (request);
  g_autoptr (GBytes) sealed = prolong_keys_seal (office->keys, SUPPORT_PURPOSE, text, strlen (text));
  ProlongStoreSupport kept = { .reference = support->reference, .sealed = sealed, .created = now };

  prolong_wipe (text, strlen (text));
  return prolong_store_add_support (store, &kept, error)
         && prolong_store_add_audit (store, now, PROLONG_STORE_EVENT_SUPPORT_ASKED, 0, 0, support->reference,
                                     error)
         && (!office->support_email
             || queue (store, PROLONG_MAIL_SUPPORT, kept.id, request->language, now, error))
         && queue (store, PROLONG_MAIL_SUPPORT_RECEIVED, kept.id, request->language, now, error);
}

char *
prolong_support_take (const ProlongOffice *office,
                      ProlongStore *store,
                      const ProlongSupportCase *support,
                      gint64 now,
                      GError **error)
{
  const ProlongSupportAnswer answer = { support->reference };

  if (!prolong_email_is_sound (support->request.email))
    {
      (void)prolong_office_refuse (PROLONG_PROBLEM_EMAIL_MALFORMED, "This is not an e-mail address", error);
      return NULL;
    }
  return keep (office, store, support, now, error) ? prolong_support_answer_encode (&answer) : NULL;
}

gboolean
prolong_support_open (const ProlongOffice *office,
                      const ProlongStoreSupport *kept,
                      ProlongSupportRequest *request,
                      GError **error)
{
  g_autoptr (GBytes) text = prolong_keys_unseal (office->keys, SUPPORT_PURPOSE, kept->sealed, error);

  memset (request, 0, sizeof *request);
  return text
         && prolong_support_request_decode (g_bytes_get_data (text, NULL), g_bytes_get_size (text), request,
                                            error);
}

gboolean
prolong_support_close (ProlongStore *store, const ProlongStoreSupport *kept, gint64 now, GError **error)
{
  return kept->closed
         || (prolong_store_close_support (store, kept->id, now, error)
             && prolong_store_add_audit (store, now, PROLONG_STORE_EVENT_SUPPORT_CLOSED, 0, 0,
                                         kept->reference, error));
}
