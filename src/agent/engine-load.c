/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/device.h"
#include "agent/engine-private.h"

/* The vendor of a file that is to be loaded; %NULL without an error for one of another vendor than @only. */
static ProlongVendor *
choose_loaded (ProlongEngine *self, const char *id, const char *only, GError **error)
{
  ProlongVendor *vendor = prolong_engine_find_vendor (self, id);

  if (only != NULL && !g_str_equal (id, only))
    return NULL;
  if (vendor == NULL)
    g_set_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE, "no profile of its vendor");
  return vendor;
}

static ProlongLicenseRecord *
read_license (ProlongEngine *self, const char *name, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);

  return text != NULL ? prolong_license_record_decode (text, length, error) : NULL;
}

static void
load_license (ProlongEngine *self, const char *name, const char *only, GError **error)
{
  g_autoptr (ProlongLicenseRecord) record = read_license (self, name, error);
  g_autoptr (ProlongTicket) ticket = NULL;
  const ProlongProfile *profile;
  ProlongVendor *vendor = record != NULL ? choose_loaded (self, record->vendor, only, error) : NULL;

  if (vendor == NULL || prolong_engine_find_license (self, record->vendor, record->product) != NULL)
    return;
  /* Its seat was given back, and then the agent ended. */
  if (record->code_id != NULL && prolong_discards_contains (self->context.discards, record->code_id))
    {
      g_ptr_array_add (self->carried_out, g_strdup (name));
      return;
    }
  profile = prolong_vendor_get_profile (vendor);
  ticket = prolong_ticket_verify (record->ticket, strlen (record->ticket), profile->keys, profile->id,
                                  prolong_vendor_get_device (vendor), error);
  if (ticket != NULL)
    prolong_engine_add_license (self, vendor, g_steal_pointer (&record), g_steal_pointer (&ticket));
}

static gboolean
is_carried_out (ProlongEngine *self, const ProlongIntent *intent)
{
  for (guint i = 0; i < self->licenses->len; i++)
    if (g_str_equal (prolong_license_get_record (self->licenses->pdata[i])->operation, intent->id))
      return TRUE;
  return FALSE;
}

static void
on_journal_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

static gboolean
has_operation (ProlongEngine *self, const char *id)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (g_str_equal (prolong_operation_get_intent (self->operations->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static void
load_journal (ProlongEngine *self, const char *name, const char *only, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongIntent) intent = NULL;
  g_autoptr (ProlongOperation) operation = NULL;
  ProlongVendor *vendor;

  if (text != NULL)
    intent = prolong_intent_decode (text, length, error);
  if (intent == NULL || has_operation (self, intent->id))
    return;
  if (is_carried_out (self, intent) || prolong_discards_contains (self->context.discards, intent->code_id))
    {
      g_ptr_array_add (self->carried_out, g_strdup (name));
      return;
    }
  vendor = choose_loaded (self, intent->vendor, only, error);
  if (vendor == NULL)
    return;
  operation = prolong_operation_resume (&self->context, &self->host, vendor, g_steal_pointer (&intent));
  prolong_engine_add_operation (self, operation);
  if (self->resumed)
    prolong_operation_start (operation);
}

/* The agent may have ended between taking a reserve code over and writing so. */
static void
forget_licensed (ProlongEngine *self, ProlongReserves *reserves)
{
  for (guint i = 0; i < self->licenses->len; i++)
    {
      const char *code_id = prolong_license_get_record (self->licenses->pdata[i])->code_id;

      if (code_id != NULL)
        prolong_reserves_forget_code (reserves, code_id);
    }
}

/* Or between noting that one is to be removed and taking it off the list. */
static void
forget_discarded (ProlongEngine *self, ProlongReserves *reserves)
{
  for (guint i = prolong_reserves_get_length (reserves); i > 0; i--)
    {
      const char *code_id = prolong_reserve_get_record (prolong_reserves_get (reserves, i - 1))->code_id;

      if (prolong_discards_contains (self->context.discards, code_id))
        prolong_reserves_forget_code (reserves, code_id);
    }
}

static void
load_reserves (ProlongEngine *self, const char *name, const char *only, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongReservesRecord) record = NULL;
  ProlongReserves *reserves;
  ProlongVendor *vendor;

  if (text != NULL)
    record = prolong_reserves_record_decode (text, length, error);
  if (record == NULL)
    return;
  vendor = choose_loaded (self, record->vendor, only, error);
  if (vendor == NULL || prolong_engine_find_reserves (self, record->vendor, record->product) != NULL)
    return;
  reserves = prolong_engine_add_reserves (self, vendor, g_steal_pointer (&record));
  forget_licensed (self, reserves);
  forget_discarded (self, reserves);
  for (guint i = 0; self->loaded && i < prolong_reserves_get_length (reserves); i++)
    g_signal_emit_by_name (self, "reserve-added", reserves, prolong_reserves_get (reserves, i));
}

static void
load_purchase (ProlongEngine *self, const char *name, const char *only, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongPurchaseRecord) record = NULL;
  g_autoptr (ProlongPurchase) purchase = NULL;
  ProlongVendor *vendor;

  if (text != NULL)
    {
      record = prolong_purchase_record_decode (text, length, error);
      prolong_wipe (text, length);
    }
  vendor = record != NULL ? choose_loaded (self, record->vendor, only, error) : NULL;
  if (vendor == NULL || prolong_engine_find_purchase (self, record->id) != NULL)
    return;
  purchase = prolong_purchase_resume (&self->context, vendor, g_steal_pointer (&record));
  prolong_engine_add_purchase (self, purchase);
}

