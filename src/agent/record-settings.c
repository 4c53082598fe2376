/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/record.h"

#include "license/email.h"
#include "license/json.h"
#include "license/profile.h"
#include "renewal/messages.h"

#define TRAY "tray"
#define NOTIFICATIONS "notifications"
#define NOTIFICATION_DAYS "notification_days"
#define DEVICE_NAME "device_name"
#define EMAIL "email"

static const char *const members[] = { TRAY, NOTIFICATIONS, NOTIFICATION_DAYS, DEVICE_NAME, EMAIL };

ProlongSettingsRecord *
prolong_settings_record_new (void)
{
  ProlongSettingsRecord *record = g_new0 (ProlongSettingsRecord, 1);

  record->tray = TRUE;
  record->notifications = TRUE;
  record->notification_days = g_array_new (FALSE, FALSE, sizeof (guint));
  record->device_name = g_strdup ("");
  record->email = g_strdup ("");
  record->unknown = json_object_new ();
  return record;
}

ProlongSettingsRecord *
prolong_settings_record_copy (const ProlongSettingsRecord *record)
{
  ProlongSettingsRecord *copy = g_new0 (ProlongSettingsRecord, 1);

  copy->tray = record->tray;
  copy->notifications = record->notifications;
  copy->notification_days = g_array_copy (record->notification_days);
  copy->device_name = g_strdup (record->device_name);
  copy->email = g_strdup (record->email);
  copy->unknown = json_object_ref (record->unknown);
  return copy;
}

void
prolong_settings_record_free (ProlongSettingsRecord *record)
{
  g_array_unref (record->notification_days);
  g_free (record->device_name);
  g_free (record->email);
  json_object_unref (record->unknown);
  g_free (record);
}

static int
compare_descending (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a;
  guint second = *(const guint *)b;

  return first < second ? 1 : first > second ? -1 : 0;
}

gboolean
prolong_settings_record_set_days (ProlongSettingsRecord *record, const guint *days, gsize n)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (guint));

  if (n > PROLONG_PROFILE_MAX_REMINDERS)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      if (days[i] < 1 || days[i] > PROLONG_PROFILE_MAX_REMINDER_DAYS)
        return FALSE;
      g_array_append_val (sorted, days[i]);
    }
  g_array_sort (sorted, compare_descending);
  for (guint i = sorted->len; i > 1; i--)
    if (g_array_index (sorted, guint, i - 1) == g_array_index (sorted, guint, i - 2))
      g_array_remove_index (sorted, i - 1);
  g_array_unref (record->notification_days);
  record->notification_days = g_steal_pointer (&sorted);
  return TRUE;
}

/* As the renewal protocol takes it (renewal/messages.h). */
static gboolean
is_device_name (const char *name)
{
  if (strlen (name) > PROLONG_RENEWAL_MAX_NAME || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

gboolean
prolong_settings_record_set_device_name (ProlongSettingsRecord *record, const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (!is_device_name (stripped))
    return FALSE;
  g_free (record->device_name);
  record->device_name = g_steal_pointer (&stripped);
  return TRUE;
}

gboolean
prolong_settings_record_set_email (ProlongSettingsRecord *record, const char *email)
{
  g_autofree char *stripped = g_strstrip (g_strdup (email));

  if (*stripped != '\0' && !prolong_email_is_sound (stripped))
    return FALSE;
  g_free (record->email);
  record->email = g_steal_pointer (&stripped);
  return TRUE;
}

static void
decode_days (JsonObject *object, ProlongSettingsRecord *record)
{
  JsonNode *node = json_object_get_member (object, NOTIFICATION_DAYS);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      /* What is no number becomes 0, which is no day. */
      gint64 number = json_node_get_value_type (element) == G_TYPE_INT64 ? json_node_get_int (element) : 0;
      guint day = number > 0 && number <= PROLONG_PROFILE_MAX_REMINDER_DAYS ? (guint)number : 0;

      g_array_append_val (days, day);
    }
  prolong_settings_record_set_days (record, (const guint *)days->data, days->len);
}

static JsonObject *
dup_unknown (JsonObject *object)
{
  JsonObject *unknown = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (unknown, name->data, json_object_dup_member (object, name->data));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (unknown, members[i]))
      json_object_remove_member (unknown, members[i]);
  return unknown;
}

ProlongSettingsRecord *
prolong_settings_record_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = prolong_json_parse_object (text, length, error);
  ProlongSettingsRecord *record;
  const char *name, *email;

  if (object == NULL)
    return NULL;
  record = prolong_settings_record_new ();
  if (!prolong_json_get_boolean (object, TRAY, &record->tray, NULL))
    record->tray = TRUE;
  if (!prolong_json_get_boolean (object, NOTIFICATIONS, &record->notifications, NULL))
    record->notifications = TRUE;
  decode_days (object, record);
  name = prolong_json_get_string (object, DEVICE_NAME, PROLONG_RENEWAL_MAX_NAME, NULL);
  if (name != NULL)
    prolong_settings_record_set_device_name (record, name);
  email = prolong_json_get_string (object, EMAIL, PROLONG_EMAIL_MAX_BYTES, NULL);
  if (email != NULL)
    prolong_settings_record_set_email (record, email);
  json_object_unref (record->unknown);
  record->unknown = dup_unknown (object);
  return record;
}

GBytes *
prolong_settings_record_encode (const ProlongSettingsRecord *record)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (record->unknown);
  JsonArray *days = json_array_new ();
  char *text;

  json_object_set_boolean_member (object, TRAY, record->tray);
  json_object_set_boolean_member (object, NOTIFICATIONS, record->notifications);
  for (guint i = 0; i < record->notification_days->len; i++)
    json_array_add_int_element (days, g_array_index (record->notification_days, guint, i));
  json_object_set_array_member (object, NOTIFICATION_DAYS, days);
  json_object_set_string_member (object, DEVICE_NAME, record->device_name);
  if (*record->email != '\0')
    json_object_set_string_member (object, EMAIL, record->email);
  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (object, name->data, json_object_dup_member (record->unknown, name->data));
  text = prolong_json_to_string (object);
  return g_bytes_new_take (text, strlen (text));
}
