/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"

#define PRODUCTS_FILE "products.conf"
#define MAX_VERSION_BYTES 64

void
prolong_engine_load_products (ProlongEngine *self)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, PRODUCTS_FILE, &length, NULL);
  g_autoptr (GError) error = NULL;

  if (text != NULL && !g_key_file_load_from_data (self->products, text, length, G_KEY_FILE_NONE, &error))
    g_warning ("%s: %s", PRODUCTS_FILE, error->message);
}

char *
prolong_engine_dup_product_version (ProlongEngine *self, const char *vendor, const char *product)
{
  g_autofree char *registered = g_key_file_get_string (self->products, vendor, product, NULL);
  ProlongVendor *known = prolong_engine_find_vendor (self, vendor);
  const ProlongProduct *stated = NULL;

  if (registered != NULL)
    return g_steal_pointer (&registered);
  if (known != NULL)
    stated = prolong_profile_find_product (prolong_vendor_get_profile (known), product);
  return g_strdup (stated != NULL && stated->version != NULL ? stated->version : "");
}

ProlongLicense *
prolong_engine_find_product_license (ProlongEngine *self, const char *vendor, const char *product)
{
  ProlongLicense *found = NULL;

  for (guint i = 0; i < self->licenses->len; i++)
    {
      ProlongLicense *license = self->licenses->pdata[i];
      const ProlongLicenseRecord *record = prolong_license_get_record (license);

      if ((*vendor == '\0' || g_str_equal (record->vendor, vendor)) && g_str_equal (record->product, product)
          && (found == NULL || prolong_license_is_running (license)))
        found = license;
    }
  return found;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
check_arguments (ProlongEngine *self,
                 const char *vendor,
                 const char *product,
                 const char *version,
                 GError **error)
{
  ProlongVendor *known = prolong_engine_find_vendor (self, vendor);

  if (known == NULL || prolong_profile_find_product (prolong_vendor_get_profile (known), product) == NULL)
    {
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                           "No profile has that vendor and product");
      return FALSE;
    }
  for (const char *c = version; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (".-+_~", *c) == NULL)
      {
        g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "That is no version");
        return FALSE;
      }
  if (strlen (version) > MAX_VERSION_BYTES)
    {
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "That version is too long");
      return FALSE;
    }
  return TRUE;
}

void
prolong_engine_register_product_async (ProlongEngine *self,
                                       const char *vendor,
                                       const char *product,
                                       const char *version,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *old = g_key_file_get_string (self->products, vendor, product, NULL);
  ProlongLicense *license;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  char *text;

  g_task_set_source_tag (task, prolong_engine_register_product_async);
  if (!check_arguments (self, vendor, product, version, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* Products call this at every start, and mostly with the version known already. */
  if (g_strcmp0 (old, *version != '\0' ? version : NULL) == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (*version != '\0')
    g_key_file_set_string (self->products, vendor, product, version);
  else
    g_key_file_remove_key (self->products, vendor, product, NULL);
  license = prolong_engine_find_license (self, vendor, product);
  if (license != NULL)
    prolong_license_set_product_version (license, *version != '\0' ? version : NULL);
  text = g_key_file_to_data (self->products, &length, NULL);
  bytes = g_bytes_new_take (text, length);
  g_signal_emit_by_name (self, "changed");
  prolong_store_write_async (self->context.store, PRODUCTS_FILE, bytes, on_written, g_steal_pointer (&task));
}

gboolean
prolong_engine_register_product_finish (ProlongEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
