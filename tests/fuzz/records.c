/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/purchase-record.h"
#include "agent/record.h"
#include "fuzz.h"

/* An order that can be read is written so that it is read as the same one, and what is asked of it has an
 * answer. */
static void
read_order (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongPurchaseRecord) record = prolong_purchase_record_decode (text, length, &error);
  g_autoptr (ProlongPurchaseRecord) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) same = NULL;

  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    return;
  g_assert_nonnull (prolong_purchase_state_get_name (record->state));
  g_assert_nonnull (prolong_outcome_get_name (prolong_purchase_record_get_outcome (record)));
  prolong_purchase_record_is_settled (record);
  for (guint i = 0; record->codes != NULL && i < record->codes->len; i++)
    g_assert_nonnull (prolong_purchase_record_get_product (record, i));
  bytes = prolong_purchase_record_encode (record);
  again = prolong_purchase_record_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  same = prolong_purchase_record_encode (again);
  g_assert_true (g_bytes_equal (bytes, same));
}

/* The files of the agent's state directory; each is read as each kind. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  const char *text = (const char *)data;

  g_autoptr (ProlongLicenseRecord) license G_GNUC_UNUSED = prolong_license_record_decode (text, length, NULL);
  g_autoptr (ProlongReservesRecord) reserves G_GNUC_UNUSED
      = prolong_reserves_record_decode (text, length, NULL);
  g_autoptr (ProlongSettingsRecord) settings G_GNUC_UNUSED
      = prolong_settings_record_decode (text, length, NULL);
  g_autoptr (ProlongIntent) intent G_GNUC_UNUSED = prolong_intent_decode (text, length, NULL);

  read_order (text, length);
  return 0;
}
