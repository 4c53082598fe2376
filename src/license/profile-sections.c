/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "license/order-pattern.h"
#include "license/profile-private.h"

#define MAX_SECTIONS 64

static gboolean
is_order_pattern (const char *text)
{
  return prolong_order_pattern_is_sound (text);
}

static gboolean
is_field (const char *text)
{
  return g_strv_contains (prolong_topic_fields, text);
}

const char *const prolong_topic_fields[] = { "purchase-date", "order-number", "license-number", NULL };

#define PRODUCT_AT(member) G_STRUCT_OFFSET (ProlongProduct, member)
#define PARTNER_AT(member) G_STRUCT_OFFSET (ProlongPartner, member)
#define PROVIDER_AT(member) G_STRUCT_OFFSET (ProlongProvider, member)
#define TOPIC_AT(member) G_STRUCT_OFFSET (ProlongTopic, member)
#define LINE_WORDS "must be one line"
#define VERSION_WORDS "must be a version"

static const ProlongProfileValue product_values[] = {
  { "Name", PRODUCT_AT (name), prolong_profile_is_line, LINE_WORDS, .required = TRUE, .localized = TRUE },
  { "Version", PRODUCT_AT (version), prolong_profile_is_version, VERSION_WORDS },
  { "MinVersion", PRODUCT_AT (min_version), prolong_profile_is_version, VERSION_WORDS },
  { "MaxVersion", PRODUCT_AT (max_version), prolong_profile_is_version, VERSION_WORDS },
  { NULL },
};

static const ProlongProfileValue partner_values[] = {
  { "Name", PARTNER_AT (name), prolong_profile_is_line, LINE_WORDS, .required = TRUE, .localized = TRUE },
  { "Url", PARTNER_AT (url), prolong_profile_is_link, PROLONG_PROFILE_URL_WORDS, .required = TRUE,
    .localized = TRUE },
  { "Countries", PARTNER_AT (countries), prolong_profile_is_country, "must be codes such as NL, split by ;",
    .list = TRUE },
  { NULL },
};

static const ProlongProfileValue provider_values[] = {
  { "Name", PROVIDER_AT (name), prolong_profile_is_line, LINE_WORDS, .required = TRUE, .localized = TRUE },
  { "Kind", PROVIDER_AT (kind), .names = prolong_provider_kind_names, .required = TRUE,
    .must_be = "must be shop, portal, vendor, internet-provider, partner or phone" },
  { "Action", PROVIDER_AT (action), .names = prolong_provider_action_names, .required = TRUE,
    .must_be = "must be service, contact, instruction or support" },
  { "Order", PROVIDER_AT (orders), is_order_pattern,
    "must be patterns such as ALLSOFT-#{6,12}, of at most 64 characters and one range, split by ;",
    .list = TRUE },
  { "Url", PROVIDER_AT (url), prolong_profile_is_link, PROLONG_PROFILE_URL_WORDS, .localized = TRUE },
  { "Email", PROVIDER_AT (email), prolong_profile_is_email, "must be an e-mail address" },
  { "Phone", PROVIDER_AT (phone), prolong_profile_is_phone, "must be a telephone number" },
  { "Instruction", PROVIDER_AT (instruction), prolong_profile_is_line, LINE_WORDS, .localized = TRUE },
  { "Subscription", PROVIDER_AT (subscriptions), prolong_profile_is_line, "must be names, split by ;",
    .list = TRUE },
  { "Products", PROVIDER_AT (products), prolong_profile_is_id, "must be ids of products, split by ;",
    .list = TRUE },
  { "MinVersion", PROVIDER_AT (min_version), prolong_profile_is_version, VERSION_WORDS },
  { "MaxVersion", PROVIDER_AT (max_version), prolong_profile_is_version, VERSION_WORDS },
  { NULL },
};

static const ProlongProfileValue topic_values[] = {
  { "Name", TOPIC_AT (name), prolong_profile_is_line, LINE_WORDS, .required = TRUE, .localized = TRUE },
  { "Fields", TOPIC_AT (fields), is_field,
    "must be of purchase-date, order-number and license-number, split by ;", .list = TRUE },
  { NULL },
};

static gboolean
check_versions (const char *group, const char *min, const char *max, GError **error)
{
  return min == NULL || max == NULL || prolong_version_compare (min, max) <= 0
         || prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "MinVersion",
                                  "must not be newer than MaxVersion");
}

static gboolean
check_product (const ProlongProfile *profile, const char *group, gpointer record, GError **error)
{
  const ProlongProduct *product = record;

  return check_versions (group, product->min_version, product->max_version, error);
}