static void
load_support_case (ProlongEngine *self, const char *name, const char *only, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongSupportRecord) record = NULL;
  g_autoptr (ProlongSupportCase) letter = NULL;
  ProlongVendor *vendor;

  if (text != NULL)
    record = prolong_support_record_decode (text, length, error);
  vendor = record != NULL ? choose_loaded (self, record->vendor, only, error) : NULL;
  if (vendor == NULL || prolong_engine_find_support_case (self, record->id) != NULL)
    return;
  letter = prolong_support_case_resume (&self->context, vendor, g_steal_pointer (&record));
  prolong_engine_add_support_case (self, letter);
}

typedef void (*LoadFile) (ProlongEngine *engine, const char *name, const char *only, GError **error);

static void
load_files (ProlongEngine *self, const char *suffix, const char *only, LoadFile load)
{
  g_autoptr (GPtrArray) names = prolong_store_list (self->context.store, suffix);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) error = NULL;

      /* A file that cannot be used stays where it is: a later version or a restored profile may read it. */
      load (self, names->pdata[i], only, &error);
      if (error != NULL)
        g_warning ("%s: %s", (const char *)names->pdata[i], error->message);
    }
}

void
prolong_engine_load_files (ProlongEngine *self, const char *vendor)
{
  load_files (self, PROLONG_LICENSE_SUFFIX, vendor, load_license);
  load_files (self, PROLONG_RESERVES_SUFFIX, vendor, load_reserves);
  load_files (self, PROLONG_JOURNAL_SUFFIX, vendor, load_journal);
  load_files (self, PROLONG_PURCHASE_SUFFIX, vendor, load_purchase);
  load_files (self, PROLONG_SUPPORT_SUFFIX, vendor, load_support_case);
}

static gboolean
is_signed_for (ProlongEngine *self, const char *name, const ProlongProfile *profile)
{
  g_autoptr (ProlongLicenseRecord) record = read_license (self, name, NULL);
  g_autofree char *device = prolong_device_id (profile->id);
  g_autoptr (ProlongTicket) ticket = NULL;

  if (record != NULL && g_str_equal (record->vendor, profile->id))
    ticket = prolong_ticket_verify (record->ticket, strlen (record->ticket), profile->keys, profile->id,
                                    device, NULL);
  return ticket != NULL;
}

/* Licenses, reserve codes and orders are in files that begin with the id of their vendor. */
static gboolean
has_files (ProlongEngine *self, const char *suffix, const char *vendor)
{
  g_autoptr (GPtrArray) names = prolong_store_list (self->context.store, suffix);
  g_autofree char *prefix = g_strconcat (vendor, ".", NULL);

  for (guint i = 0; i < names->len; i++)
    if (g_str_has_prefix (names->pdata[i], prefix))
      return TRUE;
  return FALSE;
}

gboolean
prolong_engine_has_strange_files (ProlongEngine *self, const ProlongProfile *profile)
{
  g_autoptr (GPtrArray) names = prolong_store_list (self->context.store, PROLONG_LICENSE_SUFFIX);

  for (guint i = 0; i < names->len; i++)
    if (is_signed_for (self, names->pdata[i], profile))
      return FALSE;
  return has_files (self, PROLONG_LICENSE_SUFFIX, profile->id)
         || has_files (self, PROLONG_RESERVES_SUFFIX, profile->id)
         || has_files (self, PROLONG_PURCHASE_SUFFIX, profile->id);
}

void
prolong_engine_load (ProlongEngine *self)
{
  prolong_engine_read_profiles (self);
  prolong_engine_load_products (self);
  prolong_engine_load_files (self, NULL);
  self->loaded = TRUE;
}

void
prolong_engine_clear_carried_out (ProlongEngine *self)
{
  for (guint i = 0; i < self->carried_out->len; i++)
    prolong_store_write_async (self->context.store, self->carried_out->pdata[i], NULL, on_journal_removed,
                               NULL);
  g_ptr_array_set_size (self->carried_out, 0);
}
