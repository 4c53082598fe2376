/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"
#include "agent/profiles.h"

ProlongVendor *
prolong_engine_find_vendor (ProlongEngine *self, const char *id)
{
  for (guint i = 0; i < self->vendors->len; i++)
    if (g_str_equal (prolong_vendor_get_profile (self->vendors->pdata[i])->id, id))
      return self->vendors->pdata[i];
  return NULL;
}

/* Which vendor a code is of. */

static gboolean
may_own (ProlongVendor *vendor, const char *product, const char *text)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (vendor);
  g_autoptr (ProlongCode) code = NULL;

  if (*product != '\0' && prolong_profile_find_product (profile, product) == NULL)
    return FALSE;
  code = prolong_code_parse (text, &profile->format, NULL);
  return code != NULL;
}

static ProlongVendor *
recognise (ProlongEngine *self, const char *product, const char *text, GError **error)
{
  ProlongVendor *found = NULL;
  guint n_fitting = 0;

  for (guint i = 0; i < self->vendors->len; i++)
    if (may_own (self->vendors->pdata[i], product, text))
      {
        found = self->vendors->pdata[i];
        n_fitting++;
      }
  if (n_fitting == 1)
    return found;
  if (n_fitting == 0)
    g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_CODE_MALFORMED, "No vendor has such codes");
  else
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                         "Name a vendor: several could have issued this code");
  return NULL;
}

ProlongVendor *
prolong_engine_choose_vendor (ProlongEngine *self,
                              const char *id,
                              const char *product,
                              const char *text,
                              GError **error)
{
  ProlongVendor *vendor;

  /* With one vendor the reason why its form does not fit is told. */
  if (*id == '\0' && self->vendors->len == 1)
    return self->vendors->pdata[0];
  if (*id == '\0')
    return recognise (self, product, text, error);
  vendor = prolong_engine_find_vendor (self, id);
  if (vendor == NULL)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "No profile of that vendor");
  return vendor;
}

/* Reading them. */

static void
take_profile (ProlongEngine *self, const ProlongInstalledProfile *installed)
{
  ProlongVendor *vendor = prolong_engine_find_vendor (self, installed->profile->id);

  if (vendor == NULL)
    {
      g_ptr_array_add (self->vendors, prolong_vendor_new (installed->profile, installed->own));
      if (self->loaded)
        prolong_engine_load_files (self, installed->profile->id);
      return;
    }
  prolong_vendor_set_profile (vendor, installed->profile, installed->own);
  for (guint i = 0; i < self->licenses->len; i++)
    if (prolong_license_get_vendor (self->licenses->pdata[i]) == vendor)
      g_signal_emit_by_name (self->licenses->pdata[i], "changed");
}

void
prolong_engine_read_profiles (ProlongEngine *self)
{
  g_autoptr (GPtrArray) profiles = prolong_profiles_read ();
  guint n_vendors = self->vendors->len;

  /* A profile that went away by itself stays known until the agent ends, for its license may be on the
   * screen. */
  for (guint i = 0; i < profiles->len; i++)
    {
      const ProlongInstalledProfile *installed = profiles->pdata[i];

      if (!g_hash_table_contains (self->leaving, installed->profile->id))
        take_profile (self, installed);
    }
  if (self->loaded && self->vendors->len > n_vendors)
    prolong_engine_update (self);
  g_signal_emit_by_name (self, "changed");
}

/* Adding one. */

static gboolean
is_held (ProlongEngine *self, ProlongVendor *vendor)
{
  for (guint i = 0; i < self->licenses->len; i++)
    if (prolong_license_get_vendor (self->licenses->pdata[i]) == vendor)
      return TRUE;
  for (guint i = 0; i < self->reserves->len; i++)
    if (prolong_reserves_get_vendor (self->reserves->pdata[i]) == vendor
        && prolong_reserves_get_length (self->reserves->pdata[i]) > 0)
      return TRUE;
  for (guint i = 0; i < self->operations->len; i++)
    if (prolong_operation_get_vendor (self->operations->pdata[i]) == vendor
        && !prolong_operation_has_ended (self->operations->pdata[i]))
      return TRUE;
  for (guint i = 0; i < self->purchases->len; i++)
    if (prolong_purchase_get_vendor (self->purchases->pdata[i]) == vendor)
      return TRUE;
  return FALSE;
}

static ProlongProfile *
parse_profile (const char *text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  ProlongProfile *profile = prolong_profile_parse (text, strlen (text), &cause);

  if (profile == NULL)
    g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_PROFILE_INVALID, cause->message);
  return profile;
}

