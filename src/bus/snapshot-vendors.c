/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/snapshot-private.h"

#include "bus/entries.h"

static gboolean
check_from_name (const char *name, int *value)
{
  *value = g_str_equal (name, "none") ? PROLONG_CODE_CHECK_NONE : PROLONG_CODE_CHECK_GF32;
  return TRUE;
}

static const ProlongEntry product_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongProductInfo, id),
  PROLONG_ENTRY ("name", STRING, ProlongProductInfo, name),
  PROLONG_ENTRY ("version", STRING, ProlongProductInfo, version),
};

static const ProlongEntry vendor_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongVendorInfo, id),
  PROLONG_ENTRY ("name", STRING, ProlongVendorInfo, name),
  PROLONG_ENTRY ("service", STRING, ProlongVendorInfo, service),
  PROLONG_ENTRY ("code_pattern", STRING, ProlongVendorInfo, code_pattern),
  PROLONG_ENTRY ("number_pattern", STRING, ProlongVendorInfo, number_pattern),
  PROLONG_ENTRY_ENUM ("code_check", ProlongVendorInfo, format.check, check_from_name),
  PROLONG_ENTRY ("support_url", STRING, ProlongVendorInfo, support_url),
  PROLONG_ENTRY ("support_email", STRING, ProlongVendorInfo, support_email),
  PROLONG_ENTRY ("shop_url", STRING, ProlongVendorInfo, shop_url),
  PROLONG_ENTRY ("service_state", STRING, ProlongVendorInfo, service_state),
  PROLONG_ENTRY ("removable", BOOLEAN, ProlongVendorInfo, removable),
  PROLONG_ENTRY ("reminder_days", UINTS, ProlongVendorInfo, reminder_days),
};

static const ProlongEntry partner_fields[] = {
  PROLONG_ENTRY ("name", STRING, ProlongPartnerInfo, name),
  PROLONG_ENTRY ("url", STRING, ProlongPartnerInfo, url),
  PROLONG_ENTRY ("countries", STRINGS, ProlongPartnerInfo, countries),
};

static const ProlongEntry topic_fields[] = {
  PROLONG_ENTRY ("id", STRING, ProlongTopicInfo, id),
  PROLONG_ENTRY ("name", STRING, ProlongTopicInfo, name),
  PROLONG_ENTRY ("fields", STRINGS, ProlongTopicInfo, fields),
};

static void
product_free (gpointer product)
{
  prolong_entries_clear (product_fields, G_N_ELEMENTS (product_fields), product);
  g_free (product);
}

static void
partner_free (gpointer partner)
{
  prolong_entries_clear (partner_fields, G_N_ELEMENTS (partner_fields), partner);
  g_free (partner);
}

static void
topic_free (gpointer topic)
{
  prolong_entries_clear (topic_fields, G_N_ELEMENTS (topic_fields), topic);
  g_free (topic);
}

ProlongVendorInfo *
prolong_vendor_info_new (GVariant *dictionary)
{
  ProlongVendorInfo *vendor = g_new0 (ProlongVendorInfo, 1);

  vendor->products = prolong_entries_read_list (product_fields, G_N_ELEMENTS (product_fields), dictionary,
                                                "products", sizeof (ProlongProductInfo), product_free);
  vendor->partners = prolong_entries_read_list (partner_fields, G_N_ELEMENTS (partner_fields), dictionary,
                                                "partners", sizeof (ProlongPartnerInfo), partner_free);
  vendor->support_topics
      = prolong_entries_read_list (topic_fields, G_N_ELEMENTS (topic_fields), dictionary, "support_topics",
                                   sizeof (ProlongTopicInfo), topic_free);
  prolong_entries_read (vendor_fields, G_N_ELEMENTS (vendor_fields), dictionary, vendor);

  vendor->format.pattern = *vendor->code_pattern ? vendor->code_pattern : prolong_code_format_default.pattern;
  vendor->format.number_pattern
      = *vendor->number_pattern ? vendor->number_pattern : prolong_code_format_default.number_pattern;
  return vendor;
}

void
prolong_vendor_info_free (gpointer data)
{
  ProlongVendorInfo *vendor = data;

  prolong_entries_clear (vendor_fields, G_N_ELEMENTS (vendor_fields), vendor);
  g_ptr_array_unref (vendor->products);
  g_ptr_array_unref (vendor->partners);
  g_ptr_array_unref (vendor->support_topics);
  g_free (vendor);
}