/* A person who is sent somewhere needs to know where. */
static gboolean
check_action (const ProlongProvider *provider, const char *group, GError **error)
{
  if (provider->action == PROLONG_PROVIDER_ACTION_CONTACT && provider->url == NULL && provider->email == NULL
      && provider->phone == NULL)
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_MISSING, group, "Url",
                                 "is missing: Action=contact needs Url, Email or Phone");
  if (provider->action == PROLONG_PROVIDER_ACTION_INSTRUCTION && provider->url == NULL
      && provider->instruction == NULL)
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_MISSING, group, "Url",
                                 "is missing: Action=instruction needs Url or Instruction");
  return TRUE;
}

static gboolean
check_provider (const ProlongProfile *profile, const char *group, gpointer record, GError **error)
{
  const ProlongProvider *provider = record;

  for (char **id = provider->products; id != NULL && *id != NULL; id++)
    if (prolong_profile_find_product (profile, *id) == NULL)
      return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "Products",
                                   "names a product that is not in this profile");
  return check_action (provider, group, error)
         && check_versions (group, provider->min_version, provider->max_version, error);
}

/* Groups of which there may be several: their name is a word and an id. */
typedef struct
{
  const char *prefix;
  const ProlongProfileValue *values;
  gsize size;   /* of a record, which begins with the id */
  gsize offset; /* of the array of records */
  GDestroyNotify free_record;
  gboolean (*check) (const ProlongProfile *profile, const char *group, gpointer record, GError **error);
  gboolean has_id; /* that others refer to */
} Section;

#define DEFINE_FREE(name)                                                                                    \
  static void name##_free (gpointer record)                                                                  \
  {                                                                                                          \
    g_free (*(char **)record);                                                                               \
    prolong_profile_clear_values (name##_values, record);                                                    \
    g_free (record);                                                                                         \
  }
DEFINE_FREE (product)
DEFINE_FREE (partner)
DEFINE_FREE (provider)
DEFINE_FREE (topic)

/* Products come first, because the others name them. */
static const Section sections[] = {
  { "Product ", product_values, sizeof (ProlongProduct), G_STRUCT_OFFSET (ProlongProfile, products),
    product_free, check_product, TRUE },
  { "Partner ", partner_values, sizeof (ProlongPartner), G_STRUCT_OFFSET (ProlongProfile, partners),
    partner_free, NULL, FALSE },
  { "Provider ", provider_values, sizeof (ProlongProvider), G_STRUCT_OFFSET (ProlongProfile, providers),
    provider_free, check_provider, TRUE },
};

static const Section topic_section
    = { "Topic ", topic_values, sizeof (ProlongTopic), G_STRUCT_OFFSET (ProlongProfile, topics), topic_free,
        NULL,     TRUE };

static GPtrArray **
records_of (const Section *section, ProlongProfile *profile)
{
  return (GPtrArray **)((char *)profile + section->offset);
}

static gboolean
read_section (const Section *section,
              GKeyFile *file,
              const char *group,
              ProlongProfile *profile,
              GError **error)
{
  GPtrArray *records = *records_of (section, profile);
  gpointer record = g_malloc0 (section->size);
  char **id = record;

  g_ptr_array_add (records, record);
  *id = g_strdup (group + strlen (section->prefix));
  if (section->has_id && !prolong_profile_is_id (*id))
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "id", PROLONG_PROFILE_ID_WORDS);
  if (records->len > MAX_SECTIONS)
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "id",
                                 "is one more than 64 of these");
  return prolong_profile_read_values (file, group, section->values, record, error)
         && (section->check == NULL || section->check (profile, group, record, error));
}

static gboolean
has_topic (const ProlongProfile *profile, const char *id)
{
  for (guint i = 0; i < profile->topics->len; i++)
    {
      const ProlongTopic *topic = g_ptr_array_index (profile->topics, i);

      if (g_str_equal (topic->id, id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_topics (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  g_auto (GStrv) ids = g_key_file_get_string_list (file, "Support", "Topics", NULL, NULL);

  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      g_autofree char *group = g_strconcat (topic_section.prefix, *id, NULL);

      if (has_topic (profile, *id))
        return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_VALUE, group, "id",
                                     "stands twice in Topics");
      if (!read_section (&topic_section, file, group, profile, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
prolong_profile_read_sections (GKeyFile *file, ProlongProfile *profile, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    for (char **group = groups; *group != NULL; group++)
      if (g_str_has_prefix (*group, sections[i].prefix)
          && !read_section (&sections[i], file, *group, profile, error))
        return FALSE;
  if (profile->products->len == 0)
    return prolong_profile_fail (error, PROLONG_PROFILE_ERROR_MISSING, "Product …", "Name",
                                 "is missing: there is no product");
  return read_topics (file, profile, error);
}

void
prolong_profile_init_sections (ProlongProfile *profile)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    *records_of (&sections[i], profile) = g_ptr_array_new_with_free_func (sections[i].free_record);
  profile->topics = g_ptr_array_new_with_free_func (topic_free);
}

void
prolong_profile_clear_sections (ProlongProfile *profile)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    g_ptr_array_unref (*records_of (&sections[i], profile));
  g_ptr_array_unref (profile->topics);
}