/* Whoever signed what is held here is the vendor; another file with its id is not. */
static gboolean
is_stranger (ProlongEngine *self, const ProlongProfile *profile)
{
  ProlongVendor *vendor = prolong_engine_find_vendor (self, profile->id);

  if (vendor == NULL)
    return prolong_engine_has_strange_files (self, profile);
  return is_held (self, vendor) && !prolong_profile_shares_key (prolong_vendor_get_profile (vendor), profile);
}

static gboolean
may_add (ProlongEngine *self, const ProlongProfile *profile, GError **error)
{
  if (prolong_profiles_is_system (profile->id))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_VENDOR_INSTALLED,
                           "The system has the profile of that vendor");
      return FALSE;
    }
  if (is_stranger (self, profile))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_VENDOR_OTHER_KEYS,
                           "No key in common with the vendor whose licenses are held");
      return FALSE;
    }
  return TRUE;
}

static const char *
get_verdict (const ProlongProfile *old, const ProlongProfile *profile)
{
  if (old == NULL)
    return "new";
  return prolong_profile_shares_key (old, profile) ? "update" : "replacement";
}

GVariant *
prolong_engine_check_vendor (ProlongEngine *self, const char *text, GError **error)
{
  g_autoptr (ProlongProfile) profile = parse_profile (text, error);
  ProlongVendor *vendor;
  const ProlongProfile *old;
  GVariantDict verdict;

  if (profile == NULL || !may_add (self, profile, error))
    return NULL;
  vendor = prolong_engine_find_vendor (self, profile->id);
  old = vendor != NULL ? prolong_vendor_get_profile (vendor) : NULL;
  g_variant_dict_init (&verdict, NULL);
  g_variant_dict_insert (&verdict, "id", "s", profile->id);
  g_variant_dict_insert (&verdict, "verdict", "s", get_verdict (old, profile));
  g_variant_dict_insert (&verdict, "previous_service", "s", old != NULL ? old->service_url : "");
  return g_variant_ref_sink (g_variant_dict_end (&verdict));
}

static void
on_profile_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  prolong_engine_read_profiles (g_task_get_source_object (task));
  g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
}

void
prolong_engine_add_vendor_async (ProlongEngine *self,
                                 const char *text,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  g_autoptr (ProlongProfile) profile = parse_profile (text, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  g_task_set_source_tag (task, prolong_engine_add_vendor_async);
  if (profile == NULL || !may_add (self, profile, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, g_strdup (profile->id), g_free);
  bytes = g_bytes_new (text, strlen (text));
  name = prolong_profiles_dup_file_name (profile->id);
  prolong_store_write_async (self->own_profiles, name, bytes, on_profile_written, g_steal_pointer (&task));
}

char *
prolong_engine_add_vendor_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Removing one. */

static gboolean
may_remove (ProlongEngine *self, ProlongVendor *vendor, GError **error)
{
  if (vendor == NULL)
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "No profile of that vendor");
  else if (!prolong_vendor_is_own (vendor))
    g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_VENDOR_INSTALLED,
                         "The system has the profile of that vendor");
  else if (is_held (self, vendor))
    g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_VENDOR_IN_USE,
                         "Licenses or codes of that vendor are held");
  else
    return TRUE;
  return FALSE;
}

static void
drop_reserves (ProlongEngine *self, ProlongVendor *vendor)
{
  for (guint i = self->reserves->len; i > 0; i--)
    if (prolong_reserves_get_vendor (self->reserves->pdata[i - 1]) == vendor)
      {
        g_hash_table_remove (self->due, self->reserves->pdata[i - 1]);
        g_ptr_array_remove_index (self->reserves, i - 1);
      }
}

static void
on_profile_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongEngine *self = g_task_get_source_object (task);
  GError *error = NULL;

  /* What is still on disk, or the system has as well, comes back with this. */
  g_hash_table_remove (self->leaving, g_task_get_task_data (task));
  if (prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  prolong_engine_read_profiles (self);
}

void
prolong_engine_remove_vendor_async (ProlongEngine *self,
                                    const char *id,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  ProlongVendor *vendor = prolong_engine_find_vendor (self, id);
  g_autofree char *name = prolong_profiles_dup_file_name (id);
  GError *error = NULL;

  g_task_set_source_tag (task, prolong_engine_remove_vendor_async);
  if (!may_remove (self, vendor, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, g_strdup (id), g_free);
  /* From here on no code is added for it. */
  g_hash_table_add (self->leaving, g_strdup (id));
  drop_reserves (self, vendor);
  g_ptr_array_remove (self->vendors, vendor);
  prolong_store_write_async (self->own_profiles, name, NULL, on_profile_removed, g_steal_pointer (&task));
}

gboolean
prolong_engine_remove_vendor_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
